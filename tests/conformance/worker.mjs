// A process of the conformance run: judges one test after the other, as it is told, and says what came out.
//
//   in    { kind, test, testFolder, native }    a kind and a Test of scope.mjs; path of millracec or null
//   out   { fault, lines }                      null: passed; else what differs; `lines` of errorcheck's, see judgeErrors
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { root } from '../../web/dev/terminal.mjs';
import { judgeErrors, wantedErrors } from './errorcheck.mjs';

const { loadToolchain } = await import(join(root, 'build/js/web/cli/toolchain.js'));
const { textOf } = await import(join(root, 'build/js/web/host/compiler.js'));
const { imagePlaces, libraryOf } = await import(join(root, 'build/js/web/host/image.js'));
const toolchain = await loadToolchain();

/** What Go's own runner puts for "./" in imports. */
const localImports = 'test';
const latin1 = 'latin1'; // tests print what is not UTF-8

async function inScratchFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

// ------------------------------------------------------------------------------------------------------- compiling

/** As Toolchain.compile() does it, or by the native compiler. */
async function compile(files, options, native) {
  return native ? inScratchFolder((folder) => compileNatively(files, options, native, folder)) : toolchain.compile(files, 'threads', options);
}

let linked;

/** What natively compiled programs are linked to: all images. */
function allImages() {
  const file = (name) => join(root, 'build/engine', name);
  const images = JSON.parse(readFileSync(file('images.json'), 'utf8')).map(({ name }) => {
    const places = imagePlaces(readFileSync(file(`${name}.index`)));
    const library = libraryOf(places, new WebAssembly.Module(readFileSync(file(`${name}.wasm`))), readFileSync(file(`${name}.data`)));
    return { places, library, flags: ['--on', file(`${name}.index`), '--skeletons', file(`${name}.skeletons`)] };
  });
  const { dataEnd, tableEnd } = images.at(-1).places;
  const place = { dataBase: dataEnd, tableBase: tableEnd, libraries: images.map(({ library }) => library) };
  return { place, flags: images.flatMap(({ flags }) => flags) };
}

function compileNatively(files, options, millracec, folder) {
  linked ??= allImages();
  const flags = ['-o', folder, ...linked.flags];
  if (options.whole) flags.push('--whole');
  if (options.checkOnly) flags.push('--check');
  if (options.localImports) flags.push('--local', options.localImports);
  if (options.goVersion) flags.push('--lang', options.goVersion);
  const sources = files.flatMap(({ name, package: path }) => ['--package', path ?? '', name]);
  const { status, stdout, stderr, signal } = spawnSync(millracec, [...flags, ...sources], { encoding: latin1, timeout: 60_000, maxBuffer: 1 << 28 });
  if (status === 1) return { ok: false, diagnostics: diagnosticsIn(Buffer.from(stderr, latin1).toString()) };
  if (status !== 0) throw new Error(`the compiler failed (${signal ?? status}): ${stderr.slice(0, 300)}`);
  if (options.checkOnly) return { ok: true };
  const [module, data] = ['program.wasm', 'program.data'].map((name) => readFileSync(join(folder, name)));
  return { ok: true, program: { module, data, ...linked.place, tableSize: Number(/table (\d+)/.exec(stdout)[1]) } };
}

/** Lines that begin with a tab go on with what the line before says. */
function diagnosticsIn(text) {
  return text.split(/\n(?!\t)/).filter(Boolean).map((line) => {
    const match = /^(.*?):(\d+):(\d+): ([\s\S]*)$/.exec(line);
    if (!match) return { file: '', line: 0, column: 0, message: line };
    return { file: match[1], line: Number(match[2]), column: Number(match[3]), message: match[4] };
  });
}

const shown = (diagnostics) =>
  `does not compile: ${diagnostics.slice(0, 3).map(({ file, line, message }) => `${basename(file)}:${line}: ${message}`).join('; ')}`;

const versionOf = (test) => test.flags.map((flag) => /^-lang=(go[\d.]+)/.exec(flag)?.[1]).find(Boolean);

