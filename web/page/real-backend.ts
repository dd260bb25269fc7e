// The compiler in its worker and the engine, downloaded once. Downloads begin with prepare(), in parallel; a failed one is
// tried again with the next prepare(). The formatter comes with the first format().
import type { Engine, Library, Mode, Outside, Program } from '../host/api.ts';
import { browserPlatform } from '../host/browser-platform.ts';
import { Cancelled, CompilerClient } from '../host/compiler-client.ts';
import type { ImageDescription } from '../host/compiler.ts';
import { loadEngine } from '../host/engine.ts';
import { format, formatterProgram } from '../host/formatter.ts';
import { imagePlaces, imagesWanted, libraryOf, unshared, type ImageList } from '../host/image.ts';
import { digests } from 'virtual:digests';
import compilerUrl from '../../build/engine/compiler.wasm?url';
import singleUrl from '../../build/engine/engine-single.wasm?url';
import threadsUrl from '../../build/engine/engine-threads.wasm?url';
import formatterDataUrl from '../../build/engine/formatter.data?url';
import formatterSizesUrl from '../../build/engine/formatter.json?url';
import formatterUrl from '../../build/engine/formatter.wasm?url';
import glueUrl from '../../build/engine/glue.wasm?url';
import listUrl from '../../build/engine/images.json?url';
import zonesUrl from '../../build/engine/zones.data?url';
import { home } from '../host/module.ts';
import { browserNetwork, downloadBytes, downloadJson, downloadModule, type BuiltFile } from './download.ts';
import type { Backend } from './backend.ts';
import { programName } from './controller.ts';

/** Fixed for a run. What a program does not touch costs nothing; but WebKit refuses large shared memories. */
const usualMemoryMiB = navigator.vendor.startsWith('Apple') ? 256 : 1024;
const formatterMemoryMiB = 256;
/** Programs may raise GOMAXPROCS themselves; workers are only started when they do. */
const leastMaxWorkers = 16;
const mostWorkers = 63;

/** Addresses of the files of all images of the library. */
const imageUrls = import.meta.glob<string>('../../build/engine/*.{wasm,data,index,skeletons}', { query: '?url', import: 'default', eager: true });

interface Image extends ImageDescription {
  library: Library;
}

interface Loaded {
  engine: Engine;
  compilerModule: WebAssembly.Module;
  list: ImageList;
  /** From the lowest; as many as a program has needed. */
  images: Image[];
  /** By how many of the images programs are linked to, less one. */
  compilers: (CompilerClient | undefined)[];
}

