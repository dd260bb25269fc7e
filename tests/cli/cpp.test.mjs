// Programs in C++ on the runtime: the example natively and as WebAssembly, and goroutines that move between workers there.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { buildCpp } from '../../runtime/cpp/build.mjs';
import { buildNative } from '../../web/dev/build-native.mjs';
import { root } from '../../web/dev/terminal.mjs';

const example = join(root, 'runtime/cpp/example/primes.cpp');
const moves = join(root, 'tests/cli/cpp/moves.cpp');
const primes = '9592 primes below 100000\n2 3 5 7 11 13 17 19 23 29 31 37 41 43 47 53 59 61 67 71\n99 is the longest of 1000\n';
const steal = 4;

let folder, api;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-cpp-test-'));
  api = { ...(await import(join(root, 'build/js/web/host/engine.js'))), ...(await import(join(root, 'build/js/web/host/node-platform.js'))) };
});
after(() => rmSync(folder, { recursive: true }));

/** Builds a program and gives a function that runs it. */
async function runner(source, mode) {
  const file = join(folder, `${mode}.wasm`);
  await buildCpp([source], file, { single: mode === 'single' });
  const glue = readFileSync(join(root, 'build/engine/glue.wasm'));
  const engine = await api.loadEngine(api.nodePlatform(), { [mode]: readFileSync(file), glue });
  return async (options = {}) => {
    const output = { 1: '', 2: '' };
    const run = engine.start(null, {
      mode,
      procs: 1,
      maxWorkers: mode === 'single' ? 1 : 8,
      memoryMiB: 64,
      args: ['prog'],
      ...options,
      onOutput: (fd, bytes) => (output[fd] += new TextDecoder().decode(bytes)),
    });
    const { reason, status, message } = await run.done;
    await engine.close();
    return { reason, status, message, output: output[1], errors: output[2] };
  };
}

const well = (output) => ({ reason: 'exited', status: 0, message: undefined, output, errors: '' });

test('the example, natively', async () => {
  const built = await buildNative('', ['cpp-example']);
  assert.equal(execFileSync(join(built, 'runtime/cpp-example'), { encoding: 'utf8' }), primes);
});

test('the example, as WebAssembly', async () => {
  const run = await runner(example, 'threads');
  for (const procs of [1, 2, 8]) assert.deepEqual(await run({ procs }), well(primes));
  for (let i = 0; i < 5; i++) assert.deepEqual(await run({ procs: 4, stress: steal }), well(primes));
});

test('the example on a single worker, by the command', async () => {
  const file = join(folder, 'single.wasm');
  await buildCpp([example], file, { single: true });
  assert.equal(execFileSync(process.execPath, [join(root, 'web/cli/bin.mjs'), 'run', '--single', file], { encoding: 'utf8' }), primes);
});

test('goroutines move; arguments, and a deadlock', async () => {
  const run = await runner(moves, 'threads');
  assert.deepEqual(await run({ procs: 4, stress: steal }), well('sum 1225, moved\n'));
  assert.deepEqual(await run({ procs: 1 }), well('sum 1225, stayed\n'));
  assert.deepEqual(await run({ procs: 1, args: ['prog', 'an argument'] }), well('sum 1225, stayed\nan argument\n'));
  const dead = await run({ procs: 2, args: ['prog', 'a', 'b'] });
  assert.equal(dead.status, 2);
  assert.match(dead.errors, /^fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 \[chan receive\]:\n/);
});
