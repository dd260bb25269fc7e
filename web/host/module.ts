// Programs of several files: a text archive as the Go playground reads them, and the packages of a module in one folder.
import type { Diagnostic, SourceFile, Target } from './compiler.ts';

// ---------------------------------------------------------------------------------------------------------- archives

/** A file of an archive; line 1 of its text is line `firstLine` of the archive. */
export interface ArchivedFile {
  name: string;
  text: string;
  firstLine: number;
}

const marker = /^-- (\S(?:.*\S)?) --\s*$/;

/** The files in a text: `-- NAME --` on a line begins one. What stands before the first is `firstName`, if it says anything. */
export function unpack(archive: string, firstName: string): ArchivedFile[] {
  const files: ArchivedFile[] = [];
  let open: { name: string; lines: string[]; firstLine: number } = { name: firstName, lines: [], firstLine: 1 };
  const close = (last: boolean): void => {
    const isHead = files.length === 0 && open.firstLine === 1;
    const text = open.lines.join('\n') + (last ? '' : '\n');
    if (!isHead || last || text.trim() !== '') files.push({ name: open.name, text, firstLine: open.firstLine });
  };
  const lines = archive.split('\n');
  lines.forEach((line, i) => {
    const name = marker.exec(line)?.[1];
    if (name === undefined) return void open.lines.push(line);
    close(false);
    open = { name, lines: [], firstLine: i + 2 };
  });
  close(true);
  return files;
}

/** A diagnostic of an unpacked file with the lines of the archive. */
export function inArchive(diagnostic: Diagnostic, files: readonly ArchivedFile[]): Diagnostic {
  const file = files.find(({ name }) => shownName(name) === diagnostic.file);
  if (!file || diagnostic.line === 0) return diagnostic;
  const shift = file.firstLine - 1;
  const { line, endLine } = diagnostic;
  return { ...diagnostic, line: line + shift, endLine: endLine === 0 ? 0 : endLine + shift };
}

// ----------------------------------------------------------------------------------------------------------- modules

/** What a compiler is to be given. */
export interface ModuleSources {
  files: SourceFile[];
  settings: Pick<Target, 'goVersion' | 'modulePath'>;
}

/** A file of a folder: its path from there, with slashes. */
export interface FolderFile {
  name: string;
  text: string | Uint8Array;
}

/** A folder that the go command would not build. */
export class ModuleError extends Error {
  override name = 'ModuleError';
}

/** What the go command takes a module without a go line for. */
const oldestVersion = 'go1.16';

/**
 * The packages of a folder. With a go.mod, import paths follow the sub-folders; without, the folder's own files are the
 * program. Files that are passed over: tests, other folders' data (testdata), vendored code, and names that begin with . or _.
 * Throws ModuleError.
 */
export function modulePackages(folder: readonly FolderFile[]): ModuleSources {
  const description = folder.find(({ name }) => name === 'go.mod');
  const module = description ? readDescription(textOf(description.text)) : null;
  const files = folder
    .filter(({ name }) => name.endsWith('.go') && !name.endsWith('_test.go'))
    .filter(({ name }) => name.split('/').every((part) => !/^[._]/.test(part)))
    .filter(({ name }) => !name.split('/').slice(0, -1).some((part) => part === 'testdata' || part === 'vendor'))
    .filter(({ name }) => module !== null || !name.includes('/'))
    .map(({ name, text }) => {
      const inside = name.split('/').slice(0, -1).join('/');
      return { name: shownName(name), text, ...(inside === '' ? {} : { package: `${module!.path}/${inside}` }) };
    });
  if (!files.some((file) => file.package === undefined)) throw new ModuleError('no Go files in the folder');
  return { files, settings: module ? { goVersion: module.goVersion, modulePath: module.path } : {} };
}

const textOf = (text: string | Uint8Array): string => (typeof text === 'string' ? text : new TextDecoder().decode(text));

/** As the go command shows it: files of the folder itself with ./ in front. */
export const shownName = (name: string): string => (name.includes('/') ? name : `./${name}`);

function readDescription(text: string): { path: string; goVersion: string } {
  let path: string | null = null;
  let goVersion = oldestVersion;
  text.split('\n').forEach((line, i) => {
    const [verb, value] = line.replace(/\/\/.*$/, '').trim().split(/\s+/);
    if (verb === 'module' && value) path = value.replace(/^["`](.*)["`]$/, '$1');
    if (verb !== 'go') return;
    const version = /^(1\.\d+)(?:\.\d+|rc\d+)?$/.exec(value ?? '');
    if (!version) throw new ModuleError(`go.mod:${i + 1}: invalid go version '${value ?? ''}': must match format 1.23`);
    goVersion = `go${version[1]}`;
  });
  if (path === null) throw new ModuleError('go.mod: no module line');
  return { path, goVersion };
}

/** The program in the text of one file, which may be an archive; without a go.mod its folders belong to module "play". */
export function programIn(text: string, firstName: string): ModuleSources & { archive: ArchivedFile[] } {
  const archive = unpack(text, firstName);
  if (archive.length === 1 && archive[0]!.name === firstName) {
    return { files: [{ name: shownName(firstName), text }], settings: {}, archive };
  }
  const hasDescription = archive.some(({ name }) => name === 'go.mod');
  const described = hasDescription ? archive : [...archive, { name: 'go.mod', text: 'module play\ngo 1.26\n', firstLine: 0 }];
  return { ...modulePackages(described), archive };
}
