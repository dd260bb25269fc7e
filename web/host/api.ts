// What the page, the widget and the command build on: an engine that is loaded once, and the runs of programs on it.
//
//   const engine = await loadEngine(browserPlatform(), { threads, single, glue });   // engine.ts
//   const run = engine.start(program, options);
//   const end = await run.done;
//
// Nothing here ever blocks the thread that calls it.

/**
 * Wasm modules as bytes or already compiled. start() compiles bytes of a program where it is called: not asynchronously,
 * because V8 has such work wait until it has optimised the compiler, which has just run. A page compiles them in the
 * compiler's worker instead (compiler-client.ts).
 */
export type ModuleSource = BufferSource | WebAssembly.Module;

/** The engine as the build makes it: engine-threads.wasm, engine-single.wasm, glue.wasm. One of the first two suffices. */
export interface EngineFiles {
  threads?: ModuleSource;
  single?: ModuleSource;
  glue: ModuleSource;
}

/** Code and data with final addresses and table indices. */
export interface LinkedModule {
  /** Compiled for the memory of the mode it is run in: shared or not. */
  module: ModuleSource;
  /** Copied into memory at `dataBase` before anything starts. */
  data: Uint8Array;
  dataBase: number;
  /** The function table's entries [tableBase, tableBase + tableSize) are this module's. */
  tableBase: number;
  tableSize: number;
}

/** An image of library packages: the module that others are linked to under its name. */
export interface Library extends Omit<LinkedModule, 'module'> {
  name: string;
  /** A run that needs it waits for it. */
  module: ModuleSource | Promise<WebAssembly.Module>;
}

/** A program: its data begins with the ProgramHeader. Heap begins after the last byte of all data (ProgramHeader::dataEnd). */
export interface Program extends LinkedModule {
  /** Instantiated before the program, in this order, in every worker; the exports of each are for those after it to import. */
  libraries?: readonly Library[];
}

/** `threads`: goroutines run in parallel, needs SharedArrayBuffer. `single`: one worker, plain memory. */
export type Mode = 'threads' | 'single';

/** What runtime/debug.ReadBuildInfo says of a program. */
export interface BuildInfo {
  /** Of the main package, or the one that is tested. */
  path: string;
  /** The path of its module; left out: it is in none. */
  module?: string;
}

/** What a program sees of the world besides its arguments and standard streams. */
export interface Outside {
  /** Of the environment, NAME=VALUE. */
  environment?: readonly string[];
  /** The program's working directory, an absolute path; left out: /home/gopher. */
  folder?: string;
  /** Files that the program finds, by their paths, absolute or from its working directory. They are in memory, and gone at the end. */
  files?: readonly { name: string; bytes: Uint8Array }[];
  /** Only where the platform has files. Later ones lie over earlier ones. */
  mounts?: readonly Mount[];
  /** Of the local time, as the time zone database calls it; left out: UTC. */
  zone?: string;
  /** URL of the time zone database, zones.data of the build, which is loaded when a program first needs it; left out: there is none. */
  zones?: string;
  hostName?: string;
  /** Left out: the program is in no module. */
  buildInfo?: BuildInfo;
  /** What standard input, output and error are, as st_mode of a Unix; left out: terminals. */
  streamModes?: readonly [number, number, number];
}

/** A folder of the host's that the program sees, and nothing around it: symbolic links are followed within the program's files. */
export interface Mount {
  /** Absolute paths. */
  host: string;
  guest: string;
  /** `copied`: what is there is read when it is first looked at, and what the program writes stays in memory. */
  access: 'written' | 'read' | 'copied';
}

export interface RunOptions {
  mode: Mode;
  /** GOMAXPROCS at the start; 1 or more. More than `maxWorkers` is allowed and reported to the program, but not reached. */
  procs: number;
  /** Most workers that run goroutines at the same time, 1 to 63. One more is started to watch over them. */
  maxWorkers: number;
  /** runtime.NumCPU(); left out: maxWorkers. */
  cpus?: number;
  /** All memory of the program and the engine, fixed for the run; 16 or more. */
  memoryMiB: number;
  /** os.Args, the program's name first. */
  args: readonly string[];
  outside?: Outside;
  /** Called with what the program wrote. The bytes are a copy. While a call lasts, no more output is taken. */
  onOutput(fd: 1 | 2, bytes: Uint8Array): void;
  /**
   * Called when the program has changed which signals it handles, by package os/signal: the numbers of those, as Linux has
   * them, from 1 to 31. They are for Run.signal; others do to the program what they do to any.
   */
  onSignals?(handled: readonly number[]): void;
  /** Standard input: all of it, or 'open' to feed it with Run.writeInput. Left out: empty. */
  stdin?: Uint8Array | 'open';
  /**
   * At the end, goroutines that can never run again (they wait for something that no goroutine which can run will ever reach)
   * are told on standard error, with where each waits and was started; and if there are any, status 0 becomes 1.
   */
  findsLeaks?: boolean;
  /** For tests that want the same random choices again. Left out: random. */
  seed?: readonly [number, number];
  /** For tests: the engine's StressBits (collect, poll, steal all the time). */
  stress?: number;
}

/** How a run ended. */
export interface RunEnd {
  /**
   * exited: the program ended by itself, with `status` (2 after a panic or a fatal error). stopped: by Run.stop().
   * crashed: a fault of ours, not of the program; `message` says what is known about it.
   */
  reason: 'exited' | 'stopped' | 'crashed';
  status: number;
  message?: string;
  /** From start() to the end, ms. */
  elapsedMs: number;
  /** The part of it until the engine had memory, workers and program and began to run goroutines; absent if it never did. */
  startMs?: number;
  /** What instantiating engine and program took in each worker that told before the end, by the worker's number. */
  instantiateMs: readonly (number | undefined)[];
}

export interface Run {
  /** Never rejects. All output has been handed over when it resolves, and every worker is gone. */
  readonly done: Promise<RunEnd>;
  /** Ends the run at once, whatever the program does. Does nothing after the end. */
  stop(): void;
  /** Sends the program a signal that it handles. If it has just ceased to, the signal does what it does by itself, which may be to end it. */
  signal(number: number): void;
  /** Moves GOMAXPROCS while the program runs. */
  setProcs(procs: number): void;
  /** GOMAXPROCS as the program sees it now (it may have set it itself). In mode single always what was asked for. */
  readonly procs: number;
  /** Adds to standard input (stdin: 'open'). Never waits: what does not fit yet is kept here. */
  writeInput(bytes: Uint8Array): void;
  /** The end of standard input. */
  endInput(): void;
  /** Bytes of standard input kept here because the program has not made room yet (mode threads; 0 in mode single). */
  readonly inputWaiting: number;
}

export interface Engine {
  /** Modes this engine and this place can run. */
  readonly modes: readonly Mode[];
  /**
   * Has the workers that a run wants started now, so that the next start() finds them waiting. Nothing needs it; it saves
   * the time that workers take to start. Until close() they wait, and on node keep the process alive.
   */
  warmUp(options: Pick<RunOptions, 'mode' | 'procs' | 'maxWorkers'>): void;
  /** Ends workers that wait. Runs go on. */
  close(): Promise<void>;
  /**
   * Starts a program; null: the one that the engine has inside, which is written in C++ (runtime/cpp/build.mjs). Throws only if
   * the options make no sense; what goes wrong later ends in Run.done.
   */
  start(program: Program | null, options: RunOptions): Run;
}
