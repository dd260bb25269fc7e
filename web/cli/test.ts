// `millrace test`: what `go test` does for one package after the other, with its lines around what the tests print.
import { performance } from 'node:perf_hooks';
import { textOf, type Diagnostic } from '../host/compiler.ts';
import type { TestedPackage } from '../host/module.ts';
import type { TestRequest } from './arguments.ts';
import { executeTest, workersFor } from './execute.ts';
import { readTests } from './sources.ts';
import { writeAll } from './streams.ts';
import { loadToolchain, type Toolchain } from './toolchain.ts';

/** Package testing, and what it needs. */
const images = ['std', 'more'];

const failedStatus = 1;

const print = (fd: 1 | 2, text: string): void => writeAll(fd, new TextEncoder().encode(text));

/** Returns the exit status. Throws if the engine fails. */
export async function runTests(request: TestRequest): Promise<number> {
  const packages = readTests(request.paths);
  const start = performance.now();
  const toolchain = await loadToolchain(workersFor(request), images);
  if (request.time) print(2, `load     ${(performance.now() - start).toFixed(1)} ms\n`);
  let hasFailed = false;
  for (const tested of packages) {
    if (hasFailed && request.failFast) break;
    hasFailed = !(await passes(tested, toolchain, request, packages.length === 1)) || hasFailed;
  }
  if (!hasFailed) return 0;
  // Where no package was named, there is one, and its own line has said so.
  if (request.paths.length > 0 && !request.programArgs.some((arg) => arg.startsWith('-test.fuzz='))) print(1, 'FAIL\n');
  return failedStatus;
}

async function passes(tested: TestedPackage, toolchain: Toolchain, request: TestRequest, isAlone: boolean): Promise<boolean> {
  const start = performance.now();
  const { files, settings } = tested.sources;
  const reply = toolchain.compile(files, request.single ? 'single' : 'threads', settings);
  if (request.time) print(2, `compile  ${(performance.now() - start).toFixed(1)} ms\n`);
  if (!reply.ok) {
    print(2, faultsOf(tested.path, reply.diagnostics, reply.setup ?? false));
    print(1, `FAIL\t${tested.path} [${reply.setup ? 'setup' : 'build'} failed]\n`);
    return false;
  }
  if (!tested.hasTests) {
    print(1, `?   \t${tested.path}\t[no test files]\n`);
    return true;
  }
  // As the go command does it: shown as it comes if there is but one thing to show, else when it is known whether all is well.
  const streams = request.streams || request.paths.length === 0;
  const showsAtOnce = streams || (request.showsAll && isAlone);
  const chunks: Uint8Array[] = [];
  const began = performance.now();
  const { status, message, startMs, runMs } = await executeTest(
    toolchain.engine,
    reply.program,
    `${tested.path.split('/').at(-1)!}.test`,
    request,
    (bytes) => {
      if (showsAtOnce) writeAll(1, bytes);
      if (!streams) chunks.push(bytes);
    },
  );
  const took = `${((performance.now() - began) / 1000).toFixed(3)}s`;
  if (request.time) print(2, `start    ${startMs.toFixed(1)} ms\nrun      ${runMs.toFixed(1)} ms\n`);
  const output = Buffer.concat(chunks);
  if (!showsAtOnce && (status !== 0 || request.showsAll)) writeAll(1, output);
  if (status === null) throw new Error(`the engine failed: ${message}`);
  if (output.length > 0 && output.at(-1) !== 0x0a && (status !== 0 || request.showsAll)) print(1, '\n');
  if (status === 0) {
    print(1, `ok  \t${tested.path}\t${took}${remarkOn(output)}\n`);
    return true;
  }
  print(1, `${output.length === 0 ? `exit status ${status}\n` : ''}FAIL\t${tested.path}\t${took}\n`);
  return false;
}

/** What a test program has warned of is repeated behind its line, because that may be all that is shown. */
function remarkOn(output: Buffer): string {
  for (const what of ['tests to run', 'fuzz tests to fuzz']) {
    if (`\n${output.toString()}`.includes(`\ntesting: warning: no ${what}\n`)) return ` [no ${what}]`;
  }
  return '';
}

/** With a heading for each package, as the go command has it. Of what is wrong before compiling it tells the first. */
function faultsOf(path: string, diagnostics: readonly Diagnostic[], isSetup: boolean): string {
  let text = '';
  let heading = '';
  for (const diagnostic of isSetup ? diagnostics.slice(0, 1) : diagnostics) {
    const about = diagnostic.package ?? path;
    const isTest = !isSetup && (about === path || about === `${path}_test`);
    const wanted = `# ${isSetup ? path : about}${isTest ? ` [${path}.test]` : ''}\n`;
    if (wanted !== heading) text += wanted;
    heading = wanted;
    text += textOf([diagnostic]);
  }
  return text;
}
