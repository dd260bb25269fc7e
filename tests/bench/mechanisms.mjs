// One program per mechanism, run on Millrace, by native Go and by Go's js/wasm port in turns, so that what is compared is
// ratios of the same minutes and not machines. A program prints one line `UNIT FIGURE`, less being better (a speed-up says
// otherwise by its `better`).
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stop, bold, outputOrNull, root } from '../../web/dev/terminal.mjs';
import { median, row, verdict } from './table.mjs';

const rounds = 5;
const folder = join(root, 'tests/bench');
const binaries = join(root, 'build/bench');

/** target: what is asked for, in words and as a condition on Millrace's figure and native Go's. */
export const mechanisms = [
  {
    name: 'switch',
    what: 'Gosched switch',
    unit: 'ns',
    target: ['at most 150 ns and below native', (ours, go) => ours <= 150 && ours < go],
  },
  { name: 'hop', what: 'unbuffered channel hop', unit: 'ns', target: ['below native', (ours, go) => ours < go] },
  { name: 'spawn', what: 'spawn, run, finish', unit: 'ns', target: ['a third of native', (ours, go) => ours * 3 <= go] },
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
  for (const mechanism of chosen) {
    const { name, what, unit, target, better } = mechanism;
    if (go) compileReference(name);
    const figures = { ours: [], native: [], js: [] };
    for (let i = 0; i < rounds; i++) {
      figures.ours.push(figure(await runOurs(toolchain, name), unit));
      if (!go) continue;
      figures.native.push(figure(execFileSync(join(binaries, name), { encoding: 'utf8' }), unit));
      figures.js.push(figure(runJs(name), unit));
    }
    const label = `${what}, ${unit}${better ? ` (${better} is better)` : ''}`;
    const ours = median(figures.ours);
    if (!go) row(label, ours);
    else {
      const [native, js] = [median(figures.native), median(figures.js)];
      const [words, met] = target;
      row(label, ours, native, js, (ours / native).toFixed(2), (ours / js).toFixed(2), verdict(met(ours, native), words));
    }
  }
}

function figure(output, unit) {
  const value = Number(new RegExp(`^${unit} ([\\d.]+)$`, 'm').exec(output)?.[1] ?? NaN);
  if (Number.isNaN(value)) throw new Error(`the benchmark printed no figure in ${unit}: ${output}`);
  return value;
}

function compileReference(name) {
  const source = join(folder, `${name}.go`);
  execFileSync('go', ['build', '-o', join(binaries, name), source]);
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
