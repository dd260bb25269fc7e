// The tests of a program's packages, run one after the other as `go test -v` does; to the page they are one run.
import type { BuildInfo, Program, Run, RunEnd } from '../host/api.ts';
import { printFailed, printNoTests, testPackage, testProgramName, usualFlags, type Print } from '../host/package-tests.ts';
import type { Backend, StartOptions } from './backend.ts';

export interface TestProgram {
  /** Of the package. */
  path: string;
  buildInfo: BuildInfo;
  /** Where its tests start. */
  folder: string;
  /** Null: it has no tests. */
  program: Program | null;
}

const flags = [...usualFlags, '-test.v=true'];
const failedStatus = 1;

type HowEnded = Pick<RunEnd, 'reason' | 'status' | 'message'>;

/** A program that did not end by itself: nothing follows it. */
class CutShort extends Error {
  readonly end: HowEnded;

  constructor(end: HowEnded) {
    super(end.reason);
    this.end = end;
  }
}

export class TestRun implements Run {
  readonly done: Promise<RunEnd>;
  readonly inputWaiting = 0;
  readonly #start: Backend['start'];
  readonly #given: Omit<StartOptions, 'args' | 'stdin'>;
  #run: Run | null = null;
  #procs: number;
  #isStopped = false;
  #first: RunEnd | null = null;

  constructor(tests: readonly TestProgram[], start: Backend['start'], given: Omit<StartOptions, 'args' | 'stdin'>) {
    this.#start = start;
    this.#given = given;
    this.#procs = given.procs;
    // Not at once: who asked has yet to get hold of the run.
    this.done = Promise.resolve().then(() => this.#perform(tests, given.onOutput));
  }

  async #perform(tests: readonly TestProgram[], print: Print): Promise<RunEnd> {
    const began = performance.now();
    const isAlone = tests.length === 1;
    let hasFailed = false;
    const ended = (end: HowEnded): RunEnd => {
      const elapsedMs = performance.now() - began;
      const { startMs, instantiateMs = [] } = this.#first ?? {};
      return { ...end, elapsedMs, instantiateMs, ...(startMs !== undefined && { startMs }) };
    };
    try {
      for (const test of tests) {
        const { path, program } = test;
        if (!program) printNoTests(path, print);
        else {
          const run = (write: Print): Promise<number> => this.#status({ ...test, program }, write);
          hasFailed = !(await testPackage(path, { all: true, atOnce: true, unseen: isAlone }, run, print)) || hasFailed;
        }
      }
    } catch (error) {
      if (!(error instanceof CutShort)) return ended({ reason: 'crashed', status: 2, message: String(error) });
      const { reason, status, message } = error.end;
      return ended({ reason, status, ...(message !== undefined && { message }) });
    }
    if (hasFailed && !isAlone) printFailed(print);
    return ended({ reason: 'exited', status: hasFailed ? failedStatus : 0 });
  }

  async #status({ path, folder, buildInfo, program }: TestProgram & { program: Program }, write: Print): Promise<number> {
    if (this.#isStopped) throw new CutShort({ reason: 'stopped', status: 2 });
    const args = [testProgramName(path), ...flags], outside = { ...this.#given.outside, folder, buildInfo };
    this.#run = this.#start(program, { ...this.#given, procs: this.#procs, args, outside, onOutput: write });
    const end = await this.#run.done;
    this.#first ??= end;
    if (end.reason !== 'exited') throw new CutShort(end);
    return end.status;
  }

  stop(): void {
    this.#isStopped = true;
    this.#run?.stop();
  }

  signal(number: number): void {
    this.#run?.signal(number);
  }

  setProcs(procs: number): void {
    this.#procs = procs;
    this.#run?.setProcs(procs);
  }

  get procs(): number {
    return this.#run?.procs ?? this.#procs;
  }

  /** Tests read nothing. */
  writeInput(): void {}
  endInput(): void {}
}
