// Runs a build step only when what it reads has changed: the contents of its input files and whatever else its result
// depends on (tool versions, flags) are hashed and compared with the hash kept from the last success.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './terminal.mjs';

/** All files at or below `paths` (relative to the project) whose name `wanted` accepts, sorted. */
export function filesBelow(paths, wanted = () => true) {
  const found = [];
  const visit = (path) => {
    const full = join(root, path);
    if (!existsSync(full)) return;
    if (statSync(full).isDirectory()) for (const name of readdirSync(full)) visit(join(path, name));
    else if (wanted(path)) found.push(path);
  };
  paths.forEach(visit);
  return found.sort();
}

function digestOf(files, extra) {
  const hash = createHash('sha256').update(JSON.stringify(extra));
  for (const file of files) hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

/** Calls `work` unless the step `name` has succeeded with the same inputs and all `outputs` are there. True if it ran. */
export async function whenChanged({ name, inputs, extra = null, outputs }, work) {
  const stamp = join(root, 'build/stamps', name);
  const digest = digestOf(inputs, extra);
  const upToDate =
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === digest &&
    outputs.every((output) => existsSync(join(root, output)));
  if (upToDate) return false;
  rmSync(stamp, { force: true });
  await work();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
  return true;
}
