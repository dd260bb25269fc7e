// What the command line asks for.
import { parseArgs } from 'node:util';
import { usualFlags } from '../host/package-tests.ts';

/** The command was asked for something it cannot do: one line for standard error, exit status 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** How a program is to be run. */
export interface Place {
  /** GOMAXPROCS at the start; null: as the environment has it, or the machine's cores. */
  procs: number | null;
  single: boolean;
  memoryMiB: number;
  dirs: readonly MountRequest[];
  /** NAME=VALUE, besides the command's own environment. */
  env: readonly string[];
}

/** A folder that the program is to see. */
export interface MountRequest {
  host: string;
  /** From where the program starts, if it is not absolute. */
  guest: string;
  readOnly: boolean;
}

export interface RunRequest extends Place {
  command: 'run';
  /** Files, or one directory. */
  paths: string[];
  /** What follows `--`: os.Args[1:]. */
  programArgs: string[];
  findsLeaks: boolean;
  time: boolean;
}

export interface TestRequest extends Place {
  command: 'test';
  /** Test files and what they belong to, or directories; none: the current one. */
  paths: string[];
  /** What the test program is given: -test.run and the like, and what it defines itself. */
  programArgs: string[];
  /** Tests tell all that they do (-v, -list). */
  showsAll: boolean;
  /** Output is shown as it comes (-bench, -fuzz). */
  streams: boolean;
  failFast: boolean;
  /** Tells events, and no text. */
  json: boolean;
  time: boolean;
}

export interface FormatRequest extends Place {
  command: 'fmt';
  /** Files and directories; none: standard input. */
  paths: string[];
  /** The names of files that are not formatted are printed, and not what they ought to be. */
  lists: boolean;
  writes: boolean;
  /** It is shown how files differ from what they ought to be. */
  diffs: boolean;
  /** Imports are added that are missing and removed that are not used, as goimports does. */
  imports: boolean;
}

export type Request = RunRequest | TestRequest | FormatRequest | { command: 'help' } | { command: 'version' };

const defaultMemoryMiB = 1024;

export const help = `Millrace compiles Go and runs it on worker threads, goroutines in parallel.

  millrace run [options] FILE.go... [-- ARGS]
  millrace run [options] DIRECTORY [-- ARGS]        a package; what it imports may lie elsewhere in its module
  millrace run [options] ARCHIVE.txtar [-- ARGS]    files in one text, as the Go playground reads them
  millrace run [options] PROGRAM.wasm [-- ARGS]     a program in C++, made by runtime/cpp/build.mjs
  millrace test [options] [DIRECTORY]               runs a package's tests as \`go test\` does; DIRECTORY/... those below, too
  millrace test [options] FILE_test.go...           these files are the package
  millrace test [options] ARCHIVE.txtar
  millrace fmt [-imports] [-l] [-w] [-d] [FILE.go|DIRECTORY]...
                                                    formats as gofmt does; without files what is on standard input

Options
  --procs N      GOMAXPROCS at the start, 1 to 63; else the environment's GOMAXPROCS, or the machine's cores
  --single       one worker and no shared memory, as on a page that is not isolated
  --memory MIB   memory of the program, 16 to 4096; ${defaultMemoryMiB} if not given
  --dir HOST[=GUEST][:ro]
                 the program sees the folder HOST of this machine, under its own name or as GUEST, and what it writes there is
                 written; with :ro nothing can be. May be repeated
  --env NAME=VALUE
                 an environment variable besides this command's own, which the program has, too (but TMPDIR). May be repeated
  --leaks        of run: when the program ends, list the goroutines that can never run again, and where each waits;
                 the exit status is then 1 and not 0
  --time         say on standard error how long each part took
  --help         print this
  --version      print the version

Programs start in the folder where the command does; of a DIRECTORY or ARCHIVE in that, and of tests in their package's folder.
They see the files there of a directory (tests: of their whole module) or an archive, otherwise none but those of --dir. What
they write elsewhere than there is in memory, and gone when they end.

Options of test, with one dash or two, as \`go test\` has them
  -run -skip -list REGEXP, -v, -json, -short, -failfast, -count N, -cpu N,N, -parallel N, -timeout D, -shuffle on
  -bench REGEXP, -benchtime D, -benchmem
  -fuzz REGEXP   runs the seeds, and looks for no others
  What follows -args, flags that are none of these, and what follows those is for the tests. Profiles, coverage and the
  race detector are not there, and tests are not vetted before.

Options of fmt
  -l   print the names of files that are not formatted, instead of what they should be
  -w   write them
  -d   print how they differ from what they should be; the exit status is 1 then
  -imports
       import what is missing of the standard library and golang.org/x/sync, and no more what is not used, as goimports does

The exit status is the program's own: 2 after a panic or a fatal error, 1 when it does not compile; of tests
it is 1 when not all passed. It is 2 as well when the command line makes no sense.
`;

