// `npm run conformance`: measures the compiler and the runtime with Go's own test suite, read where it lies.
//
//   npm run conformance                        everything that is in scope (scope.mjs)
//   npm run conformance -- KIND... [FLAG...]   some kinds: run dir runoutput compile errorcheck errorcheckdir, and types:
//                                              the files of Go's type checker, beside what `go tool compile -e` says of them
//     --tests DIR      Go's test folder; else that of the `go` command, else of Debian's golang-1.19-src
//     --only REGEX     files whose name matches
//     --native FILE    compiles with this millracec instead of compiler.wasm
//   npm run conformance -- std [PACKAGE...]    the library packages' own tests and examples; its flags are in std.mjs
//
// known.txt lists what is known to fail and why. The status is 1 if a file fails that is not listed, or a listed one passes.
import { fork } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Stop, dim, green, outputOrNull, red, root, scripted, seconds } from '../../web/dev/terminal.mjs';
import { goOrNull, referenceOrNull } from '../../web/dev/tools.mjs';
import { addLines } from './errorcheck.mjs';
import { testsIn, typeTestsIn } from './scope.mjs';
import { testLibrary } from './std.mjs';

const patienceMs = 120_000;

/** A process that judges; one that hangs or dies is replaced. */
class Judge {
  #child = null;

  async #ready() {
    if (this.#child) return this.#child;
    const child = fork(join(root, 'tests/conformance/worker.mjs'), { stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
    child.stderr.resume();
    await this.#answer(child);
    this.#child = child;
    return child;
  }

  #answer(child) {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
      const done = (settle, value) => {
        clearTimeout(timer);
        child.off('message', answered);
        child.off('exit', ended);
        settle(value);
      };
      const answered = (message) => done(resolve, message);
      const ended = (code, signal) => done(reject, new Error(signal === 'SIGKILL' ? `no end within ${patienceMs / 1000} s` : `the process died (${signal ?? code})`));
      child.on('message', answered);
      child.on('exit', ended);
    });
  }

  /** { fault, lines }: no fault is null; `lines`, of errorcheck's, as judgeErrors() counts them. */
  async judge(job) {
    try {
      const child = await this.#ready();
      const answer = this.#answer(child);
      child.send(job);
      return await answer;
    } catch (error) {
      this.#child = null;
      return { fault: error.message };
    }
  }

  end() {
    this.#child?.kill();
  }
}

function testFolderOrStop(wanted) {
  const goRoot = outputOrNull('go', ['env', 'GOROOT'])?.trim();
  const places = wanted ? [wanted] : [...(goRoot ? [join(goRoot, 'test')] : []), '/usr/share/go-1.19/test'];
  const found = places.find((place) => existsSync(join(place, 'helloworld.go')));
  if (!found) throw new Stop(`Go's test folder is not in ${places.join(' or ')}; --tests DIR names it, and so does Debian's package golang-1.19-src`);
  return found;
}

/** file, or "std/PACKAGE TEST" → reason; a reason is a line that ends with a colon, and stands for the files below it. */
function knownFailures() {
  const known = new Map();
  let reason = '';
  for (const line of readFileSync(join(root, 'tests/conformance/known.txt'), 'utf8').split('\n')) {
    if (line.startsWith('#') || line.trim() === '') continue;
    if (line.startsWith(' ')) known.set(line.trim(), reason);
    else reason = line.replace(/:$/, '');
  }
  return known;
}

/** None without the reference, which has them and judges them. */
function typeTests() {
  const goRoot = referenceOrNull() && outputOrNull('go', ['env', 'GOROOT'])?.trim();
  return goRoot ? typeTestsIn(join(goRoot, 'src/internal/types/testdata')) : [];
}

function showTable(results) {
  const folders = [...new Set(results.map(({ folder }) => folder))].sort();
  for (const kind of new Set(results.map((result) => result.kind))) {
    const ofKind = results.filter((result) => result.kind === kind);
    for (const folder of folders) {
      const here = ofKind.filter((result) => result.folder === folder);
      if (here.length > 0) console.log(`  ${kind.padEnd(14)}${folder.padEnd(22)}${rate(here)}`);
    }
    console.log(`${kind.padEnd(16)}${''.padEnd(22)}${rate(ofKind)}`);
    showLines(ofKind);
  }
}

function showLines(results) {
  const counted = results.filter(({ lines }) => lines);
  if (counted.length === 0) return;
  const { total, right, worded } = counted.map(({ lines }) => lines).reduce(addLines);
  const percent = (part) => `${((100 * part) / total).toFixed(2)} %`;
  console.log(`  lines with errors: ${right} of ${total} (${percent(right)}); with the wording ${worded} (${percent(worded)})`);
}

function rate(results) {
  const passed = results.filter(({ fault }) => fault === null).length;
  return `${String(passed).padStart(5)} of ${String(results.length).padStart(5)}  ${((100 * passed) / results.length).toFixed(1).padStart(6)} %`;
}

await scripted(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { tests: { type: 'string' }, only: { type: 'string' }, native: { type: 'string' }, long: { type: 'boolean' } },
  });
  const known = knownFailures();
  if (positionals[0] === 'std') {
    const goroot = goOrNull()?.folder;
    if (!goroot) throw new Stop("Go's library with its tests is missing");
    return await testLibrary(positionals.slice(1), { goroot, only: values.only, isLong: values.long ?? false, known });
  }
  const testFolder = testFolderOrStop(values.tests);
  const tests = { ...testsIn(testFolder), types: typeTests() };
  const unknown = positionals.find((kind) => !(kind in tests));
  if (unknown) throw new Stop(`no kind '${unknown}'; there are: ${Object.keys(tests).join(', ')}`);
  const only = new RegExp(values.only ?? '');
  const kinds = positionals.length > 0 ? positionals : Object.keys(tests);
  const jobs = kinds.flatMap((kind) => tests[kind].filter(({ file }) => only.test(file)).map((test) => ({ kind, test })));
  if (jobs.length === 0) throw new Stop('no such test');
  const start = performance.now();
  const results = [];
  const queue = [...jobs];
  const judges = Array.from({ length: Math.min(availableParallelism(), jobs.length) }, () => new Judge());
  await Promise.all(judges.map(async (judge) => {
    for (let job = queue.shift(); job; job = queue.shift()) {
      const { kind, test } = job;
      const rest = { file: test.file, action: test.action, flags: test.flags, args: test.args, files: test.files };
      const { fault, lines } = await judge.judge({ kind, test: rest, testFolder, native: values.native ?? null });
      results.push({ kind, file: test.file, folder: dirname(test.file), fault, lines });
      if (fault !== null) console.log(`${known.has(test.file) ? dim('known') : red('✗')} ${kind} ${test.file}: ${fault}`);
      else if (known.has(test.file)) console.log(`${green('✓')} ${kind} ${test.file} passes: it is listed in known.txt (${known.get(test.file)})`);
      if (process.stdout.isTTY) process.stdout.write(`\r${results.length} of ${jobs.length}\r`);
      else if (results.length % 100 === 0) console.log(dim(`${results.length} of ${jobs.length}`));
    }
    judge.end();
  }));
  showTable(results);
  const surprises = results.filter(({ file, fault }) => (fault !== null) !== known.has(file));
  console.log(`${results.length} files in ${seconds(start)}; ${surprises.length} not as known.txt says`);
  return surprises.length > 0 ? 1 : 0;
});
