// `millrace test -json`: what a test program prints under -test.v=test2json, as the events of `go doc test2json`.
//
// The program puts a mark before each line that is package testing's own, wherever it may stand. A line becomes an event, or
// changes what test the following output is attributed to; everything is output, too. Results wait until it is known that no
// more output belongs to them: in the text they come before the logs that they are about. What is long comes in parts, and
// so that parts are those of the go command, buffers are as large as there.
const lineBytes = 4096, outputBytes = 1024;

const mark = 0x16, newline = 0x0a, tab = 0x09;

interface Event {
  Time?: string;
  Action: string;
  Package?: string;
  Test?: string;
  Elapsed?: number;
  Output?: Uint8Array;
  FailedBuild?: string;
  Key?: string;
  Value?: string;
  Path?: string;
}

/** In the order and the words of Go's encoding/json, which leaves out what is empty. */
export function encodeEvent(event: object): string {
  const fields = Object.entries(event)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([key, value]) => `"${key}":${typeof value === 'number' ? value : quoted(value instanceof Uint8Array ? textOf(value) : (value as string))}`);
  return `{${fields.join(',')}}\n`;
}

const escapes: Record<string, string> = { '"': '\\"', '\\': '\\\\', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const quoted = (text: string): string =>
  // eslint-disable-next-line no-control-regex
  `"${text.replace(/["\\<>&\u0000-\u001f\u2028\u2029]/g, (c) => escapes[c] ?? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).replaceAll(noText, '\\ufffd')}"`;

/** Stands for a byte that is no UTF-8, and is itself no character. */
const noText = '\udc00';
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    // Something is none: one after the other.
  }
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const size = Math.min(runeBytes(bytes[at]!), bytes.length - at);
    try {
      text += decoder.decode(bytes.subarray(at, at + size));
      at += size;
    } catch {
      text += noText;
      at++;
    }
  }
  return text;
}

/** Of a rune that begins with this byte. */
const runeBytes = (first: number): number => (first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1);

/** Hands whole lines on, and of those that are longer than it is, or are a benchmark's that has just begun, parts. */
class LineBuffer {
  private readonly bytes: Uint8Array;
  private length = 0;
  private inPart = false;
  private readonly line: (line: Uint8Array) => void;
  private readonly part: (part: Uint8Array) => void;

  constructor(size: number, line: (line: Uint8Array) => void, part: (part: Uint8Array) => void) {
    this.bytes = new Uint8Array(size);
    this.line = line;
    this.part = part;
  }

  write(bytes: Uint8Array): void {
    for (let taken = 0; taken < bytes.length; ) {
      const more = bytes.subarray(taken, taken + this.bytes.length - this.length);
      this.bytes.set(more, this.length);
      this.length += more.length;
      taken += more.length;
      let done = this.handLines();
      if (done === 0 && this.length === this.bytes.length) {
        done = wholeRunes(this.bytes);
        this.part(this.bytes.slice(0, done));
        this.inPart = true;
      }
      this.bytes.copyWithin(0, done, this.length);
      this.length -= done;
    }
  }

  /** How many bytes they were. */
  private handLines(): number {
    let at = 0;
    while (at < this.length) {
      const rest = this.bytes.slice(at, this.length);
      // A mark that stands within a line begins the next.
      const end = rest.findIndex((byte, i) => byte === newline || (byte === mark && i > 0));
      if (end < 0) {
        const name = rest.indexOf(tab);
        if (this.inPart || name < 0 || !/^Benchmark(?!\p{Ll})/u.test(textOf(rest.subarray(0, name)))) break;
        this.part(rest.slice(0, name + 1));
        this.inPart = true;
        at += name + 1;
        continue;
      }
      const size = end + (rest[end] === newline ? 1 : 0);
      if (this.inPart) this.part(rest.slice(0, size));
      else this.line(rest.slice(0, size));
      this.inPart = false;
      at += size;
    }
    return at;
  }

  flush(): void {
    if (this.length > 0) this.part(this.bytes.slice(0, this.length));
    this.length = 0;
  }
}