const options = {
  procs: { type: 'string' },
  single: { type: 'boolean' },
  memory: { type: 'string' },
  dir: { type: 'string', multiple: true },
  env: { type: 'string', multiple: true },
  leaks: { type: 'boolean' },
  time: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** Throws UsageError. */
export function parseCommandLine(args: readonly string[]): Request {
  if (args[0] === 'test') return parseTest(args.slice(1));
  if (args[0] === 'fmt') return parseFormat(args.slice(1));
  const separator = args.indexOf('--');
  const own = separator < 0 ? [...args] : args.slice(0, separator);
  const programArgs = separator < 0 ? [] : args.slice(separator + 1);
  const { values, positionals } = parsed(own);
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const [command, ...paths] = positionals;
  if (command === 'help') return { command: 'help' };
  if (command === undefined) throw new UsageError('what to do? `millrace run FILE.go` runs a program, --help tells more');
  if (command !== 'run') throw new UsageError(`unknown command '${command}'; there are: run, test, fmt`);
  if (paths.length === 0) throw new UsageError('run: no file or directory given');
  return { command, paths, programArgs, ...placeOf(values), findsLeaks: values.leaks ?? false, time: values.time ?? false };
}

/** Flags as they were given. */
interface PlaceFlags {
  procs?: string;
  memory?: string;
  single?: boolean;
  dir?: string[];
  env?: string[];
}

function placeOf(values: PlaceFlags): Place {
  if (values.single && values.procs !== undefined) throw new UsageError('--single and --procs exclude each other');
  return {
    procs: values.procs === undefined ? null : whole('--procs', values.procs, 1, 63),
    single: values.single ?? false,
    memoryMiB: values.memory === undefined ? defaultMemoryMiB : whole('--memory', values.memory, 16, 4096),
    dirs: (values.dir ?? []).map(mountOf),
    env: (values.env ?? []).map(variableOf),
  };
}

function mountOf(text: string): MountRequest {
  const [, host = '', guest] = /^(.*?)(?:=(.*?))?(?::ro)?$/s.exec(text) ?? [];
  if (host === '' || guest === '') throw new UsageError(`--dir wants HOST, HOST=GUEST, or either with :ro, not '${text}'`);
  return { host, guest: guest ?? host, readOnly: text.endsWith(':ro') };
}

function variableOf(text: string): string {
  if (text.indexOf('=') < 1) throw new UsageError(`--env wants NAME=VALUE, not '${text}'`);
  return text;
}

const wanted: Record<string, string> = { dir: 'a folder', env: 'NAME=VALUE' };

function parsed(args: string[]) {
  // Not strict: node's own messages name its interfaces. What it lets pass is checked here.
  const { values, positionals, tokens } = parseArgs({ args, options, allowPositionals: true, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const known = Object.hasOwn(options, token.name) ? options[token.name as keyof typeof options] : null;
    if (!known) throw new UsageError(`unknown flag ${token.rawName}; --help lists what there is`);
    const takesValue = known.type === 'string';
    const hasValue = token.value !== undefined && !(takesValue && !token.inlineValue && token.value.startsWith('--'));
    if (takesValue && !hasValue) throw new UsageError(`${token.rawName} wants ${wanted[token.name] ?? 'a number'}`);
    if (!takesValue && token.value !== undefined) throw new UsageError(`${token.rawName} takes no value`);
  }
  return {
    positionals,
    values: values as PlaceFlags & { leaks?: boolean; time?: boolean; help?: boolean; version?: boolean },
  };
}

function whole(flag: string, text: string, least: number, most: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`${flag} wants a whole number from ${least} to ${most}, not '${text}'`);
}

function parseFormat(args: readonly string[]): Request {
  const flags = args.filter((arg) => /^-./.test(arg)).map((arg) => arg.replace(/^--?/, ''));
  if (flags.some((flag) => flag === 'h' || flag === 'help')) return { command: 'help' };
  const unknown = flags.find((flag) => !['l', 'w', 'd', 'imports'].includes(flag));
  if (unknown !== undefined) throw new UsageError(`fmt: unknown flag -${unknown}; there are: -l, -w, -d, -imports`);
  const paths = args.filter((arg) => !/^-./.test(arg));
  const [lists, writes, diffs, imports] = ['l', 'w', 'd', 'imports'].map((flag) => flags.includes(flag)) as [boolean, boolean, boolean, boolean];
  if (writes && paths.length === 0) throw new UsageError('fmt: -w wants files, standard input cannot be written');
  return { command: 'fmt', paths, lists, writes, diffs, imports, ...placeOf({}) };
}

// -------------------------------------------------------------------------------------------------------------- tests

const testSwitches = ['v', 'short', 'benchmem', 'failfast', 'fullpath', 'json'];
const testValues = words('run skip list bench benchtime count cpu parallel timeout shuffle fuzz fuzztime fuzzminimizetime');
/** Flags of `go test` that mean something which is not done here: better no test than another one. */
const notSupported = words(`
  race msan asan cover covermode coverpkg coverprofile c o exec cpuprofile memprofile memprofilerate blockprofile
  blockprofilerate mutexprofile mutexprofilefraction trace outputdir artifacts tags ldflags gcflags mod modfile overlay`);

function words(text: string): string[] {
  return text.trim().split(/\s+/);
}

/**
 * The command line as `go test` reads it: flags stand before or behind the packages; those it does not know, and what
 * follows them, go to the test program.
 */
function parseTest(args: readonly string[]): Request {
  const own: PlaceFlags & { time?: boolean } = {};
  const given: Record<string, string> = {};
  const programArgs: string[] = [];
  let paths: string[] | null = null;
  let inPaths = true;
  let mayBeValue = false; // of an unknown flag that stands before
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]!;
    const match = /^--?([^-=][^=]*)(?:=(.*))?$/s.exec(arg);
    if (arg === '--') {
      programArgs.push(...args.slice(i));
      break;
    }
    if (!match) {
      if (paths === null || inPaths) (paths ??= []).push(arg);
      else if (mayBeValue) programArgs.push(arg);
      else {
        programArgs.push(...args.slice(i));
        break;
      }
      mayBeValue = false;
      continue;
    }
    inPaths = paths === null;
    mayBeValue = false;
    const name = match[1]!.replace(/^test\./, '');
    let value = match[2];
    const take = (): string => {
      value ??= args[++i];
      if (value === undefined) throw new UsageError(`flag needs an argument: -${name}`);
      return value;
    };
    if (name === 'args') {
      programArgs.push(...args.slice(i + 1));
      break;
    }
    if (name === 'h' || name === 'help') return { command: 'help' };
    if (notSupported.includes(name)) throw new UsageError(`test: -${name} is not supported here`);
    if (name === 'procs' || name === 'memory') own[name] = take();
    else if (name === 'dir' || name === 'env') (own[name] ??= []).push(take());
    else if (name === 'single' || name === 'time') own[name] = true;
    else if (name === 'vet') take();
    else if (testSwitches.includes(name) || testValues.includes(name)) {
      given[name] = testSwitches.includes(name) ? (value ?? 'true') : take();
      if (name !== 'json') programArgs.push(`-test.${name}=${given[name]}`);
    } else {
      programArgs.push(arg);
      paths ??= [];
      inPaths = false;
      mayBeValue = value === undefined;
    }
  }
  const isOn = (name: string): boolean => given[name] !== undefined && !/^(0|f|F|false|FALSE|False)$/.test(given[name]);
  const [always, timeout] = usualFlags;
  if (given['timeout'] === undefined) programArgs.unshift(timeout);
  return {
    command: 'test',
    paths: paths ?? [],
    programArgs: [always, ...(isOn('json') ? ['-test.v=test2json'] : []), ...(given['fuzz'] ? ['-test.fuzzcachedir=.'] : []), ...programArgs],
    ...placeOf(own),
    showsAll: isOn('v') || isOn('json') || (given['list'] ?? '') !== '',
    streams: (given['bench'] ?? '') !== '' || (given['fuzz'] ?? '') !== '',
    failFast: isOn('failfast'),
    json: isOn('json'),
    time: own.time ?? false,
  };
}
