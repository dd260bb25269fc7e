// The bounded output buffer.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OutputBuffer, type Stream } from '../../web/elements/output-buffer.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (buffer: OutputBuffer, stream?: Stream) =>
  buffer.pieces
    .filter((piece) => stream === undefined || piece.stream === stream)
    .map(({ text }) => text)
    .join('');

test('small writes of one stream grow one piece; the other stream starts another', () => {
  const buffer = new OutputBuffer();
  buffer.append(1, bytes('a'));
  buffer.append(1, bytes('b\n'));
  buffer.append(2, bytes('oops\n'));
  buffer.append(1, bytes('c'));
  assert.deepEqual(
    buffer.pieces.map(({ id, stream, text, lines }) => [id, stream, text, lines]),
    [
      [0, 1, 'ab\n', 1],
      [1, 2, 'oops\n', 1],
      [2, 1, 'c', 0],
    ],
  );
});

test('a character split over two writes is put together, per stream', () => {
  const buffer = new OutputBuffer();
  const [first, ...rest] = bytes('水');
  buffer.append(1, Uint8Array.of(first!));
  buffer.append(2, bytes('!'));
  buffer.append(1, Uint8Array.from(rest));
  assert.equal(textOf(buffer, 1), '水');
});

test('bytes that are no text are shown as such, a character cut off at the end too', () => {
  const buffer = new OutputBuffer();
  buffer.append(1, Uint8Array.of(0x61, 0xff, 0x62, 0xe6));
  buffer.end();
  assert.equal(textOf(buffer), 'a\ufffdb\ufffd');
});

test('long output is cut into pieces at line ends, and nothing is lost below the limit', () => {
  const buffer = new OutputBuffer();
  const line = `${'x'.repeat(99)}\n`;
  buffer.append(1, bytes(line.repeat(1000)));
  assert.equal(textOf(buffer), line.repeat(1000));
  assert.ok(buffer.pieces.length > 10);
  for (const piece of buffer.pieces) assert.ok(piece.text.endsWith('\n'));
  assert.equal(buffer.dropped, false);
});

test('pieces of text without line ends never cut a surrogate pair', () => {
  const buffer = new OutputBuffer();
  buffer.append(1, bytes(`a${'🌊'.repeat(20_000)}`));
  for (const { text } of buffer.pieces) assert.doesNotMatch(text, /[\ud800-\udbff]$/);
});

test('past the limit the oldest goes; ids go on; memory stays bounded', () => {
  const buffer = new OutputBuffer({ chars: 20_000, lines: 1e9, pieces: 1e9 });
  for (let i = 0; i < 5000; i++) buffer.append(1, bytes(`line ${i} ${'y'.repeat(40)}\n`));
  assert.equal(buffer.dropped, true);
  const text = textOf(buffer);
  assert.ok(text.length <= 20_000 && text.length > 10_000, String(text.length));
  assert.match(text, /^line \d+ y+\n/);
  assert.match(text, /line 4999 y+\n$/);
  const ids = buffer.pieces.map(({ id }) => id);
  assert.deepEqual(ids, Array.from(ids, (_, i) => ids[0]! + i));
});

test('lines and pieces are limited too', () => {
  const byLines = new OutputBuffer({ chars: 1e9, lines: 5000, pieces: 1e9 });
  byLines.append(1, bytes('\n'.repeat(100_000)));
  assert.ok(textOf(byLines).length <= 5000);
  const byPieces = new OutputBuffer({ chars: 1e9, lines: 1e9, pieces: 50 });
  for (let i = 0; i < 200; i++) byPieces.append(i % 2 === 0 ? 1 : 2, bytes('.'));
  assert.ok(byPieces.pieces.length <= 50);
});

test('clear forgets everything, half characters too', () => {
  const buffer = new OutputBuffer();
  buffer.append(1, bytes('水').slice(0, 1));
  buffer.append(1, bytes('x'));
  buffer.clear();
  buffer.append(1, bytes('y'));
  assert.equal(textOf(buffer), 'y');
});