/** Of the bytes, how many there are before a rune that may go on behind them. */
function wholeRunes(bytes: Uint8Array): number {
  for (let back = 1; back < 4 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back]!;
    if ((byte & 0xc0) === 0x80) continue;
    return back < runeBytes(byte) ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

export class TestEvents {
  private readonly path: string;
  private readonly print: (text: string) => void;
  private readonly began = performance.now();
  private readonly input: LineBuffer;
  private readonly output: LineBuffer;
  private test = '';
  private readonly reports: Event[] = []; // that wait; a sub-test's behind that of its test
  private result = '';
  private wantsMarks = false;

  /** `path`: of the package; `print` gets whole lines. */
  constructor(path: string, print: (text: string) => void) {
    this.path = path;
    this.print = print;
    const write = (bytes: Uint8Array): void => this.tell({ Action: 'output', Output: bytes });
    this.output = new LineBuffer(outputBytes, write, write);
    this.input = new LineBuffer(lineBytes, (line) => this.take(line), (part) => this.output.write(part));
    this.tell({ Action: 'start' });
  }

  write(bytes: Uint8Array): void {
    this.input.write(bytes);
  }

  /** `failedBuild`: what could not be built, if that is why it has not passed. */
  end(hasPassed: boolean, failedBuild?: string): void {
    this.result = !hasPassed ? 'fail' : this.result === 'skip' ? 'skip' : 'pass';
    this.input.flush();
    this.output.flush();
    const Elapsed = Math.round(performance.now() - this.began) / 1000;
    this.tell({ Action: this.result, Elapsed, ...(this.result === 'fail' && failedBuild && { FailedBuild: failedBuild }) });
  }

  private tell({ Action, Test, Elapsed, Output, FailedBuild, Key, Value, Path }: Event): void {
    const name = Test || this.test;
    this.print(encodeEvent({ Time: now(), Action, Package: this.path, Test: name, Elapsed, Output, FailedBuild, Key, Value, Path }));
  }

  private take(given: Uint8Array): void {
    const isMarked = given[0] === mark;
    if (this.wantsMarks && !isMarked) return this.output.write(given);
    if (isMarked) this.output.flush();
    let whole = isMarked ? given.subarray(1) : given;
    let text = textOf(whole).replace(/\r?\n$/, '');
    if (text === '=== NAME') {
      text = '=== NAME  ';
      whole = new TextEncoder().encode(`${text}\n`);
    }
    if (text === 'PASS' || text === 'FAIL' || text.startsWith('FAIL\t')) {
      this.tellReports(0);
      this.wantsMarks = isMarked;
      this.output.write(whole);
      this.result = text === 'PASS' ? 'pass' : 'fail';
      return;
    }
    if (/^\? {3}\t.*\t\[no test files\]$/s.test(text) && this.reports.length === 0) this.result = 'skip';
    const update = /^=== (RUN  |PAUSE|CONT |NAME |PASS |FAIL |SKIP |ATTR |ARTIFACTS) (.*)$/s.exec(text);
    if (update) return this.takeUpdate(update[1]!.trim().toLowerCase(), update[2]!, whole, isMarked);
    const [, indent = '', report] = /^((?: {4})*)(.*)$/s.exec(text)!;
    const depth = indent.length / 4;
    const [, action, rest] = /^--- (PASS|FAIL|SKIP|BENCH): (.*)$/s.exec(report!) ?? [];
    if (action === undefined || depth > this.reports.length) {
      // How far it is indented tells whose it is of the tests that have just been reported.
      if (action === undefined && depth > 0 && depth <= this.reports.length) this.test = this.reports[depth - 1]!.Test!;
      return this.output.write(whole);
    }
    this.wantsMarks = isMarked;
    this.tellReports(depth);
    this.test = rest!.trim().replace(/ \(.*$/s, '');
    const seconds = / \((\d+(?:\.\d+)?)s\)$/.exec(rest!.trim())?.[1];
    this.reports.push({ Action: action.toLowerCase(), Test: this.test, ...(seconds !== undefined && { Elapsed: Number(seconds) }) });
    this.output.write(whole);
  }

  private takeUpdate(action: string, about: string, whole: Uint8Array, isMarked: boolean): void {
    const [name, ...rest] = about.trim().split(' ');
    const event: Event = { Action: action };
    this.wantsMarks = isMarked;
    this.tellReports(0);
    this.test = about.trim();
    if (action === 'artifacts') {
      this.test = name!;
      event.Path = rest.join(' ');
    } else if (action === 'attr') {
      this.test = name!;
      event.Key = rest[0] ?? '';
      event.Value = rest.slice(1).join(' ');
    }
    if (action === 'name') return;
    // That a test pauses is said before it does.
    if (action === 'pause') this.output.write(whole);
    this.tell(event);
    if (action !== 'pause') this.output.write(whole);
  }

  private tellReports(depth: number): void {
    this.test = '';
    while (this.reports.length > depth) this.tell(this.reports.pop()!);
  }
}

/** Local time as Go writes it. */
function now(): string {
  const date = new Date(), minutes = -date.getTimezoneOffset();
  const two = (n: number): string => String(Math.floor(n)).padStart(2, '0');
  const zone = minutes === 0 ? 'Z' : `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
  return new Date(date.getTime() + minutes * 60_000).toISOString().replace(/\.?0*Z$/, zone);
}
