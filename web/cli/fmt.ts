// `millrace fmt`: what gofmt does, by Go's own formatter.
import { readFileSync, writeFileSync } from 'node:fs';
import type { FormatRequest } from './arguments.ts';
import { transform, workersFor } from './execute.ts';
import { formatter } from './formatter.ts';
import { filesToFormat } from './sources.ts';
import { writeAll } from './streams.ts';
import { loadToolchain } from './toolchain.ts';

/** Packages go/format and go/parser are in the last. */
const images = ['std', 'more', 'rest'];

/** As gofmt ends when a file cannot be formatted. */
const faultStatus = 2;

const print = (fd: 1 | 2, text: string): void => writeAll(fd, new TextEncoder().encode(text));

interface Result {
  isFault: boolean;
  text: Buffer;
}

/** Returns the exit status. */
export async function formatFiles(request: FormatRequest): Promise<number> {
  const { files, problems } =
    request.paths.length > 0
      ? filesToFormat(request.paths)
      : { files: [{ path: '<standard input>', text: new Uint8Array(readFileSync(0)) }], problems: [] };
  for (const problem of problems) print(2, `${problem}\n`);
  let status = problems.length > 0 ? faultStatus : 0;
  const results = files.length > 0 ? await formatted(request, files) : [];
  for (const [i, { isFault, text }] of results.entries()) {
    const { path, text: before } = files[i]!;
    if (isFault) {
      writeAll(2, text);
      status = faultStatus;
    } else if (!request.lists && !request.writes) {
      writeAll(1, text);
    } else if (!text.equals(before)) {
      if (request.lists) print(1, `${path}\n`);
      if (request.writes) writeFileSync(path, text);
    }
  }
  return status;
}

async function formatted(request: FormatRequest, files: readonly { path: string; text: Uint8Array }[]): Promise<Result[]> {
  const toolchain = await loadToolchain(workersFor(request), images);
  const reply = toolchain.compile([{ name: 'formatter.go', text: formatter }], 'threads');
  if (!reply.ok) throw new Error(`the formatter does not compile: ${reply.diagnostics[0]!.message}`);
  const head = (path: string, size: number): Buffer => Buffer.from(`${path.replaceAll('\n', '?')}\n${size}\n`);
  const input = Buffer.concat(files.flatMap(({ path, text }) => [head(path, text.length), text]));
  const output = await transform(toolchain.engine, reply.program, 'the formatter', request, input);
  let at = 0;
  return files.map(() => {
    const end = output.indexOf(0x0a, at);
    const [word, size] = output.toString('utf8', at, end).split(' ');
    at = end + 1 + Number(size);
    return { isFault: word !== 'ok', text: output.subarray(end + 1, at) };
  });
}
