// Stacks as engines write them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codePlaces, isWhole, makeStackNotes } from '../../web/host/stack-notes.ts';

const v8 = `Error
    at noteStack (file:///app/host/stack-notes.js:18:56)
    at wasm://wasm/00a1b2c3:wasm-function[12]:0x4d2
    at rt_panic (wasm://wasm/00a1b2c3:wasm-function[13]:0x4ff)
    at main.(*list).get (wasm://wasm/77889900:wasm-function[40]:0x1a2b)
    at fmt.Println (wasm://wasm/std-1234abcd:wasm-function[900]:0x99)
    at wasm://wasm/77889900:wasm-function[41]:0x1a99
    at wasm://wasm/00a1b2c3:wasm-function[80]:0x777
    at attempt (file:///app/host/worker.js:60:5)`;

const firefox = `noteStack@http://host/worker.js:18:56
wasm-function[12]@http://host/worker.js line 90 > WebAssembly.Module:wasm-function[12]:0x4d2
rt_panic@http://host/worker.js line 90 > WebAssembly.Module:wasm-function[13]:0x4ff
wasm-function[40]@http://host/worker.js line 120 > WebAssembly.Module:wasm-function[40]:0x1a2b
attempt@http://host/worker.js:60:5`;

test('the places of compiled code, without the engine around it', () => {
  assert.deepEqual(codePlaces(v8), [
    [0, 0x1a2b],
    [1, 0x99],
    [0, 0x1a99],
  ]);
  assert.deepEqual(codePlaces(firefox), [[0, 0x1a2b]]);
});

test('a stack that ends within compiled code was cut off', () => {
  for (const stack of [v8, firefox, `${firefox}\n`]) {
    const lines = stack.trimEnd().split('\n');
    assert.ok(isWhole(stack, 100));
    assert.ok(!isWhole(lines.slice(0, -1).join('\n'), 100));
    assert.ok(!isWhole(stack, lines.length));
  }
});

test('an engine that tells no places tells nothing', () => {
  assert.deepEqual(codePlaces('wasm-stub@[wasm code]\nrun@[native code]'), []);
  assert.deepEqual(codePlaces(''), []);
});

/** Notes of panics at a moment that the test chooses, each of which takes `costMs`; tells which were made. */
function notesAt(costMs: number, isFamiliar = 1) {
  let time = 0;
  const memory = new WebAssembly.Memory({ initial: 1 });
  // Asked before a note and after it.
  const { noteStack, stackOf } = makeStackNotes(memory, () => (time += costMs / 2));
  let key = 0;
  const isNoted = () => {
    noteStack(++key % 7, isFamiliar);
    // The stack is of no compiled code; the one place says that not everything is known.
    return stackOf(key % 7, 0, 10) === 0;
  };
  return {
    pass: (ms: number) => void (time += ms),
    noted: (count: number) => Array.from({ length: count }, isNoted).filter((is) => is).length,
    firstWord: () => new Uint32Array(memory.buffer)[0],
  };
}

test('the stack as it is', () => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { stackNow } = makeStackNotes(memory, () => 0);
  const words = new Uint32Array(memory.buffer);
  // No compiled code is on it; whether there were more frames than were looked at is said.
  assert.equal(stackNow(0, 2), 1);
  assert.equal(words[0], 0xffff_ffff);
  assert.equal(stackNow(0, 1000), 0);
});

test('of panics unlike those before more are noted', () => {
  const { pass, noted } = notesAt(0.01, 0);
  assert.equal(noted(100), 100);
  pass(40); // gives ten milliseconds
  assert.equal(noted(500), 500);
});

test('the first panics are noted, and then as many as time has passed for', () => {
  const { pass, noted, firstWord } = notesAt(0.01);
  assert.equal(noted(30_000), 30_000);
  noted(5000); // and what the time since then has given
  pass(25); // gives half a millisecond
  const some = noted(500);
  assert.ok(some >= 50 && some <= 250, `${some} of 500`);
  assert.equal(firstWord(), 0xffff_ffff);
});

test('who panics all the time spends little on notes, and has them again after a while', () => {
  const { pass, noted } = notesAt(0.01);
  noted(40_000);
  assert.ok(noted(10_000) <= 300); // a panic that is not noted takes half as long here
  for (let i = 0; i < 20; i++) {
    pass(5);
    assert.equal(noted(1), 1);
  }
});

test('a long time without panics is not all kept for them', () => {
  const { pass, noted } = notesAt(1);
  const first = noted(2000); // they are dear: a twentieth of the usual number is free
  assert.ok(first >= 1500 && first <= 1600, `${first} of 2000`);
  pass(3_600_000);
  const many = noted(2000);
  assert.ok(many >= 40 && many <= 250, `${many} of 2000`);
});
