// `millrace test`: what `go test` does for one package after the other, with its lines around what the tests print.
import { performance } from 'node:perf_hooks';
import { textOf, type Diagnostic } from '../host/compiler.ts';
import { printFailed, printNoTests, testPackage, testProgramName, type Print } from '../host/package-tests.ts';
import type { TestRequest } from './arguments.ts';
import { executeTest, workersFor } from './execute.ts';
import { faultsOf, readTests, type StartedPackage } from './sources.ts';
import { writeAll } from './streams.ts';
import { TestEvents, encodeEvent } from './test-json.ts';
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
  const told = new Set<string>(); // a package that several import is built once
  const tell = ({ name, text }: FailedBuild): void => {
    if (told.has(text)) return;
    told.add(text);
    if (!request.json) return print(2, text);
    for (const line of text.match(/.*\n/g) ?? []) print(1, encodeEvent({ ImportPath: name, Action: 'build-output', Output: line }));
    print(1, encodeEvent({ ImportPath: name, Action: 'build-fail' }));
  };
  let hasFailed = false;
  for (const tested of packages) {
    if (hasFailed && request.failFast) break;
    hasFailed = !(await passes(tested, toolchain, request, packages.length === 1, tell)) || hasFailed;
  }
  if (!hasFailed) return 0;
  // Where no package was named, there is one, and its own line has said so.
  if (!request.json && request.paths.length > 0 && !request.programArgs.some((arg) => arg.startsWith('-test.fuzz='))) printFailed(writeAll);
  return failedStatus;
}

async function passes(
  tested: StartedPackage,
  toolchain: Toolchain,
  request: TestRequest,
  isAlone: boolean,
  tell: (build: FailedBuild) => void,
): Promise<boolean> {
  const start = performance.now();
  const { files, settings } = tested.sources;
  const reply = toolchain.compile(files, request.single ? 'single' : 'threads', settings);
  if (request.time) print(2, `compile  ${(performance.now() - start).toFixed(1)} ms\n`);
  // A folder whose files are all for other systems is none that a pattern means.
  const nothingMeant = `package ${tested.path}: build constraints exclude all Go files`;
  if (!reply.ok && tested.isMatched && reply.diagnostics[0]?.message.startsWith(nothingMeant)) return true;
  const builds = reply.ok ? [] : failedBuilds(tested, faultsOf(reply, request.paths), reply.setup ?? false);
  for (const build of builds) tell(build);
  const events = request.json ? new TestEvents(tested.path, (text) => print(1, text)) : null;
  const show: Print = events ? (_, bytes) => events.write(bytes) : writeAll;
  if (!reply.ok) {
    show(1, new TextEncoder().encode(`FAIL\t${tested.path} [${reply.setup ? 'setup' : 'build'} failed]\n`));
    events?.end(false, builds[0]?.name);
    return false;
  }
  if (!tested.hasTests) {
    printNoTests(tested.path, show);
    events?.end(true);
    return true;
  }
  // As the go command does it: shown as it comes if there is but one thing to show, else when it is known whether all is well.
  const unseen = request.streams || request.paths.length === 0;
  const shown = { all: request.showsAll, atOnce: unseen || request.json || (request.showsAll && isAlone), unseen, marked: request.json };
  const run = async (write: Print): Promise<number> => {
    const ended = await executeTest(toolchain.engine, reply.program, testProgramName(tested.path), request, tested.start, (bytes) =>
      write(1, bytes),
    );
    const { status, message, startMs, runMs } = ended;
    if (request.time) print(2, `start    ${startMs.toFixed(1)} ms\nrun      ${runMs.toFixed(1)} ms\n`);
    if (status === null) throw new Error(`the engine failed: ${message}`);
    return status;
  };
  const hasPassed = await testPackage(tested.path, shown, run, show);
  events?.end(hasPassed);
  return hasPassed;
}

/** What could not be built, as the go command calls it, and what it says of that. */
interface FailedBuild {
  name: string;
  text: string;
}

/** Of what is wrong before compiling it tells the first. */
function failedBuilds({ path, hasTests }: StartedPackage, faults: readonly Diagnostic[], isSetup: boolean): FailedBuild[] {
  if (isSetup) {
    const first = faults.slice(0, 1), missing = /^package (\S+) is not in std/.exec(first[0]?.message ?? '')?.[1];
    return [{ name: missing ?? path, text: `# ${path}\n${textOf(first)}` }];
  }
  const builds: FailedBuild[] = [];
  for (const fault of faults) {
    const about = fault.package ?? path, isTest = hasTests && (about === path || about === `${path}_test`);
    const name = isTest ? `${about} [${path}.test]` : about;
    if (builds.at(-1)?.name !== name) builds.push({ name, text: `# ${name}\n` });
    builds.at(-1)!.text += textOf([fault]);
  }
  return builds;
}
