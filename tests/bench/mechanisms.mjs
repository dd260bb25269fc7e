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

const atMost = (ratio) => [`${ratio} of native`, (ours, go) => ours <= go * ratio];

/**
 * target: what is asked for, in words and as a condition on Millrace's figure and native Go's. program: the file, if it is not
 * called as the mechanism; label: of the program's line, if it is not the unit. withoutJs: Go's js/wasm port cannot do it.
 */
export const mechanisms = [
  {
    name: 'switch',
    what: 'Gosched switch',
    unit: 'ns',
    target: ['at most 150 ns and below native', (ours, go) => ours <= 150 && ours < go],
  },
  { name: 'hop', what: 'unbuffered channel hop', unit: 'ns', target: ['below native', (ours, go) => ours < go] },
  { name: 'spawn', what: 'spawn, run, finish', unit: 'ns', target: ['a third of native', (ours, go) => ours * 3 <= go] },
  {
    name: 'buffered',
    program: 'channels',
    what: 'buffered channel, an item',
    label: 'buffered',
    unit: 'ns',
    target: atMost(0.5),
  },
  { name: 'select', program: 'channels', what: 'select of two', label: 'select', unit: 'ns', target: atMost(1) },
  { name: 'lock', program: 'locks', what: 'uncontended lock', label: 'uncontended', unit: '0.1 ns', target: atMost(2) },
  { name: 'contended', program: 'locks', what: 'contended lock', label: 'contended', unit: '0.1 ns', target: atMost(1) },
  { name: 'small', program: 'allocate', what: 'small object', label: 'small', unit: 'ns', target: atMost(2) },
  { name: 'trees', program: 'allocate', what: 'binary trees, depth 18', label: 'trees', unit: 'ms', target: atMost(2.5) },
  {
    name: 'parked',
    program: 'parked',
    what: 'parked goroutine',
    unit: 'bytes',
    withoutJs: true,
    target: ['at most 600', (ours) => ours <= 600],
  },
  { name: 'million', program: 'parked', what: 'a million goroutines', unit: 'ms', withoutJs: true, target: atMost(1) },
  {
    name: 'stop',
    program: 'parked',
    what: 'longest stop, 100 MB',
    label: 'stop-heap',
    unit: 'us',
    withoutJs: true,
    target: ['at most 2 ms', (ours) => ours <= 2000],
  },
  {
    name: 'stop-goroutines',
    program: 'parked',
    what: 'longest stop, 1M goroutines',
    label: 'stop-goroutines',
    unit: 'us',
    withoutJs: true,
    target: ['at most 10 ms', (ours) => ours <= 10_000],
  },
  { name: 'nested', what: 'loops in main', unit: 'us', target: ['1.5 of native', (ours, go) => ours <= go * 1.5] },
  { name: 'fib', what: 'fib(32)', unit: 'us', target: ['1.5 of native', (ours, go) => ours <= go * 1.5] },
  {
    name: 'parallel',
    what: 'speed-up of 2 workers',
    unit: 'hundredths',
    better: 'more',
    target: ['1.7', (ours) => ours >= 170],
  },
];

export async function runMechanisms(chosen) {
  const { loadToolchain } = await import(join(root, 'build/js/web/cli/toolchain.js'));
  const toolchain = await loadToolchain();
  const go = Boolean(outputOrNull('go', ['version']));
  mkdirSync(binaries, { recursive: true });
  console.log(`\n${bold('Mechanisms')}, medians of ${rounds}`);
  row('', 'Millrace', 'native', 'js/wasm', 'of native', 'of js/wasm');
  for (const program of new Set(chosen.map(programOf))) {
    const asked = chosen.filter((mechanism) => programOf(mechanism) === program);
    const js = go && !asked[0].withoutJs;
    if (go) compileReference(program, js);
    const outputs = { ours: [], native: [], js: [] };
    for (let i = 0; i < rounds; i++) {
      outputs.ours.push(await runOurs(toolchain, program));
      if (go) outputs.native.push(execFileSync(join(binaries, program), { encoding: 'utf8' }));
      if (js) outputs.js.push(runJs(program));
    }
    for (const mechanism of asked) tell(mechanism, outputs);
  }
}

const programOf = ({ program, name }) => program ?? name;

function tell({ what, unit, label = unit, target: [words, met], better }, outputs) {
  const figureOf = (of) => (of.length === 0 ? null : median(of.map((output) => figure(output, label))));
  const [ours, native, js] = [figureOf(outputs.ours), figureOf(outputs.native), figureOf(outputs.js)];
  const ratio = (other) => (other === null ? '' : (ours / other).toFixed(2));
  const judged = native === null ? [] : [native, js ?? '', ratio(native), ratio(js), verdict(met(ours, native), words)];
  row(`${what}, ${unit}${better ? ` (${better} is better)` : ''}`, ours, ...judged);
}

function figure(output, label) {
  const value = Number(new RegExp(`^${label} ([\\d.]+)$`, 'm').exec(output)?.[1] ?? NaN);
  if (Number.isNaN(value)) throw new Error(`the benchmark printed no figure '${label}': ${output}`);
  return value;
}

function compileReference(name, js) {
  const source = join(folder, `${name}.go`);
  execFileSync('go', ['build', '-o', join(binaries, name), source]);
  if (!js) return;
  const env = { ...process.env, GOOS: 'js', GOARCH: 'wasm' };
  execFileSync('go', ['build', '-o', join(binaries, `${name}.wasm`), source], { env });
}

/** Go's port as its own release runs it on node. */
function runJs(name) {
  const goRoot = outputOrNull('go', ['env', 'GOROOT']).trim();
  const runner = ['lib/wasm', 'misc/wasm'].map((path) => join(goRoot, path, 'wasm_exec_node.js')).find(existsSync);
  if (!runner) throw new Stop('wasm_exec_node.js is not where Go keeps it: there is nothing to run its js/wasm port with');
  const { stdout, stderr } = spawnSync(process.execPath, ['--stack-size=8192', runner, join(binaries, `${name}.wasm`)], { encoding: 'utf8' });
  return stdout + stderr;
}

async function runOurs(toolchain, name) {
  const text = readFileSync(join(folder, `${name}.go`), 'utf8');
  const reply = toolchain.compile([{ name: `./${name}.go`, text }], 'threads');
  if (!reply.ok) throw new Error(`${name}.go does not compile: ${reply.diagnostics[0].message}`);
  let output = '';
  const run = toolchain.engine.start(reply.program, {
    mode: 'threads',
    procs: 2,
    maxWorkers: 4,
    memoryMiB: 1024,
    args: [name],
    onOutput: (_fd, bytes) => void (output += new TextDecoder().decode(bytes)),
  });
  const end = await run.done;
  if (end.reason !== 'exited' || end.status !== 0) throw new Error(`${name}.go: ${end.reason} ${end.message ?? ''} ${output}`);
  return output;
}
