// `npm run fuzz`: fuzzes the compiler from Go text to module (tests/fuzz/compile.cpp), starting from the programs of tests/go
// and from what fuzzing found before; then has node validate the module of every input that compiled.
//
//   npm run fuzz -- [--seconds N]   60 unless told; inputs that reach new code stay in build/fuzz/corpus
//   npm run fuzz -- --keep          writes the fewest small ones of them that reach all to tests/fuzz/corpus.jsonl
//
// What crashes or hangs the compiler is left in build/fuzz as crash-…, timeout-… or oom-….
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildNative } from '../../web/dev/build-native.mjs';
import { buildStd } from '../../web/dev/build-std.mjs';
import { filesBelow } from '../../web/dev/stamp.mjs';
import { Stop, attempt, root, run, scripted } from '../../web/dev/terminal.mjs';

const folder = join(root, 'build/fuzz');
const corpus = join(folder, 'corpus');
const modules = join(folder, 'modules');
/** An input a line: a JSON string, a character for each byte. */
const kept = join(root, 'tests/fuzz/corpus.jsonl');

function emptyFolder(path) {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
}

/** The test programs, to `to`. Returns the names of the files. */
function copyPrograms(to) {
  const programs = filesBelow(['tests/go'], (path) => path.endsWith('.go'));
  const nameOf = (path) => path.replaceAll('/', '_');
  for (const path of programs) copyFileSync(join(root, path), join(to, nameOf(path)));
  return new Set(programs.map(nameOf));
}

function seed() {
  mkdirSync(corpus, { recursive: true });
  copyPrograms(corpus);
  for (const line of readFileSync(kept, 'utf8').split('\n').filter(Boolean)) {
    const bytes = Buffer.from(JSON.parse(line), 'latin1');
    writeFileSync(join(corpus, createHash('sha1').update(bytes).digest('hex')), bytes); // libFuzzer's name for it
  }
}

function validate() {
  const written = readdirSync(modules);
  const invalid = written.filter((name) => !WebAssembly.validate(readFileSync(join(modules, name))));
  for (const name of invalid) console.error(`not valid: ${join(modules, name)}`);
  console.log(`${written.length} modules validated, ${invalid.length} are not valid`);
  return written.length > 0 && invalid.length === 0;
}

/** The fuzzer, and the image that what it compiles is linked to. */
async function buildFuzzer() {
  await buildStd();
  return join(await buildNative('address', ['fuzz-compile']), 'fuzz-compile');
}

const withImage = { ...process.env, MILLRACE_IMAGE: join(root, 'build/engine') };

/** Did it go well? */
export async function fuzz(seconds) {
  const program = await buildFuzzer();
  seed();
  const common = ['-timeout=10', '-rss_limit_mb=2000', '-max_len=4000', '-verbosity=0', `-artifact_prefix=${folder}/`, corpus];
  const dictionary = `-dict=${join(root, 'tests/fuzz/go.dict')}`;
  if ((await attempt(program, [dictionary, `-max_total_time=${seconds}`, '-print_final_stats=1', ...common], { env: withImage })) !== 0) return false;
  emptyFolder(modules);
  if ((await attempt(program, ['-runs=0', ...common], { env: { ...withImage, MILLRACE_MODULES: modules } })) !== 0) return false;
  return validate();
}

async function keep() {
  if (!existsSync(corpus)) throw new Stop('nothing was found yet: npm run fuzz');
  const program = await buildFuzzer();
  const merged = join(folder, 'merged');
  emptyFolder(merged);
  const programs = copyPrograms(merged);
  await run(program, ['-set_cover_merge=1', '-max_len=800', '-verbosity=0', merged, corpus], { what: 'the merge', env: withImage });
  const names = readdirSync(merged).filter((name) => !programs.has(name));
  const lines = names.map((name) => JSON.stringify(readFileSync(join(merged, name), 'latin1')));
  writeFileSync(kept, lines.map((line) => `${line}\n`).join(''));
  console.log(`${lines.length} inputs kept`);
}

function secondsOf(flags) {
  const seconds = flags.length === 0 ? 60 : flags[0] === '--seconds' && flags.length === 2 ? Number(flags[1]) : NaN;
  if (!(seconds > 0)) throw new Stop('npm run fuzz -- [--seconds N | --keep]');
  return seconds;
}

if (process.argv[1] === import.meta.filename) {
  await scripted(async () => {
    const flags = process.argv.slice(2);
    if (flags.join() === '--keep') return keep();
    return (await fuzz(secondsOf(flags))) ? 0 : 1;
  });
}
