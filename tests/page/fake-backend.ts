// A stand-in for compiler and engine, to drive the page's state and view without either. The "program" is read as a script:
// lines `out TEXT`, `memory` (says how much the program has), `read` (repeats its input until that ends, if the script says `os.Stdin`), `err TEXT`, `sleep MS`, `exit N`, `loop` (prints for ever), `hang` (until stopped); the word `bogus`
// is a compile error, `faulty` a fault of the compiler. Other lines mean nothing. Formatting makes one blank of many and refuses
// `crooked`; with `slow` in the program it takes a while, with `offline` it fails.
import type { Run, RunEnd, RunOptions } from '../../web/host/api.ts';
import { Cancelled } from '../../web/host/compiler-client.ts';
import { CompilerFault, type CompileReply, type Diagnostic } from '../../web/host/compiler.ts';
import type { Backend } from '../../web/page/backend.ts';

const encoder = new TextEncoder();

export function fakeBackend(mode: 'threads' | 'single' = 'threads'): Backend {
  let cancel = () => {};
  let script: string[] = [];
  return {
    mode,
    usualMemoryMiB: 1024,
    prepare: () => new Promise((settle) => setTimeout(settle, 5)),
    cancelCompile: () => cancel(),
    compile: ({ files }) =>
      new Promise<CompileReply>((settle, fail) => {
        const source = String(files[0]!.text);
        const timer = setTimeout(() => {
          if (/\bfaulty\b/.test(source)) fail(new CompilerFault('the compiler ran out of stack'));
          const diagnostics = diagnose(source, files[0]!.name);
          script = source.split('\n').map((line) => line.trim());
          if (diagnostics.length > 0) settle({ ok: false, diagnostics });
          const program = { module: new Uint8Array(), data: new Uint8Array(), dataBase: 0, tableBase: 0, tableSize: 0 };
          settle({ ok: true, program, positions: new Uint32Array() });
        }, /\bslow\b/.test(source) ? 1500 : 5);
        cancel = () => {
          clearTimeout(timer);
          fail(new Cancelled('cancelled'));
        };
      }),
    format: async (files) => {
      const texts = files.map(({ text }) => String(text));
      await new Promise((settle) => setTimeout(settle, texts.some((text) => /\bslow\b/.test(text)) ? 1500 : 5));
      if (texts.some((text) => /\boffline\b/.test(text))) throw new Error('a download failed; is there a connection?');
      return texts.map((text, i) => {
        const faults = placesOf('crooked', text).map(({ line, column }) => `${files[i]!.name}:${line}:${column}: no\n`);
        return { isFault: faults.length > 0, text: encoder.encode(faults.length > 0 ? faults.join('') : text.replace(/ +/g, ' ')), diff: new Uint8Array() };
      });
    },
    start: (_program, options) => new FakeRun(script, options),
  };
}

function placesOf(word: string, text: string): { line: number; column: number }[] {
  return text.split('\n').flatMap((line, index) => {
    const at = line.indexOf(word);
    return at < 0 ? [] : [{ line: index + 1, column: encoder.encode(line.slice(0, at)).length + 1 }];
  });
}

const diagnose = (source: string, file: string): Diagnostic[] =>
  placesOf('bogus', source).map(({ line, column }) => ({ file, line, column, endLine: line, endColumn: column + 5, message: 'undefined: bogus' }));

class FakeRun implements Run {
  procs: number;
  readonly inputWaiting = 0;
  readonly done: Promise<RunEnd>;
  readonly #memoryMiB: number;
  #stopped = false;
  #input = '';
  #inputEnded: boolean;
  #wake = () => {};

  constructor(script: readonly string[], options: Pick<RunOptions, 'procs' | 'memoryMiB' | 'stdin' | 'onOutput'>) {
    this.#memoryMiB = options.memoryMiB;
    this.procs = options.procs;
    this.#inputEnded = options.stdin !== 'open';
    const start = performance.now();
    this.done = this.#play(script, options.onOutput).then((status) => ({
      reason: this.#stopped ? 'stopped' : 'exited',
      status,
      elapsedMs: performance.now() - start,
      startMs: 1,
      instantiateMs: [],
    }));
  }

  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  signal(): void {}

  setProcs(procs: number): void {
    this.procs = procs;
  }

  writeInput(bytes: Uint8Array): void {
    this.#input += new TextDecoder().decode(bytes);
    this.#wake();
  }

  endInput(): void {
    this.#inputEnded = true;
    this.#wake();
  }

  async #play(script: readonly string[], write: RunOptions['onOutput']): Promise<number> {
    await this.#sleep(1);
    for (const line of script) {
      const [word, ...rest] = line.split(' ');
      if (this.#stopped) break;
      if (word === 'out') write(1, encoder.encode(`${rest.join(' ')}\n`));
      if (word === 'err') write(2, encoder.encode(`${rest.join(' ')}\n`));
      if (word === 'memory') write(1, encoder.encode(`${this.#memoryMiB} MiB\n`));
      if (word === 'procs') this.procs = Number(rest[0]);
      if (word === 'showprocs') write(1, encoder.encode(`procs ${this.procs}\n`));
      if (word === 'sleep') await this.#sleep(Number(rest[0]));
      while (word === 'read' && !this.#stopped) {
        if (this.#input !== '') write(1, encoder.encode(this.#input.toUpperCase()));
        this.#input = '';
        if (this.#inputEnded) break;
        await this.#sleep(1e9);
      }
      if (word === 'hang') await this.#sleep(1e9);
      if (word === 'exit') return Number(rest[0]);
      for (let i = 0; word === 'loop' && !this.#stopped; i++) {
        write(1, encoder.encode(`line ${i} of a program that prints for ever\n`.repeat(1000)));
        await this.#sleep(0);
      }
    }
    return 0;
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((settle) => {
      const timer = setTimeout(settle, ms);
      this.#wake = () => {
        clearTimeout(timer);
        settle();
      };
    });
  }
}
