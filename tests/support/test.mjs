// `npm test`: installs what is missing, builds, and runs all tests, quick ones first.
//
//   npm test                   everything
//   npm test -- STEP...        some steps (and what they need); `npm test -- list` names them
//
// A step that fails does not keep the others from running, except those that need what it builds.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildNative } from '../../web/dev/build-native.mjs';
import { build } from '../../web/dev/build.mjs';
import { setUp } from '../../web/dev/setup.mjs';
import { filesBelow } from '../../web/dev/stamp.mjs';
import { Stop, attempt, bold, dim, green, outputOrNull, red, root, scripted, seconds } from '../../web/dev/terminal.mjs';
import { goRelease, referenceOrNull } from '../../web/dev/tools.mjs';
import { runNodeTests } from './node-tests.mjs';
import { stressShortly } from './stress.mjs';
import { checkStructure } from './structure.mjs';

/**
 * name, what it is, steps it needs, and what it does: nothing for one thing that worked, or { passed, failed, failures? }, the
 * last what is said of each once more at the end, where a log that was cut short still has it.
 */
const steps = [
  { name: 'structure', what: 'rooms, names and lengths', run: structure },
  { name: 'lint', what: 'oxlint', run: lint },
  { name: 'js', what: 'TypeScript', run: () => build(['js']) },
  { name: 'web', what: 'unit tests of the TypeScript', needs: ['js'], run: () => nodeTests(['build/js/tests/web'], 2) },
  { name: 'support', what: 'the scripts and the judges', run: () => nodeTests(['tests/support']) },
  { name: 'engine', what: 'the engine', run: () => build(['engine']) },
  { name: 'compiler', what: 'the compiler', run: () => build(['compiler']) },
  { name: 'image', what: "the std image: Go's library", run: () => build(['std']) },
  { name: 'page-build', what: 'the page', needs: ['engine', 'compiler', 'image', 'js'], run: () => build(['page']) },
  { name: 'sizes', what: 'what every page loads, beside its ceilings', needs: ['engine', 'compiler', 'image'], run: sizes },
  { name: 'native', what: 'unit tests of the C++', run: () => unitTests('') },
  { name: 'wasm-units', what: "unit tests of the compiler's C++ as wasm", needs: ['compiler'], run: wasmUnits },
  { name: 'go', what: 'Go programs on node', needs: ['engine', 'compiler', 'image', 'js'], run: goPrograms },
  { name: 'skeletons', what: 'skeletons of the library beside its sources', needs: ['native'], run: skeletons },
  { name: 'cli', what: 'engine and command on node', needs: ['engine', 'compiler', 'image', 'js'], run: () => nodeTests(['tests/cli']) },
  { name: 'soak', what: 'everything at once, for a short while', needs: ['engine', 'compiler', 'image', 'js'], run: soakShortly },
  { name: 'stress', what: 'Go programs while what is rare happens all the time', needs: ['engine', 'compiler', 'image', 'js'], run: stressShortly },
  { name: 'page', what: 'the page in Chromium', needs: ['page-build'], run: () => nodeTests(['tests/page']) },
  { name: 'explore', what: "interleavings of the runtime's own code", run: exploreInterleavings },
  { name: 'tsan', what: 'unit tests of the runtime under ThreadSanitizer', run: () => unitTests('thread', ['unit-runtime', 'unit-cpp']) },
  { name: 'asan', what: 'unit tests under AddressSanitizer and UBSan', run: () => unitTests('address') },
  { name: 'fuzz', what: 'the compiler fuzzed for a minute', run: fuzzCompiler },
];

async function structure() {
  const { checked, faults } = checkStructure();
  for (const fault of faults) console.error(fault);
  console.log(`${checked} files and names looked at`);
  return { passed: faults.length === 0 ? 1 : 0, failed: faults.length };
}

async function lint() {
  const oxlint = join(root, 'node_modules/.bin/oxlint');
  return verdict((await attempt(oxlint, ['--deny-warnings', 'web', 'tests', 'runtime'])) === 0);
}

async function sizes() {
  const { coreSizes } = await import('../bench/startup.mjs');
  return coreSizes();
}

function nodeTests(folders, concurrency = 1) {
  const files = filesBelow(folders, (path) => /\.test\.m?js$/.test(path)).map((path) => join(root, path));
  if (files.length === 0) throw new Stop(`no tests in ${folders.join(', ')}`);
  return runNodeTests(files, { concurrency });
}

