// The Go files that a command line names.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { SourceFile } from '../host/compiler.ts';
import { ModuleError, modulePackages, unpack, type FolderFile, type ModuleSources } from '../host/module.ts';
import { UsageError } from './arguments.ts';

/** Reads files, an archive of files (.txtar), or the module or package in one directory. Names are as Go shows them. Throws UsageError. */
export function readSources(paths: readonly string[], from = process.cwd()): ModuleSources {
  const whole = paths.find((path) => path !== '' && (path.endsWith('.txtar') || isDirectory(path)));
  if (whole !== undefined && paths.length > 1) {
    throw new UsageError(`${whole} holds whole programs: give it by itself, or give files`);
  }
  if (whole === undefined) return { files: paths.map((path) => readGoFile(path, from)), settings: {} };
  const files = whole.endsWith('.txtar') ? unpack(readText(whole), 'prog.go') : filesOf(whole);
  try {
    const { files: sources, settings } = modulePackages(files);
    const shown = (name: string): string => (whole.endsWith('.txtar') ? name : shownName(join(whole, name), from));
    return { files: sources.map((source) => ({ ...source, name: shown(source.name) })), settings };
  } catch (error) {
    throw error instanceof ModuleError ? new UsageError(`${whole}: ${error.message}`) : error;
  }
}

function readGoFile(path: string, from: string): SourceFile {
  if (!path.endsWith('.go')) throw new UsageError(`${path || "''"} is not a .go file`);
  return { name: shownName(path, from), text: readBytes(path) };
}

const readBytes = (path: string): Uint8Array => attempt(path, () => new Uint8Array(readFileSync(path)));
const readText = (path: string): string => new TextDecoder().decode(readBytes(path));
const isDirectory = (path: string): boolean => attempt(path, () => statSync(path).isDirectory());

/** What a module is made of: its go.mod, and with that the Go files of all folders below. */
function filesOf(directory: string): FolderFile[] {
  const hasModule = existsSync(join(directory, 'go.mod'));
  const found: FolderFile[] = [];
  const visit = (folder: string): void => {
    const entries = attempt(join(directory, folder), () => readdirSync(join(directory, folder), { withFileTypes: true }));
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const isOther = /^[._]/.test(entry.name) || ['testdata', 'vendor', 'node_modules'].includes(entry.name);
      if (entry.isDirectory()) {
        // A folder with a go.mod of its own is another module.
        if (hasModule && !isOther && !existsSync(join(directory, name, 'go.mod'))) visit(name);
      } else if (name === 'go.mod' || name.endsWith('.go')) {
        found.push({ name, text: readBytes(join(directory, name)) });
      }
    }
  };
  visit('');
  return found;
}

/** As the go command shows it: the path from the current folder, `./` before a file in that, unless the absolute path is shorter. */
export function shownName(path: string, from: string): string {
  const here = relative(from, isAbsolute(path) ? path : join(from, path));
  if (isAbsolute(path) && path.length < here.length) return path;
  return here.includes(sep) ? here : `.${sep}${here}`;
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
