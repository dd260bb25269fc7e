// Formats the text in the editor, which may hold several files: of its Go files what they say, nothing else.
import type { Diagnostic } from '../host/compiler.ts';
import type { Formatted, RoughFile } from '../host/formatter.ts';
import { inArchive, shownName, unpack, type ArchivedFile } from '../host/module.ts';

/** What came of it, or is to come; the text is untouched unless `done`. */
export type FormatState =
  | { kind: 'underWay' | 'done' | 'unchanged' | 'overtaken' }
  | { kind: 'faulty'; faults: number }
  | { kind: 'failed'; message: string };

export type FormatReply = { ok: true; text: string } | { ok: false; diagnostics: Diagnostic[] };

/** What stands before the first head is the file `firstName`. Rejects as `format` does. */
export async function formatProgram(
  text: string,
  firstName: string,
  format: (files: readonly RoughFile[]) => Promise<Formatted[]>,
): Promise<FormatReply> {
  const archive = unpack(text, firstName);
  const places = placesIn(text, archive).filter(({ file }) => file.name.endsWith('.go'));
  const results = await format(places.map(({ file, from, to }) => ({ name: shownName(file.name), text: text.slice(from, to) })));
  const decoder = new TextDecoder();
  const texts = results.map((result) => decoder.decode(result.text));
  const diagnostics = texts.flatMap((said, i) => {
    const { file } = places[i]!;
    return results[i]!.isFault ? faultsIn(said).map((fault) => inArchive(fault, [file])) : [];
  });
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  let out = '';
  let at = 0;
  for (const [i, { from, to }] of places.entries()) {
    out += text.slice(at, from) + texts[i]!;
    at = to;
  }
  return { ok: true, text: out + text.slice(at) };
}

/** Where the files' own texts stand: from behind the head to the next one. */
function placesIn(text: string, files: readonly ArchivedFile[]): { file: ArchivedFile; from: number; to: number }[] {
  const starts = [0];
  for (let at = text.indexOf('\n') + 1; at > 0; at = text.indexOf('\n', at) + 1) starts.push(at);
  const startOf = (line: number): number => starts[line - 1] ?? text.length;
  return files.map((file, i) => {
    const next = files[i + 1];
    return { file, from: startOf(file.firstLine), to: next ? startOf(next.firstLine - 1) : text.length };
  });
}

/** Lines NAME:LINE:COLUMN: MESSAGE. */
function faultsIn(text: string): Diagnostic[] {
  return [...text.matchAll(/^(.*?):(\d+):(\d+): (.*)$/gm)].map(([, file, lineText, columnText, message]) => {
    const [line, column] = [Number(lineText), Number(columnText)];
    return { file: file!, line, column, endLine: line, endColumn: column, message: message! };
  });
}
