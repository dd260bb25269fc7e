// `millrace test`: what `go test` does for one package after the other, with its lines around what the tests print.
import { performance } from 'node:perf_hooks';
import { textOf, type Diagnostic } from '../host/compiler.ts';
import { printFailed, printNoTests, testPackage, testProgramName, type Print } from '../host/package-tests.ts';
import type { TestRequest } from './arguments.ts';
import { executeTest, workersFor } from './execute.ts';
import { faultsOf, readTests, type StartedPackage } from './sources.ts';
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
  if (request.paths.length > 0 && !request.programArgs.some((arg) => arg.startsWith('-test.fuzz='))) printFailed(writeAll);
  return failedStatus;
}

async function passes(tested: StartedPackage, toolchain: Toolchain, request: TestRequest, isAlone: boolean): Promise<boolean> {
  const start = performance.now();
  const { files, settings } = tested.sources;
  const reply = toolchain.compile(files, request.single ? 'single' : 'threads', settings);
  if (request.time) print(2, `compile  ${(performance.now() - start).toFixed(1)} ms\n`);
  if (!reply.ok) {
    // A folder whose files are all for other systems is none that a pattern means.
    if (tested.isMatched && reply.diagnostics[0]?.message.startsWith(`package ${tested.path}: build constraints exclude all Go files`)) return true;
    print(2, textOfFaults(tested.path, faultsOf(reply, request.paths), reply.setup ?? false));
    print(1, `FAIL\t${tested.path} [${reply.setup ? 'setup' : 'build'} failed]\n`);
    return false;
  }
  if (!tested.hasTests) {
    printNoTests(tested.path, writeAll);
    return true;
  }
  // As the go command does it: shown as it comes if there is but one thing to show, else when it is known whether all is well.
  const unseen = request.streams || request.paths.length === 0;
  const shown = { all: request.showsAll, atOnce: unseen || (request.showsAll && isAlone), unseen };
  const run = async (write: Print): Promise<number> => {
    const ended = await executeTest(toolchain.engine, reply.program, testProgramName(tested.path), request, tested.start, (bytes) =>
      write(1, bytes),
    );
    const { status, message, startMs, runMs } = ended;
    if (request.time) print(2, `start    ${startMs.toFixed(1)} ms\nrun      ${runMs.toFixed(1)} ms\n`);
    if (status === null) throw new Error(`the engine failed: ${message}`);
    return status;
  };
  return await testPackage(tested.path, shown, run, writeAll);
}

/** With a heading for each package, as the go command has it. Of what is wrong before compiling it tells the first. */
function textOfFaults(path: string, diagnostics: readonly Diagnostic[], isSetup: boolean): string {
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