// ---------------------------------------------------------------------------------------------------------- files

const sourceAt = (path, importPath) => ({ name: path, text: new Uint8Array(readFileSync(path)), package: importPath });

/** The program's other files come first among the arguments. */
function filesOfProgram(test, testFolder) {
  const path = join(testFolder, test.file);
  const more = test.args.filter((argument) => argument.endsWith('.go'));
  const names = [path, ...more.map((name) => join(dirname(path), name))];
  return { files: names.map((name) => sourceAt(name)), args: test.args.slice(more.length) };
}

const folderOf = (test, testFolder) => join(testFolder, test.file.replace(/\.go$/, '.dir'));

/** Packages of a test's folder as Go's runner makes them: files of one package clause are one, or, with -s, every file is. */
function filesOfFolder(test, testFolder) {
  const folder = folderOf(test, testFolder);
  const packages = new Map();
  for (const name of readdirSync(folder).filter((entry) => entry.endsWith('.go')).sort()) {
    const clause = /^package\s+(\w+)/m.exec(readFileSync(join(folder, name), 'utf8'))?.[1] ?? '';
    const key = test.flags.includes('-s') ? name : clause;
    if (!packages.has(key)) packages.set(key, { clause, names: [] });
    packages.get(key).names.push(name);
  }
  return [...packages.values()].flatMap(({ clause, names }) => {
    const importPath = clause === 'main' ? '' : `${localImports}/${names[0].slice(0, -3)}`;
    return names.map((name) => sourceAt(join(folder, name), importPath));
  });
}

/** A module: import paths follow the folders. */
function filesOfModule(test, testFolder) {
  const folder = folderOf(test, testFolder);
  return test.files.filter((path) => path.endsWith('.go')).map((path) => {
    const inside = dirname(path).slice(folder.length + 1);
    return sourceAt(path, inside === '' ? '' : `${basename(folder)}/${inside}`);
  });
}

// ---------------------------------------------------------------------------------------------------- the reference

const importList = join(root, 'build/conformance/importcfg');

/** Where the compiled packages of Go's library lie; they are compiled if they were not. */
function listImports() {
  if (existsSync(importList)) return;
  const format = '{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}';
  const { status, stdout, stderr } = spawnSync('go', ['list', '-export', '-f', format, 'std'], { encoding: 'utf8', maxBuffer: 1 << 24 });
  if (status !== 0) throw new Error(`go list: ${stderr}`);
  mkdirSync(dirname(importList), { recursive: true });
  const ready = `${importList}.${process.pid}`;
  writeFileSync(ready, stdout);
  renameSync(ready, importList);
}

/** All that Go's compiler says of a package. */
function saidByGo(paths, lang, folder) {
  listImports();
  const flags = ['-e', '-p', 'p', '-importcfg', importList, '-o', join(folder, 'p.a')];
  const { stdout } = spawnSync('go', ['tool', 'compile', ...flags, ...(lang ? [`-lang=${lang}`] : []), ...paths], { encoding: 'utf8' });
  return stdout;
}

// ---------------------------------------------------------------------------------------------------------- judges

async function run(program, args) {
  const chunks = [];
  const started = toolchain.engine.start(program, {
    mode: 'threads', procs: 2, maxWorkers: 4, cpus: 2, memoryMiB: 1024, args, outside: { environment: [`PATH=${process.env.PATH}`] },
    onOutput: (_, bytes) => void chunks.push(Buffer.from(bytes)),
  });
  const end = await started.done;
  return { end, output: Buffer.concat(chunks).toString(latin1) };
}

function outcome({ end, output }, wanted) {
  if (end.reason !== 'exited') return `${end.reason}: ${end.message ?? ''}`;
  if (end.status !== 0) return `exit status ${end.status}: ${output.trim().split('\n').slice(0, 3).join(' | ').slice(0, 300)}`;
  return difference(wanted, output);
}

