// Runs the programs of tests/go on node: each compiled once for shared and once for plain memory, run with 1, 2 and 8
// workers and in mode single, and compared with what the reference printed. As a cross-check of our own suspension, each is
// also compiled without any and instrumented by Binaryen's Asyncify pass, which knows the same protocol. Programs that must not compile are compared
// with the reference's errors and with their own ERROR comments.
import { availableParallelism } from 'node:os';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../web/dev/terminal.mjs';
import { instrumented } from './asyncify.mjs';
import * as cases from './go-cases.mjs';

const variants = [
  { name: '1 worker', mode: 'threads', procs: 1 },
  { name: '2 workers', mode: 'threads', procs: 2 },
  { name: '8 workers', mode: 'threads', procs: 8 },
  { name: 'single', mode: 'single', procs: 1 },
  { name: 'Asyncify pass', mode: 'threads', procs: 2, foreignSuspension: true },
];
const runTimeoutMs = 60_000;
const stressTimeoutMs = 180_000;
/** Of a program that runs so long by itself, a variant leaves out what would make it run for ever: its `costs`. */
const longMs = 100;

const memoryMiB = 512;

/** Of the host, which is loaded when the tests begin: it may not have been built before. */
let textOf;

/**
 * `only`: names of cases; empty for all. `variantsOf`: how the case with this number is run; left out: all of the above, and
 * programs that must not compile are looked at, too.
 */
export async function runGoPrograms(only = [], variantsOf = undefined) {
  const { loadToolchain } = await import(join(root, 'build/js/web/cli/toolchain.js'));
  ({ textOf } = await import(join(root, 'build/js/web/host/compiler.js')));
  const toolchain = await loadToolchain();
  const wanted = ({ name }) => only.length === 0 || only.includes(name);
  let passed = 0;
  const failures = [];
  const report = (what, faults) => {
    if (faults.length === 0) passed++;
    else {
      const failure = `${what}\n${faults.map((fault) => `    ${fault.replaceAll('\n', '\n    ')}`).join('\n')}`;
      console.log(`✗ ${failure}`);
      failures.push(failure);
    }
  };
  const rooms = [...cases.runRooms, cases.errorRoom];
  for (const room of rooms) {
    for (const orphan of cases.orphansOf(room)) report(`${room}/${orphan}`, ['its program is gone']);
  }
  const jobs = cases.runRooms.flatMap((room) => cases.casesOf(room)).filter(wanted);
  if (jobs.length === 0 && only.length === 0) report('tests/go/run', ['holds no programs']);
  let number = 0;
  await eachOf(jobs, Math.max(1, Math.min(2, availableParallelism())), async (test) => {
    const chosen = variantsOf ? variantsOf(number++) : variants;
    for (const { variant, faults } of await runCase(toolchain, test, chosen)) report(`${test.room}/${test.name} (${variant})`, faults);
  });
  if (variantsOf) return { passed, failed: failures.length, failures };
  for (const test of cases.casesOf(cases.errorRoom).filter(wanted)) report(`errors/${test.name}`, errorCase(toolchain, test));
  console.log(`${jobs.length} programs in ${variants.length} variants`);
  return { passed, failed: failures.length, failures };
}

async function eachOf(items, atOnce, work) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

const filesOf = (test) => test.files.map((file) => ({ name: cases.shownName(file), text: new Uint8Array(readFileSync(join(test.folder, file))) }));

async function runCase(toolchain, test, variants) {
  if (cases.goldenOrNull(test, '.out') === null) return [{ variant: 'golden', faults: ['no golden files: npm run golden'] }];
  const results = [];
  const compiled = {};
  for (const { name, mode, procs, foreignSuspension = false, stress = 0, costs = 0 } of variants) {
    // The pass knows nothing of our cut stacks.
    if (foreignSuspension && cases.isDeep(cases.sourceOf(test))) continue;
    let faults;
    try {
      const reply = (compiled[`${mode} ${foreignSuspension}`] ??= toolchain.compile(filesOf(test), mode, { foreignSuspension }));
      if (!reply.ok) faults = [`does not compile:\n${textOf(reply.diagnostics)}`];
      else {
        const program = foreignSuspension ? { ...reply.program, module: await instrumented(reply.program.module) } : reply.program;
        const how = { mode, procs, stress, hasFrames: !foreignSuspension };
        if (stress & costs && (await runVariant(toolchain, test, program, { ...how, stress: 0 })).runMs > longMs) how.stress &= ~costs;
        ({ faults } = await runVariant(toolchain, test, program, how));
      }
    } catch (error) {
      faults = [String(error)];
    }
    results.push({ variant: name, faults });
  }
  return results;
}

