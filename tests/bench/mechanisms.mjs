// One program per mechanism, run on Millrace, by native Go and by Go's js/wasm port in turns, so that what is compared is
// ratios of the same minutes and not machines. A program prints lines `LABEL FIGURE`, less being better (a speed-up says
// otherwise by its `better`).
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stop, bold, outputOrNull, root } from '../../web/dev/terminal.mjs';
import { median, row, verdict } from './table.mjs';

const rounds = 5;
const folder = join(root, 'tests/bench');
const binaries = join(root, 'build/bench');

/** What Millrace's figure is compared with: native Go's, or that of the same program without polls. */
const atMost = (ratio, of = 'native') => [`${ratio} of ${of}`, (ours, theirs) => ours <= theirs * ratio];
const absolute = (words, most) => [words, (ours) => ours <= most];

/**
 * target: what is asked for, in words and as a condition on Millrace's figure and what it is compared with. program: the file,
 * if it is not called as the mechanism; label: of the program's line, if it is not the unit. workers: of Millrace and of native
 * Go, GOMAXPROCS. against: 'native' Go and its 'js' port; or 'unpolled', the same program compiled without polls. busy: what is
 * told is the processor time that a second takes between the program's lines `asleep` and `awake`.
 */
const common = { workers: [1, 2], against: ['native', 'js'] };
export const mechanisms = [
  { name: 'switch', what: 'Gosched switch', unit: 'ns', target: atMost(0.6) },
  { name: 'hop', what: 'unbuffered channel hop', unit: 'ns', target: atMost(0.5) },
  { name: 'spawn', what: 'spawn, run, finish', unit: 'ns', target: atMost(0.2) },
  { name: 'buffered', program: 'channels', what: 'buffered channel, an item', label: 'buffered', unit: 'ns', target: atMost(0.5) },
  { name: 'select', program: 'channels', what: 'select of two', label: 'select', unit: 'ns', target: atMost(1) },
  { name: 'lock', program: 'locks', what: 'uncontended lock', label: 'uncontended', unit: '0.1 ns', target: atMost(2) },
  { name: 'contended', program: 'locks', what: 'contended lock', label: 'contended', unit: '0.1 ns', target: atMost(1) },
  { name: 'small', program: 'allocate', what: 'small object', label: 'small', unit: 'ns', target: atMost(2) },
  { name: 'trees', program: 'allocate', what: 'binary trees, depth 18', label: 'trees', unit: 'ms', target: atMost(2.5) },
  { name: 'parked', what: 'parked goroutine', unit: 'bytes', workers: [2], against: ['native'], target: absolute('at most 600', 600) },
  { name: 'million', program: 'parked', what: 'a million goroutines', unit: 'ms', workers: [2], against: ['native'], target: atMost(1) },
  {
    name: 'stop',
    program: 'parked',
    what: 'longest stop, 100 MB',
    label: 'stop-heap',
    unit: 'us',
    workers: [2],
    against: ['native'],
    target: absolute('at most 2 ms', 2000),
  },
  {
    name: 'stop-goroutines',
    program: 'parked',
    what: 'longest stop, 1M goroutines',
    label: 'stop-goroutines',
    unit: 'us',
    workers: [2],
    against: ['native'],
    target: absolute('at most 10 ms', 10_000),
  },
  { name: 'idle', what: 'all asleep, a second', unit: 'us', busy: true, against: [], target: absolute('at most 5 ms', 5000) },
  { name: 'nested', what: 'loops in main', unit: 'us', workers: [1], target: atMost(1.5) },
  { name: 'fib', what: 'fib(32)', unit: 'us', workers: [1], target: atMost(1.5) },
  ...[
    ['walk', 'polled loop, a turn', 1.4],
    ['rows', 'poll around 16 counted turns', 1.1],
    ['calls', 'polled and counted call', 2],
  ].map(([label, what, most]) => ({
    name: `poll-${label}`,
    program: 'polls',
    what,
    label,
    unit: '0.1 ns',
    workers: [1],
    against: ['unpolled'],
    target: atMost(most, 'unpolled: no polls, no count'),
  })),
  {
    name: 'parallel',
    what: 'speed-up of 2 workers',
    unit: 'hundredths',
    workers: [2],
    better: 'more',
    target: ['at least 1.7', (ours) => ours >= 170],
  },
].map((mechanism) => ({ program: mechanism.name, ...common, ...mechanism }));

