// Notes of what the build has left in build/engine, by which the command notices files that are damaged since (built-files.ts),
// and the next build, which makes them anew.
import { existsSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { root } from './terminal.mjs';

const built = join(root, 'build/engine');
const notesOf = (folder) => join(folder, 'files.json');

/** Files that are newer than the notes were built by themselves. */
const changedAt = (file) => statSync(file).mtimeMs;

export function removeDamaged(folder = built) {
  const notes = notesOf(folder);
  if (!existsSync(notes)) return;
  let sums;
  try {
    sums = JSON.parse(readFileSync(notes, 'utf8'));
  } catch {
    return rmSync(notes);
  }
  for (const [name, sum] of Object.entries(sums)) {
    const file = join(folder, name);
    if (existsSync(file) && crc32(readFileSync(file)) !== sum && changedAt(file) <= changedAt(notes)) rmSync(file);
  }
}

export function noteBuilt(folder = built) {
  const notes = notesOf(folder);
  if (!existsSync(folder)) return;
  const names = readdirSync(folder).filter((name) => join(folder, name) !== notes && statSync(join(folder, name)).isFile());
  writeFileSync(notes, JSON.stringify(Object.fromEntries(names.map((name) => [name, crc32(readFileSync(join(folder, name)))]))));
}
