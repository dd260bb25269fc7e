// Compiles programs against Go's own library (millracec --goroot), runs them on node, and compares what they print and their
// exit status with `go run`.
//
//   node tests/support/library.mjs [name...]     programs of tests/go/library, tests/go/std and tests/go/run: all, or those
//                                                whose name contains one of the words
//   --image                                      they are linked to the image of the core packages instead of compiled with them
//   MILLRACEC=FILE                               another native compiler than build/native's
//   ENGINE=FOLDER                                another engine than build/engine's
//
// Where the reference's output stands beside a program, that is what is compared. In a program:
//   // varies: REGEX          what matches is blanked on both sides
//   // differential: args N   runs with arguments 0 … N-1, one after the other
//   // differential: wasm     the reference is built for GOARCH=wasm: what is exact only there
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../../web/dev/terminal.mjs';
import { normaliseTrace, variation } from './go-cases.mjs';

const host = join(root, 'build/js/web/host');
const engineFolder = process.env.ENGINE ?? join(root, 'build/engine');
const compiler = process.env.MILLRACEC ?? join(root, 'build/native/millracec');
const runTimeoutMs = 120_000;
const linksImage = process.argv.includes('--image');

/** What runs programs: the engine with two workers, and where it wants their data and functions. */
async function loadHost() {
  const [{ loadEngine }, { nodePlatform }, { engineLayout }, { imagePlaces, libraryOf }] = await Promise.all(
    ['engine.js', 'node-platform.js', 'engine-layout.js', 'image.js'].map((file) => import(join(host, file))),
  );
  const module = (name) => new WebAssembly.Module(readFileSync(join(engineFolder, name)));
  const threads = module('engine-threads.wasm');
  const engine = await loadEngine(nodePlatform(), { threads, single: module('engine-single.wasm'), glue: module('glue.wasm') });
  if (!linksImage) return { engine, layout: engineLayout(threads, 'threads') };
  const places = imagePlaces(readFileSync(join(engineFolder, 'std.index')));
  const library = libraryOf(places, module('std.wasm'), readFileSync(join(engineFolder, 'std.data')));
  const layout = { dataBase: places.dataEnd, tableBase: places.tableEnd, libraries: [library] };
  return { engine, layout, flags: ['--on', join(engineFolder, 'std.index'), '--skeletons', join(engineFolder, 'std.skeletons')] };
}

function compile({ layout, flags = [] }, goroot, file, folder) {
  const bases = ['--data-base', String(layout.dataBase), '--table-base', String(layout.tableBase)];
  const result = spawnSync(compiler, ['--goroot', goroot, '--names', '-o', folder, ...bases, ...flags, file], { encoding: 'utf8' });
  if (result.error) throw result.error;
  if (result.status !== 0) return { fault: `does not compile:\n${result.stderr}` };
  const sizes = /module (\d+) data (\d+) table (\d+)/.exec(result.stdout);
  return {
    program: {
      module: readFileSync(join(folder, 'program.wasm')),
      data: readFileSync(join(folder, 'program.data')),
      tableSize: Number(sizes[3]),
      ...layout,
    },
  };
}

async function run({ engine }, program, args, stdin) {
  const output = { 1: [], 2: [] };
  const started = engine.start(program, {
    mode: 'threads',
    procs: 2,
    maxWorkers: 4,
    cpus: 2,
    memoryMiB: 1024,
    args: ['program', ...args],
    outside: { zones: pathToFileURL(join(engineFolder, 'zones.data')).href },
    onOutput: (fd, bytes) => void output[fd].push(bytes),
    stdin,
  });
  const timer = setTimeout(() => started.stop(), runTimeoutMs);
  const end = await started.done;
  clearTimeout(timer);
  const text = (fd) => new TextDecoder().decode(Buffer.concat(output[fd]));
  if (end.reason !== 'exited') return { fault: `${end.reason}: ${end.message ?? ''}\n${text(2).slice(-2000)}` };
  return { stdout: text(1), stderr: text(2), status: end.status };
}

