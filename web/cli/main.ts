// `millrace`: compiles Go and runs it on worker threads. Ctrl-C is left to the system, which ends the process at once
// whatever it does, so there is no handler that would have to wait its turn; unless the program asks for it.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { textOf } from '../host/compiler.ts';
import { UsageError, help, parseCommandLine, type RunRequest } from './arguments.ts';
import { execute, workersFor } from './execute.ts';
import { faultsOf, readSources } from './sources.ts';
import { BrokenPipe, writeAll } from './streams.ts';
import { loadCppProgram, loadToolchain } from './toolchain.ts';

const compileErrorStatus = 1;
const usageStatus = 2;
/** Millrace itself failed; no Go program exits with this by itself. */
const faultStatus = 3;
/** What a shell shows for a program that SIGPIPE ended. */
const brokenPipeStatus = 128 + 13;

const print = (fd: 1 | 2, text: string): void => writeAll(fd, new TextEncoder().encode(text));

/** Ends the process itself: worker threads and standard input would keep it alive. */
export async function main(args: readonly string[]): Promise<never> {
  process.exit(await statusOf(args));
}

async function statusOf(args: readonly string[]): Promise<number> {
  try {
    return await perform(args);
  } catch (error) {
    if (error instanceof BrokenPipe) return brokenPipeStatus;
    print(2, `millrace: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError ? usageStatus : faultStatus;
  }
}

async function perform(args: readonly string[]): Promise<number> {
  const request = parseCommandLine(args);
  switch (request.command) {
    case 'help':
      print(1, help);
      return 0;
    case 'version':
      print(1, `millrace ${version()}\n`);
      return 0;
    case 'run':
      return await run(request);
    // What `run` does not need it does not load.
    case 'test':
      return await (await import('./test.ts')).runTests(request);
    case 'fmt':
      return await (await import('./fmt.ts')).formatFiles(request);
  }
}

function version(): string {
  const file = new URL('../../../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

async function run(request: RunRequest): Promise<number> {
  if (request.paths.length === 1 && request.paths[0]!.endsWith('.wasm')) return await runCpp(request.paths[0]!, request);
  const { files, settings, start } = readSources(request.paths);
  const times: [string, number][] = [];
  let since = performance.now();
  const lap = (part: string): void => {
    const now = performance.now();
    times.push([part, now - since]);
    since = now;
  };
  const toolchain = await loadToolchain(workersFor(request));
  lap('load');
  const reply = toolchain.compile(files, request.single ? 'single' : 'threads', settings);
  lap('compile');
  if (!reply.ok) {
    print(2, textOf(faultsOf(reply, request.paths)));
    if (request.time) print(2, report(times));
    return compileErrorStatus;
  }
  const name = files[0]!.name.replace(/\.go$/, '');
  const { status, message, startMs, runMs } = await execute(toolchain.engine, reply.program, name, request, start);
  times.push(['start', startMs], ['run', runMs]);
  if (request.time) print(2, report(times));
  if (status === null) throw new Error(`the engine failed: ${message}`);
  return status;
}

async function runCpp(path: string, request: RunRequest): Promise<number> {
  const engine = await loadCppProgram(path, request.single ? 'single' : 'threads');
  const { status, message, startMs, runMs } = await execute(engine, null, path, request, { folder: process.cwd() });
  if (request.time) print(2, report([['start', startMs], ['run', runMs]]));
  if (status === null) throw new Error(`the engine failed: ${message}`);
  return status;
}

const report = (times: readonly [string, number][]): string =>
  times.map(([part, ms]) => `${part.padEnd(9)}${ms < 1000 ? `${ms.toFixed(1)} ms` : `${(ms / 1000).toFixed(2)} s`}\n`).join('');
