// Compiler and engine on node: read from where the build puts them, and loaded side by side.
import { readFile } from 'node:fs/promises';
import type { Engine, Mode, RunOptions } from '../host/api.ts';
import { Compiler, type Compiled, type SourceFile, type Target } from '../host/compiler.ts';
import { engineLayout } from '../host/engine-layout.ts';
import { loadEngine } from '../host/engine.ts';
import { nodePlatform } from '../host/node-platform.ts';

export interface Toolchain {
  engine: Engine;
  /** Compiles for a mode of the engine, on the calling thread. Throws CompilerFault. */
  compile(files: readonly SourceFile[], mode: Mode, options?: Omit<Target, 'sharedMemory' | 'dataBase' | 'tableBase'>): Compiled;
}

const builtFolder = new URL('../../../engine/', import.meta.url);

/** `coming`: what the run will be that is sure to follow; its workers start while the compiler loads and compiles. */
export async function loadToolchain(coming?: Pick<RunOptions, 'mode' | 'procs' | 'maxWorkers'>): Promise<Toolchain> {
  const compilerLoads = moduleIn('compiler.wasm').then((module) => Compiler.load(module));
  compilerLoads.catch(() => {}); // it is awaited below, but others may fail first
  const [threads, single, glue] = await Promise.all([
    moduleIn('engine-threads.wasm'),
    moduleIn('engine-single.wasm'),
    moduleIn('glue.wasm'),
  ]);
  const engine = await loadEngine(nodePlatform(), { threads, single, glue });
  if (coming) engine.warmUp(coming);
  const compiler = await compilerLoads;
  const layouts = { threads: engineLayout(threads, 'threads'), single: engineLayout(single, 'single') };
  return {
    engine,
    compile: (files, mode, options = {}) =>
      compiler.compile(files, { sharedMemory: mode === 'threads', ...layouts[mode], ...options }),
  };
}

async function moduleIn(name: string): Promise<WebAssembly.Module> {
  let bytes;
  try {
    bytes = await readFile(new URL(name, builtFolder));
  } catch (cause) {
    throw new Error(`${name} is missing; \`npm run build\` makes it`, { cause });
  }
  return await WebAssembly.compile(bytes);
}