function reference(goroot, file, args, stdin) {
  const base = file.slice(0, -'.go'.length);
  if (existsSync(`${base}.out`)) {
    const status = existsSync(`${base}.status`) ? Number(readFileSync(`${base}.status`, 'utf8')) : 0;
    return { stdout: readFileSync(`${base}.out`, 'utf8'), status };
  }
  const wasm = /^\/\/ differential: wasm$/m.test(readFileSync(file, 'utf8'));
  const exec = wasm ? ['-exec', join(goroot, 'lib/wasm/go_js_wasm_exec')] : [];
  const env = { ...process.env, ...(wasm ? { GOOS: 'js', GOARCH: 'wasm' } : {}) };
  const options = { encoding: 'utf8', input: stdin, maxBuffer: 1 << 28, cwd: tmpdir(), env };
  const result = spawnSync('go', ['run', ...exec, file, ...args], options);
  const exit = /exit status (\d+)\n$/.exec(result.stderr);
  return { stdout: result.stdout, stderr: result.stderr, status: exit ? Number(exit[1]) : result.status };
}

function firstDifference(wanted, got) {
  const [expected, actual] = [wanted, got].map((text) => text.split('\n'));
  const at = expected.findIndex((line, i) => line !== actual[i]);
  const line = at < 0 ? expected.length : at;
  return `line ${line + 1}\n  go   ${expected[line]}\n  ours ${actual[line]}`;
}

async function check(machine, goroot, file) {
  const source = readFileSync(file, 'utf8');
  const varied = variation(source);
  const input = file.slice(0, -'.go'.length) + '.in';
  const stdin = existsSync(input) ? readFileSync(input) : new Uint8Array();
  const folder = mkdtempSync(join(tmpdir(), 'library-'));
  try {
    const { program, fault } = compile(machine, goroot, file, folder);
    if (fault) return fault;
    const times = Number(/^\/\/ differential: args (\d+)$/m.exec(source)?.[1] ?? 0);
    for (const args of times ? Array.from({ length: times }, (_, i) => [String(i)]) : [[]]) {
      const wanted = reference(goroot, file, args, stdin);
      const got = await run(machine, program, args, stdin);
      if (got.fault) return got.fault;
      const where = args.length ? `with argument ${args[0]}: ` : '';
      if (varied(wanted.stdout) !== varied(got.stdout)) return where + firstDifference(varied(wanted.stdout), varied(got.stdout));
      if (wanted.status !== got.status) return `${where}status ${got.status}, not ${wanted.status}\n${normaliseTrace(got.stderr)}`;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return null;
}

async function main(words) {
  const found = spawnSync('go', ['env', 'GOROOT'], { encoding: 'utf8' });
  if (found.status !== 0) {
    console.log('not run: the `go` command is not installed, so there is no library to compile');
    return 0;
  }
  const machine = await loadHost();
  let failures = 0;
  for (const room of ['library', 'std', 'run']) {
    const folder = join(root, 'tests/go', room);
    for (const entry of readdirSync(folder).filter((name) => name.endsWith('.go')).sort()) {
      const name = basename(entry, '.go');
      if (words.length > 0 && !words.some((word) => `${room}/${name}`.includes(word))) continue;
      if (existsSync(join(folder, name))) continue; // looks into the overlay's packages
      const began = performance.now();
      const problem = await check(machine, found.stdout.trim(), join(folder, entry));
      const seconds = ((performance.now() - began) / 1000).toFixed(1);
      console.log(problem ? `FAIL ${room}/${name}: ${problem}` : `ok   ${room}/${name} ${seconds} s`);
      if (problem) failures++;
    }
  }
  console.log(failures ? `${failures} failed` : 'all agree');
  return failures ? 1 : 0;
}

process.exitCode = await main(process.argv.slice(2).filter((word) => word !== '--image'));
