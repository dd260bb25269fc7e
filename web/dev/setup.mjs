// Installs what is missing: npm packages everywhere, the other tools where there is apt-get. Elsewhere it says what is
// missing and where to get it. Nothing is asked of the network when nothing is missing.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stop, attempt, outputOrNull, root, run, say, scripted } from './terminal.mjs';
import { tools } from './tools.mjs';

const oldestNode = [20, 19];

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    throw new Stop(`Node.js ${oldestNode.join('.')} or later is needed; this is ${process.versions.node}.`);
  }
}

/** The lock file's digest is kept inside node_modules, so removing the folder removes it too. */
async function npmPackages() {
  const digest = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  const stamp = join(root, 'node_modules/.millrace-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  say('npm packages: installing');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  if (npm?.endsWith('.js')) await run(process.execPath, [npm, ...args], { what: 'npm ci' });
  else await run('npm', args);
  writeFileSync(stamp, digest);
}

/** `forWhat` is 'build' (serving the page) or 'test' (everything). */
async function otherTools(forWhat) {
  const wanted = tools.filter((tool) => forWhat === 'test' || tool.for === 'build');
  const missingNow = async () => {
    for (const tool of wanted) if (tool.fetch && !tool.probe()) await tool.fetch();
    return wanted.filter((tool) => !tool.probe());
  };
  const missing = await missingNow();
  if (missing.length === 0) return;
  if (outputOrNull('apt-get', ['--version']) === null) throw new Stop(missingMessage(missing));
  const packages = missing.map((tool) => tool.debian);
  say(`Debian packages: installing ${packages.join(', ')}`);
  await aptGet(['update', '-q']);
  await aptGet(['install', '-y', '-q', '--no-install-recommends', ...packages]);
  const stillMissing = await missingNow();
  if (stillMissing.length > 0) throw new Stop(missingMessage(stillMissing));
}

async function aptGet(args) {
  const asRoot = process.getuid?.() === 0;
  const environment = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
  // Without a terminal nobody can type a password: sudo must not wait for one.
  const sudo = ['sudo', ...(process.stdin.isTTY ? [] : ['-n'])];
  const [command, ...rest] = asRoot ? environment : [...sudo, ...environment];
  const status = await attempt(command, rest, { stdio: [asRoot ? 'ignore' : 'inherit', 'inherit', 'inherit'] });
  if (status !== 0) throw new Stop(`${command} ${rest.join(' ')}: failed (status ${status})`);
}

function missingMessage(missing) {
  const lines = missing.map((tool) => `  ${tool.name}: Debian package ${tool.debian}; elsewhere: ${tool.elsewhere}`);
  return `Still missing on this machine:\n${lines.join('\n')}\nInstall ${missing.length === 1 ? 'it' : 'them'} and try again.`;
}

export async function setUp(forWhat) {
  checkNode();
  await npmPackages();
  await otherTools(forWhat);
}

if (process.argv[1] === import.meta.filename) await scripted(() => setUp('test'));
