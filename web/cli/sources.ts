// The Go files that a command line names.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import type { BuildInfo, Outside } from '../host/api.ts';
import type { Diagnostic, SourceFile } from '../host/compiler.ts';
import {
  ModuleError,
  filesIn,
  home,
  modulePackages,
  patternsIn,
  testedPackages,
  seedsFolder,
  unpack,
  type FolderFile,
  type ModuleSources,
  type TestedPackage,
} from '../host/module.ts';
import { UsageError } from './arguments.ts';

/** Where a program starts, and what it finds there without being given more. */
export interface Start {
  /** An absolute path. */
  folder: string;
  /** The host's folder of that path that it sees a copy of. */
  copied?: string;
  files?: Outside['files'];
  buildInfo?: BuildInfo;
}

/** Reads files, an archive of files (.txtar), or the package in one directory with what there is in its module. Names are as Go shows them. Throws UsageError. */
export function readSources(paths: readonly string[], from = process.cwd()): ModuleSources & { start: Start } {
  const whole = paths.find((path) => path !== '' && (path.endsWith('.txtar') || isDirectory(path)));
  if (whole !== undefined && paths.length > 1) {
    throw new UsageError(`${whole} holds whole programs: give it by itself, or give files`);
  }
  if (whole === undefined) {
    const files = paths.map((path) => readGoFile(path, from));
    const data = paths.flatMap((path, i) =>
      embeddedBeside(dirname(path), [files[i]!]).map(({ name, text }) => ({ name: shownName(join(dirname(path), name), from), text })),
    );
    return { files: [...files, ...data], settings: {}, start: { folder: from } };
  }
  if (whole.endsWith('.txtar')) {
    const archive = unpack(readText(whole), 'prog.go');
    const sources = described(whole, () => modulePackages(archive));
    return { ...sources, start: { folder: home, files: filesIn(archive), ...built(sources) } };
  }
  const root = moduleAbove(whole) ?? whole;
  const { files: sources, settings, buildInfo } = described(whole, () => modulePackages(filesOf(root), insideOf(root, whole)));
  const folder = resolve(from, whole);
  const start = { folder, copied: folder, ...built({ buildInfo }) };
  return { files: sources.map((source) => ({ ...source, name: shownName(join(root, source.name), from) })), settings, start };
}

const built = ({ buildInfo }: { buildInfo?: BuildInfo | undefined }): Pick<Start, 'buildInfo'> => (buildInfo ? { buildInfo } : {});

/** `isMatched`: it was not named, but is below what was. */
export type StartedPackage = TestedPackage & { start: Start; isMatched?: boolean };

/**
 * The packages whose tests are asked for: of the folders named, `FOLDER/...` with those below; all of an archive; or the
 * one that files make. What a folder's package imports may lie elsewhere in its module. Throws UsageError.
 */
export function readTests(paths: readonly string[], from = process.cwd()): StartedPackage[] {
  if (paths.length > 0 && paths.every((path) => path.endsWith('.go'))) {
    const texts = new Map(paths.map((path) => [basename(path), path]));
    const given = [...texts].map(([name, path]) => ({ name, text: readBytes(path) }));
    const folder = [...given, ...embeddedBeside(dirname(paths[0]!), given)];
    const own = resolve(from, dirname(paths[0]!));
    const start = { folder: own, copied: own };
    const shown = (name: string): string => shownName(texts.get(basename(name)) ?? join(dirname(paths[0]!), name), from);
    return shownFrom(testedPackages(folder, () => existsSync(join(own, seedsFolder))), shown).map((tested) => ({ ...tested, start: { ...start, ...built(tested) } }));
  }
  const found = new Map<string, StartedPackage>();
  for (const path of paths.length > 0 ? paths : ['.']) {
    for (const tested of testsBelow(path, from)) if (!found.has(tested.path)) found.set(tested.path, tested);
  }
  return [...found.values()];
}

function testsBelow(path: string, from: string): StartedPackage[] {
  if (path.endsWith('.txtar')) {
    const archive = unpack(readText(path), 'prog.go');
    return described(path, () => testedPackages(archive)).map((tested) => ({
      ...tested,
      start: { folder: posix.join(home, tested.folder), files: filesIn(archive), ...built(tested) },
      isMatched: true,
    }));
  }
  const withBelow = path === '...' || path.endsWith('/...');
  const folder = (withBelow ? path.slice(0, -3).replace(/(?<=.)\/$/, '') : path) || '.';
  if (!isDirectory(folder)) throw new UsageError(`${path} is neither a directory nor a .go file`);
  const root = moduleAbove(folder) ?? folder;
  const inside = insideOf(root, folder);
  const all = described(folder, () => testedPackages(filesOf(root), (inner) => existsSync(join(root, inner, seedsFolder))));
  const isWanted = (tested: TestedPackage): boolean =>
    tested.folder === inside || (withBelow && (inside === '' || tested.folder.startsWith(`${inside}/`)));
  const wanted = all.filter(isWanted);
  if (wanted.length === 0 && !withBelow) throw new UsageError(`${path}: no Go files in the folder`);
  const copied = resolve(from, root);
  return shownFrom(wanted, (name) => shownName(join(root, name), from)).map((tested) => ({
    ...tested,
    start: { folder: join(copied, tested.folder), copied, ...built(tested) },
    isMatched: withBelow,
  }));
}