export function realBackend(): Backend {
  const platform = browserPlatform();
  const mode: Mode = platform.canShare ? 'threads' : 'single';
  const cpus = Math.min(Math.max(platform.cpus, 1), mostWorkers);
  const maxWorkers = mode === 'single' ? 1 : Math.max(leastMaxWorkers, cpus);
  const target = { sharedMemory: mode === 'threads' };
  let loading: Promise<Loaded> | null = null;
  let loaded: Loaded | null = null;
  let formatter: Promise<Program> | null = null;
  /** What the next run is thought to want. */
  let coming = { mode, procs: 1, maxWorkers };
  let compilation = 0;

  const load = async (): Promise<Loaded> => {
    const [engineModule, glue, compilerModule, list, std] = await Promise.all([
      downloadModule(network, mode === 'threads' ? built('engine-threads.wasm', threadsUrl) : built('engine-single.wasm', singleUrl)),
      downloadModule(network, built('glue.wasm', glueUrl)),
      downloadModule(network, built('compiler.wasm', compilerUrl)),
      downloadJson<ImageList>(network, built('images.json', listUrl)),
      downloadImage('std', mode),
    ]);
    const engine = await loadEngine(platform, { [mode]: engineModule, glue });
    const compilers = [new CompilerClient(compilerModule, target, compilerWorker, [std])];
    return { engine, compilerModule, list, images: [std], compilers };
  };

  const ready = async (): Promise<Loaded> => {
    loading ??= load();
    try {
      return (loaded = await loading);
    } catch (error) {
      loading = null;
      throw error;
    }
  };

  const loadFormatter = async (std: Image): Promise<Program> => {
    const [module, data, { tableSize }] = await Promise.all([
      downloadLinked(built('formatter.wasm', formatterUrl), mode),
      downloadBytes(network, built('formatter.data', formatterDataUrl)),
      downloadJson<{ tableSize: number }>(network, built('formatter.json', formatterSizesUrl)),
    ]);
    return formatterProgram({ module, data, tableSize }, std);
  };

  const compilerFor = async (count: number): Promise<CompilerClient> => {
    const { compilerModule, list, images, compilers } = loaded!;
    const wanted = await Promise.all(list.slice(0, count).map(({ name }, i) => images[i] ?? downloadImage(name, mode)));
    wanted.forEach((image, i) => (images[i] ??= image));
    return (compilers[count - 1] ??= new CompilerClient(compilerModule, target, compilerWorker, wanted));
  };

  return {
    mode,
    usualMemoryMiB,
    async prepare(procs) {
      coming = { mode, procs, maxWorkers };
      (await ready()).engine.warmUp(coming);
    },
    async compile(sources) {
      const { list, images } = loaded!;
      const turn = ++compilation;
      for (let count = 1; ; ) {
        const compiler = await compilerFor(count);
        if (turn !== compilation) throw new Cancelled('the compilation was cancelled');
        const reply = await compiler.compile(sources);
        if (reply.ok) {
          const libraries = images.slice(0, count).map(({ library }) => library);
          return { ...reply, program: { ...reply.program, libraries } };
        }
        const wanted = imagesWanted(reply.diagnostics, list, count);
        if (wanted === count) return reply;
        count = wanted;
      }
    },
    cancelCompile() {
      compilation++;
      for (const compiler of loaded?.compilers ?? []) compiler?.cancel();
    },
    async format(files) {
      const { engine, images } = await ready();
      formatter ??= loadFormatter(images[0]!);
      let program;
      try {
        program = await formatter;
      } catch (error) {
        formatter = null;
        throw error;
      }
      try {
        // Two workers, the second the engine's own: a program that runs meanwhile keeps what it has.
        return await format(engine, program, { mode, procs: 1, maxWorkers: 1, memoryMiB: formatterMemoryMiB, imports: true }, files);
      } finally {
        engine.warmUp(coming);
      }
    },
    start(program, { outside = {}, ...options }) {
      const { engine } = loaded!;
      const args = [programName.replace(/\.go$/, '')];
      const run = engine.start(program, { mode, maxWorkers, cpus, args, outside: { ...surroundings(), ...outside }, ...options });
      void run.done.then(() => engine.warmUp({ mode, procs: options.procs, maxWorkers })); // for the next one
      return run;
    },
  };
}

const network = browserNetwork();
const built = (name: string, url: string): BuiltFile => ({ name, url, digest: digests[name] });

/** What programs find of a machine. */
function surroundings(): Outside {
  return {
    environment: [`HOME=${home}`, 'PATH=/usr/local/bin:/usr/bin:/bin', 'USER=gopher'],
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    zones: new URL(zonesUrl, document.baseURI).href,
  };
}

async function downloadImage(name: string, mode: Mode): Promise<Image> {
  const file = (suffix: string) => built(`${name}.${suffix}`, imageUrls[`../../build/engine/${name}.${suffix}`]!);
  const [module, data, index, skeletons] = await Promise.all([
    downloadLinked(file('wasm'), mode),
    downloadBytes(network, file('data')),
    downloadBytes(network, file('index')),
    downloadBytes(network, file('skeletons')),
  ]);
  return { index, skeletons, library: libraryOf(imagePlaces(index), module, data) };
}

const compilerWorker = (): Worker =>
  new Worker(new URL('../host/compiler-worker.ts', import.meta.url), { type: 'module', name: 'compiler' });

/** A module that imports the engine's memory. */
const downloadLinked = async (file: BuiltFile, mode: Mode): Promise<WebAssembly.Module> =>
  mode === 'threads' ? await downloadModule(network, file) : await WebAssembly.compile(unshared(await downloadBytes(network, file)));
