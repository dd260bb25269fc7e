// Byte columns to editor offsets.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { offsetOfColumn } from '../../web/elements/columns.ts';

test('columns count bytes, offsets UTF-16 units', () => {
  assert.equal(offsetOfColumn('abc', 1), 0);
  assert.equal(offsetOfColumn('abc', 3), 2);
  assert.equal(offsetOfColumn('é=x', 3), 1);
  assert.equal(offsetOfColumn('日本x', 7), 2);
  assert.equal(offsetOfColumn('🌊x', 5), 2);
});

test('a column inside a character or past the end stays in the line', () => {
  assert.equal(offsetOfColumn('日', 2), 1);
  assert.equal(offsetOfColumn('ab', 99), 2);
  assert.equal(offsetOfColumn('', 1), 0);
  assert.equal(offsetOfColumn('ab', 0), 0);
});
