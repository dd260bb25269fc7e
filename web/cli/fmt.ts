// `millrace fmt`: what gofmt does, by Go's own formatter; and what goimports does, if wanted.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, type Formatted } from '../host/formatter.ts';
import type { FormatRequest } from './arguments.ts';
import { workersFor } from './execute.ts';
import { filesToFormat, siblingsOf } from './sources.ts';
import { writeAll } from './streams.ts';
import { loadFormatter } from './toolchain.ts';

/** As gofmt ends when a file cannot be formatted, and when it shows how one differs. */
const faultStatus = 2;
const differsStatus = 1;

const print = (fd: 1 | 2, text: string): void => writeAll(fd, new TextEncoder().encode(text));

/** Returns the exit status. */
export async function formatFiles(request: FormatRequest): Promise<number> {
  const { files, problems } =
    request.paths.length > 0
      ? filesToFormat(request.paths)
      : { files: [{ path: '<standard input>', text: new Uint8Array(readFileSync(0)) }], problems: [] };
  for (const problem of problems) print(2, `${problem}\n`);
  let status = problems.length > 0 ? faultStatus : 0;
  const results = files.length > 0 ? await formatted(request, files) : [];
  for (const [i, { isFault, text, diff }] of results.entries()) {
    const { path, text: before } = files[i]!;
    if (isFault) {
      writeAll(2, text);
      status = faultStatus;
    } else if (!request.lists && !request.writes && !request.diffs) {
      writeAll(1, text);
    } else if (Buffer.compare(text, before) !== 0) {
      if (request.lists) print(1, `${path}\n`);
      if (request.writes) writeFileSync(path, text);
      if (request.diffs) {
        writeAll(1, diff);
        status = differsStatus; // the last word counts, as gofmt has it
      }
    }
  }
  return status;
}

async function formatted(request: FormatRequest, files: readonly { path: string; text: Uint8Array }[]): Promise<Formatted[]> {
  const options = { ...workersFor(request), memoryMiB: request.memoryMiB, diffs: request.diffs, imports: request.imports };
  const { engine, program } = await loadFormatter(options);
  const siblings = request.imports ? siblingsOf(files.map(({ path }) => path)) : [];
  const given = files.map(({ path, text }) => ({ name: path, text }));
  return await format(engine, program, options, [...given, ...siblings.map(({ path, text }) => ({ name: path, text, isSibling: true }))]);
}
