// A compiler in a worker of its own, so that compiling never blocks the thread that asks: the calling side
// (CompilerClient) and the worker's (serveCompiler). One request at a time; cancelling ends the worker, because a
// compilation cannot be interrupted, and a new worker is warmed up at once.
import { Compiler, CompilerFault, type CompileReply, type ImageDescription, type SourceFile, type Target } from './compiler.ts';
import type { ModuleSources } from './module.ts';

type Request =
  | { kind: 'load'; module: WebAssembly.Module; images: readonly ImageDescription[]; target: Target }
  | { kind: 'compile'; id: number; files: readonly SourceFile[]; target: Target };

type Answer =
  | { kind: 'reply'; id: number; reply: CompileReply }
  | { kind: 'fault'; id: number; message: string };

/** What of a Web Worker is used here. */
export interface CompilerWorker {
  postMessage(message: unknown): void;
  terminate(): void;
  onmessage: ((event: MessageEvent) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
}

/** The compilation was given up by cancel(). */
export class Cancelled extends Error {
  override name = 'Cancelled';
}

export class CompilerClient {
  readonly #module: WebAssembly.Module;
  readonly #target: Target;
  readonly #images: readonly ImageDescription[];
  readonly #makeWorker: () => CompilerWorker;
  /** Null after it failed or was ended; the next request starts another. */
  #worker: CompilerWorker | null;
  #lastId = 0;
  #pending: { id: number; settle(reply: CompileReply): void; fail(error: Error): void } | null = null;

  /** `images`: as for Compiler.load. */
  constructor(
    module: WebAssembly.Module,
    target: Target,
    makeWorker: () => CompilerWorker,
    images: readonly ImageDescription[] = [],
  ) {
    this.#module = module;
    this.#target = target;
    this.#images = images;
    this.#makeWorker = makeWorker;
    this.#worker = this.#start();
  }

  /** Rejects with CompilerFault or Cancelled. A compilation still under way is cancelled. */
  compile({ files, settings }: ModuleSources): Promise<CompileReply> {
    this.cancel();
    const id = ++this.#lastId;
    return new Promise((settle, fail) => {
      this.#pending = { id, settle, fail };
      this.#worker ??= this.#start();
      this.#worker.postMessage({ kind: 'compile', id, files, target: { ...this.#target, ...settings } } satisfies Request);
    });
  }

  /** Gives up the compilation under way, if there is one. */
  cancel(): void {
    if (!this.#pending) return;
    this.#end(new Cancelled('the compilation was cancelled'));
    this.#worker = this.#start();
  }

  #start(): CompilerWorker {
    const worker = this.#makeWorker();
    worker.onmessage = ({ data }: MessageEvent<Answer>) => {
      const pending = this.#pending;
      if (pending?.id !== data.id) return;
      this.#pending = null;
      if (data.kind === 'reply') pending.settle(data.reply);
      else pending.fail(new CompilerFault(data.message));
    };
    worker.onerror = (event) => {
      this.#end(new CompilerFault(`the compiler's worker failed: ${event.message || 'it could not be loaded'}`));
    };
    worker.postMessage({ kind: 'load', module: this.#module, images: this.#images, target: this.#target } satisfies Request);
    return worker;
  }

  #end(reason: Error): void {
    if (this.#worker) this.#worker.onmessage = this.#worker.onerror = null;
    this.#worker?.terminate();
    this.#worker = null;
    this.#pending?.fail(reason);
    this.#pending = null;
  }
}

/** What of a DedicatedWorkerGlobalScope is used here. */
export interface CompilerScope {
  postMessage(message: unknown, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** Uses a bit of everything, so that the engine's lazy compilation of the compiler is behind us before the first Run. */
const warmUp: SourceFile = {
  name: 'warm-up.go',
  text: `package main

import "fmt"

type pair struct{ left, right int }

func (p pair) sum() int { return p.left + p.right }

func main() {
	sums, done := make(chan int), make(map[string]bool)
	go func() {
		defer close(sums)
		for i := range 3 {
			sums <- pair{i, 2 * i}.sum()
		}
	}()
	for sum := range sums {
		done[fmt.Sprint(sum)] = true
	}
	fmt.Println(len(done), done)
}
`,
};

function warm(compiler: Compiler, target: Target): void {
  try {
    compiler.compile([warmUp], target);
  } catch {
    // It will say so again when the reader's program is compiled.
  }
}

/** The worker's side. */
export function serveCompiler(scope: CompilerScope): void {
  let compiler: Promise<Compiler>;
  let used = false;
  const answer = async (request: Request): Promise<void> => {
    if (request.kind === 'load') {
      compiler = Compiler.load(request.module, request.images);
      const loaded = await compiler.catch(() => null); // it is told with the first request
      // After what has been asked meanwhile: a reader who presses Run at once does not wait for the warming up.
      if (loaded) setTimeout(() => used || warm(loaded, request.target));
      return;
    }
    used = true;
    try {
      const reply = (await compiler).compile(request.files, request.target);
      if (!reply.ok) return scope.postMessage({ kind: 'reply', id: request.id, reply } satisfies Answer, []);
      const { module: bytes, data } = reply.program;
      const compiled: CompileReply = { ...reply, program: { ...reply.program, module: new WebAssembly.Module(bytes) } };
      scope.postMessage({ kind: 'reply', id: request.id, reply: compiled } satisfies Answer, [data.buffer as ArrayBuffer]);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      scope.postMessage({ kind: 'fault', id: request.id, message } satisfies Answer, []);
    }
  };
  scope.onmessage = ({ data }: MessageEvent<Request>) => void answer(data);
}
