// What the development scripts say, and how they run other programs. Plain node without packages: it runs before they
// are installed.
import { spawn, spawnSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const colours = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) => (colours ? `\x1b[${code}m${text}\x1b[0m` : text);
export const bold = (text) => paint(1, text);
export const red = (text) => paint(31, text);
export const green = (text) => paint(32, text);
export const dim = (text) => paint(2, text);

/** A heading for what begins now. */
export const say = (text) => console.log(`${bold('▸')} ${text}`);

/** An error whose message is all that the reader needs: the scripts print it without a stack and exit with 1. */
export class Stop extends Error {}

/** Runs `main`, turning a Stop into its message. */
export async function scripted(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Stop ? red(error.message) : error);
    process.exitCode = 1;
  }
}

/** Runs a program with our output; a status other than 0 is a Stop. */
export async function run(command, args, options = {}) {
  const status = await attempt(command, args, options);
  if (status !== 0) throw new Stop(`${options.what ?? [command, ...args].join(' ')}: failed (status ${status})`);
}

/** Runs a program with our output; its status, or 127 when there is no such program. */
export function attempt(command, args, options = {}) {
  return new Promise((settle) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.on('error', () => settle(127));
    child.on('exit', (status, signal) => settle(signal ? 128 : status));
  });
}

/** What a program prints, or null when it is absent or fails. */
export function outputOrNull(command, args, options = {}) {
  const { status, stdout } = spawnSync(command, args, { cwd: root, encoding: 'utf8', ...options });
  return status === 0 ? stdout : null;
}

/** "3.2 s" */
export const seconds = (sinceMs) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
