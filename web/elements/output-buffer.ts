// What a program printed, as text in pieces that a view can show one by one, and bounded: past the limits the oldest pieces
// go. Pieces are closed at line ends where that is possible, so what is left begins with a whole line.

/** As file descriptors are numbered; 0 is what the reader typed as standard input. */
export type Stream = 0 | 1 | 2;

/** Part of one stream's output. Only the last piece still grows; the others never change. */
export interface Piece {
  /** Counts up by one from piece to piece. */
  readonly id: number;
  readonly stream: Stream;
  readonly text: string;
  readonly lines: number;
}

export interface Limits {
  chars: number;
  lines: number;
  pieces: number;
}

/** Chosen so that laying out all of it anew takes a browser a few milliseconds. */
const defaultLimits: Limits = { chars: 256 * 1024, lines: 4000, pieces: 1000 };

/** A piece is closed at the first line end from here on, and without one at twice the length. */
const pieceChars = 4096;

export class OutputBuffer {
  readonly #limits: Limits;
  #pieces: Piece[] = [];
  #decoders = newDecoders();
  #nextId = 0;
  #chars = 0;
  #lines = 0;
  #dropped = false;

  constructor(limits: Limits = defaultLimits) {
    this.#limits = limits;
  }

  get pieces(): readonly Piece[] {
    return this.#pieces;
  }

  /** Has the beginning been given up? */
  get dropped(): boolean {
    return this.#dropped;
  }

  clear(): void {
    this.#pieces = [];
    this.#decoders = newDecoders();
    this.#chars = this.#lines = 0;
    this.#dropped = false;
  }

  append(stream: Stream, bytes: Uint8Array): void {
    this.#add(stream, this.#decoders[stream].decode(bytes, { stream: true }));
  }

  /** No more will come: a character that was cut off is shown as such. */
  end(): void {
    for (const stream of [0, 1, 2] as const) this.#add(stream, this.#decoders[stream].decode());
  }

  #add(stream: Stream, text: string): void {
    for (let at = 0; at < text.length; ) {
      const last = this.#pieces.at(-1);
      const open = last && last.stream === stream && !isClosed(last.text) ? last : null;
      const end = pieceEnd(text, at, open?.text.length ?? 0);
      const part = text.slice(at, end);
      const lines = countLines(part);
      if (open) this.#pieces[this.#pieces.length - 1] = { ...open, text: open.text + part, lines: open.lines + lines };
      else this.#pieces.push({ id: this.#nextId++, stream, text: part, lines });
      this.#chars += part.length;
      this.#lines += lines;
      at = end;
    }
    this.#trim();
  }

  #trim(): void {
    let drop = 0;
    while (
      drop < this.#pieces.length - 1 &&
      (this.#chars > this.#limits.chars ||
        this.#lines > this.#limits.lines ||
        this.#pieces.length - drop > this.#limits.pieces)
    ) {
      const { text, lines } = this.#pieces[drop++]!;
      this.#chars -= text.length;
      this.#lines -= lines;
    }
    if (drop === 0) return;
    this.#pieces.splice(0, drop);
    this.#dropped = true;
  }
}

const newDecoders = () => ({ 0: new TextDecoder(), 1: new TextDecoder(), 2: new TextDecoder() });

const isClosed = (text: string): boolean =>
  text.length >= 2 * pieceChars || (text.length >= pieceChars && text.endsWith('\n'));

/** Where the piece that already has `before` characters ends, when it goes on with `text` from `at` on. */
function pieceEnd(text: string, at: number, before: number): number {
  let hardEnd = Math.min(text.length, at + 2 * pieceChars - before);
  if (hardEnd < text.length && isLowSurrogate(text.charCodeAt(hardEnd))) hardEnd++; // never half a character
  const lineEnd = text.indexOf('\n', Math.max(at, at + pieceChars - before - 1));
  return lineEnd >= 0 && lineEnd < hardEnd ? lineEnd + 1 : hardEnd;
}

const isLowSurrogate = (unit: number): boolean => (unit & 0xfc00) === 0xdc00;

function countLines(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
