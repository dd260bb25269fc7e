// What the page checks its downloads by: the SHA-256 of each file of build/engine, in hexadecimal.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Serves `virtual:digests`. */
export function digestsPlugin(folder) {
  const id = 'virtual:digests';
  const digestOf = (name) => createHash('sha256').update(readFileSync(join(folder, name))).digest('hex');
  const load = () => {
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile()) : [];
    return `export const digests = ${JSON.stringify(Object.fromEntries(names.map((name) => [name, digestOf(name)])))};`;
  };
  return {
    name: 'millrace-digests',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (loaded) => (loaded === `\0${id}` ? load() : null),
  };
}
