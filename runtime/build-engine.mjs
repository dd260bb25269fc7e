// Builds engine-threads.wasm, engine-single.wasm and glue.wasm: `node runtime/build-engine.mjs [OUTPUT FOLDER]`, by default
// build/engine. Objects lie in folders of their own beside it. Needs emcc, cmake, ninja and wasm-ld; binaryen comes from npm
// (what Emscripten 3.1.6 brings along is too old).
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const output = resolve(process.argv[2] ?? join(root, 'build/engine'));
const binaryen = dirname(createRequire(import.meta.url).resolve('binaryen'));

const features = [
  '--enable-threads', '--enable-mutable-globals', '--enable-bulk-memory', '--enable-sign-ext',
  '--enable-nontrapping-float-to-int', '--enable-reference-types', '--enable-exception-handling',
];

function run(command, args) {
  try {
    execFileSync(command, args, { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
  } catch (error) {
    process.stderr.write(error.stdout ?? '');
    const why = error.code === 'ENOENT' ? `${command} is not installed` : `${command} failed`;
    console.error(`The engine cannot be built: ${why}.`);
    process.exit(1);
  }
}

const binaryenTool = (name, args) => run(process.execPath, [join(binaryen, 'bin', name), ...features, ...args]);

/** Made before its source was written, or before this file, which has the tools' flags. */
const isStale = (made, source) =>
  !existsSync(made) || [source, import.meta.filename].some((file) => statSync(file).mtimeMs > statSync(made).mtimeMs);

function buildEngine(name, threads) {
  const folder = `${output}-${name}`;
  if (!existsSync(join(folder, 'build.ninja'))) {
    run('emcmake', ['cmake', '-S', root, '-B', folder, '-G', 'Ninja', '-Wno-dev', '-DCMAKE_BUILD_TYPE=Release',
      `-DMILLRACE_THREADS=${threads ? 'ON' : 'OFF'}`]);
  }
  run('ninja', ['-C', folder, 'engine']);
  const linked = join(folder, 'engine.wasm'), optimised = join(output, `engine-${name}.wasm`);
  // Called from one place and yet to stay a function: see there.
  const apart = '--no-full-inline=*runSeveral*';
  if (isStale(optimised, linked)) binaryenTool('wasm-opt', [apart, '-O3', linked, '-o', optimised]);
}

mkdirSync(output, { recursive: true });
buildEngine('threads', true);
buildEngine('single', false);
const glue = join(here, 'edge/glue.wat'), assembled = join(output, 'glue.wasm');
if (isStale(assembled, glue)) binaryenTool('wasm-as', [glue, '-o', assembled]);
