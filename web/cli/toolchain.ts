// Compiler and engine on node: read from where the build puts them, and loaded side by side.
import { readFile } from 'node:fs/promises';
import type { Engine, Mode } from '../host/api.ts';
import { Compiler, type CompileReply, type SourceFile, type Target } from '../host/compiler.ts';
import { engineLayout } from '../host/engine-layout.ts';
import { loadEngine } from '../host/engine.ts';
import { nodePlatform } from '../host/node-platform.ts';

export interface Toolchain {
  engine: Engine;
  /** Compiles for a mode of the engine, on the calling thread. Throws CompilerFault. */
  compile(files: readonly SourceFile[], mode: Mode, options?: Pick<Target, 'nameSection' | 'foreignSuspension'>): CompileReply;
}

const builtFolder = new URL('../../../engine/', import.meta.url);

export async function loadToolchain(): Promise<Toolchain> {
  const [threads, single, glue, compiler] = await Promise.all([
    moduleIn('engine-threads.wasm'),
    moduleIn('engine-single.wasm'),
    moduleIn('glue.wasm'),
    moduleIn('compiler.wasm').then((module) => Compiler.load(module)),
  ]);
  const engine = await loadEngine(nodePlatform(), { threads, single, glue });
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
