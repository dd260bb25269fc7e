// The compiler's binary interface, and its client.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cancelled, CompilerClient, serveCompiler, type CompilerWorker } from '../../web/host/compiler-client.ts';
import { CompilerFault, decodeReply, encodeRequest, textOf } from '../../web/host/compiler.ts';

const target = { sharedMemory: true };
const place = { dataBase: 1024, tableBase: 77 };

/** Little-endian numbers, and texts with their length in front. */
function reply(...parts: (number | string)[]): Uint8Array {
  return Uint8Array.from(
    parts.flatMap((part) => {
      const bytes = typeof part === 'string' ? [...new TextEncoder().encode(part)] : [];
      const value = typeof part === 'string' ? bytes.length : part;
      return [value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >> 24) & 255, ...bytes];
    }),
  );
}

test('a request is what bind.h says', () => {
  const files = [
    { name: 'a.go', text: 'package main' },
    { name: 'b.go', text: Uint8Array.of(0xff, 0x00), package: 'm/b' },
  ];
  const request = encodeRequest(files, { ...target, nameSection: true, goVersion: 'go1.21', testPackage: 'm/t' });
  const head = reply(3, '', '', 'go1.21', 'm/t', 2, 'a.go', 'package main', '', 'b.go', 2);
  const expected = [...head, 0xff, 0x00, ...reply('m/b')];
  assert.deepEqual([...request], expected);
  assert.equal(encodeRequest([], { ...target, sharedMemory: false, foreignSuspension: true })[0], 4);
  assert.equal(encodeRequest([], { ...target, checkOnly: true, whole: true })[0], 25);
  assert.equal(encodeRequest([], { ...target, unpolled: true })[0], 65);
});

test('a program is read, wherever the reply lies', () => {
  const bytes = reply(0, 0, 'module', 'data', 5, 2, 10, 1, 0, 3, 20, 2, 0, 4);
  const memory = new Uint8Array(100 + bytes.length);
  memory.set(bytes, 100);
  const read = decodeReply(memory, 100, place);
  assert.ok(read.ok);
  assert.equal(new TextDecoder().decode(read.program.module), 'module');
  assert.equal(new TextDecoder().decode(read.program.data), 'data');
  const { dataBase, tableBase, tableSize } = read.program;
  assert.deepEqual({ dataBase, tableBase, tableSize }, { dataBase: 1024, tableBase: 77, tableSize: 5 });
  assert.deepEqual([...read.positions], [10, 1, 0, 3, 20, 2, 0, 4]);
  memory.fill(0);
  assert.equal(new TextDecoder().decode(read.program.module), 'module', 'it must be a copy');
});

test('diagnostics are read', () => {
  const diagnostic = { file: 'prog.go', line: 3, column: 4, endLine: 3, endColumn: 9, message: 'undefined: 変数\n\tmore' };
  const fault = ['prog.go', 3, 4, 3, 9, 'undefined: 変数\n\tmore'];
  assert.deepEqual(decodeReply(reply(1, 2, ...fault, '', ...fault, 'm/b'), 0, place), {
    ok: false,
    diagnostics: [diagnostic, { ...diagnostic, package: 'm/b' }],
    setup: false,
  });
  assert.deepEqual(decodeReply(reply(2, 1, ...fault, ''), 0, place), { ok: false, diagnostics: [diagnostic], setup: true });
});

test('a reply that makes no sense is a fault of the compiler, not of the source', () => {
  const whole = reply(0, 0, 'module', 'data', 5, 1, 10, 1, 0, 3);
  for (let length = 0; length < whole.length; length++) {
    assert.throws(() => decodeReply(whole.slice(0, length), 0, place), CompilerFault);
  }
  assert.throws(() => decodeReply(reply(9, 0), 0, place), CompilerFault);
});

/** An end of a worker in this thread: messages are delivered later, as to a real one. */
function pipedWorker(serve: (scope: Parameters<typeof serveCompiler>[0]) => void): CompilerWorker & { ended: boolean } {
  const scope: Parameters<typeof serveCompiler>[0] = {
    onmessage: null,
    postMessage: (data) => setImmediate(() => worker.ended || worker.onmessage?.({ data } as MessageEvent)),
  };
  const worker = {
    ended: false,
    onmessage: null as CompilerWorker['onmessage'],
    onerror: null as CompilerWorker['onerror'],
    postMessage: (data: unknown) => setImmediate(() => worker.ended || scope.onmessage?.({ data } as MessageEvent)),
    terminate: () => void (worker.ended = true),
  };
  serve(scope);
  return worker;
}

/** A module that traps when asked to compile anything. */
const trapping = new WebAssembly.Module(
  // (memory (export "memory") 1) (func (export "compilerAllocate") (param i32) (result i32) i32.const 0)
  // (func (export "compile") (param i32) (result i32) unreachable)
  Uint8Array.from([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 6, 1, 96, 1, 127, 1, 127, 3, 3, 2, 0, 0, 5, 3, 1, 0, 1, 7, 39, 3, 6, 109, 101, 109,
    111, 114, 121, 2, 0, 16, 99, 111, 109, 112, 105, 108, 101, 114, 65, 108, 108, 111, 99, 97, 116, 101, 0, 0, 7, 99,
    111, 109, 112, 105, 108, 101, 0, 1, 10, 10, 2, 4, 0, 65, 0, 11, 3, 0, 0, 11,
  ]),
);

const nothing = { files: [], settings: {} };

test('a compiler that traps is a fault, twice in a row too', async () => {
  const client = new CompilerClient(trapping, target, () => pipedWorker(serveCompiler));
  for (let i = 0; i < 2; i++) await assert.rejects(client.compile(nothing), CompilerFault);
});

test('cancelling ends the worker and warms another', async () => {
  const workers: ReturnType<typeof pipedWorker>[] = [];
  const client = new CompilerClient(trapping, target, () => {
    workers.push(pipedWorker(() => {})); // never answers
    return workers.at(-1)!;
  });
  const first = client.compile(nothing);
  client.cancel();
  await assert.rejects(first, Cancelled);
  const second = client.compile(nothing);
  const third = client.compile(nothing); // one at a time: gives up the second
  await assert.rejects(second, Cancelled);
  assert.deepEqual(
    workers.map(({ ended }) => ended),
    [true, true, false],
  );
  client.cancel();
  await assert.rejects(third, Cancelled);
  client.cancel(); // nothing under way
  assert.equal(workers.length, 4);
});

test('a worker that fails is replaced with the next request', async () => {
  let made = 0;
  const client = new CompilerClient(trapping, target, () => {
    const worker = pipedWorker(made++ === 0 ? () => {} : serveCompiler);
    if (made === 1) setImmediate(() => worker.onerror?.({ message: 'gone' } as ErrorEvent));
    return worker;
  });
  await assert.rejects(client.compile(nothing), /worker failed: gone/);
  await assert.rejects(client.compile(nothing), /the compiler failed/);
  assert.equal(made, 2);
});

test('diagnostics are printed with as much of their place as there is', () => {
  const at = (line: number, column: number, message: string) => ({ file: line === 0 ? '' : './a.go', line, column, endLine: line, endColumn: column, message });
  assert.equal(textOf([at(3, 4, 'x'), at(5, 0, 'y'), at(0, 0, 'z')]), './a.go:3:4: x\n./a.go:5: y\nz\n');
});
