// What the page runs programs with: the compiler and the engine, downloaded once and kept warm. The controller knows only
// the interface, so that tests can drive the page without either.
import type { Mode, Program, Run, RunOptions } from '../host/api.ts';
import type { CompileReply } from '../host/compiler.ts';
import type { Formatted, RoughFile } from '../host/formatter.ts';
import type { ModuleSources } from '../host/module.ts';

export type StartOptions = Pick<RunOptions, 'procs' | 'memoryMiB' | 'stdin' | 'onOutput'> & Partial<Pick<RunOptions, 'args' | 'outside'>>;

export interface Backend {
  /** How programs run here. */
  readonly mode: Mode;
  /** What programs get here unless the reader chooses. */
  readonly usualMemoryMiB: number;
  /**
   * Resolves when compiling and running with `procs` workers can begin at once. Rejects with a sentence for the reader;
   * may be tried again.
   */
  prepare(procs: number): Promise<void>;
  /** Rejects with Cancelled after cancelCompile(), with CompilerFault when the compiler fails. */
  compile(sources: ModuleSources): Promise<CompileReply>;
  cancelCompile(): void;
  /**
   * Go files as gofmt has them; what it needs is loaded when it is first asked. A run under way goes on. Rejects with a sentence
   * for the reader; may be tried again.
   */
  format(files: readonly RoughFile[]): Promise<Formatted[]>;
  /** `args`: os.Args, if not those of a program of the reader's. */
  start(program: Program, options: StartOptions): Run;
}