/** The first line that differs. */
function difference(wanted, got) {
  if (wanted === got) return null;
  const [wantedLines, gotLines] = [wanted, got].map((text) => text.split('\n'));
  const at = wantedLines.findIndex((line, i) => line !== gotLines[i]);
  const line = at < 0 ? wantedLines.length : at;
  const show = (lines) => (line < lines.length ? JSON.stringify(lines[line].slice(0, 200)) : 'nothing');
  return `output, line ${line + 1}: ${show(gotLines)}, not ${show(wantedLines)}`;
}

async function compileAndRun(files, { test, testFolder, native }, args = test.args) {
  const reply = await compile(files, { localImports, goVersion: versionOf(test) }, native);
  if (!reply.ok) return shown(reply.diagnostics);
  const golden = join(testFolder, test.file.replace(/\.go$/, '.out'));
  const wanted = existsSync(golden) ? readFileSync(golden, latin1) : '';
  return outcome(await run(reply.program, [basename(test.file, '.go'), ...args]), wanted);
}

const judges = {
  run(job) {
    const { files, args } = filesOfProgram(job.test, job.testFolder);
    return compileAndRun(files, job, args);
  },

  dir(job) {
    const files = job.test.action === 'runindir' ? filesOfModule : filesOfFolder;
    return compileAndRun(files(job.test, job.testFolder), job);
  },

  /** What the program prints is the program that is measured. */
  async runoutput({ test, testFolder, native }) {
    const { files, args } = filesOfProgram(test, testFolder);
    const reply = await compile(files, { goVersion: versionOf(test) }, native);
    if (!reply.ok) return shown(reply.diagnostics);
    const { end, output } = await run(reply.program, [basename(test.file, '.go'), ...args]);
    if (end.reason !== 'exited' || end.status !== 0) return outcome({ end, output }, '');
    return await inScratchFolder((folder) => {
      const path = join(folder, 'printed.go');
      writeFileSync(path, output, latin1);
      return compileAndRun([sourceAt(path)], { test, testFolder, native }, []);
    });
  },

  async compile({ test, testFolder, native }) {
    const files = test.action.endsWith('dir') ? filesOfFolder(test, testFolder) : [sourceAt(join(testFolder, test.file))];
    const reply = await compile(files, { localImports, goVersion: versionOf(test), whole: true }, native);
    if (!reply.ok) return shown(reply.diagnostics);
    return WebAssembly.validate(reply.program.module) ? null : 'the module is not valid';
  },

  errorcheck: (job) => checkErrors(job, [sourceAt(join(job.testFolder, job.test.file))]),
  /** Exactly what Go's compiler says, all of it, in its order. */
  async types({ test, native }) {
    const lang = versionOf(test);
    const files = test.files.map((path) => sourceAt(path, 'p'));
    const reply = await compile(files, { goVersion: lang, checkOnly: true }, native);
    const wanted = await inScratchFolder((folder) => saidByGo(test.files, lang, folder));
    return difference(wanted, reply.ok ? '' : textOf(reply.diagnostics));
  },

  errorcheckdir: (job) => checkErrors(job, filesOfFolder(job.test, job.testFolder)),
};

/** Lines are counted even where nothing comes out: then all that were wanted are missing. */
async function checkErrors({ test, native }, files) {
  const wanted = files.flatMap(({ name, text }) => wantedErrors(name, new TextDecoder().decode(text)));
  try {
    const reply = await compile(files, { localImports, goVersion: versionOf(test), checkOnly: true }, native);
    const { faults, lines } = judgeErrors(wanted, reply.ok ? [] : reply.diagnostics, files.map(({ name }) => name));
    return { fault: faults[0] ?? null, lines };
  } catch (error) {
    return { fault: firstLine(error), lines: judgeErrors(wanted, []).lines };
  }
}

const firstLine = (error) => String(error).split('\n')[0];

process.on('message', async (job) => {
  let answer;
  try {
    answer = await judges[job.kind](job);
  } catch (error) {
    answer = firstLine(error);
  }
  process.send(answer === null || typeof answer === 'string' ? { fault: answer } : answer);
});
process.send('ready');
