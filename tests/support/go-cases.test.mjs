// The judge is judged: what comparing with the reference lets pass, and what it must not.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { compareWithComments, normaliseErrors, normaliseTrace, splitDiagnostics, variation, withoutFrames } from './go-cases.mjs';

const goTrace = `before
panic: runtime error: index out of range [4] with length 0 [recovered]
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x482f1d]

goroutine 18 [running]:
panic({0x4a1b20?, 0xc000012345?})
	/usr/lib/go/src/runtime/panic.go:787 +0x132
main.(*list).get(...)
	/home/me/prog.go:12
main.main.func1(0xc000010000, {0x1, 0x2})
	/home/me/prog.go:38 +0x25
created by main.main in goroutine 1
	/home/me/prog.go:34 +0x1d
`;

test('a trace keeps the text, functions and lines of the program, and drops what two runtimes cannot share', () => {
  assert.equal(
    normaliseTrace(goTrace),
    `before
panic: runtime error: index out of range [4] with length 0 [recovered]

goroutine N [running]:
main.(*list).get(...)
	prog.go:12
main.main.func1(...)
	prog.go:38
created by main.main in goroutine 1
	prog.go:34
`,
  );
});

test('a trace is the same after a second time, and text without a trace is left alone', () => {
  assert.equal(normaliseTrace(normaliseTrace(goTrace)), normaliseTrace(goTrace));
  for (const text of ['', 'plain\n', 'goroutine\n\tindented\n']) assert.equal(normaliseTrace(text), text);
});

test('a trace without its frames keeps what was said and the states', () => {
  assert.equal(
    withoutFrames(normaliseTrace(goTrace)),
    'before\npanic: runtime error: index out of range [4] with length 0 [recovered]\n\ngoroutine N [running]:\n',
  );
});

test('a different message, function, line or state is a different trace', () => {
  for (const [from, to] of [
    ['[4]', '[5]'],
    ['get', 'set'],
    ['prog.go:12', 'prog.go:13'],
    ['[running]', '[chan receive]'],
    ['created by main.main', 'created by main.start'],
  ]) {
    assert.notEqual(normaliseTrace(goTrace.replace(from, to)), normaliseTrace(goTrace));
  }
});

test('other goroutines may come in any order; the first stays first', () => {
  const goroutine = (id, state) => `goroutine ${id} [${state}]:\nmain.f()\n\t/a/prog.go:${id}\n`;
  const text = (...parts) => `fatal error: all goroutines are asleep - deadlock!\n\n${parts.join('\n')}`;
  const [one, two, three] = [goroutine(1, 'chan receive'), goroutine(6, 'select'), goroutine(7, 'chan send')];
  assert.equal(normaliseTrace(text(one, two, three)), normaliseTrace(text(one, three, two)));
  assert.notEqual(normaliseTrace(text(one, two, three)), normaliseTrace(text(two, one, three)));
});

test('only what is declared may vary', () => {
  const varied = variation('// varies: speed-up=\\S+\n// varies: \\d+ ms\npackage main\n');
  assert.equal(varied('primes 7 speed-up=1.93 in 12 ms'), 'primes 7 … in …');
  assert.equal(variation('package main')('12 ms'), '12 ms');
});

test('errors of the reference lose only what names its place', () => {
  assert.equal(
    normaliseErrors('# command-line-arguments\n./a.go:5:2: undefined: x\nb.go:3:8: package no/such is not in std (/usr/src/no/such)\n'),
    './a.go:5:2: undefined: x\n./b.go:3:8: package no/such is not in std\n',
  );
});

test('ERROR comments: each must come, nothing else may, repeats count', () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-cases-'));
  try {
    const source = 'package main\nx := 1 // ERROR "non-declaration" `outside`\ny // ERROR "undefined: y"\n';
    writeFileSync(join(folder, 'a.go'), source);
    const faults = (...diagnostics) => compareWithComments({ folder, files: ['a.go'] }, diagnostics);
    const [first, second, third] = [
      './a.go:2:1: non-declaration statement',
      './a.go:2:3: outside function body\n\tmore',
      './a.go:3:1: undefined: y',
    ];
    assert.deepEqual(faults(first, second, third), []);
    assert.deepEqual(faults(first, second), ['missing: ./a.go:3: /undefined: y/']);
    assert.deepEqual(faults(first, first, second, third), [`unexpected: ${first}`]);
    assert.deepEqual(faults(first, second, third, './a.go:1:1: what'), ['unexpected: ./a.go:1:1: what']);
    writeFileSync(join(folder, 'a.go'), 'x // ERROR without quotes\n');
    assert.match(faults()[0], /without a pattern/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a diagnostic goes on while lines begin with a tab', () => {
  assert.deepEqual(splitDiagnostics('a:1: x\n\tmore\nb:2: y\n'), ['a:1: x\n\tmore', 'b:2: y\n'.trimEnd()]);
});
