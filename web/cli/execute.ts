// Runs a compiled program with the process's own streams.
import { availableParallelism } from 'node:os';
import type { Engine, Program, Run, RunOptions } from '../host/api.ts';
import type { Place, RunRequest, TestRequest } from './arguments.ts';
import { outsideOf, variable } from './outside.ts';
import { SignalListeners } from './signals.ts';
import type { Start } from './sources.ts';
import { BrokenPipe, writeAll } from './streams.ts';

/** Programs may raise GOMAXPROCS themselves; workers are only started when they do. */
const leastMaxWorkers = 16;
const mostWorkers = 63;

export interface Ended {
  /** What the process is to exit with; null when the engine failed, with `message`. */
  status: number | null;
  message: string;
  /** Until goroutines began to run, and from then to the end. */
  startMs: number;
  runMs: number;
}

/** What the request means for the run. */
export function workersFor(request: Place): Pick<RunOptions, 'mode' | 'procs' | 'maxWorkers'> & { cpus: number } {
  const cpus = Math.min(availableParallelism(), mostWorkers);
  const procs = request.single ? 1 : (request.procs ?? procsOf(variable(request, 'GOMAXPROCS')) ?? cpus);
  const maxWorkers = Math.max(procs, cpus, leastMaxWorkers);
  return { mode: request.single ? 'single' : 'threads', procs, maxWorkers, cpus };
}

/** What makes no sense Go takes for nothing, too. */
const procsOf = (text: string | undefined): number | null => (/^[1-9]\d{0,5}$/.test(text ?? '') ? Math.min(Number(text), mostWorkers) : null);

/** Throws BrokenPipe when the reader of the output is gone. */
export async function execute(engine: Engine, program: Program | null, name: string, request: RunRequest, start: Start): Promise<Ended> {
  return await perform(engine, program, name, request, { start, readsInput: true, findsLeaks: request.findsLeaks, write: writeAll });
}

/** Without standard input; `write` may throw what writeAll throws. */
export async function executeTest(
  engine: Engine,
  program: Program,
  name: string,
  request: TestRequest,
  start: Start,
  write: (bytes: Uint8Array) => void,
): Promise<Ended> {
  return await perform(engine, program, name, request, { start, readsInput: false, findsLeaks: false, write: (_, bytes) => write(bytes) });
}

interface Performance {
  start: Start;
  readsInput: boolean;
  findsLeaks: boolean;
  write(fd: 1 | 2, bytes: Uint8Array): void;
}

async function perform(
  engine: Engine,
  program: Program | null,
  name: string,
  request: RunRequest | TestRequest,
  { start, readsInput, findsLeaks, write }: Performance,
): Promise<Ended> {
  let broken: unknown = null;
  const signals = new SignalListeners((number) => run.signal(number));
  const run = engine.start(program, {
    ...workersFor(request),
    memoryMiB: request.memoryMiB,
    args: [name, ...request.programArgs],
    outside: outsideOf(request, start),
    findsLeaks,
    onSignals: (handled) => signals.listenTo(handled),
    ...(readsInput ? { stdin: 'open' as const } : {}),
    onOutput: (fd, bytes) => {
      if (broken) return;
      try {
        write(fd, bytes);
      } catch (error) {
        broken = error;
        run.stop();
      }
    },
  });
  if (readsInput) feed(run);
  const end = await run.done;
  signals.listenTo([]);
  if (broken instanceof BrokenPipe) throw broken;
  if (broken) throw new Error(`output could not be written: ${String(broken)}`);
  const startMs = end.startMs ?? end.elapsedMs;
  return {
    status: end.reason === 'exited' ? end.status : null,
    message: end.message ?? '',
    startMs,
    runMs: end.elapsedMs - startMs,
  };
}

/** More of standard input is not read ahead of the program. */
const mostInputWaiting = 1 << 20;
const inputLookMs = 20;

/** Hands standard input on as it comes, and leaves it where it is while the program does not want it. */
function feed(run: Run): void {
  const { stdin } = process;
  const resumeWhenTaken = (): void => {
    if (run.inputWaiting > mostInputWaiting / 2) setTimeout(resumeWhenTaken, inputLookMs);
    else stdin.resume();
  };
  stdin.on('data', (bytes: Buffer) => {
    run.writeInput(bytes);
    if (run.inputWaiting <= mostInputWaiting) return;
    stdin.pause();
    resumeWhenTaken();
  });
  stdin.on('end', () => run.endInput());
  stdin.on('error', () => run.endInput()); // closed, or not to be read
}
