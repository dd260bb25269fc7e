// Makes a WebAssembly program of C++ sources that use runtime/cpp/millrace.h:
//
//   node runtime/cpp/build.mjs SOURCE.cpp... -o PROGRAM.wasm [--single] [COMPILER OPTION...]
//
// The module is an engine with its program inside. `npx millrace run PROGRAM.wasm` runs it; so does web/host/api.ts, where it
// takes the place of engine-threads.wasm (with --single: of engine-single.wasm) and is started without a program.
//
// Of the C++ library there is what needs no operating system: containers, strings, algorithms, memory, function objects; no
// streams, locales, files, threads. Local statics are made without a lock.
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Stop, outputOrNull, root, run, scripted } from '../../web/dev/terminal.mjs';

const features = ['threads', 'mutable-globals', 'bulk-memory', 'sign-ext', 'nontrapping-float-to-int'];

/**
 * Rooms whose functions never leave: they say that a goroutine is to. Some call through pointers, and the loop of the scheduler
 * calls what ends when a goroutine leaves; all those would be instrumented, and who allocates with them.
 */
const neverLeaves = ['host', 'task', 'gc', 'sched', 'sync'].map((room) => `millrace::${room}::*`);

/** Sources to one module; `options` are the compiler's. */
export async function buildCpp(sources, output, { single = false, options = [] } = {}) {
  const library = await buildLibrary(single);
  const folder = mkdtempSync(join(tmpdir(), 'millrace-cpp-'));
  try {
    const threads = single ? [] : ['-pthread'];
    const objects = [];
    for (const source of sources) {
      const object = join(folder, `${objects.length}.o`);
      const general = ['-std=c++20', '-O2', '-fno-exceptions', '-fno-rtti', '-mbulk-memory', '-msign-ext', '-mnontrapping-fptoint'];
      await run('em++', [...general, ...threads, `-I${root}`, ...options, '-c', source, '-o', object], { what: source });
      objects.push(object);
    }
    const linked = join(folder, 'linked.wasm');
    await link(objects, library, linked, single);
    mkdirSync(dirname(resolve(output)), { recursive: true });
    await run(process.execPath, [
      join(root, 'node_modules/binaryen/bin/wasm-opt'),
      linked,
      ...features.map((feature) => `--enable-${feature}`),
      '--asyncify',
      '--pass-arg=asyncify-ignore-imports',
      `--pass-arg=asyncify-removelist@${neverLeaves.join(',')}`,
      '-O3',
      '--strip-debug',
      '--strip-producers',
      '-o',
      output,
    ], { what: 'wasm-opt' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The runtime as a library for one mode. */
async function buildLibrary(single) {
  const folder = join(root, `build/engine-${single ? 'single' : 'threads'}`);
  if (!existsSync(join(folder, 'build.ninja'))) {
    const options = ['-G', 'Ninja', '-Wno-dev', '-DCMAKE_BUILD_TYPE=Release', `-DMILLRACE_THREADS=${single ? 'OFF' : 'ON'}`];
    await run('emcmake', ['cmake', '-S', root, '-B', folder, ...options], { what: 'cmake' });
  }
  await run('ninja', ['-C', folder, 'cpp-runtime'], { what: 'the runtime' });
  return join(folder, 'runtime/libcpp-runtime.a');
}

async function link(objects, library, output, single) {
  const cache = outputOrNull('em-config', ['CACHE'])?.trim();
  if (!cache) throw new Stop('Emscripten does not say where its libraries are (em-config CACHE).');
  const folder = join(cache, 'sysroot/lib/wasm32-emscripten');
  const mt = single ? '' : '-mt';
  const names = [`libc++${mt}-noexcept`, `libc++abi${mt}-noexcept`, `libc${mt}`, `libcompiler_rt${mt}`];
  const missing = names.filter((name) => !existsSync(join(folder, `${name}.a`)));
  if (missing.length > 0) await run('embuilder', ['build', ...missing], { what: 'embuilder' });
  await run(['wasm-ld', 'wasm-ld-14'].find((name) => outputOrNull(name, ['--version']) !== null) ?? 'wasm-ld', [
    '--no-entry',
    '--import-memory',
    '--initial-memory=1048576',
    '--max-memory=4294967296',
    ...(single ? [] : ['--shared-memory']),
    '--export-table',
    '-z',
    'stack-size=16384',
    '--export=__heap_base',
    // Exports keep the library's half that nobody calls.
    '--whole-archive',
    library,
    '--no-whole-archive',
    ...objects,
    ...names.map((name) => join(folder, `${name}.a`)),
    '-o',
    output,
  ], { what: 'wasm-ld' });
}

if (process.argv[1] === import.meta.filename) {
  await scripted(async () => {
    const args = process.argv.slice(2), at = args.indexOf('-o');
    const output = at < 0 ? undefined : args.splice(at, 2)[1];
    const single = args.includes('--single');
    const sources = args.filter((name) => /\.(cpp|cc|cxx|c)$/.test(name));
    const options = args.filter((name) => !sources.includes(name) && name !== '--single');
    if (!output || sources.length === 0) throw new Stop('node runtime/cpp/build.mjs SOURCE.cpp... -o PROGRAM.wasm [--single] [COMPILER OPTION...]');
    await buildCpp(sources, output, { single, options });
  });
}
