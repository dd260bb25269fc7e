// Formats Go files as gofmt does, by Go's own formatter (formatter.go, imports.go), which the build compiles and links to the image "std".
import type { Engine, Library, ModuleSource, Program, RunOptions } from './api.ts';
import { imagePlaces } from './image.ts';

/** As the build leaves it: formatter.wasm, formatter.data, and the number in formatter.json. */
export interface FormatterFiles {
  module: ModuleSource;
  data: Uint8Array;
  tableSize: number;
}

/** `std`: the image that it is linked to, and its index. */
export function formatterProgram({ module, data, tableSize }: FormatterFiles, std: { index: Uint8Array; library: Library }): Program {
  const { dataEnd, tableEnd } = imagePlaces(std.index);
  return { module, data, dataBase: dataEnd, tableBase: tableEnd, tableSize, libraries: [std.library] };
}

/** A file under the name that faults are told with. */
export interface RoughFile {
  name: string;
  text: string | Uint8Array;
  /** Not to be formatted: it is only in the same folder as others, and tells what their imports must be. */
  isSibling?: boolean;
}

export interface Formatted {
  /** `text` is what is wrong with the file, a line for each fault. */
  isFault: boolean;
  text: Uint8Array<ArrayBuffer>;
  /** How it differs from the text before, as gofmt prints it; empty unless asked for. */
  diff: Uint8Array<ArrayBuffer>;
}

export type FormatOptions = Pick<RunOptions, 'mode' | 'procs' | 'maxWorkers' | 'cpus' | 'memoryMiB'> & {
  diffs?: boolean;
  /** Imports are organised, too: missing ones of the library added, those not used removed. */
  imports?: boolean;
};

/** One for each file but siblings. Rejects if the formatter fails, whatever is in the files. */
export async function format(
  engine: Engine,
  program: Program,
  { diffs = false, imports = false, ...options }: FormatOptions,
  files: readonly RoughFile[],
): Promise<Formatted[]> {
  const encoder = new TextEncoder();
  const input = files.flatMap(({ name, text, isSibling }) => {
    const bytes = typeof text === 'string' ? encoder.encode(text) : text;
    return [encoder.encode(`${name.replaceAll('\n', '?')}\n${bytes.length}${isSibling ? ' sibling' : ''}\n`), bytes];
  });
  const output: Record<1 | 2, Uint8Array[]> = { 1: [], 2: [] };
  const run = engine.start(program, {
    ...options,
    args: ['formatter', ...(diffs ? ['-d'] : []), ...(imports ? ['-imports'] : [])],
    stdin: joined(input),
    onOutput: (stream, bytes) => void output[stream].push(bytes),
  });
  const { reason, status, message } = await run.done;
  if (reason === 'exited' && status === 0) {
    return resultsIn(joined(output[1]), files.filter(({ isSibling }) => !isSibling).length);
  }
  throw new Error(`the formatter failed: ${message ?? `status ${status}`}\n${new TextDecoder().decode(joined(output[2]))}`);
}

function resultsIn(output: Uint8Array<ArrayBuffer>, count: number): Formatted[] {
  const decoder = new TextDecoder();
  let at = 0;
  return Array.from({ length: count }, () => {
    const end = output.indexOf(0x0a, at);
    const [word, size, diffSize] = decoder.decode(output.subarray(at, end)).split(' ');
    const textEnd = end + 1 + Number(size);
    at = textEnd + Number(diffSize);
    return { isFault: word !== 'ok', text: output.subarray(end + 1, textEnd), diff: output.subarray(textEnd, at) };
  });
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
