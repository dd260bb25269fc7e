// The files of build/engine, as the build left them or not at all: it notes their checksums in files.json.
import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';

const folder = new URL('../../../engine/', import.meta.url);
const notes = 'files.json';

/** Where the build puts it. */
export const builtFile = (name: string): URL => new URL(name, folder);

let sums: Record<string, number> | null = null;

/** Without notes nothing is noticed here. */
function sumOf(name: string): number | undefined {
  try {
    sums ??= JSON.parse(readFileSync(builtFile(notes), 'utf8')) as Record<string, number>;
  } catch {
    sums = {};
  }
  return sums[name];
}

/** Changed since the notes were made; but what is newer than those was built by itself. */
function isDamaged(name: string, bytes: Uint8Array): boolean {
  const sum = sumOf(name);
  const changedAt = (file: string): number => statSync(builtFile(file)).mtimeMs;
  return sum !== undefined && crc32(bytes) !== sum && changedAt(name) <= changedAt(notes);
}

export const damaged = (name: string, cause?: unknown): Error => new Error(`${name} is damaged; \`npm run build\` makes it anew`, { cause });
const missing = (name: string, cause: unknown): Error => new Error(`${name} is missing; \`npm run build\` makes it`, { cause });

function checked(name: string, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  if (isDamaged(name, bytes)) throw damaged(name);
  return new Uint8Array(bytes);
}

export async function bytesOf(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readFile(builtFile(name)).catch((cause: unknown) => {
    throw missing(name, cause);
  });
  return checked(name, bytes);
}

export function bytesNow(name: string): Uint8Array<ArrayBuffer> {
  let bytes;
  try {
    bytes = readFileSync(builtFile(name));
  } catch (cause) {
    throw missing(name, cause);
  }
  return checked(name, bytes);
}

/** What `use` makes of a file; if it throws, the file is damaged. */
export function made<T>(name: string, use: () => T): T {
  try {
    return use();
  } catch (cause) {
    throw damaged(name, cause);
  }
}