/** What is amiss, and how long it ran. `hasFrames`: the program's frames tell where goroutines are. */
async function runVariant(toolchain, test, program, { mode, procs, stress, hasFrames }) {
  const output = { 1: [], 2: [] };
  const input = cases.goldenOrNull(test, '.in');
  const run = toolchain.engine.start(program, {
    mode,
    procs,
    maxWorkers: mode === 'single' ? 1 : 16,
    cpus: procs,
    memoryMiB,
    args: [test.name],
    stress,
    outside: { zones: pathToFileURL(join(root, 'build/engine/zones.data')).href },
    onOutput: (fd, bytes) => void output[fd].push(bytes),
    ...(input === null ? {} : { stdin: new TextEncoder().encode(input) }),
  });
  const timeoutMs = stress ? stressTimeoutMs : runTimeoutMs;
  const timer = setTimeout(() => run.stop(), timeoutMs);
  const end = await run.done;
  clearTimeout(timer);
  const runMs = end.elapsedMs - (end.startMs ?? end.elapsedMs);
  return { faults: faultsOf(test, end, output, { hasFrames, timeoutMs }), runMs };
}

function faultsOf(test, end, output, { hasFrames, timeoutMs }) {
  if (end.reason === 'stopped') return [`did not end in ${timeoutMs / 1000} s; it printed:\n${textIn(output[1]).slice(-2000)}`];
  if (end.reason === 'crashed') return [`crashed: ${end.message}`];
  const source = cases.sourceOf(test);
  const varied = cases.variation(source);
  const expectedStatus = Number(cases.goldenOrNull(test, '.status') ?? 0);
  const expectedError = cases.goldenOrNull(test, '.err') ?? '';
  const comparable = (text) => varied(hasFrames ? text : cases.withoutFrames(text));
  const faults = [
    ...difference('standard output', varied(cases.goldenOrNull(test, '.out')), varied(textIn(output[1]))),
    ...difference('standard error', comparable(expectedError), comparable(cases.normaliseTrace(textIn(output[2])))),
    ...(end.status === expectedStatus ? [] : [`exit status ${end.status}, not ${expectedStatus}`]),
  ];
  const today = cases.todayOrNull(source);
  if (!today) return faults;
  if (faults.length === 0) return ['works: its `today` line must go'];
  const all = `status ${end.status}\n${textIn(output[1])}${textIn(output[2])}`;
  return today.test(all) ? [] : [`ends with\n${all.slice(-2000)}\nand not with ${today}`, ...faults];
}

const textIn = (chunks) => new TextDecoder().decode(Buffer.concat(chunks));

/** The first line that differs, with what was wanted. */
function difference(what, expected, actual) {
  if (expected === actual) return [];
  const [wanted, got] = [expected, actual].map((text) => text.split('\n'));
  const at = wanted.findIndex((line, i) => line !== got[i]);
  const line = at < 0 ? wanted.length : at;
  const shown = (lines) => (line < lines.length ? JSON.stringify(lines[line]) : 'nothing');
  return [`${what}, line ${line + 1}: ${shown(got)}, not ${shown(wanted)}`];
}

function errorCase(toolchain, test) {
  const golden = cases.goldenOrNull(test, '.err');
  if (golden === null) return ['no golden file: npm run golden'];
  try {
    const reply = toolchain.compile(filesOf(test), 'threads');
    if (reply.ok) return ['compiles'];
    const text = cases.normaliseErrors(textOf(reply.diagnostics));
    return [...cases.compareWithComments(test, cases.splitDiagnostics(text)), ...difference('errors', golden, text)];
  } catch (error) {
    return [String(error)];
  }
}
