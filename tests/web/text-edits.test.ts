// Small edits between two versions of a text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editsBetween } from '../../web/elements/text-edits.ts';

function applied(text: string, edits: ReturnType<typeof editsBetween>): string {
  let out = '';
  let at = 0;
  for (const { from, to, insert } of edits) {
    assert.ok(from >= at && to >= from && to <= text.length, 'in order, apart, inside');
    assert.ok(to > from || insert !== '', 'none is empty');
    out += text.slice(at, from) + insert;
    at = to;
  }
  return out + text.slice(at);
}

const removedBy = (before: string, after: string): number => {
  const edits = editsBetween(before, after);
  assert.equal(applied(before, edits), after);
  return edits.reduce((sum, { from, to }) => sum + to - from, 0);
};

test('white space is all that changes where nothing else differs', () => {
  assert.deepEqual(editsBetween('same\n', 'same\n'), []);
  assert.deepEqual(editsBetween('x:=1\n', 'x := 1\n'), [{ from: 1, to: 1, insert: ' ' }, { from: 3, to: 3, insert: ' ' }]);
  assert.deepEqual(editsBetween('  f()  \n\n\n}', '\tf()\n\n}\n'), [
    { from: 0, to: 2, insert: '\t' },
    { from: 5, to: 7, insert: '' },
    { from: 9, to: 10, insert: '' },
    { from: 11, to: 11, insert: '\n' },
  ]);
  assert.equal(removedBy('if x {y();z()}\n', 'if x {\n\ty();z()\n}\n'), 0);
});

test('lines that move or come are found', () => {
  const body = Array.from({ length: 50 }, (_, i) => `  call(${i})\n`).join('');
  const before = `import "os"\nimport "fmt"\n${body}x:=0XFF\n${body}`;
  const after = `import "fmt"\nimport "os"\n${body.replaceAll('  ', '\t')}x := 0xFF\n${body.replaceAll('  ', '\t')}`;
  assert.ok(removedBy(before, after) < 250);
});

test('any two texts', () => {
  for (const [before, after] of [['', ''], ['', 'a\n'], ['a', ''], ['\n\n\n', ' '], ['a\nb\nc', 'c\nb\na'], ['日本\n語', '語\n日本\n'], ['x \t', 'x']] as const) {
    removedBy(before, after);
  }
  let seed = 1;
  const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
  const text = (): string => Array.from({ length: random(40) }, () => 'ab \n\n'[random(5)]).join('');
  for (let i = 0; i < 3000; i++) removedBy(text(), text());
});

test('texts that have nothing in common cost no more than their length', () => {
  const numbered = (word: string): string => Array.from({ length: 20_000 }, (_, i) => `${word} ${i}\n`).join('');
  const start = performance.now();
  removedBy(`head\n${numbered('a')}tail\n`, `head\n${numbered('b')}tail\n`);
  assert.ok(performance.now() - start < 3000);
});
