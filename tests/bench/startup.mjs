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
const firstOutputCeilingMs = 200;
const program = 'tests/bench/hundred-lines.go';

export function downloadSizes() {
  console.log(`\n${bold('Download')}, bytes`);
  row('', 'Brotli', 'plain');
  const show = (file) => {
    const bytes = readFileSync(join(root, file));
    const compressed = brotliCompressSync(bytes).length;
    row(file.replace(/^build\//, ''), compressed, bytes.length);
    return compressed;
  };
  // A page loads what is for threads or for one worker.
  const sum = (files) => {
    const sizes = files.map((file) => ({ size: show(file), counts: !file.includes('single') }));
    return sizes.reduce((total, { size, counts }) => total + (counts ? size : 0), 0);
  };
  const total = sum([...engineOutputs, compilerOutput]);
  row('engine and compiler', total, '', verdict(total <= downloadCeiling, `at most ${downloadCeiling}`));
  const library = sum(coreOutputs);
  row('library that every page loads', library, '', verdict(library <= libraryCeiling, `at most ${libraryCeiling}`));
  row('library loaded by need', sum(stdOutputs.filter((file) => !coreOutputs.includes(file))));
  for (const file of filesBelow(['build/site'], (path) => /\.(js|css|html)$/.test(path))) show(file);
}

/** The page is warm: it has run the program a few times, and been idle as long as a reader takes to read. */
export async function pageStart() {
  const { launchBrowser, serveSite } = await import('../page/browser.mjs');
  const { PageDriver } = await import('../page/page-driver.mjs');
  const source = readFileSync(join(root, program), 'utf8');
  const site = await serveSite(join(root, 'build/site'));
  const browser = await launchBrowser();
  try {
    const driver = await PageDriver.open(browser, site.url);
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
    console.log(`\n${bold('Run to first output')} in the page, ${source.split('\n').length - 1} lines, warm, medians of ${warm.length}`);
    row('compile', ms(middle((times) => times.compile)));
    row('start workers and program', ms(middle((times) => times.start)));
    row('  of it instantiate, each worker', ms(longest));
    row('first output after that', ms(middle((times) => times.firstOutput - times.compile - times.start)));
    row('altogether', ms(total), verdict(total < firstOutputCeilingMs, `under ${firstOutputCeilingMs} ms`));
    row('the very first Run', ms(first.firstOutput));
  } finally {
    await browser.close();
    await site.close();
  }
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
