// Where a program may be put beside the engine: what the compiler must know before any run. The engine's exports say it, so
// one is instantiated for the question, over a memory that is dropped at once.
import type { Mode } from './api.ts';

export interface EngineLayout {
  /** The first address a program's data may have. */
  dataBase: number;
  /** The first entry of the function table that is not the engine's. */
  tableBase: number;
}

const pageBytes = 65536;
/** What the engine declares as its least memory; the import must offer that much. */
const leastPages = 16;
const mostPages = 65536;

export function engineLayout(engine: WebAssembly.Module, mode: Mode): EngineLayout {
  const shared = mode === 'threads';
  const memory = new WebAssembly.Memory({ initial: leastPages, maximum: shared ? leastPages : mostPages, shared });
  const nothing = (): never => {
    throw new Error('the engine was only asked for its layout');
  };
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module, name, kind } of WebAssembly.Module.imports(engine)) {
    (imports[module] ??= {})[name] = kind === 'memory' ? memory : nothing;
  }
  const { exports } = new WebAssembly.Instance(engine, imports);
  const heapBase = (exports['__heap_base'] as WebAssembly.Global).value as number;
  if (heapBase > leastPages * pageBytes) throw new Error('the engine has outgrown the memory it is asked in');
  const table = exports['__indirect_function_table'] as WebAssembly.Table;
  return { dataBase: (heapBase + 15) & ~15, tableBase: table.length };
}
