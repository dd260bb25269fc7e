// Carries out what session.ts decides: asks the backend, times it, hands output on, and turns what happens into events.
import type { Outside, Run } from '../host/api.ts';
import { Cancelled } from '../host/compiler-client.ts';
import type { CompileReply, Diagnostic } from '../host/compiler.ts';
import { ModuleError, filesIn, home, inArchive, lacksOnlyMain, programIn, testsIn, type ArchivedFile, type ModuleSources } from '../host/module.ts';
import type { Backend } from './backend.ts';
import { initial, step, type Effect, type Session, type SessionEvent } from './session.ts';
import { TestRun, type TestProgram } from './test-run.ts';

/** The name a program goes by: in diagnostics, traces and os.Args. */
export const programName = 'prog.go';

/** Does the program look as if it read standard input? Others find it at its end, so that none waits for what nobody types. */
export const readsInput = (source: string): boolean => /\bos\.Stdin\b|\bfmt\.Scan(?:ln|f)?\b/.test(source);

export interface ControllerView {
  /** The source as it is to be run, when it is about to be. Never rejects. */
  readied(source: string): Promise<string>;
  /** The session is another one now. */
  changed(session: Session): void;
  /** A new run begins: what the last one printed goes. */
  clearOutput(): void;
  /** Stream 0 is input as the program is given it. */
  output(stream: 0 | 1 | 2, bytes: Uint8Array): void;
  /** The run has ended, no more output will come. */
  endOutput(): void;
}

export class Controller {
  /** Of the programs that are started from now on. */
  memoryMiB: number;
  readonly #backend: Backend;
  readonly #view: ControllerView;
  readonly #now: () => number;
  #session: Session;
  #source = '';
  #run: Run | null = null;
  /** What is run where there is no function main, but tests. */
  #tests: readonly TestProgram[] | null = null;
  /** The files of the archive that the source is. */
  #outside: Pick<Outside, 'files' | 'buildInfo'> = {};
  /** When waiting for downloads was over, and the source was ready. */
  #preparedAt = 0;

  constructor(backend: Backend, view: ControllerView, procs: number, now: () => number = () => performance.now()) {
    this.#backend = backend;
    this.memoryMiB = backend.usualMemoryMiB;
    this.#view = view;
    this.#session = initial(procs);
    this.#now = now;
  }

  get session(): Session {
    return this.#session;
  }

  /** GOMAXPROCS as the running program sees it, null when none runs. */
  get programProcs(): number | null {
    return this.#run?.procs ?? null;
  }

  run(source: string): void {
    this.#dispatch({ type: 'run', source });
  }

  stop(): void {
    this.#dispatch({ type: 'stop' });
  }

  setProcs(procs: number): void {
    this.#dispatch({ type: 'procs', procs });
  }

  /** Hands text to the program as standard input, if it reads any, and shows it among the output. */
  writeInput(text: string): void {
    if (!this.#run || this.#tests || !readsInput(this.#source)) return;
    const bytes = new TextEncoder().encode(text);
    this.#view.output(0, bytes);
    this.#run.writeInput(bytes);
  }

  endInput(): void {
    this.#run?.endInput();
  }

  #dispatch(event: SessionEvent): void {
    const before = this.#session;
    const [session, effects] = step(before, event);
    this.#session = session;
    if (session.phase === 'ended' && before.phase !== 'ended') this.#view.endOutput();
    // The state is shown before effects run: they may dispatch events of their own.
    if (session !== before) this.#view.changed(session);
    for (const effect of effects) this.#carryOut(effect);
  }

