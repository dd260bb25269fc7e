// Programs of several files: a text archive as the Go playground reads them, and the packages of a module in one folder.
import type { BuildInfo, Outside } from './api.ts';
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
    const text = open.lines.join('\n') + (last || open.lines.length === 0 ? '' : '\n');
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

/** Where programs start that are all in one text. */
export const home = '/home/gopher';

/** The files of an archive as its program finds them; a text that is no archive is none. */
export function filesIn(archive: readonly Pick<ArchivedFile, 'name' | 'text'>[]): NonNullable<Outside['files']> {
  if (archive.length === 1) return [];
  return archive.map(({ name, text }) => ({ name: `${home}/${name}`, bytes: new TextEncoder().encode(text) }));
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
  settings: Pick<Target, 'goVersion' | 'modulePath' | 'choosesFiles'>;
  buildInfo?: BuildInfo;
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
 * The packages of a folder. With a go.mod, import paths follow the sub-folders, and the program may be one of these (`own`);
 * without, the folder's own files are the program. Files that are passed over: tests, other folders' data (testdata), vendored
 * code, and names that begin with . or _. Throws ModuleError.
 */
export function modulePackages(folder: readonly FolderFile[], own = ''): ModuleSources {
  const module = moduleOf(folder);
  const pathOf = (inside: string): string => inFolder(module!.path, inside);
  const files = sourcesOf(folder, module)
    .filter(({ name }) => !isTest(name))
    .map(({ name, text }) => {
      const inside = folderOf(name);
      return { name: shownName(name), text, ...(inside === own ? {} : { package: pathOf(inside) }) };
    });
  if (!files.some((file) => file.package === undefined)) throw new ModuleError('no Go files in the folder');
  const settings = { ...settingsOf(module), ...(module && { modulePath: pathOf(own) }), choosesFiles: true };
  return { files: [...files, ...dataBeside(files, folder)], settings, ...buildInfoOf(module, own) };
}

type Module = ReturnType<typeof readDescription>;

function moduleOf(folder: readonly FolderFile[]): Module | null {
  const description = folder.find(({ name }) => name === 'go.mod');
  return description ? readDescription(textOf(description.text)) : null;
}

const settingsOf = (module: Module | null) => (module ? { goVersion: module.goVersion, modulePath: module.path, choosesFiles: true } : {});
const buildInfoOf = (module: Module | null, own: string): Pick<ModuleSources, 'buildInfo'> =>
  module ? { buildInfo: { path: inFolder(module.path, own), module: module.path } } : {};
const inFolder = (folder: string, name: string): string => [folder, name].filter(Boolean).join('/');
const folderOf = (name: string): string => name.split('/').slice(0, -1).join('/');
const isTest = (name: string): boolean => name.endsWith('_test.go');

/** Go files that are not to be passed over, tests among them. */
const sourcesOf = (folder: readonly FolderFile[], module: Module | null): FolderFile[] =>
  folder
    .filter(({ name }) => name.endsWith('.go'))
    .filter(({ name }) => name.split('/').every((part) => !/^[._]/.test(part)))
    .filter(({ name }) => !name.split('/').slice(0, -1).some((part) => part === 'testdata' || part === 'vendor'))
    .filter(({ name }) => module !== null || !name.includes('/'));

/** Of the Go file's `//go:embed` comments the words, as far as that can be told without reading Go. */
export const patternsIn = (text: string | Uint8Array): string[] =>
  [...textOf(text).matchAll(/^[ \t]*\/\/go:embed[ \t]+(.*)$/gm)].flatMap(([, words]) => words!.trim().split(/[ \t]+/));

/** What Go files may embed besides each other; nothing if they embed nothing. The compiler finds out which they want. */
function dataBeside(sources: readonly SourceFile[], folder: readonly FolderFile[]): SourceFile[] {
  if (sources.every(({ text }) => patternsIn(text).length === 0)) return [];
  return folder.filter(({ name }) => !name.endsWith('.go')).map(({ name, text }) => ({ name: shownName(name), text }));
}

// ------------------------------------------------------------------------------------------------------------- tests

/** A package whose tests can be run. */
export interface TestedPackage {
  path: string;
  /** Where it lies below the module's folder: '' is that itself. */
  folder: string;
  hasTests: boolean;
  buildInfo: BuildInfo;
  /** What the compiler is to be given. */
  sources: { files: SourceFile[]; settings: ModuleSources['settings'] & Pick<Target, 'testPackage' | 'readsSeeds'> };
}

/** What the go command calls the package of files that belong to no module. */
const filesPackage = 'command-line-arguments';

/** Where the seeds of a package's fuzz targets lie, from its folder. */
export const seedsFolder = 'testdata/fuzz';

/**
 * The packages of a folder, by path, each with its own tests and what else there is for it to import. `hasSeeds`: does the
 * folder of a package have seedsFolder, if that is not to be told from the files? Throws ModuleError.
 */
export function testedPackages(
  folder: readonly FolderFile[],
  hasSeeds = (own: string): boolean => folder.some(({ name }) => name.startsWith(inFolder(own, `${seedsFolder}/`))),
): TestedPackage[] {
  const module = moduleOf(folder);
  const pathOf = (inside: string): string => inFolder(module?.path ?? filesPackage, inside);
  const files = sourcesOf(folder, module).map(({ name, text }) => ({
    folder: folderOf(name),
    source: { name: shownName(name), text, package: pathOf(folderOf(name)) },
  }));
  const folders = [...new Set(files.map((file) => file.folder))];
  const isMain = (own: string): boolean => files.some((file) => file.folder === own && /^package[ \t]+main\b/m.test(textOf(file.source.text)));
  return folders
    .map((own) => {
      const wanted = files.filter((file) => file.folder === own || !isTest(file.source.name)).map(({ source }) => source);
      return {
        path: pathOf(own),
        folder: own,
        hasTests: files.some((file) => file.folder === own && isTest(file.source.name)),
        // As the go command calls test programs, but those of programs.
        buildInfo: { path: isMain(own) ? pathOf(own) : `${pathOf(own)}.test`, ...(module && { module: module.path }) },
        sources: {
          files: [...wanted, ...dataBeside(wanted, folder)],
          settings: { ...settingsOf(module), testPackage: pathOf(own), ...(hasSeeds(own) && { readsSeeds: true }) },
        },
      };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
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
  return { ...modulePackages(describedAs(archive)), archive };
}

function describedAs(archive: readonly ArchivedFile[]): readonly FolderFile[] {
  const hasDescription = archive.some(({ name }) => name === 'go.mod');
  return hasDescription ? archive : [...archive, { name: 'go.mod', text: 'module play\ngo 1.26\n' }];
}

const hasNoMain = /function main is undeclared in the main package$|^package \S+ is not a main package$|^no Go files in the folder$/;

/** Is nothing wrong but that there is no function main to run? */
export const lacksOnlyMain = (diagnostics: readonly { message: string }[]): boolean => diagnostics.every(({ message }) => hasNoMain.test(message));

const testFunction = /^func (?:Test|Example|Benchmark|Fuzz)(?!\p{Ll})[\p{L}\p{Nd}_]*\(/mu;

/**
 * The tests in the text of one file, which may be an archive; null if there are none. As on Go's playground, its first file
 * may hold some and is a test file then. Throws ModuleError.
 */
export function testsIn(text: string, firstName: string): { packages: TestedPackage[]; archive: ArchivedFile[] } | null {
  const testName = firstName.replace(/\.go$/, '_test.go');
  const given = unpack(text, firstName);
  const isTaken = given.some(({ name }) => name === testName);
  const archive = given.map((file) => (file.name === firstName && !isTaken && testFunction.test(file.text) ? { ...file, name: testName } : file));
  const packages = testedPackages(describedAs(archive));
  return packages.some(({ hasTests }) => hasTests) ? { packages, archive } : null;
}
