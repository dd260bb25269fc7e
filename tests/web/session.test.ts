// The page's state machine: every way a run goes, and events that come too late.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LinkedModule } from '../../web/host/api.ts';
import type { Diagnostic } from '../../web/host/compiler.ts';
import { busy, initial, step, type Effect, type Session, type SessionEvent } from '../../web/page/session.ts';

const program = { module: new Uint8Array(), data: new Uint8Array(), dataBase: 0, tableBase: 0, tableSize: 0 };
const accepted = { ok: true as const, program: program as LinkedModule & { module: Uint8Array<ArrayBuffer> }, positions: new Uint32Array() };
const mistake: Diagnostic = { file: 'prog.go', line: 3, column: 1, endLine: 3, endColumn: 2, message: 'undefined: x' };
const run: SessionEvent = { type: 'run', source: 'package main' };
const prepared: SessionEvent = { type: 'prepared', run: 1 };
const compiled: SessionEvent = { type: 'compiled', run: 1, reply: accepted, ms: 12 };
const end = (reason: 'exited' | 'stopped' | 'crashed', status = 0): SessionEvent => ({
  type: 'end',
  run: 1,
  end: { reason, status, elapsedMs: 30, startMs: 9, instantiateMs: [1] },
});

/** The session after `events`, and the effects of the last one. */
function after(...events: SessionEvent[]): [Session, readonly Effect[]] {
  let last: readonly [Session, readonly Effect[]] = [initial(4), []];
  for (const event of events) last = step(last[0], event);
  return [last[0], last[1]];
}

test('a run from Run to its exit status', () => {
  assert.deepEqual(after(run)[1], [{ do: 'prepare', run: 1, source: 'package main', procs: 4 }]);
  assert.deepEqual(after(run, prepared)[1], [{ do: 'compile', run: 1 }]);
  assert.deepEqual(after(run, prepared, compiled)[1], [{ do: 'start', run: 1, program, procs: 4 }]);
  const [session] = after(run, prepared, compiled, { type: 'output', run: 1, ms: 20 }, end('exited', 3));
  assert.equal(session.phase, 'ended');
  assert.deepEqual(session.outcome, { kind: 'exited', status: 3 });
  assert.deepEqual(session.times, { compile: 12, firstOutput: 20, start: 9, instantiate: [1], run: 21 });
});

test('only the first output is timed', () => {
  const [session] = after(run, prepared, compiled, { type: 'output', run: 1, ms: 20 }, { type: 'output', run: 1, ms: 90 });
  assert.equal(session.times.firstOutput, 20);
});

test('an error in the source ends the run with the diagnostics', () => {
  const reply = { ok: false as const, diagnostics: [mistake] };
  const [session, effects] = after(run, prepared, { type: 'compiled', run: 1, reply, ms: 2 });
  assert.deepEqual(session.outcome, { kind: 'rejected', diagnostics: [mistake] });
  assert.deepEqual(effects, []);
  assert.equal(busy(session), false);
});

test('Stop ends every phase, and only a running program takes time to stop', () => {
  for (const [events, effects] of [
    [[run], []],
    [[run, prepared], [{ do: 'cancelCompile' }]],
  ] as const) {
    const [session, done] = after(...events, { type: 'stop' });
    assert.deepEqual(session.outcome, { kind: 'stopped' });
    assert.deepEqual(done, effects);
  }
  const [stopping, effects] = after(run, prepared, compiled, { type: 'stop' });
  assert.equal(stopping.phase, 'stopping');
  assert.deepEqual(effects, [{ do: 'stop' }]);
  assert.deepEqual(step(stopping, end('stopped'))[0].outcome, { kind: 'stopped' });
});

test('Stop does nothing when nothing is under way', () => {
  assert.deepEqual(after({ type: 'stop' }), [initial(4), []]);
  const ended = after(run, prepared, compiled, end('exited'))[0];
  assert.deepEqual(step(ended, { type: 'stop' }), [ended, []]);
});

test('Run again ends the running program first, then runs the newest source', () => {
  const again: SessionEvent = { type: 'run', source: 'second' };
  const [stopping, effects] = after(run, prepared, compiled, again);
  assert.equal(stopping.phase, 'stopping');
  assert.deepEqual(effects, [{ do: 'stop' }]);
  const [third] = step(stopping, { type: 'run', source: 'third' });
  const [session, started] = step(third, end('stopped'));
  assert.equal(session.phase, 'preparing');
  assert.equal(session.run, 2);
  assert.deepEqual(session.times, {});
  assert.deepEqual(started, [{ do: 'prepare', run: 2, source: 'third', procs: 4 }]);
});

test('Stop while a next run waits drops it', () => {
  const [session, effects] = after(run, prepared, compiled, run, { type: 'stop' }, end('stopped'));
  assert.equal(session.phase, 'ended');
  assert.deepEqual(effects, []);
});

test('Run again while compiling cancels the compilation', () => {
  const [session, effects] = after(run, prepared, { type: 'run', source: 'second' });
  assert.equal(session.run, 2);
  assert.deepEqual(effects, [{ do: 'cancelCompile' }, { do: 'prepare', run: 2, source: 'second', procs: 4 }]);
});

test('events of an earlier run change nothing', () => {
  const [second] = after(run, prepared, { type: 'run', source: 'second' });
  for (const late of [prepared, compiled, end('exited'), { type: 'fault', run: 1, message: 'late' } as const]) {
    assert.deepEqual(step(second, late), [second, []]);
  }
});

test('events that do not fit the phase change nothing', () => {
  const [preparing] = after(run);
  assert.deepEqual(step(preparing, compiled), [preparing, []]);
  assert.deepEqual(step(preparing, end('exited')), [preparing, []]);
  const [running] = after(run, prepared, compiled);
  assert.deepEqual(step(running, prepared), [running, []]);
});

test('a fault of ours ends the run from any phase', () => {
  const fault: SessionEvent = { type: 'fault', run: 1, message: 'no engine' };
  for (const events of [[run], [run, prepared], [run, prepared, compiled]]) {
    assert.deepEqual(after(...events, fault)[0].outcome, { kind: 'fault', message: 'no engine' });
  }
  assert.deepEqual(after(run, prepared, compiled, fault)[1], [{ do: 'stop' }]);
  const crash: SessionEvent = { type: 'end', run: 1, end: { reason: 'crashed', status: 2, message: 'a worker died', elapsedMs: 5, instantiateMs: [] } };
  assert.deepEqual(after(run, prepared, compiled, crash)[0].outcome, { kind: 'fault', message: 'a worker died' });
});

test('the lever reaches a running program and stays for the next', () => {
  assert.deepEqual(after({ type: 'procs', procs: 2 })[1], []);
  const [session, effects] = after(run, prepared, compiled, { type: 'procs', procs: 7 });
  assert.deepEqual(effects, [{ do: 'setProcs', procs: 7 }]);
  assert.equal(step(session, end('exited'))[0].procs, 7);
});
