// Formatting the text in the editor: which parts of it change, and where faults stand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Formatted, RoughFile } from '../../web/host/formatter.ts';
import { formatProgram } from '../../web/page/formatting.ts';

/** Capitals are its style; it refuses digits. */
async function shout(files: readonly RoughFile[]): Promise<Formatted[]> {
  return files.map(({ name, text }) => {
    const lines = String(text).split('\n');
    const faults = lines.flatMap((line, i) => (/\d/.test(line) ? [`${name}:${i + 1}:${line.search(/\d/) + 1}: no digits: here\n`] : []));
    return { isFault: faults.length > 0, text: new TextEncoder().encode(faults.join('') || String(text).toUpperCase()), diff: new Uint8Array() };
  });
}

const shouted = async (text: string): Promise<string> => {
  const reply = await formatProgram(text, 'prog.go', shout);
  assert.ok(reply.ok);
  return reply.text;
};

test('of one file all, of several the Go files, and no head', async () => {
  assert.equal(await shouted('one\n'), 'ONE\n');
  assert.equal(await shouted(''), '');
  assert.equal(await shouted('a\n-- go.mod --\nmodule m\n-- b/b.go --  \nb\n-- c.go --\nc'), 'A\n-- go.mod --\nmodule m\n-- b/b.go --  \nB\n-- c.go --\nC');
  assert.equal(await shouted('\n \n-- a.go --\n-- b.go --\nb\n-- c.txt --\nc\n-- d.go --'), '\n \n-- a.go --\n-- b.go --\nB\n-- c.txt --\nc\n-- d.go --');
});

test('faults stand where they are in the text, and nothing is formatted', async () => {
  const reply = await formatProgram('a\n1\n-- x.go --\nx\n-- b/b.go --\nbb 2\n', 'prog.go', shout);
  assert.ok(!reply.ok);
  assert.deepEqual(reply.diagnostics, [
    { file: './prog.go', line: 2, column: 1, endLine: 2, endColumn: 1, message: 'no digits: here' },
    { file: 'b/b.go', line: 6, column: 4, endLine: 6, endColumn: 4, message: 'no digits: here' },
  ]);
});

test('a formatter that fails is not the text’s fault', async () => {
  await assert.rejects(formatProgram('a', 'prog.go', () => Promise.reject(new Error('offline'))), /offline/);
});
