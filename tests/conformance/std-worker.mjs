// A process of `npm run conformance -- std`: compiles and runs the tests of one library package, and ends.
//
//   in     { package, goroot, folder, only, skipped, isLong }    only: a regex of names or null; skipped: names
//   out    { fault } or { results: [{ name, verdict, lines }] }
//
// The test program is compiled whole by millracec, without images: what imports the package must get it with its tests.
// When a program dies, the test that it was in has failed, and those that it had not come to are run by another.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../web/dev/terminal.mjs';
import { readTestOutput, runningTests } from './test-output.mjs';

const { loadEngine } = await import(join(root, 'build/js/web/host/engine.js'));
const { imagePlaces } = await import(join(root, 'build/js/web/host/image.js'));
const { nodePlatform } = await import(join(root, 'build/js/web/host/node-platform.js'));
const { testProgramName, usualFlags } = await import(join(root, 'build/js/web/host/package-tests.js'));

/** Each test says when it begins and ends: a program that is silent for so long hangs in one. */
const silenceMs = 90_000;
const patience = '20m'; // for one run of the program: package testing then says what it was in
const mostOutput = 1 << 25;
const mostRuns = 40;

const built = (name) => new WebAssembly.Module(readFileSync(join(root, 'build/engine', name)));

/** @returns {{ fault: string } | { program: object }} */
function compile(job) {
  mkdirSync(job.folder, { recursive: true });
  const flags = ['--goroot', job.goroot, '--ours', join(root, 'wasm/std'), '--test', job.package, '-o', job.folder];
  const millracec = join(root, 'build/native/millracec');
  const { status, signal, stdout, stderr } = spawnSync(millracec, flags, { encoding: 'utf8', timeout: 300_000, maxBuffer: 1 << 26 });
  if (status !== 0) return { fault: `does not compile (${signal ?? status}): ${stderr?.trim().split('\n').slice(0, 4).join('; ')}` };
  const [module, data] = ['program.wasm', 'program.data'].map((name) => readFileSync(join(job.folder, name)));
  // It lies where the first image would.
  const { dataBase, tableBase } = imagePlaces(readFileSync(join(root, 'build/engine/std.index')));
  return { program: { module: new WebAssembly.Module(module), data, dataBase, tableBase, tableSize: Number(/table (\d+)/.exec(stdout)[1]) } };
}

/**
 * As `go test` has it: in the package's folder, below GOROOT. What tests write there stays in memory. Package os tries itself
 * on the machine's own folders.
 */
function outsideOf({ goroot, package: path }) {
  return {
    environment: [`GOROOT=${goroot}`, 'HOME=/home/gopher', 'PATH=/usr/bin:/bin'],
    folder: join(goroot, 'src', path),
    mounts: [goroot, '/etc', '/usr/bin'].map((path) => ({ host: path, guest: path, access: 'copied' })),
    zones: pathToFileURL(join(root, 'build/engine/zones.data')).href,
  };
}

async function run(engine, program, job, flags) {
  const chunks = [];
  let length = 0;
  const args = [testProgramName(job.package), ...usualFlags.filter((flag) => !flag.startsWith('-test.timeout')), ...flags];
  let timer;
  const waitOn = () => {
    clearTimeout(timer);
    timer = setTimeout(() => started.stop(), silenceMs);
  };
  const started = engine.start(program, {
    mode: 'threads', procs: 2, maxWorkers: 16, cpus: 2, memoryMiB: 2048, args, outside: outsideOf(job),
    onOutput(_, bytes) {
      chunks.push(Buffer.from(bytes));
      length += bytes.length;
      if (length > mostOutput) started.stop();
      waitOn();
    },
  });
  waitOn();
  const end = await started.done;
  clearTimeout(timer);
  return { end, text: Buffer.concat(chunks).toString() };
}

function describe({ reason, status, message }) {
  if (reason === 'exited') return `exit status ${status}`;
  return reason === 'stopped' ? `silent for ${silenceMs / 1000} s, or endless output` : `crashed: ${message}`;
}

async function test(job) {
  const engine = await loadEngine(nodePlatform(), { threads: built('engine-threads.wasm'), glue: built('glue.wasm') });
  const { fault, program } = compile(job);
  if (fault) return { fault };
  const log = [];
  const runAndKeep = async (flags) => {
    const ended = await run(engine, program, job, flags);
    log.push(`$ ${flags.join(' ')}\n${ended.text}\n${describe(ended.end)}\n`);
    writeFileSync(join(job.folder, 'output.txt'), log.join('\n'));
    return ended;
  };
  const listed = await runAndKeep(['-test.list=.']);
  if (listed.end.reason !== 'exited' || listed.end.status !== 0) {
    return { fault: `lists no tests: ${describe(listed.end)}: ${listed.text.trim().split('\n').slice(0, 4).join('; ')}` };
  }
  const only = new RegExp(job.only ?? '');
  const names = listed.text.split('\n').filter((name) => /^(Test|Example|Fuzz)\S*$/.test(name) && only.test(name));
  const results = names.filter((name) => job.skipped.includes(name)).map((name) => ({ name, verdict: 'inapplicable', lines: [] }));
  let left = names.filter((name) => !job.skipped.includes(name));
  for (let runs = 0; left.length > 0 && runs < mostRuns; runs++) {
    const flags = [`-test.run=^(${left.join('|')})$`, '-test.v=test2json', `-test.timeout=${patience}`];
    if (!job.isLong) flags.push('-test.short');
    const { end, text } = await runAndKeep(flags);
    const { outcomes, current, lines } = readTestOutput(text);
    const timedOut = runningTests(text);
    const died = describe(end);
    const found = left.flatMap((name) => {
      const outcome = outcomes.get(name);
      if (outcome?.verdict) return [{ name, ...outcome }];
      const isBlamed = timedOut.length > 0 ? timedOut.includes(name) : name === current;
      return isBlamed ? [{ name, verdict: 'failed', lines: [...(outcome?.lines ?? []), died] }] : [];
    });
    // It died where no test was to blame: then it will again.
    if (found.length === 0) found.push(...left.map((name) => ({ name, verdict: 'failed', lines: [...lines, died] })));
    results.push(...found);
    const done = new Set(found.map(({ name }) => name));
    left = left.filter((name) => !done.has(name));
  }
  results.push(...left.map((name) => ({ name, verdict: 'failed', lines: [`not run: the program died ${mostRuns} times before`] })));
  return { results };
}

process.on('message', async (job) => {
  let answer;
  try {
    answer = await test(job);
  } catch (error) {
    answer = { fault: String(error.stack ?? error) };
  }
  process.send(answer, () => process.exit());
});
