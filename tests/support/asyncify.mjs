// Binaryen's Asyncify pass in place of our own suspension: the cross-check.
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../web/dev/terminal.mjs';

/** The entry points that may park, from the table that everything else about them is made from. */
function parkingEntries() {
  const table = readFileSync(join(root, 'runtime/abi/entry-points.def'), 'utf8');
  return [...table.matchAll(/^ENTRY\((\w+),.*\bkParks\b/gm)].map(([, name]) => name);
}

const features = ['threads', 'mutable-globals', 'bulk-memory', 'sign-ext', 'nontrapping-float-to-int', 'multivalue', 'exception-handling', 'reference-types'];

/** A module that was compiled with `foreignSuspension`, made able to park. Calls of the library and through the table are taken to park. */
export async function instrumented(module) {
  const folder = await mkdtemp(join(tmpdir(), 'millrace-asyncify-'));
  try {
    const [plain, made] = ['plain.wasm', 'made.wasm'].map((name) => join(folder, name));
    await writeFile(plain, module);
    const imports = [...parkingEntries().map((name) => `rt.rt_${name}`), ...['std', 'more', 'rest', 'web'].map((image) => `${image}.*`)];
    await promisify(execFile)(join(root, 'node_modules/binaryen/bin/wasm-opt'), [
      plain,
      ...features.map((feature) => `--enable-${feature}`),
      '--asyncify',
      '--pass-arg=asyncify-import-globals',
      `--pass-arg=asyncify-imports@${imports.join(',')}`,
      '-o',
      made,
    ]);
    return new Uint8Array(await readFile(made));
  } finally {
    await rm(folder, { recursive: true });
  }
}
