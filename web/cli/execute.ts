// Runs a compiled program with the process's own streams.
import { availableParallelism } from 'node:os';
import type { Engine, Program, Run } from '../host/api.ts';
import type { RunRequest } from './arguments.ts';
import { BrokenPipe, writeAll } from './streams.ts';

/** Programs may raise GOMAXPROCS themselves; workers are only started when they do. */
const leastMaxWorkers = 16;
const mostWorkers = 63;

export interface Ended {
  /** What the process is to exit with; null when the engine failed, with `message`. */
  status: number | null;
  message: string;
  /** ms from the start to the end. */
  ms: number;
}

/** Throws BrokenPipe when the reader of the output is gone. */
export async function execute(engine: Engine, program: Program, name: string, request: RunRequest): Promise<Ended> {
  const cpus = Math.min(availableParallelism(), mostWorkers);
  const procs = request.single ? 1 : (request.procs ?? cpus);
  let broken: unknown = null;
  const run = engine.start(program, {
    mode: request.single ? 'single' : 'threads',
    procs,
    maxWorkers: Math.max(procs, cpus, leastMaxWorkers),
    cpus,
    memoryMiB: request.memoryMiB,
    args: [name, ...request.programArgs],
    stdin: 'open',
    onOutput: (fd, bytes) => {
      if (broken) return;
      try {
        writeAll(fd, bytes);
      } catch (error) {
        broken = error;
        run.stop();
      }
    },
  });
  feed(run);
  const end = await run.done;
  if (broken instanceof BrokenPipe) throw broken;
  if (broken) return { status: null, message: `output could not be written: ${String(broken)}`, ms: end.elapsedMs };
  const status = end.reason === 'exited' ? end.status : null;
  return { status, message: end.message ?? '', ms: end.elapsedMs };
}

/** Hands standard input on as it comes. */
function feed(run: Run): void {
  process.stdin.on('data', (bytes: Buffer) => run.writeInput(bytes));
  process.stdin.on('end', () => run.endInput());
  process.stdin.on('error', () => run.endInput()); // closed, or not to be read
}
