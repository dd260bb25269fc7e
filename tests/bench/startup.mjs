// What a reader waits for: the download, and from pressing Run to the first output.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { engineOutputs } from '../../web/dev/build.mjs';
import { compilerOutput } from '../../web/dev/build-compiler.mjs';
import { coreOutputs, stdOutputs } from '../../web/dev/build-std.mjs';
import { filesBelow } from '../../web/dev/stamp.mjs';
import { bold, root } from '../../web/dev/terminal.mjs';
import { median, ms, row, verdict } from './table.mjs';

const downloadCeiling = 1_000_000;
const libraryCeiling = 1_200_000;
const libraryReadyCeilingMs = 150;
const program = 'tests/bench/hundred-lines.go';

/** From Run to the first output in the warm page, at most. */
const programs = [
  { what: 'hello world', file: 'tests/bench/hello.go', ceilingMs: 150 },
  { what: 'a hundred lines', file: program, ceilingMs: 200 },
];

const sizeOf = (file) => {
  const bytes = readFileSync(join(root, file));
  const compressed = brotliCompressSync(bytes).length;
  row(file.replace(/^build\//, ''), compressed, bytes.length);
  return compressed;
};

/** A page loads what is for threads or for one worker. */
const sumOf = (files) =>
  files.map((file) => ({ size: sizeOf(file), counts: !file.includes('single') })).reduce((total, { size, counts }) => total + (counts ? size : 0), 0);

/** What every page loads. How many of the ceilings hold and how many do not. */
export function coreSizes() {
  console.log(`\n${bold('Download')}, bytes`);
  row('', 'Brotli', 'plain');
  const within = [
    { what: 'engine and compiler', files: [...engineOutputs, compilerOutput], ceiling: downloadCeiling },
    { what: 'library that every page loads', files: coreOutputs, ceiling: libraryCeiling },
  ].map(({ what, files, ceiling }) => {
    const total = sumOf(files);
    row(what, total, '', verdict(total <= ceiling, `at most ${ceiling}`));
    return total <= ceiling;
  });
  const passed = within.filter(Boolean).length;
  return { passed, failed: within.length - passed };
}

export function downloadSizes() {
  coreSizes();
  row('library loaded by need', sumOf(stdOutputs.filter((file) => !coreOutputs.includes(file))));
  for (const file of filesBelow(['build/site'], (path) => /\.(js|css|html)$/.test(path))) sizeOf(file);
}

export async function pageStart() {
  const { launchBrowser, serveSite } = await import('../page/browser.mjs');
  const { PageDriver } = await import('../page/page-driver.mjs');
  const site = await serveSite(join(root, 'build/site'));
  const browser = await launchBrowser();
  try {
    const driver = await PageDriver.open(browser, site.url);
    const instantiated = [];
    for (const one of programs) instantiated.push(await firstOutput(driver, one));
    await libraryReady(driver, median(instantiated));
  } finally {
    await browser.close();
    await site.close();
  }
}

/**
 * The page is warm: it has run the program a few times, and been idle as long as a reader takes to read. Returns how long
 * the slower worker took to instantiate all modules.
 */
async function firstOutput(driver, { what, file, ceilingMs }) {
  const source = readFileSync(join(root, file), 'utf8');
  await driver.setProgram(source);
  const all = [];
  for (let i = 0; i < 25; i++) {
    all.push((await driver.runToEnd()).times);
    await driver.page.waitForTimeout(400);
  }
  const [first, warm] = [all[0], all.slice(5)];
  const middle = (part) => median(warm.map(part));
  const total = middle((times) => times.firstOutput);
  const longest = middle((times) => Math.max(...times.instantiate.filter((value) => value !== undefined && value !== null)));
  console.log(`\n${bold('Run to first output')} in the page, ${what}, ${source.split('\n').length - 1} lines, warm, medians of ${warm.length}`);
  row('compile', ms(middle((times) => times.compile)));
  row('start workers and program', ms(middle((times) => times.start)));
  row('  of it instantiate, each worker', ms(longest));
  row('first output after that', ms(middle((times) => times.firstOutput - times.compile - times.start)));
  row('altogether', ms(total), verdict(total < ceilingMs, `under ${ceilingMs} ms`));
  row('the first of these Runs', ms(first.firstOutput));
  return longest;
}

/** The files of the library that every page loads, as its second visit gets them: they are in the browser's cache. */
async function libraryReady(driver, instantiateMs) {
  const rounds = [];
  for (let i = 0; i < 9; i++) {
    await driver.goto(driver.page.url());
    rounds.push(await driver.page.evaluate(async () => {
      const urlOf = (suffix) => performance.getEntriesByType('resource').map(({ name }) => name).find((name) => new RegExp(`/std-[^/]*\\.${suffix}$`).test(name));
      const bytes = async (suffix) => void (await (await fetch(urlOf(suffix))).arrayBuffer());
      while (!['wasm', 'data', 'index', 'skeletons'].every(urlOf)) await new Promise((settle) => setTimeout(settle, 20));
      const began = performance.now();
      await Promise.all([WebAssembly.compileStreaming(fetch(urlOf('wasm'))), bytes('data'), bytes('index'), bytes('skeletons')]);
      return performance.now() - began;
    }));
  }
  const loadMs = median(rounds);
  console.log(`\n${bold('Library ready')} in the page, from a warm cache, medians of ${rounds.length}`);
  row('fetch and compile', ms(loadMs));
  row('instantiate, the slower of the workers', ms(instantiateMs));
  row('altogether', ms(loadMs + instantiateMs), verdict(loadMs + instantiateMs < libraryReadyCeilingMs, `under ${libraryReadyCeilingMs} ms`));
}

export async function commandStart() {
  const times = [];
  for (let i = 0; i < 7; i++) times.push(await untilFirstOutput(['web/cli/bin.mjs', 'run', program]));
  const node = [];
  for (let i = 0; i < 7; i++) node.push(await untilFirstOutput(['-e', 'console.log(1)']));
  console.log(`\n${bold('Shell to first output')}, the same program, medians of ${times.length}`);
  row('millrace run', ms(median(times)));
  row('  of it node itself', ms(median(node)));
}

function untilFirstOutput(args) {
  return new Promise((settle, fail) => {
    const began = performance.now();
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let first;
    child.stdout.on('data', () => (first ??= performance.now() - began));
    child.on('close', (status) => (first === undefined || status !== 0 ? fail(new Error(`${args.join(' ')}: status ${status}`)) : settle(first)));
  });
}
