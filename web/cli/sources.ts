// The Go files that a command line names.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { SourceFile } from '../host/compiler.ts';
import { UsageError } from './arguments.ts';

/** Reads files, or all Go files of one directory that are not tests. Names are as Go shows them. Throws UsageError. */
export function readSources(paths: readonly string[], from = process.cwd()): SourceFile[] {
  const directories = paths.filter((path) => path !== '' && isDirectory(path));
  if (directories.length > 0 && paths.length > 1) {
    throw new UsageError(`${directories[0]} is a directory: give files, or one directory by itself`);
  }
  const files = directories.length > 0 ? filesOf(directories[0]!) : paths;
  return files.map((path) => {
    if (!path.endsWith('.go')) throw new UsageError(`${path || "''"} is not a .go file`);
    return { name: shownName(path, from), text: attempt(path, () => new Uint8Array(readFileSync(path))) };
  });
}

const isDirectory = (path: string): boolean => attempt(path, () => statSync(path).isDirectory());

function filesOf(directory: string): string[] {
  const names = attempt(directory, () => readdirSync(directory));
  // Go passes over these too.
  const files = names.filter((name) => name.endsWith('.go') && !name.endsWith('_test.go') && !/^[._]/.test(name));
  if (files.length === 0) throw new UsageError(`${directory} holds no Go files`);
  return files.sort().map((name) => join(directory, name));
}

/** The path from the current folder, `./` in front, unless the absolute path is shorter. */
export function shownName(path: string, from: string): string {
  const here = relative(from, isAbsolute(path) ? path : join(from, path));
  if (isAbsolute(path) && path.length < here.length) return path;
  return here.startsWith(`..${sep}`) ? here : `.${sep}${here}`;
}

function attempt<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = reasons[code ?? ''] ?? message;
    throw new UsageError(`${path}: ${why}`);
  }
}

const reasons: Record<string, string> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EISDIR: 'is a directory',
  ENOTDIR: 'no such file or directory',
  ELOOP: 'too many links',
};
