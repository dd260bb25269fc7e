// What suspension costs: code as lowered against the same code without it, and against Binaryen's pass, in one run.
//
//   node tests/bench/lowering.mjs PATH-OF-bench-lowering
//
// Times are the least of many short runs, taken in turns.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

const root = join(import.meta.dirname, '../..');
const folder = fs.mkdtempSync(join(os.tmpdir(), 'millrace-'));
const wasmOpt = process.env.MILLRACE_WASM_OPT ?? join(root, 'node_modules/.bin/wasm-opt');
const tool = process.argv[2];
if (!tool) throw new Error('say where bench-lowering is');
execFileSync(tool, [folder]);

const file = (name) => join(folder, `${name}.wasm`);
function instrument(name, ...more) {
  const flags = fs.readFileSync(join(folder, `${name}-unsuspended.asyncify`), 'utf8').split(' ');
  execFileSync(wasmOpt, [file(`${name}-unsuspended`), ...flags, ...more, '-o', file(`${name}-${['asyncify', ...more].join('')}`)]);
}

function load(name) {
  const module = new WebAssembly.Module(fs.readFileSync(file(name)));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 16, shared: true });
  const table = new WebAssembly.Table({ element: 'anyfunc', initial: 400 });
  const globals = {};
  for (const global of ['__asyncify_state', '__asyncify_data']) globals[global] = new WebAssembly.Global({ value: 'i32', mutable: true }, 0);
  const entries = new Proxy({ __indirect_function_table: table, ...globals }, { get: (known, key) => known[key] ?? (() => 0) });
  const env = { memory, worker: new WebAssembly.Global({ value: 'i32' }, 64), ...globals };
  new WebAssembly.Instance(module, { env, rt: entries, glue: { panic: new WebAssembly.Tag({ parameters: [] }) } });
  return table;
}

async function compare(what, variants, index, argument, inner) {
  const functions = Object.entries(variants).map(([label, name]) => [label, load(name).get(index)]);
  for (let i = 0; i < 60; i++) for (const [, f] of functions) f(argument / 4n);
  await new Promise((resolve) => setTimeout(resolve, 300)); // the optimising compiler is done
  const best = {};
  for (let i = 0; i < 400; i++) {
    for (const [label, f] of functions) {
      const start = performance.now();
      f(argument);
      best[label] = Math.min(best[label] ?? Infinity, performance.now() - start);
    }
  }
  const cells = Object.entries(best).map(([label, ms]) => `${label} ${(ms / best.plain).toFixed(2)}`.padEnd(22));
  console.log(what.padEnd(34), `plain ${((best.plain * 1e6) / inner).toFixed(2)} ns`.padEnd(18), ...cells.slice(1));
}

const withPass = fs.existsSync(wasmOpt);
if (!withPass) console.log('wasm-opt is not installed: no comparison with its pass.');
const variants = (name) => ({ plain: `${name}-plain`, lowered: name, ...(withPass && { 'with the pass, -O2': `${name}-asyncify-O2` }) });
for (const name of ['fib', 'loops', 'random']) {
  if (!withPass) break;
  instrument(name);
  instrument(name, '-O2');
}
await compare('fib(23), a call', variants('fib'), 0, 23n, 92735);
await compare('16 counted turns in a polled loop', variants('loops'), 0, 20000n, 20000);
await compare('a loop that parks seldom', variants('loops'), 1, 100000n, 100000);
await compare('a loop that is not counted', variants('loops'), 2, 1n << 60n, 40000);

console.log('\nbytes, and after Brotli');
for (const name of ['fib', 'loops', 'random']) {
  const sizes = [`${name}-plain`, name, ...(withPass ? [`${name}-asyncify`, `${name}-asyncify-O2`] : [])].map((f) => {
    const bytes = fs.readFileSync(file(f));
    return `${f.slice(name.length + 1) || 'lowered'} ${bytes.length}, ${brotliCompressSync(bytes).length}`.padEnd(28);
  });
  console.log(name.padEnd(10), ...sizes);
}
fs.rmSync(folder, { recursive: true });
