// `npm run golden [-- NAME...]`: lets the reference `go` say what the programs of tests/go must print, and writes it beside
// them. A program is run several times with one and with more processors: what is not the same each time must be declared
// with `// varies:`, or the program is no test.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stop, say, scripted } from '../../web/dev/terminal.mjs';
import { goOrNull, goRelease, referenceOrNull, syncOrNull } from '../../web/dev/tools.mjs';
import * as cases from './go-cases.mjs';
import { comparableTest, testCases, testOrphans, unpackInto } from './test-cases.mjs';

const processors = ['1', '2', '8'];

await scripted(() => {
  const reference = referenceOrNull();
  if (!reference) throw new Stop(`The reference, the \`go\` command of Go ${goRelease}, is not on this machine: golden files cannot be refreshed.`);
  say(reference);
  const wanted = process.argv.slice(2);
  const chosen = (test) => wanted.length === 0 || wanted.includes(test.name);
  const folder = mkdtempSync(join(tmpdir(), 'millrace-golden-'));
  const faults = [];
  let written = 0;
  try {
    for (const room of cases.runRooms) {
      for (const test of cases.casesOf(room).filter(chosen)) written += runCase(test, join(folder, 'program'), faults);
    }
    for (const test of cases.casesOf(cases.errorRoom).filter(chosen)) written += errorCase(test, faults);
    for (const test of testCases().filter(chosen)) written += testCase(test, join(folder, 'tests', test.name));
    for (const orphan of testOrphans()) faults.push(`tests/go/test/${orphan}: its archive is gone`);
    for (const room of [...cases.runRooms, cases.errorRoom]) {
      for (const orphan of cases.orphansOf(room)) faults.push(`tests/go/${room}/${orphan}: its program is gone`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  for (const fault of faults) console.error(fault);
  say(`${written} golden files changed, ${faults.length} faults`);
  return faults.length > 0 ? 1 : 0;
});

function runCase(test, program, faults) {
  const source = cases.sourceOf(test);
  const wasm = cases.isOfWasm(source);
  const target = wasm ? { GOOS: 'js', GOARCH: 'wasm' } : {};
  const built = source.includes('"golang.org/x/sync/')
    ? buildWithSync(test, program)
    : spawnSync('go', ['build', '-o', program, ...test.files], { cwd: test.folder, encoding: 'utf8', env: { ...process.env, ...target } });
  if (built.status !== 0) {
    faults.push(`${test.room}/${test.name}: the reference does not compile it:\n${built.stderr}`);
    return 0;
  }
  const varied = cases.variation(source);
  const [command, ...args] = wasm ? [join(goOrNull().folder, 'lib/wasm/go_js_wasm_exec'), program] : [program];
  const results = (wasm ? ['1'] : processors).map((GOMAXPROCS) => {
    const run = spawnSync(command, args, {
      cwd: test.folder,
      encoding: 'utf8',
      input: cases.goldenOrNull(test, '.in') ?? '',
      env: { ...process.env, GOMAXPROCS, GOTRACEBACK: 'single' },
      timeout: 120_000,
    });
    return { '.out': run.stdout, '.err': cases.normaliseTrace(run.stderr), '.status': `${run.status}\n` };
  });
  const [first, ...others] = results;
  for (const suffix of Object.keys(first)) {
    if (others.some((other) => varied(other[suffix]) !== varied(first[suffix]))) {
      faults.push(`${test.room}/${test.name}${suffix}: differs from run to run; declare it with // varies: or make it not so`);
      return 0;
    }
  }
  const keep = { '.out': first['.out'], '.err': first['.err'] || null, '.status': first['.status'] === '0\n' ? null : first['.status'] };
  return Object.entries(keep).filter(([suffix, text]) => write(test, suffix, text)).length;
}

/** In a module of its own, with golang.org/x/sync as Go's tools have it, and besides what was fetched of it. */
function buildWithSync(test, program) {
  const folder = `${program}-module`;
  const fetched = syncOrNull();
  if (fetched) cpSync(join(fetched, 'singleflight'), join(folder, 'sync/singleflight'), { recursive: true });
  cpSync(join(goOrNull().folder, 'src/cmd/vendor/golang.org/x/sync'), join(folder, 'sync'), { recursive: true });
  writeFileSync(join(folder, 'sync/go.mod'), 'module golang.org/x/sync\n');
  writeFileSync(join(folder, 'go.mod'), 'module program\n\nrequire golang.org/x/sync v0.0.0\n\nreplace golang.org/x/sync => ./sync\n');
  test.files.forEach((file) => cpSync(join(test.folder, file), join(folder, file)));
  try {
    return spawnSync('go', ['build', '-o', program, ...test.files], { cwd: folder, encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function errorCase(test, faults) {
  const built = spawnSync('go', ['build', '-gcflags=-e', '-o', '/dev/null', ...test.files], { cwd: test.folder, encoding: 'utf8' });
  if (built.status === 0) {
    faults.push(`errors/${test.name}: the reference compiles it`);
    return 0;
  }
  const text = cases.normaliseErrors(built.stderr);
  for (const fault of cases.compareWithComments(test, cases.splitDiagnostics(text))) faults.push(`errors/${test.name}: ${fault}`);
  return write(test, '.err', text) ? 1 : 0;
}

/** Without vet, which finds fault with what compiles. */
function testCase(test, folder) {
  unpackInto(folder, test.archive);
  // The archive's path stands for all packages in it, and ends the flags that take it for a value.
  const { status, stdout, stderr } = spawnSync('go', ['test', '-vet=off', '-count=1', './...', ...test.flags], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, GOTRACEBACK: 'single', GOMAXPROCS: '2', GOFLAGS: '-p=1' },
  });
  const shown = { ...test, room: 'test' };
  const texts = { '.out': comparableTest(stdout, folder), '.err': comparableTest(stderr, folder) || null, '.status': status === 0 ? null : `${status}\n` };
  return Object.entries(texts).filter(([suffix, text]) => write(shown, suffix, text)).length;
}

/** Null: there is to be no such file. True if something changed. */
function write(test, suffix, text) {
  if (cases.goldenOrNull(test, suffix) === text) return false;
  const path = join(test.folder, test.name + suffix);
  if (text === null) rmSync(path);
  else writeFileSync(path, text);
  console.log(`  ${test.room}/${test.name}${suffix}`);
  return true;
}
