// The controlling side of a run, with workers that only say what the test has them say.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RunOptions } from '../../web/host/api.ts';
import { loadEngine } from '../../web/host/engine.ts';
import { engineState, recordStreamShift, ring } from '../../web/host/layout.ts';
import type { FromWorker, Start } from '../../web/host/messages.ts';
import type { Platform, WorkerHandle } from '../../web/host/platform.ts';

class FakeWorker implements WorkerHandle {
  start: Start | null = null;
  ended = false;
  say: (message: FromWorker) => void = () => {};
  fail: (text: string) => void = () => {};

  post(message: unknown): void {
    if ((message as Start).type === 'start') this.start = message as Start;
  }
  onMessage(listener: (message: unknown) => void): void {
    this.say = listener;
  }
  onError(listener: (text: string) => void): void {
    const before = this.fail;
    this.fail = (text) => (before(text), listener(text));
  }
  async terminate(): Promise<void> {
    this.ended = true;
  }
}

class FakePlatform implements Platform {
  readonly canShare = true;
  readonly cpus = 2;
  readonly workers: FakeWorker[] = [];

  startWorker(): WorkerHandle {
    this.workers.push(new FakeWorker());
    return this.workers.at(-1)!;
  }
}

const empty = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);
const program = { module: empty, data: new Uint8Array(64), dataBase: 1024, tableBase: 1, tableSize: 1 };
const options = { mode: 'threads', procs: 2, maxWorkers: 4, memoryMiB: 16, args: ['test'] } as const;

async function begun(more: Partial<RunOptions> = {}) {
  const platform = new FakePlatform();
  const engine = await loadEngine(platform, { threads: empty, single: empty, glue: empty });
  const output: string[] = [];
  const onOutput = (fd: 1 | 2, bytes: Uint8Array) => void output.push(`${fd}:${new TextDecoder().decode(bytes)}`);
  const run = engine.start(program, { ...options, onOutput, ...more });
  await Promise.resolve();
  return { platform, engine, run, output, workers: platform.workers };
}

const state = 4096;
const ringBytes = 32, ringData = state + 1024;

/** What the engine does when a program prints: a word with stream and count, then the bytes and what fills the last word. */
function print(memory: WebAssembly.Memory, fd: 1 | 2, text: string): void {
  const words = new Uint32Array(memory.buffer), bytes = new Uint8Array(memory.buffer);
  const at = (state + engineState.output) / 4;
  words[at + ring.capacity / 4] = ringBytes;
  words[at + ring.data / 4] = ringData;
  let position = words[at + ring.written / 4]!;
  const written = new TextEncoder().encode(text);
  words[(ringData + (position % ringBytes)) / 4] = ((fd << recordStreamShift) | written.length) >>> 0;
  position += 4;
  written.forEach((byte, i) => (bytes[ringData + ((position + i) % ringBytes)] = byte));
  words[at + ring.written / 4] = position + ((written.length + 3) & ~3);
}

test('a run begins with its workers and the monitor, and ends all of them', async () => {
  const { run, workers } = await begun();
  assert.deepEqual(
    workers.map(({ start }) => start?.id),
    [0, 1, 4],
  );
  workers[0]!.say({ type: 'started', state });
  workers[0]!.say({ type: 'ready', worker: 0, ms: 3, state });
  workers[1]!.say({ type: 'wantWorkers', count: 3, state });
  assert.equal(workers[3]!.start?.id, 2);
  workers[1]!.say({ type: 'ended', status: 7, state });
  const { reason, status, startMs, instantiateMs } = await run.done;
  assert.deepEqual([reason, status, typeof startMs, instantiateMs], ['exited', 7, 'number', [3]]);
  assert.ok(workers.every(({ ended }) => ended));
});

test('output is handed over even when the news of the end overtakes all others', async () => {
  const { run, output, workers } = await begun();
  print(workers[0]!.start!.memory!, 1, 'hello');
  print(workers[0]!.start!.memory!, 2, 'oops');
  workers[1]!.say({ type: 'ended', status: 0, state });
  assert.deepEqual(output, ['1:hello', '2:oops'], 'nor does it wait until the workers are gone');
  workers[0]!.say({ type: 'started', state });
  assert.equal((await run.done).status, 0);
});