/** ctest's tests, one per room, those of `rooms` or all. Sanitizers' reports are failures (no recovery). */
async function unitTests(sanitizer, rooms = []) {
  const folder = await buildNative(sanitizer, rooms);
  const which = rooms.length > 0 ? ['-R', `^(${rooms.join('|')})$`] : [];
  const listed = outputOrNull('ctest', ['--test-dir', folder, '-N', ...which]) ?? '';
  const total = Number(/Total Tests: (\d+)/.exec(listed)?.[1] ?? 0);
  if (total === 0) throw new Stop('ctest knows no tests');
  const env = { ...process.env, UBSAN_OPTIONS: 'print_stacktrace=1', TSAN_OPTIONS: 'second_deadlock_stack=1' };
  const args = ['--test-dir', folder, '--output-on-failure', '--timeout', '600', '-j2', ...which];
  const status = await attempt('ctest', args, { env });
  if (status === 0) return { passed: total, failed: 0 };
  const logs = filesBelow([`${folder.slice(root.length + 1)}/Testing/Temporary/LastTestsFailed.log`]);
  const failures = logs.length > 0 ? linesOf(join(root, logs[0])) : ['ctest'];
  return { passed: total - failures.length, failed: failures.length, failures };
}

/** The rooms' tests once more, as Emscripten compiles them, on node. */
async function wasmUnits() {
  // Emscripten 3.1.6: its optimizer of JavaScript looks for acorn here, and its scripts would fetch() a file's path.
  const env = { ...process.env, NODE_PATH: join(root, 'node_modules') };
  if ((await attempt('ninja', ['-C', join(root, 'build/compiler'), '-j2', 'units'], { env })) !== 0) throw new Stop('The unit tests do not build.');
  const scripts = filesBelow(['build/compiler/tests/unit'], (path) => /\/unit-\w+\.js$/.test(path));
  if (scripts.length === 0) throw new Stop('there are no unit tests');
  const failures = [];
  for (const script of scripts) {
    if ((await attempt(process.execPath, ['--no-experimental-fetch', join(root, script)])) !== 0) failures.push(script);
  }
  return { passed: scripts.length - failures.length, failed: failures.length, failures };
}

const linesOf = (path) => readFileSync(path, 'utf8').split('\n').filter(Boolean);

async function goPrograms() {
  const { runGoPrograms } = await import('./go-programs.mjs');
  return runGoPrograms();
}

async function fuzzCompiler() {
  const { fuzz } = await import('./fuzz.mjs');
  return verdict(await fuzz(60));
}

async function exploreInterleavings() {
  const { explore } = await import('../explore/explore.mjs');
  return explore();
}

async function soakShortly() {
  const { soak } = await import('../soak/soak.mjs');
  return soak(0.5);
}

async function skeletons() {
  if (!referenceOrNull()) {
    console.log(`not run: the reference, the \`go\` command of Go ${goRelease}, is not on this machine`);
    return { passed: 0, failed: 0 };
  }
  return verdict((await attempt(process.execPath, ['tests/support/skeletons.mjs'])) === 0);
}

const verdict = (well) => (well ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });

// ------------------------------------------------------------------------------------------------------------- running

function chosenSteps(names) {
  const unknown = names.find((name) => !steps.some((step) => step.name === name));
  if (unknown) throw new Stop(`no step '${unknown}'; there are: ${steps.map(({ name }) => name).join(', ')}`);
  if (names.length === 0) return steps;
  const wanted = new Set();
  const want = (name) => {
    wanted.add(name);
    for (const needed of steps.find((step) => step.name === name).needs ?? []) want(needed);
  };
  names.forEach(want);
  return steps.filter(({ name }) => wanted.has(name));
}

/** As much of a failure's text as a summary bears. */
function shortened(text) {
  const shownLines = 12;
  const lines = text.split('\n');
  return lines.length > shownLines ? [...lines.slice(0, shownLines), '    …'].join('\n') : text;
}

async function runStep(step, failedSteps) {
  const broken = (step.needs ?? []).filter((name) => failedSteps.has(name));
  if (broken.length > 0) {
    console.error(red(`not run: needs ${broken.join(', ')}`));
    return { passed: 0, failed: 1 };
  }
  try {
    return (await step.run()) ?? { passed: 1, failed: 0 };
  } catch (error) {
    console.error(error instanceof Stop ? red(error.message) : error);
    return { passed: 0, failed: 1 };
  }
}

await scripted(async () => {
  const names = process.argv.slice(2);
  if (names[0] === 'list') {
    for (const { name, what } of steps) console.log(`${name.padEnd(12)}${what}`);
    return 0;
  }
  const chosen = chosenSteps(names);
  await setUp('test');
  const results = [];
  const failedSteps = new Set();
  for (const step of chosen) {
    console.log(`\n${bold(`── ${step.name}: ${step.what}`)}`);
    const start = performance.now();
    const result = await runStep(step, failedSteps);
    if (result.failed > 0) failedSteps.add(step.name);
    results.push({ name: step.name, ...result, took: seconds(start) });
  }
  console.log(`\n${bold('── summary')}`);
  for (const { name, passed, failed, took } of results) {
    const mark = failed > 0 ? red('✗') : green('✓');
    console.log(`${mark} ${name.padEnd(12)}${String(passed).padStart(6)} passed${failed > 0 ? red(`, ${failed} failed`) : ''}  ${dim(took)}`);
  }
  for (const { name, failures = [] } of results) {
    for (const failure of failures) console.log(`\n${red(`✗ ${name}:`)} ${shortened(failure)}`);
  }
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  return sum('failed') > 0 ? 1 : 0;
});
