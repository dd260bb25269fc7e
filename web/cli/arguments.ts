// What the command line asks for.
import { parseArgs } from 'node:util';

/** The command was asked for something it cannot do: one line for standard error, exit status 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

export interface RunRequest {
  command: 'run';
  /** Files, or one directory. */
  paths: string[];
  /** What follows `--`: os.Args[1:]. */
  programArgs: string[];
  /** GOMAXPROCS at the start; null: the machine's cores. */
  procs: number | null;
  single: boolean;
  time: boolean;
  memoryMiB: number;
}

export type Request = RunRequest | { command: 'help' } | { command: 'version' };

const defaultMemoryMiB = 1024;

export const help = `Millrace compiles Go and runs it on worker threads, goroutines in parallel.

  millrace run [options] FILE.go... [-- ARGS]
  millrace run [options] DIRECTORY [-- ARGS]        a package, or with a go.mod a module
  millrace run [options] ARCHIVE.txtar [-- ARGS]    files in one text, as the Go playground reads them

Options
  --procs N      GOMAXPROCS at the start, 1 to 63; the machine's cores if not given
  --single       one worker and no shared memory, as on a page that is not isolated
  --memory MIB   memory of the program, 16 to 4096; ${defaultMemoryMiB} if not given
  --time         say on standard error how long each part took
  --help         print this
  --version      print the version

The exit status is the program's own: 2 after a panic or a fatal error, 1 when it does not compile. It is 2 as well when
the command line makes no sense.
`;

const options = {
  procs: { type: 'string' },
  single: { type: 'boolean' },
  memory: { type: 'string' },
  time: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** Throws UsageError. */
export function parseCommandLine(args: readonly string[]): Request {
  const separator = args.indexOf('--');
  const own = separator < 0 ? [...args] : args.slice(0, separator);
  const programArgs = separator < 0 ? [] : args.slice(separator + 1);
  const { values, positionals } = parsed(own);
  if (values.help) return { command: 'help' };
  if (values.version) return { command: 'version' };
  const [command, ...paths] = positionals;
  if (command === 'help') return { command: 'help' };
  if (command === undefined) throw new UsageError('what to do? `millrace run FILE.go` runs a program, --help tells more');
  if (command !== 'run') throw new UsageError(`unknown command '${command}'; there is: run`);
  if (paths.length === 0) throw new UsageError('run: no file or directory given');
  if (values.single && values.procs !== undefined) throw new UsageError('--single and --procs exclude each other');
  return {
    command,
    paths,
    programArgs,
    procs: values.procs === undefined ? null : whole('--procs', values.procs, 1, 63),
    single: values.single ?? false,
    time: values.time ?? false,
    memoryMiB: values.memory === undefined ? defaultMemoryMiB : whole('--memory', values.memory, 16, 4096),
  };
}

function parsed(args: string[]) {
  // Not strict: node's own messages name its interfaces. What it lets pass is checked here.
  const { values, positionals, tokens } = parseArgs({ args, options, allowPositionals: true, strict: false, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const known = Object.hasOwn(options, token.name) ? options[token.name as keyof typeof options] : null;
    if (!known) throw new UsageError(`unknown flag ${token.rawName}; --help lists what there is`);
    const takesValue = known.type === 'string';
    const hasValue = token.value !== undefined && !(takesValue && !token.inlineValue && token.value.startsWith('--'));
    if (takesValue && !hasValue) throw new UsageError(`${token.rawName} wants a number`);
    if (!takesValue && token.value !== undefined) throw new UsageError(`${token.rawName} takes no value`);
  }
  return {
    positionals,
    values: values as { procs?: string; memory?: string; single?: boolean; time?: boolean; help?: boolean; version?: boolean },
  };
}

function whole(flag: string, text: string, least: number, most: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new UsageError(`${flag} wants a whole number from ${least} to ${most}, not '${text}'`);
}