  #carryOut(effect: Effect): void {
    switch (effect.do) {
      case 'prepare':
        this.#view.clearOutput();
        void this.#prepare(effect);
        break;
      case 'compile':
        void this.#compile(effect.run);
        break;
      case 'cancelCompile':
        this.#backend.cancelCompile();
        break;
      case 'start':
        this.#start(effect);
        break;
      case 'stop':
        this.#run?.stop();
        break;
      case 'setProcs':
        this.#run?.setProcs(effect.procs);
        break;
    }
  }

  async #prepare({ run, source, procs }: Extract<Effect, { do: 'prepare' }>): Promise<void> {
    try {
      await this.#backend.prepare(procs);
      const readied = await this.#view.readied(source);
      if (run !== this.#session.run) return;
      this.#source = readied;
      this.#preparedAt = this.#now();
      this.#dispatch({ type: 'prepared', run });
    } catch (error) {
      this.#fault(run, error);
    }
  }

  async #compile(run: number): Promise<void> {
    const start = this.#now();
    try {
      const { reply, tests } = await this.#compiled(run);
      this.#check(run);
      this.#tests = tests;
      this.#dispatch({ type: 'compiled', run, reply, ms: this.#now() - start });
    } catch (error) {
      if (!(error instanceof Cancelled)) this.#fault(run, error);
    }
  }

  /** What was asked for meanwhile is not to be disturbed. */
  #check(run: number): void {
    if (run !== this.#session.run || this.#session.phase !== 'compiling') throw new Cancelled('the compilation was cancelled');
  }

  /** Only the compiler knows for sure whether there is a function main; where there is none, tests are looked for. */
  async #compiled(run: number): Promise<{ reply: CompileReply; tests: TestProgram[] | null }> {
    const reply = await this.#compiledFrom(() => programIn(this.#source, programName));
    const found = !reply.ok && lacksOnlyMain(reply.diagnostics) ? testsIn(this.#source, programName) : null;
    if (!found) return { reply, tests: null };
    const tests: TestProgram[] = [];
    const faults = new Map<string, Diagnostic>();
    let last = reply;
    for (const { path, folder, hasTests, buildInfo, sources } of found.packages) {
      this.#check(run);
      last = await this.#compiledFrom(() => ({ ...sources, archive: found.archive }));
      if (last.ok) tests.push({ path, folder: `${home}/${folder}`, buildInfo, program: hasTests ? last.program : null });
      // Packages that others import are compiled with each of them.
      else for (const fault of last.diagnostics) faults.set(JSON.stringify([fault.file, fault.line, fault.column, fault.message]), fault);
    }
    return { reply: faults.size > 0 ? { ok: false, diagnostics: [...faults.values()] } : last, tests };
  }

  /** The text may hold several files: lines are those of the text. */
  async #compiledFrom(read: () => ModuleSources & { archive: ArchivedFile[] }): Promise<CompileReply> {
    try {
      const { archive, buildInfo, ...sources } = read();
      this.#outside = { files: filesIn(archive), ...(buildInfo && { buildInfo }) };
      const reply = await this.#backend.compile(sources);
      return reply.ok ? reply : { ...reply, diagnostics: reply.diagnostics.map((diagnostic) => inArchive(diagnostic, archive)) };
    } catch (error) {
      if (!(error instanceof ModuleError)) throw error;
      return { ok: false, diagnostics: [{ file: '', line: 0, column: 0, endLine: 0, endColumn: 0, message: error.message }] };
    }
  }

  #start({ run, program, procs }: Extract<Effect, { do: 'start' }>): void {
    try {
      const onOutput = (stream: 1 | 2, bytes: Uint8Array): void => {
        if (this.#run !== started) return;
        this.#view.output(stream, bytes);
        this.#dispatch({ type: 'output', run, ms: this.#now() - this.#preparedAt });
      };
      const start: Backend['start'] = (what, options) => this.#backend.start(what, options);
      const { memoryMiB } = this, given = { procs, memoryMiB, outside: this.#outside, onOutput };
      const started = this.#tests
        ? new TestRun(this.#tests, start, given)
        : start(program, { ...given, ...(readsInput(this.#source) ? { stdin: 'open' } : {}) });
      this.#run = started;
      void started.done.then((end) => {
        if (this.#run === started) this.#run = null;
        this.#dispatch({ type: 'end', run, end });
      });
    } catch (error) {
      this.#fault(run, error);
    }
  }

  #fault(run: number, error: unknown): void {
    this.#dispatch({ type: 'fault', run, message: error instanceof Error ? error.message : String(error) });
  }
}