export async function runMechanisms(chosen) {
  const { loadToolchain } = await import(join(root, 'build/js/web/cli/toolchain.js'));
  const toolchain = await loadToolchain();
  const go = Boolean(outputOrNull('go', ['version']));
  mkdirSync(binaries, { recursive: true });
  console.log(`\n${bold('Mechanisms')}, medians of ${rounds}`);
  row('', 'workers', 'Millrace', 'native', 'js/wasm', 'of native', 'of js/wasm');
  for (const program of new Set(chosen.map((mechanism) => mechanism.program))) {
    const asked = chosen.filter((mechanism) => mechanism.program === program);
    const { workers, against, busy = false } = asked[0];
    const others = go ? against : against.filter((other) => other === 'unpolled');
    for (const other of others) if (other !== 'unpolled') compileReference(program, other);
    // Go's port has one thread whatever GOMAXPROCS says.
    const runners = (procs) => ({
      ours: () => runOurs(toolchain, program, procs, { busy }),
      ...(others.includes('native') && { native: () => runNative(program, procs) }),
      ...(others.includes('js') && procs === 1 && { js: () => runJs(program) }),
      ...(others.includes('unpolled') && { unpolled: () => runOurs(toolchain, program, procs, { unpolled: true }) }),
    });
    for (const procs of workers) {
      const outputs = {};
      for (let i = 0; i < rounds; i++) {
        for (const [of, run] of Object.entries(runners(procs))) (outputs[of] ??= []).push(await run());
      }
      for (const mechanism of asked) tell(mechanism, procs, outputs);
    }
  }
}

function tell({ what, unit, label = unit, target: [words, met], better }, procs, outputs) {
  const figureOf = (of) => (outputs[of] ? median(outputs[of].map((output) => figure(output, label))) : null);
  const [ours, native, js, unpolled] = ['ours', 'native', 'js', 'unpolled'].map(figureOf);
  const ratio = (other) => (other === null ? '' : (ours / other).toFixed(2));
  const cells = [native ?? '', js ?? '', ratio(native ?? unpolled), ratio(js), verdict(met(ours, native ?? unpolled ?? NaN), words)];
  row(`${what}, ${unit}${better ? ` (${better} is better)` : ''}`, procs, ours, ...cells);
}

function figure(output, label) {
  const value = Number(new RegExp(`^${label} ([\\d.]+)$`, 'm').exec(output)?.[1] ?? NaN);
  if (Number.isNaN(value)) throw new Error(`the benchmark printed no figure '${label}': ${output}`);
  return value;
}

function compileReference(name, kind) {
  const js = kind === 'js';
  const env = { ...process.env, ...(js && { GOOS: 'js', GOARCH: 'wasm' }) };
  execFileSync('go', ['build', '-o', join(binaries, js ? `${name}.wasm` : name), join(folder, `${name}.go`)], { env });
}

function runNative(name, procs) {
  return execFileSync(join(binaries, name), { encoding: 'utf8', env: { ...process.env, GOMAXPROCS: String(procs) } });
}

/** Go's port as its own release runs it on node. */
function runJs(name) {
  const goRoot = outputOrNull('go', ['env', 'GOROOT']).trim();
  const runner = ['lib/wasm', 'misc/wasm'].map((path) => join(goRoot, path, 'wasm_exec_node.js')).find(existsSync);
  if (!runner) throw new Stop('wasm_exec_node.js is not where Go keeps it: there is nothing to run its js/wasm port with');
  const { stdout, stderr } = spawnSync(process.execPath, ['--stack-size=8192', runner, join(binaries, `${name}.wasm`)], { encoding: 'utf8' });
  return stdout + stderr;
}

async function runOurs(toolchain, name, procs, { unpolled = false, busy = false }) {
  const text = readFileSync(join(folder, `${name}.go`), 'utf8');
  const reply = toolchain.compile([{ name: `./${name}.go`, text }], 'threads', { unpolled });
  if (!reply.ok) throw new Error(`${name}.go does not compile: ${reply.diagnostics[0].message}`);
  let output = '';
  let asleep = null;
  const run = toolchain.engine.start(reply.program, {
    mode: 'threads',
    procs,
    maxWorkers: 4,
    memoryMiB: 1024,
    args: [name],
    onOutput: (_fd, bytes) => {
      const said = new TextDecoder().decode(bytes);
      output += said;
      if (busy && said === 'asleep\n') asleep = { at: performance.now(), used: process.cpuUsage() };
      if (busy && said === 'awake\n') output += `us ${Math.round(busyUs(asleep))}\n`;
    },
  });
  const end = await run.done;
  if (end.reason !== 'exited' || end.status !== 0) throw new Error(`${name}.go: ${end.reason} ${end.message ?? ''} ${output}`);
  return output;
}

/** Processor time of all threads, µs for a second that has passed since. */
function busyUs({ at, used }) {
  const { user, system } = process.cpuUsage(used);
  return (user + system) / ((performance.now() - at) / 1000);
}
