// Compiler and engine on node: read from where the build puts them, and loaded side by side.
import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import type { Engine, Library, Mode, RunOptions } from '../host/api.ts';
import { Compiler, type Compiled, type SourceFile, type Target } from '../host/compiler.ts';
import { loadEngine } from '../host/engine.ts';
import { imagePlaces, libraryOf } from '../host/image.ts';
import { nodePlatform } from '../host/node-platform.ts';

type TargetOptions = Omit<Target, 'sharedMemory' | 'dataBase' | 'tableBase'>;

export interface Toolchain {
  engine: Engine;
  /** Compiles for a mode of the engine, on the calling thread. Throws CompilerFault. */
  compile(files: readonly SourceFile[], mode: Mode, options?: TargetOptions): Compiled;
}

const builtFolder = new URL('../../../engine/', import.meta.url);

/**
 * `coming`: one run is to follow and nothing else. Its workers start while the compiler loads and compiles, and the
 * compiler is not optimised.
 */
export async function loadToolchain(coming?: Pick<RunOptions, 'mode' | 'procs' | 'maxWorkers'>): Promise<Toolchain> {
  const [threads, single, glue, compilerBytes, index, skeletons, data] = await Promise.all([
    moduleIn('engine-threads.wasm'),
    moduleIn('engine-single.wasm'),
    moduleIn('glue.wasm'),
    bytesOf('compiler.wasm'),
    bytesOf('std.index'),
    bytesOf('std.skeletons'),
    bytesOf('std.data'),
  ]);
  const engine = await loadEngine(nodePlatform(), { threads, single, glue });
  if (coming) engine.warmUp(coming);
  const places = imagePlaces(index);
  const libraries: Partial<Record<Mode, Library>> = {};
  const libraryFor = (mode: Mode): Library =>
    (libraries[mode] ??= libraryOf(places, bytesOf(`std-${mode}.wasm`).then((bytes) => WebAssembly.compile(bytes)), data));
  // On other threads, while the compiler is loaded and compiles.
  if (coming) libraryFor(coming.mode);
  const compiler = await Compiler.load(coming ? unoptimised(compilerBytes) : compilerBytes, [{ index, skeletons }]);
  const layout = { dataBase: places.dataEnd, tableBase: places.tableEnd };
  return {
    engine,
    compile(files, mode, options = {}) {
      const reply = compiler.compile(files, { sharedMemory: mode === 'threads', ...layout, ...options });
      if (reply.ok) reply.program.libraries = [libraryFor(mode)];
      return reply;
    },
  };
}

const moduleIn = async (name: string): Promise<WebAssembly.Module> => new WebAssembly.Module(await bytesOf(name));

async function bytesOf(name: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(new URL(name, builtFolder)));
  } catch (cause) {
    throw new Error(`${name} is missing; \`npm run build\` makes it`, { cause });
  }
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
