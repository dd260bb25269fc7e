// Builds compiler.wasm: the compiler with its binary interface (wasm/bind), by Emscripten without threads. emcc links a
// module without any JavaScript; Binaryen's wasm-opt from npm, years younger than Emscripten's own, makes it smaller and
// faster once more.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Stop, attempt, root, run, say, scripted } from './terminal.mjs';
import { whenChanged } from './stamp.mjs';
import { wasmOpt } from './wasm-opt.mjs';

const folder = join(root, 'build/compiler');
export const compilerOutput = 'build/engine/compiler.wasm';

export async function buildCompiler() {
  if (!existsSync(join(root, 'wasm/bind/CMakeLists.txt'))) throw new Stop('The compiler cannot be built: wasm/bind has no sources.');
  say('Compiler: building compiler.wasm');
  if (!existsSync(join(folder, 'build.ninja'))) {
    const status = await attempt('emcmake', ['cmake', '-S', root, '-B', folder, '-G', 'Ninja', '-DCMAKE_BUILD_TYPE=Release']);
    if (status !== 0) throw new Stop('The compiler cannot be built: CMake found something amiss, see above.');
  }
  await run('ninja', ['-C', folder, '-j2', 'compiler'], { what: 'compiler.wasm' });
  const linked = join(folder, 'compiler.wasm');
  const name = 'compiler.wasm';
  await whenChanged({ name, inputs: [linked.slice(root.length + 1)], outputs: [compilerOutput] }, async () => {
    mkdirSync(join(root, 'build/engine'), { recursive: true });
    await wasmOpt(linked, join(root, compilerOutput), ['-O3']);
  });
}

if (process.argv[1] === import.meta.filename) await scripted(buildCompiler);