/** The path of a folder from one around it, with slashes. */
const insideOf = (root: string, folder: string): string => relative(resolve(root), resolve(folder)).split(sep).join('/');

/** The nearest folder with a go.mod, from this one upwards. */
function moduleAbove(folder: string): string | null {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, 'go.mod'))) return at;
    if (dirname(at) === at) return null;
  }
}

const shownFrom = (tested: TestedPackage[], shown: (name: string) => string): TestedPackage[] =>
  tested.map((one) => {
    const files = one.sources.files.map((source) => ({ ...source, name: shown(source.name) }));
    return { ...one, sources: { ...one.sources, files } };
  });

function described<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ModuleError ? new UsageError(`${path}: ${error.message}`) : error;
  }
}

function readGoFile(path: string, from: string): SourceFile {
  if (!path.endsWith('.go')) throw new UsageError(`${path || "''"} is not a .go file`);
  return { name: shownName(path, from), text: readBytes(path) };
}

/** The Go files that gofmt looks at, in its order: those named, and all below folders. `problems`: what could not be found. */
export function filesToFormat(paths: readonly string[]): { files: { path: string; text: Uint8Array }[]; problems: string[] } {
  const files: { path: string; text: Uint8Array }[] = [];
  const problems: string[] = [];
  const visit = (folder: string): void => {
    const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (entry.name.endsWith('.go') && !entry.name.startsWith('.')) files.push({ path, text: readBytes(path) });
    }
  };
  for (const path of paths) {
    try {
      if (isDirectory(path)) visit(path);
      else files.push({ path, text: readBytes(path) });
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      problems.push(error.message);
    }
  }
  return { files, problems };
}

/** The other Go files of the folders in which these are. */
export function siblingsOf(paths: readonly string[]): { path: string; text: Uint8Array }[] {
  const given = new Set(paths.map((path) => resolve(path)));
  const folders = new Set(paths.filter((path) => path.endsWith('.go')).map((path) => dirname(path)));
  return [...folders].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.go') && !name.startsWith('.') && !given.has(resolve(folder, name)))
      .map((name) => ({ path: join(folder, name), text: readBytes(join(folder, name)) })),
  );
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
  const folders = new Set(found.map(({ name }) => dirname(name)));
  for (const folder of folders) {
    const own = found.filter(({ name }) => name.endsWith('.go') && dirname(name) === folder);
    const inFolder = (name: string): string => (folder === '.' ? name : `${folder}/${name}`);
    for (const { name, text } of embeddedBeside(join(directory, folder), own)) found.push({ name: inFolder(name), text });
  }
  return found;
}

/** The files below a folder that `//go:embed` of these files in it may mean: all whose paths begin as a pattern does. */
function embeddedBeside(folder: string, sources: readonly { text: string | Uint8Array }[]): FolderFile[] {
  const patterns = sources.flatMap(({ text }) => patternsIn(text));
  if (patterns.length === 0) return [];
  const beginnings = patterns.map((pattern) => pattern.replace(/^["`]?(all:)?/, '').split(/[/"`]/)[0]!);
  const mayMean = (name: string): boolean =>
    beginnings.some((beginning) => /[*?[\\]/.test(beginning) || beginning === name || name.startsWith(`${beginning} `));
  const found: FolderFile[] = [];
  const visit = (name: string): void => {
    const path = join(folder, name);
    for (const entry of attempt(path, () => readdirSync(path, { withFileTypes: true }))) {
      const inner = name === '' ? entry.name : `${name}/${entry.name}`;
      const isHistory = ['.bzr', '.git', '.hg', '.svn'].includes(entry.name);
      if (isHistory || (name === '' && !mayMean(entry.name))) continue;
      // A folder with a go.mod of its own is another module.
      if (entry.isDirectory() && !existsSync(join(folder, inner, 'go.mod'))) visit(inner);
      else if (entry.isFile() && !entry.name.endsWith('.go')) found.push({ name: inner, text: readBytes(join(folder, inner)) });
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

/**
 * What is wrong with a program, with files and folders named as the go command names them: before anything is compiled, files
 * here without `./`, and folders whole. Those of an archive are no folders of the machine.
 */
export function faultsOf({ diagnostics, setup }: { diagnostics: Diagnostic[]; setup?: boolean }, paths: readonly string[]): Diagnostic[] {
  if (!setup) return diagnostics;
  const names = /^(found packages .*|(?:.*\n)*.*build constraints exclude all Go files) in (.+)$/;
  const isArchive = paths.some((path) => path.endsWith('.txtar'));
  const whole = (message: string): string => (isArchive ? message : message.replace(names, (_, what, folder) => `${what} in ${resolve(folder)}`));
  return diagnostics.map((each) => ({ ...each, file: each.file.replace(/^\.[/\\]/, ''), message: whole(each.message) }));
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
