// Compiler and engine on node: read from where the build puts them, and loaded side by side.
import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import type { Engine, Library, Mode, Program, RunOptions } from '../host/api.ts';
import { Compiler, type Compiled, type ImageDescription, type SourceFile, type Target } from '../host/compiler.ts';
import { loadEngine } from '../host/engine.ts';
import { formatterProgram } from '../host/formatter.ts';
import { imagePlaces, imagesWanted, libraryOf, unshared, type ImageList } from '../host/image.ts';
import { nodePlatform } from '../host/node-platform.ts';
import { bytesNow, bytesOf, damaged, made } from './built-files.ts';

type TargetOptions = Omit<Target, 'sharedMemory'>;

export interface Toolchain {
  engine: Engine;
  /** Compiles for a mode of the engine, on the calling thread. Throws CompilerFault. */
  compile(files: readonly SourceFile[], mode: Mode, options?: TargetOptions): Compiled;
}

/**
 * `coming`: one run is to follow and nothing else. Its workers start while the compiler loads and compiles, and the
 * compiler is not optimised. `least`: the images that all programs need, lowest first.
 */
export async function loadToolchain(
  coming?: Pick<RunOptions, 'mode' | 'procs' | 'maxWorkers'>,
  least: readonly string[] = ['std'],
): Promise<Toolchain> {
  const [engine, compilerBytes, list, images] = await Promise.all([
    engineHere(),
    bytesOf('compiler.wasm'),
    bytesOf('images.json'),
    Promise.all(least.map(imageNamed)),
  ]);
  // On other threads, while the compiler is loaded and compiles.
  if (coming) {
    engine.warmUp(coming);
    for (const image of images) image.libraryFor(coming.mode);
  }
  // By how many images there are more than the least.
  const compilers = [await Compiler.load(made('compiler.wasm', () => (coming ? unoptimised(compilerBytes) : new WebAssembly.Module(compilerBytes))), [...images])];
  const listed = made('images.json', () => JSON.parse(new TextDecoder().decode(list)) as ImageList);
  const extendTo = (count: number): void => {
    for (let i = images.length; i < count; i++) {
      images.push(imageOf(listed[i]!.name, imageFiles(listed[i]!.name).map(bytesNow)));
      compilers.push(compilers.at(-1)!.with(images.at(-1)!));
    }
  };
  return {
    engine,
    compile(files, mode, options = {}) {
      for (let count = least.length; ; ) {
        const reply = compilers[count - least.length]!.compile(files, { sharedMemory: mode === 'threads', ...options });
        if (reply.ok) {
          reply.program.libraries = images.slice(0, count).map((image) => image.libraryFor(mode));
          return reply;
        }
        const wanted = imagesWanted(reply.diagnostics, listed, count);
        if (wanted === count) return reply;
        extendTo(wanted);
        count = wanted;
      }
    },
  };
}

/** The engine and the formatter for the run that is `coming`; its workers start meanwhile. */
export async function loadFormatter(coming: Pick<RunOptions, 'mode' | 'procs' | 'maxWorkers'>): Promise<{ engine: Engine; program: Program }> {
  const [engine, std, module, data, sizes] = await Promise.all([
    engineHere().then((loaded) => (loaded.warmUp(coming), loaded)),
    imageNamed('std'),
    bytesOf('formatter.wasm'),
    bytesOf('formatter.data'),
    bytesOf('formatter.json'),
  ]);
  const { tableSize } = JSON.parse(new TextDecoder().decode(sizes)) as { tableSize: number };
  const files = { module: coming.mode === 'threads' ? module : unshared(module), data, tableSize };
  return { engine, program: formatterProgram(files, { index: std.index, library: std.libraryFor(coming.mode) }) };
}

/** An engine that has a program of C++ inside, for one mode: see runtime/cpp/build.mjs. */
export async function loadCppProgram(path: string, mode: Mode): Promise<Engine> {
  return await loadEngine(nodePlatform(), { [mode]: new WebAssembly.Module(readFileSync(path)), glue: await moduleIn('glue.wasm') });
}

async function engineHere(): Promise<Engine> {
  const [threads, single, glue] = await Promise.all(['engine-threads.wasm', 'engine-single.wasm', 'glue.wasm'].map(moduleIn));
  return await loadEngine(nodePlatform(), { threads: threads!, single: single!, glue: glue! });
}

const imageNamed = async (name: string): Promise<Image> => imageOf(name, await Promise.all(imageFiles(name).map(bytesOf)));

interface Image extends ImageDescription {
  libraryFor(mode: Mode): Library;
}

const imageFiles = (name: string): string[] => ['index', 'skeletons', 'data', 'wasm'].map((suffix) => `${name}.${suffix}`);

function imageOf(name: string, [index, skeletons, data, module]: Uint8Array<ArrayBuffer>[]): Image {
  const places = made(`${name}.index`, () => imagePlaces(index!));
  const compiled = (mode: Mode): Promise<WebAssembly.Module> =>
    Promise.resolve(made(`${name}.wasm`, () => (mode === 'threads' ? module! : unshared(module!))))
      .then((bytes) => WebAssembly.compile(bytes))
      .catch((cause: unknown) => {
        throw damaged(`${name}.wasm`, cause);
      });
  const libraries: Partial<Record<Mode, Library>> = {};
  return {
    index: index!,
    skeletons: skeletons!,
    libraryFor: (mode) => (libraries[mode] ??= libraryOf(places, compiled(mode), data!)),
  };
}

async function moduleIn(name: string): Promise<WebAssembly.Module> {
  const bytes = await bytesOf(name);
  return made(name, () => new WebAssembly.Module(bytes));
}

/** V8's default of --wasm-tiering-budget, by version. */
const tieringBudgets: Record<string, number> = { '11.3': 1_800_000 };

/**
 * A module that V8 does not optimise for a long while. The compiler runs for a few tenths of a second and never again;
 * optimising it meanwhile, on other threads, takes the cores from the program's start: 450 ms to first output became 700 on
 * two cores. Modules get their budget when they are made, so engine and program are optimised as ever. Where the default
 * to go back to is not known, nothing is changed.
 */
function unoptimised(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  const usual = tieringBudgets[process.versions.v8.split('.', 2).join('.')];
  if (usual === undefined) return new WebAssembly.Module(bytes);
  setFlagsFromString(`--wasm-tiering-budget=${100 * usual}`);
  try {
    return new WebAssembly.Module(bytes);
  } finally {
    setFlagsFromString(`--wasm-tiering-budget=${usual}`);
  }
}