test('output keeps the order between the streams, around the ring’s end too', async () => {
  const { run, output, workers } = await begun();
  const { memory } = workers[0]!.start!;
  workers[0]!.say({ type: 'started', state });
  const printed = ['1:a', '1:bcd', '2:efghi', '1:j', '2:kl', '1:mnopq'];
  const settled = ['1:abcd', '2:efghi', '1:j', '2:kl', '1:mnopq'];
  for (const part of [printed.slice(0, 3), printed.slice(3)]) {
    for (const line of part) print(memory!, Number(line[0]) as 1 | 2, line.slice(2));
    workers[0]!.say({ type: 'outputReady', state });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.deepEqual(output, settled);
  run.stop();
  await run.done;
});

test('a fault of ours and one of the place end in `crashed`', async () => {
  const fault = await begun();
  fault.workers[0]!.say({ type: 'fault', text: 'RuntimeError: unreachable', state: 0 });
  assert.equal((await fault.run.done).message, 'RuntimeError: unreachable');
  const lost = await begun();
  lost.workers[1]!.fail('no such file');
  const { reason, message } = await lost.run.done;
  assert.deepEqual([reason, message], ['crashed', 'no such file']);
  const invalid = await begun();
  const broken = invalid.engine.start({ ...program, module: Uint8Array.of(1, 2, 3) }, { ...options, onOutput: () => {} });
  assert.equal((await broken.done).reason, 'crashed');
});

test('signals are sent to a program that handles them, which is told in whatever order', async () => {
  const told: (readonly number[])[] = [];
  const { run, workers } = await begun({ onSignals: (handled) => told.push(handled) });
  const words = new Uint32Array(workers[0]!.start!.memory!.buffer);
  run.signal(2); // nobody is there yet
  workers[0]!.say({ type: 'started', state });
  workers[1]!.say({ type: 'signals', change: 2, handled: 1 << 15, state });
  workers[0]!.say({ type: 'signals', change: 1, handled: (1 << 15) | (1 << 2), state });
  workers[0]!.say({ type: 'signals', change: 3, handled: 0, state });
  assert.deepEqual(told, [[15], []]);
  const sent = (state + engineState.signals) / 4, wake = (state + engineState.wake) / 4;
  assert.equal(words[sent], 0);
  const before = words[wake]!;
  run.signal(15);
  run.signal(1);
  assert.deepEqual([words[sent], words[sent + 1], words[wake]! - before], [(1 << 14) | 1, 0, 2]);
  for (const number of [0, 32, 1.5]) assert.throws(() => run.signal(number), RangeError);
  run.stop();
  await run.done;
  run.signal(15);
});

test('Stop before anything has begun', async () => {
  const platform = new FakePlatform();
  const engine = await loadEngine(platform, { threads: empty, glue: empty });
  const run = engine.start(program, { ...options, onOutput: () => {} });
  run.stop();
  assert.equal((await run.done).reason, 'stopped');
  assert.equal(platform.workers.length, 0);
});

test('workers that were warmed up are used, oldest first; one that failed is not', async () => {
  const platform = new FakePlatform();
  const engine = await loadEngine(platform, { threads: empty, single: empty, glue: empty });
  engine.warmUp(options);
  engine.warmUp(options);
  assert.equal(platform.workers.length, 3);
  platform.workers[1]!.fail('gone');
  const run = engine.start(program, { ...options, onOutput: () => {} });
  await Promise.resolve();
  assert.deepEqual(
    platform.workers.map(({ start }) => start?.id),
    [0, undefined, 1, 4],
  );
  run.stop();
  await run.done;
  engine.warmUp({ ...options, mode: 'single' });
  assert.equal(platform.workers.length, 5);
  await engine.close();
  assert.ok(platform.workers[4]!.ended);
});

test('options that make no sense are refused at once', async () => {
  const { engine, run } = await begun();
  for (const nonsense of [{ procs: 0 }, { maxWorkers: 64 }, { memoryMiB: 8 }, { procs: 1.5 }]) {
    assert.throws(() => engine.start(program, { ...options, ...nonsense, onOutput: () => {} }), RangeError);
  }
  run.stop();
  await run.done;
});
