// The controlling side of a run: makes memory and workers, carries output, input and wishes, and takes everything down at
// the end. It lives on the page's thread or the command's main thread and never waits.
import type { Engine, EngineFiles, Library, LinkedModule, Mode, ModuleSource, Program, Run, RunEnd, RunOptions } from './api.ts';
import { engineState } from './layout.ts';
import { type Output, addSignal, fillRing, makeMemory, pageBytes, takeOutput, wakeEngine } from './memory.ts';
import type { FromWorker, ReadyModule, Start, ToWorker } from './messages.ts';
import { recordsOf } from './outside.ts';
import type { Platform, WorkerHandle } from './platform.ts';
import { WorkerPool } from './worker-pool.ts';

const maxRunners = 63; // the engine's kMaxWorkers, less the monitor
/** Between looks into the ring while output flows: what a reader cannot tell from at once. */
const drainMs = 8;

/** Compiles the engine. */
export async function loadEngine(platform: Platform, files: EngineFiles): Promise<Engine> {
  const [threads, single, glue] = await Promise.all([
    files.threads && platform.canShare ? compiled(files.threads) : undefined,
    files.single ? compiled(files.single) : undefined,
    compiled(files.glue),
  ]);
  const pool = new WorkerPool(platform);
  const modes: Mode[] = [];
  if (threads) modes.push('threads');
  if (single) modes.push('single');
  return {
    modes,
    warmUp: (options) => pool.fill(workersOf(options)),
    close: () => pool.empty(),
    start(program, options) {
      const engine = options.mode === 'threads' ? threads : single;
      if (!engine) throw new RangeError(`mode ${options.mode} is not possible here`);
      check(options);
      return new EngineRun(pool, engine, glue, program, options);
    },
  };
}

/** How many a run begins with: those that run goroutines, and the monitor. */
function workersOf({ mode, procs, maxWorkers }: Pick<RunOptions, 'mode' | 'procs' | 'maxWorkers'>): number {
  return mode === 'single' ? 1 : Math.min(procs, maxWorkers) + 1;
}

async function compiled(source: ModuleSource): Promise<WebAssembly.Module> {
  return source instanceof WebAssembly.Module ? source : WebAssembly.compile(source);
}

function check({ procs, maxWorkers, memoryMiB }: RunOptions): void {
  const whole = (value: number, least: number, most: number, name: string) => {
    if (!Number.isInteger(value) || value < least || value > most) throw new RangeError(`${name} must be ${least} to ${most}`);
  };
  whole(procs, 1, 2 ** 31 - 1, 'procs');
  whole(maxWorkers, 1, maxRunners, 'maxWorkers');
  whole(memoryMiB, 16, 4095, 'memoryMiB');
}

type ReadyLibrary = LinkedModule & { name: string };

const isReady = (library: Library): library is ReadyLibrary => !(library.module instanceof Promise);

const readyLibraries = (libraries: readonly Library[]): Promise<ReadyLibrary[]> =>
  Promise.all(libraries.map(async (library) => ({ ...library, module: await library.module })));

class EngineRun implements Run {
  readonly done: Promise<RunEnd>;
  private resolve!: (end: RunEnd) => void;
  private readonly pool: WorkerPool;
  private readonly options: RunOptions;
  private readonly began = performance.now();
  private startMs: number | undefined;
  private readonly instantiateMs: number[] = [];
  private readonly maxWorkers: number;
  private workers: WorkerHandle[] = [];
  private start: Start | undefined;
  private memory: WebAssembly.Memory | undefined;
  private state = 0;
  private over = false;
  private procsWanted: number;
  private signalsChange = 0;
  private drainTimer: ReturnType<typeof setTimeout> | undefined;
  private lastDrain = 0;
  private input: Uint8Array[] = [];
  private inputEnds: boolean;
  private inputTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(pool: WorkerPool, engine: WebAssembly.Module, glue: WebAssembly.Module, program: Program | null, options: RunOptions) {
    this.pool = pool;
    this.options = options;
    this.maxWorkers = options.mode === 'single' ? 1 : options.maxWorkers;
    this.procsWanted = options.procs;
    this.inputEnds = options.stdin !== 'open';
    if (options.stdin instanceof Uint8Array && options.stdin.length > 0) this.input.push(options.stdin.slice());
    this.done = new Promise((resolve) => (this.resolve = resolve));
    // Not at once: who asked has yet to get hold of the run.
    const begin = (libraries: readonly ReadyLibrary[]): void => {
      try {
        this.begin(engine, glue, program ? [...libraries, program] : libraries);
      } catch (error) {
        this.end('crashed', 2, textOf(error));
      }
    };
    const libraries = program?.libraries ?? [];
    if (libraries.every(isReady)) queueMicrotask(() => begin(libraries));
    else readyLibraries(libraries).then(begin, (error: unknown) => this.end('crashed', 2, textOf(error)));
  }

