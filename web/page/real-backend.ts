// The compiler in its worker and the engine, downloaded once. Downloads begin with prepare(), in parallel; a failed one is
// tried again with the next prepare().
import type { Engine, Library, Mode, Program, Run, RunOptions } from '../host/api.ts';
import { browserPlatform } from '../host/browser-platform.ts';
import { CompilerClient } from '../host/compiler-client.ts';
import { loadEngine } from '../host/engine.ts';
import { imagePlaces, libraryOf } from '../host/image.ts';
import compilerUrl from '../../build/engine/compiler.wasm?url';
import singleUrl from '../../build/engine/engine-single.wasm?url';
import threadsUrl from '../../build/engine/engine-threads.wasm?url';
import glueUrl from '../../build/engine/glue.wasm?url';
import stdDataUrl from '../../build/engine/std.data?url';
import stdIndexUrl from '../../build/engine/std.index?url';
import stdSkeletonsUrl from '../../build/engine/std.skeletons?url';
import stdSingleUrl from '../../build/engine/std-single.wasm?url';
import stdThreadsUrl from '../../build/engine/std-threads.wasm?url';
import type { Backend } from './backend.ts';
import { programName } from './controller.ts';

/** Fixed for a run. Modest: WebKit refuses large shared memories. */
const memoryMiB = 256;
/** Programs may raise GOMAXPROCS themselves; workers are only started when they do. */
const leastMaxWorkers = 16;
const mostWorkers = 63;

interface Loaded {
  engine: Engine;
  compiler: CompilerClient;
  library: Library;
}

export function realBackend(): Backend {
  const platform = browserPlatform();
  const mode: Mode = platform.canShare ? 'threads' : 'single';
  const cpus = Math.min(Math.max(platform.cpus, 1), mostWorkers);
  const maxWorkers = mode === 'single' ? 1 : Math.max(leastMaxWorkers, cpus);
  let loading: Promise<Loaded> | null = null;
  let loaded: Loaded | null = null;

  const load = async (): Promise<Loaded> => {
    const [engineModule, glue, compilerModule, std, data, index, skeletons] = await Promise.all([
      downloadModule(mode === 'threads' ? threadsUrl : singleUrl),
      downloadModule(glueUrl),
      downloadModule(compilerUrl),
      downloadModule(mode === 'threads' ? stdThreadsUrl : stdSingleUrl),
      downloadBytes(stdDataUrl),
      downloadBytes(stdIndexUrl),
      downloadBytes(stdSkeletonsUrl),
    ]);
    const engine = await loadEngine(platform, { [mode]: engineModule, glue });
    const places = imagePlaces(index);
    const target = { sharedMemory: mode === 'threads', dataBase: places.dataEnd, tableBase: places.tableEnd };
    const compiler = new CompilerClient(compilerModule, target, compilerWorker, [{ index, skeletons }]);
    return { engine, compiler, library: libraryOf(places, std, data) };
  };

  return {
    mode,
    async prepare(procs) {
      loading ??= load();
      try {
        loaded = await loading;
      } catch (error) {
        loading = null;
        throw error;
      }
      loaded.engine.warmUp({ mode, procs, maxWorkers });
    },
    compile: (sources) => loaded!.compiler.compile(sources),
    cancelCompile: () => loaded?.compiler.cancel(),
    start(program: Program, options: Pick<RunOptions, 'procs' | 'stdin' | 'onOutput'>): Run {
      const { engine, library } = loaded!;
      const args = [programName.replace(/\.go$/, '')];
      const run = engine.start({ ...program, libraries: [library] }, { mode, maxWorkers, cpus, memoryMiB, args, ...options });
      void run.done.then(() => engine.warmUp({ mode, procs: options.procs, maxWorkers })); // for the next one
      return run;
    },
  };
}

const compilerWorker = (): Worker =>
  new Worker(new URL('../host/compiler-worker.ts', import.meta.url), { type: 'module', name: 'compiler' });

async function download(url: string): Promise<Response> {
  let response;
  try {
    response = await fetch(url);
  } catch (cause) {
    throw new Error('a download failed; is there a connection?', { cause });
  }
  if (!response.ok) throw new Error(`a download failed: ${response.status} ${response.statusText}`);
  return response;
}

const downloadModule = async (url: string): Promise<WebAssembly.Module> => WebAssembly.compileStreaming(await download(url));
const downloadBytes = async (url: string): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await (await download(url)).arrayBuffer());
