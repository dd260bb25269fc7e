// `npm run bench`: one program per mechanism, run on Millrace, by native Go and by Go's own js/wasm port in the same minute,
// so that what is compared is ratios and not machines. Where there is no `go` command, Millrace's figures stand alone.
// Then what the page's reader waits for: from Run to the first output, and the size of what is downloaded.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build, engineOutputs, servedParts } from '../../web/dev/build.mjs';
import { compilerOutput } from '../../web/dev/build-compiler.mjs';
import { setUp } from '../../web/dev/setup.mjs';
import { bold, dim, green, outputOrNull, red, root, scripted } from '../../web/dev/terminal.mjs';

const rounds = 3;
const folder = join(root, 'tests/bench');
const binaries = join(root, 'build/bench');

/** target: what the design asks for, as a predicate on ours and native Go's figure. */
const programs = [
  { name: 'switch', what: 'Gosched switch', unit: 'ns', target: 'at most 150 ns and below native', meets: (ours, go) => ours <= 150 && ours < go },
  { name: 'hop', what: 'unbuffered channel hop', unit: 'ns', target: 'below native', meets: (ours, go) => ours < go },
  { name: 'spawn', what: 'spawn, run, finish', unit: 'ns', target: 'a third of native', meets: (ours, go) => ours * 3 <= go },
  { name: 'fib', what: 'fib(32)', unit: 'us', target: '1.5 of native', meets: (ours, go) => ours <= go * 1.5 },
  { name: 'parallel', what: 'speed-up of 2 workers', unit: 'hundredths', target: '1.7', meets: (ours) => ours >= 170 },
];

await scripted(async () => {
  await setUp('test');
  await build(servedParts);
  const go = Boolean(outputOrNull('go', ['version']));
  if (!go) console.log('The `go` command is not here: no ratios.');
  await mechanisms(go);
  await download();
  await page();
});

async function mechanisms(go) {
  const { loadToolchain } = await import(join(root, 'build/js/web/cli/toolchain.js'));
  const toolchain = await loadToolchain();
  mkdirSync(binaries, { recursive: true });
  console.log(`\n${bold('Mechanisms')}, medians of ${rounds}`);
  row('', 'Millrace', 'native', 'js/wasm', 'of native', 'of js/wasm', 'target');
  for (const { name, what, unit, target, meets } of programs) {
    const sources = { ours: [], native: [], js: [] };
    if (go) compileReference(name);
    for (let i = 0; i < rounds; i++) {
      sources.ours.push(figure(await runOurs(toolchain, name), unit));
      if (!go) continue;
      sources.native.push(figure(execFileSync(join(binaries, name), { encoding: 'utf8' }), unit));
      sources.js.push(figure(runJs(name), unit));
    }
    const ours = median(sources.ours);
    if (!go) row(what, ours, '', '', '', '', '');
    else {
      const [native, js] = [median(sources.native), median(sources.js)];
      const verdict = meets(ours, native) ? green(`✓ ${target}`) : red(`✗ ${target}`);
      row(`${what}, ${unit}`, ours, native, js, (ours / native).toFixed(2), (ours / js).toFixed(2), verdict);
    }
  }
}

const row = (first, ...rest) => console.log(`${String(first).padEnd(30)}${rest.map((cell) => String(cell).padStart(11)).join('')}`);

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

function figure(output, unit) {
  const value = Number(new RegExp(`^${unit} (\\d+)$`, 'm').exec(output)?.[1] ?? NaN);
  if (Number.isNaN(value)) throw new Error(`the benchmark printed no figure: ${output}`);
  return value;
}

function compileReference(name) {
  const source = join(folder, `${name}.go`);
  execFileSync('go', ['build', '-o', join(binaries, name), source]);
  const env = { ...process.env, GOOS: 'js', GOARCH: 'wasm' };
  execFileSync('go', ['build', '-o', join(binaries, `${name}.wasm`), source], { env });
}

function runJs(name) {
  const runner = join(outputOrNull('go', ['env', 'GOROOT']).trim(), 'lib/wasm/wasm_exec_node.js');
  const { stdout } = spawnSync(process.execPath, ['--stack-size=8192', runner, join(binaries, `${name}.wasm`)], { encoding: 'utf8' });
  return stdout;
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

// ------------------------------------------------------------------------------------------------------------- the page

function download() {
  console.log(`\n${bold('Download')}, Brotli`);
  let total = 0;
  for (const file of [...engineOutputs, compilerOutput]) {
    const bytes = readFileSync(join(root, file));
    const size = brotliCompressSync(bytes).length;
    // A page loads one of the two engines.
    if (!file.includes('single')) total += size;
    console.log(`${file.padEnd(34)}${String(size).padStart(10)} ${dim(`of ${bytes.length}`)}`);
  }
  const verdict = total <= 1 << 20 ? green('✓ at most 1 MiB') : red('✗ at most 1 MiB');
  console.log(`${'engine and compiler'.padEnd(34)}${String(total).padStart(10)} ${verdict}`);
}

async function page() {
  const { launchBrowser, serveSite } = await import('../page/browser.mjs');
  const { PageDriver } = await import('../page/page-driver.mjs');
  const program = readFileSync(join(folder, 'hundred-lines.go'), 'utf8');
  const site = await serveSite(join(root, 'build/site'));
  const browser = await launchBrowser();
  try {
    const driver = await PageDriver.open(browser, site.url);
    const lines = [];
    for (let i = 0; i < 12; i++) {
      await driver.run(program);
      await driver.reaches(/Exit status 0/);
      lines.push(await driver.times());
      await driver.page.evaluate(() => (document.querySelector('mill-editor').value = ''));
    }
    const warm = lines.slice(2);
    const part = (pattern) => median(warm.map((line) => milliseconds(pattern.exec(line))));
    const compile = part(/compile ([\d.]+) (m?s)/);
    const start = part(/start ([\d.]+) (m?s)/);
    const first = part(/first output ([\d.]+) (m?s)/);
    console.log(`\n${bold('Run to first output')}, a program of ${program.split('\n').length - 1} lines, page warm, medians of ${warm.length}`);
    console.log(`compile       ${compile.toFixed(1)} ms\nstart         ${start.toFixed(1)} ms`);
    console.log(`first output  ${(first - compile - start).toFixed(1)} ms after that`);
    console.log(`altogether    ${first.toFixed(1)} ms ${first < 200 ? green('✓ under 200') : red('✗ under 200')}`);
  } finally {
    await browser.close();
    await site.close();
  }
}

const milliseconds = ([, value, unit]) => Number(value) * (unit === 's' ? 1000 : 1);