  // ---- beginning

  private begin(engine: WebAssembly.Module, glue: WebAssembly.Module, linked: readonly (LinkedModule & { name?: string })[]): void {
    if (this.over) return;
    const { mode, memoryMiB, args, cpus, seed } = this.options;
    const threads = mode === 'threads';
    const modules = linked.map(({ name, module: source, data, dataBase, tableBase, tableSize }): ReadyModule => {
      const module = source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source);
      const place = { tableBase, tableSize, dataBase, dataBytes: data.length };
      return { module, ...place, ...(name !== undefined && { name }), ...(threads ? {} : { data }) };
    });
    const memoryPages = (memoryMiB * 1024 * 1024) / pageBytes;
    if (threads) {
      this.memory = makeMemory(memoryPages, true);
      for (const { data, dataBase } of linked) new Uint8Array(this.memory.buffer).set(data, dataBase);
    }
    this.start = {
      type: 'start',
      id: 0,
      mode,
      engine,
      glue,
      modules,
      ...(this.memory && { memory: this.memory }),
      memoryPages,
      procs: this.options.procs,
      maxWorkers: this.maxWorkers,
      cpus: cpus ?? this.maxWorkers,
      args,
      mounts: this.options.outside?.mounts ?? [],
      ...(this.options.outside?.zones !== undefined && { zones: this.options.outside.zones }),
      stress: this.options.stress ?? 0,
      findsLeaks: this.options.findsLeaks ?? false,
      seed: seed ?? (crypto.getRandomValues(new Uint32Array(2)) as unknown as [number, number]),
    };
    this.startWorkers(this.options.procs);
    if (threads) this.startWorker(this.maxWorkers); // the monitor
  }

  /** Sees to it that workers 0 to count - 1 have been started. */
  private startWorkers(count: number): void {
    for (let id = 0; id < Math.min(count, this.maxWorkers); id++) {
      if (!this.workers[id]) this.startWorker(id);
    }
  }

  private startWorker(id: number): void {
    const worker = this.pool.take();
    this.workers[id] = worker;
    worker.onMessage((message) => this.receive(message as FromWorker));
    worker.onError((text) => this.end('crashed', 2, text));
    worker.post({ ...this.start!, id, ...(id === 0 && { outside: recordsOf(this.options.outside ?? {}) }) });
  }

  private tell(message: ToWorker): void {
    this.workers[0]?.post(message);
  }

  private receive(message: FromWorker): void {
    if (this.over) return;
    if (this.state === 0 && message.state !== 0) this.started(message.state);
    switch (message.type) {
      case 'started':
        break;
      case 'ready':
        this.instantiateMs[message.worker] = message.ms;
        break;
      case 'outputReady':
        this.drainSoon();
        break;
      case 'output':
        this.tell({ type: 'taken', bytes: this.handAll(message.outputs) });
        break;
      case 'wantWorkers':
        this.startWorkers(message.count);
        break;
      case 'signals':
        // Of two workers the second may be heard first.
        if (message.change > this.signalsChange) {
          this.signalsChange = message.change;
          this.options.onSignals?.(Array.from({ length: 31 }, (_, i) => i + 1).filter((number) => (message.handled >>> number) & 1));
        }
        break;
      case 'ended':
        this.end('exited', message.status);
        break;
      case 'overflow':
        this.end('exited', 2, undefined, overflowText);
        break;
      case 'fault':
        this.end('crashed', 2, message.text);
        break;
    }
  }

  private started(state: number): void {
    this.state = state;
    this.startMs = performance.now() - this.began;
    this.feed();
    if (this.procsWanted !== this.options.procs) this.moveProcs();
  }

  // ---- while it runs

  get procs(): number {
    if (!this.memory || this.state === 0) return this.procsWanted;
    return Atomics.load(new Int32Array(this.memory.buffer), (this.state + engineState.procs) >> 2);
  }

  setProcs(procs: number): void {
    check({ ...this.options, procs });
    this.procsWanted = procs;
    if (!this.over && this.state !== 0) this.moveProcs();
  }

  private moveProcs(): void {
    if (!this.memory) return this.tell({ type: 'procs', procs: this.procsWanted });
    Atomics.store(new Int32Array(this.memory.buffer), (this.state + engineState.wantedProcs) >> 2, this.procsWanted);
    wakeEngine(this.memory, this.state);
  }

  signal(number: number): void {
    if (!Number.isInteger(number) || number < 1 || number > 31) throw new RangeError('a signal has a number from 1 to 31');
    if (this.over || this.state === 0) return;
    if (!this.memory) return this.tell({ type: 'signal', number });
    addSignal(this.memory, this.state, number);
    wakeEngine(this.memory, this.state);
  }

  /** How many bytes. */
  private handAll(outputs: Output[]): number {
    let count = 0;
    for (const { fd, bytes } of outputs) {
      count += bytes.length;
      this.hand(fd, bytes);
    }
    return count;
  }

  private hand(fd: 1 | 2, bytes: Uint8Array): void {
    try {
      this.options.onOutput(fd, bytes);
    } catch (error) {
      // The caller's fault, not the run's: it is shown as such, and the run goes on.
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  /**
   * The engine says so once per time that the ring was empty. The first bytes after a pause are taken at once, then the
   * ring is looked at in intervals until it is found empty: so a program that prints much costs no message per line.
   */
  private drainSoon(): void {
    if (this.drainTimer !== undefined) return;
    const since = performance.now() - this.lastDrain;
    this.drainTimer = setTimeout(() => this.drain(), since >= drainMs ? 0 : drainMs - since);
  }

  private drain(): void {
    this.drainTimer = undefined;
    this.lastDrain = performance.now();
    const taken = this.takeOutput();
    if (taken === 0 || this.over) return;
    wakeEngine(this.memory!, this.state);
    // Much: more is on its way, and goroutines may be waiting for room.
    this.drainTimer = setTimeout(() => this.drain(), taken > pageBytes / 2 ? 0 : drainMs);
  }

  /** Threads: hands over what is in the ring. How many bytes. */
  private takeOutput(): number {
    if (!this.memory || this.state === 0) return 0;
    return this.handAll(takeOutput(this.memory, this.state));
  }

  writeInput(bytes: Uint8Array): void {
    if (this.over || this.inputEnds || bytes.length === 0) return;
    this.input.push(bytes.slice());
    this.feed();
  }

  endInput(): void {
    if (this.over || this.inputEnds) return;
    this.inputEnds = true;
    this.feed();
  }

  get inputWaiting(): number {
    return this.input.reduce((sum, bytes) => sum + bytes.length, 0);
  }

  private feed(): void {
    if (this.state === 0) return;
    clearTimeout(this.inputTimer);
    if (!this.memory) {
      for (const bytes of this.input.splice(0)) this.tell({ type: 'input', bytes });
      if (this.inputEnds) this.tell({ type: 'inputEnd' });
      return;
    }
    let moved = 0;
    while (this.input.length > 0) {
      const first = this.input[0]!, count = fillRing(this.memory, this.state + engineState.input, first);
      moved += count;
      if (count < first.length) {
        // The ring is full; the program says nothing when it reads, so look again in a while.
        this.input[0] = first.subarray(count);
        this.inputTimer = setTimeout(() => this.feed(), drainMs);
        break;
      }
      this.input.shift();
    }
    if (this.inputEnds && this.input.length === 0) {
      Atomics.store(new Int32Array(this.memory.buffer), (this.state + engineState.inputEnded) >> 2, 1);
      moved++;
    }
    if (moved > 0) wakeEngine(this.memory, this.state);
  }

  // ---- the end

  stop(): void {
    this.end('stopped', 2);
  }

  private end(reason: RunEnd['reason'], status: number, message?: string, lastWords?: string): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.drainTimer);
    clearTimeout(this.inputTimer);
    const gone = Promise.all(this.workers.filter(Boolean).map((worker) => worker.terminate()));
    const elapsedMs = performance.now() - this.began;
    const { startMs } = this;
    this.takeOutput(); // what there is need not wait for the workers to go
    void gone.then(() => {
      this.takeOutput();
      if (lastWords) this.hand(2, new TextEncoder().encode(lastWords));
      // A run that somebody still holds shall not hold its memory.
      this.workers = [];
      this.input = [];
      this.memory = this.start = undefined;
      this.resolve({
        reason,
        status,
        elapsedMs,
        instantiateMs: this.instantiateMs,
        ...(startMs !== undefined && { startMs }),
        ...(message !== undefined && { message }),
      });
    });
  }
}

/** As Go prints it. The frames that used up the stack are gone with it. */
const overflowText =
  'runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow\n\ngoroutine 1 [running]:\n';

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
