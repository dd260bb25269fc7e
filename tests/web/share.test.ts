// Links: what goes in comes out; what was damaged is told apart from a program.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BadLink, decodeFragment, encodeFragment } from '../../web/page/share.ts';

const program = 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Println("こんにちは, 世界 🌊")\n}\n';

test('a program survives the way through a link', async () => {
  for (const text of [program, '', '\ufeffpackage main', 'a'.repeat(1 << 20)]) {
    const fragment = await encodeFragment(text);
    assert.match(fragment, /^#code=[A-Za-z0-9_-]*$/);
    assert.equal(await decodeFragment(fragment), text);
  }
});

test('other fragments are none of our business', async () => {
  for (const fragment of ['', '#', '#top', '#kode=abc']) assert.equal(await decodeFragment(fragment), null);
});

test('every single damaged character is noticed', async () => {
  const fragment = await encodeFragment(program);
  let unnoticed = 0;
  for (let at = '#code='.length; at < fragment.length; at++) {
    const other = fragment[at] === 'A' ? 'B' : 'A';
    const damaged = fragment.slice(0, at) + other + fragment.slice(at + 1);
    const result = await decodeFragment(damaged).catch((error: unknown) => error);
    // The last character may carry bits that mean nothing; then the program is the same.
    if (result !== program && !(result instanceof BadLink)) unnoticed++;
  }
  assert.equal(unnoticed, 0);
});

test('a link cut short anywhere, or made of garbage, is damaged', async () => {
  const fragment = await encodeFragment(program);
  for (let length = '#code='.length; length < fragment.length - 1; length++) {
    await assert.rejects(decodeFragment(fragment.slice(0, length)), BadLink, fragment.slice(0, length));
  }
  for (const garbage of ['#code=%%%', '#code=日本', '#code=AAAA', '#code=a b']) {
    await assert.rejects(decodeFragment(garbage), BadLink, garbage);
  }
});

test('a small link cannot ask for endless memory', async () => {
  const bomb = await encodeFragment(' '.repeat(5 << 20));
  assert.ok(bomb.length < 20_000);
  await assert.rejects(decodeFragment(bomb), (error) => error instanceof BadLink && error.tooLong);
});
