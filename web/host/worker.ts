// Inside a worker: instantiates the engine and the program over the run's memory, and runs goroutines until the end.
//
// Every worker instantiates the same modules in the same order, so that a function has the same table index everywhere.
// Worker 0 starts the engine; the others wait for that on the word where the engine's state address will be. In mode
// single there is one worker with memory of its own: it takes turns with its event loop, through which input arrives.
import { engineConfig, engineState, programHeader, programMagic, runResult, stringBytes } from './layout.ts';
import { addSignal, fillRing, makeMemory, takeOutput, wakeEngine } from './memory.ts';
import { makeHostCall } from './host-call.ts';
import { makeStackNotes } from './stack-notes.ts';
import type { FromWorker, ReadyModule, Report, Start, ToWorker } from './messages.ts';
import type { WorkerScope } from './platform.ts';

/** Mode single: output on its way to the controlling side, in bytes, before the ring is left to fill up. */
const maxUntaken = 1 << 20;

/** Thrown through compiled code when the program has ended somewhere inside it. */
class Exit {
  readonly status: number;
  constructor(status: number) {
    this.status = status;
  }
}

interface EngineExports {
  __heap_base: WebAssembly.Global;
  __indirect_function_table: WebAssembly.Table;
  __asyncify_state: WebAssembly.Global;
  __asyncify_data: WebAssembly.Global;
  engineConfig(): number;
  engineStart(config: number): void;
  workerStart(id: number): number;
  workerRun(): number;
  idleUntil(): number;
}

/** Begins to listen; everything else follows from the messages. */
export function serve(scope: WorkerScope): void {
  let single: SingleWorker | undefined;
  scope.onMessage((data) => {
    const message = data as ToWorker;
    if (message.type !== 'start') {
      single?.receive(message);
    } else if (message.mode === 'threads') {
      attempt(scope, () => runParallel(scope, message));
    } else {
      attempt(scope, () => {
        single = new SingleWorker(scope, message);
        single.run();
      });
    }
  });
}

/** EngineState's address, once this worker knows it. A worker serves one run. */
let state = 0;

const post = (scope: WorkerScope, report: Report, transfer?: ArrayBuffer[]) =>
  scope.post({ ...report, state } satisfies FromWorker, transfer);

/** Runs some of the program, and tells the controlling side how it ended if it did. */
function attempt(scope: WorkerScope, action: () => void): void {
  try {
    action();
  } catch (error) {
    if (error instanceof Exit) post(scope, { type: 'ended', status: error.status });
    else if (isStackOverflow(error)) post(scope, { type: 'overflow' });
    else post(scope, { type: 'fault', text: describe(error) });
  }
}

/** V8 and JavaScriptCore throw a RangeError, SpiderMonkey an InternalError. Out-of-bounds accesses are RuntimeErrors. */
function isStackOverflow(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (error instanceof RangeError && /call stack/i.test(error.message)) || error.name === 'InternalError';
}

const describe = (error: unknown) => (error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error));

// ---- instantiating

interface Instance {
  memory: WebAssembly.Memory;
  engine: EngineExports;
  glue: WebAssembly.Exports;
}

function makeInstance(scope: WorkerScope, start: Start, memory: WebAssembly.Memory, outputReady: (waits: number) => void): Instance {
  const glue = new WebAssembly.Instance(start.glue).exports;
  const host = {
    now: () => scope.now(),
    wall: () => Date.now(),
    exit(status: number) {
      throw new Exit(status);
    },
    wantWorkers: (count: number) => post(scope, { type: 'wantWorkers', count }),
    outputReady,
    call: makeHostCall(scope, memory, start, (change, handled) => post(scope, { type: 'signals', change, handled })),
    ...makeStackNotes(memory, () => scope.now()),
  };
  const imports = { env: { memory }, host, glue } as unknown as WebAssembly.Imports;
  const engine = new WebAssembly.Instance(start.engine, imports).exports as unknown as EngineExports;
  return { memory, engine, glue };
}

function linkModules({ memory, engine, glue }: Instance, modules: ReadyModule[], worker: number): void {
  const table = engine.__indirect_function_table;
  // Binaryen's own Asyncify pass, with which tests build programs, expects its globals in `env`.
  const { __asyncify_state, __asyncify_data } = engine;
  const env = { memory, worker: new WebAssembly.Global({ value: 'i32' }, worker), __asyncify_state, __asyncify_data };
  const imports: Record<string, unknown> = { env, rt: engine, glue };
  for (const { name, module, tableBase, tableSize } of modules) {
    const missing = tableBase + tableSize - table.length;
    if (missing > 0) table.grow(missing);
    const instance = new WebAssembly.Instance(module, imports as WebAssembly.Imports);
    if (name !== undefined) imports[name] = instance.exports;
  }
}

/** Starts the engine, which tells where its state is. */
function startEngine(scope: WorkerScope, start: Start, { memory, engine }: Instance): void {
  const view = new DataView(memory.buffer), bytes = new Uint8Array(memory.buffer);
  const engineEnd = engine.__heap_base.value as number, table = engine.__indirect_function_table;
  let end = engineEnd;
  for (const { dataBase, dataBytes, tableBase } of start.modules) {
    if (dataBase < engineEnd) throw new Error(`the program's data at ${dataBase} lies in the engine's, which ends at ${engineEnd}`);
    if (tableBase < table.length) throw new Error(`table index ${tableBase} is the engine's, which has ${table.length}`);
    end = Math.max(end, dataBase + dataBytes);
  }
  const program = start.modules.at(-1)?.dataBase ?? 0;
  if (program !== 0) {
    if (view.getUint32(program + programHeader.magic, true) !== programMagic) throw new Error('the program has no header');
    end = Math.max(end, view.getUint32(program + programHeader.dataEnd, true));
  }

  // os.Args: the strings' headers, then their bytes.
  const args = (end + 15) & ~15, encoder = new TextEncoder();
  end = args + start.args.length * stringBytes;
  start.args.forEach((text, i) => {
    const encoded = encoder.encode(text), header = args + i * stringBytes;
    bytes.set(encoded, end);
    view.setUint32(header, end, true);
    view.setUint32(header + 8, encoded.length, true);
    end += encoded.length;
  });

  const outside = (end + 3) & ~3, { outside: records = new Uint8Array() } = start;
  bytes.set(records, outside);
  end = outside + records.length;

  const config = engine.engineConfig();
  const set = (offset: number, value: number) => view.setUint32(config + offset, value, true);
  set(engineConfig.program, program);
  set(engineConfig.heapBegin, end);
  set(engineConfig.heapEnd, memory.buffer.byteLength);
  set(engineConfig.procs, start.procs);
  set(engineConfig.maxWorkers, start.maxWorkers);
  set(engineConfig.cpus, start.cpus);
  set(engineConfig.randomSeed, start.seed[0]);
  set(engineConfig.randomSeed + 4, start.seed[1]);
  set(engineConfig.arguments, args);
  set(engineConfig.argumentCount, start.args.length);
  set(engineConfig.stress, start.stress);
  set(engineConfig.findsLeaks, Number(start.findsLeaks));
  set(engineConfig.outside, outside);
  set(engineConfig.outsideBytes, records.length);
  engine.engineStart(config);
  state = view.getUint32(config + engineConfig.engine, true);
  post(scope, { type: 'started' });
}

// ---- threads

function runParallel(scope: WorkerScope, start: Start): void {
  const memory = start.memory!, began = scope.now();
  let waited = 0;
  const instance = makeInstance(scope, start, memory, () => post(scope, { type: 'outputReady' }));
  const { engine } = instance, words = new Int32Array(memory.buffer);
  const started = (engine.engineConfig() + engineConfig.hostWord) >> 2; // 0, then the state's address
  let worker: number;
  if (start.id === 0) {
    startEngine(scope, start, instance);
    worker = engine.workerStart(0);
    Atomics.store(words, started, state);
    Atomics.notify(words, started);
  } else {
    const before = scope.now();
    Atomics.wait(words, started, 0);
    waited = scope.now() - before;
    state = Atomics.load(words, started);
    worker = engine.workerStart(start.id);
  }
  if (start.id !== start.maxWorkers) linkModules(instance, start.modules, worker);
  post(scope, { type: 'ready', worker: start.id, ms: scope.now() - began - waited });
  engine.workerRun();
  post(scope, { type: 'ended', status: words[(state + engineState.status) >> 2]! });
}

// ---- single

class SingleWorker {
  private readonly scope: WorkerScope;
  private readonly instance: Instance;
  private untaken = 0;
  private input: Uint8Array[] = [];
  private inputEnds = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private ended = false;
  private readonly turns = new MessageChannel();

  constructor(scope: WorkerScope, start: Start) {
    this.scope = scope;
    const began = scope.now();
    const memory = makeMemory(start.memoryPages, false);
    for (const { data, dataBase } of start.modules) new Uint8Array(memory.buffer).set(data!, dataBase);
    this.instance = makeInstance(scope, start, memory, (waits) => this.drain(waits ? Infinity : maxUntaken));
    startEngine(scope, start, this.instance);
    linkModules(this.instance, start.modules, this.instance.engine.workerStart(0));
    post(scope, { type: 'ready', worker: 0, ms: scope.now() - began });
    // The quickest way to come back after everything else that waits in the event loop.
    this.turns.port1.onmessage = () => this.run();
  }

  run(): void {
    if (this.ended) return;
    clearTimeout(this.timer);
    attempt(this.scope, () => {
      this.ended = true; // unless it comes back
      let result;
      try {
        result = this.instance.engine.workerRun();
        if (result === runResult.ended) throw new Exit(this.word(engineState.status));
      } catch (error) {
        this.drain(Infinity);
        throw error;
      }
      this.ended = false;
      // What the program has read made room for more input, which it may be waiting for.
      if (this.feed() || result === runResult.breathe) return this.turns.port2.postMessage(0);
      const wait = this.instance.engine.idleUntil() - this.scope.now();
      if (wait < 1) this.turns.port2.postMessage(0);
      else if (wait < Infinity) this.timer = setTimeout(() => this.run(), Math.min(wait, 2 ** 31 - 1));
    });
    if (this.ended) this.turns.port1.close();
  }

  receive(message: Exclude<ToWorker, Start>): void {
    if (this.ended) return;
    switch (message.type) {
      case 'taken':
        this.untaken -= message.bytes;
        this.drain();
        break;
      case 'input':
        this.input.push(message.bytes);
        break;
      case 'inputEnd':
        this.inputEnds = true;
        break;
      case 'procs':
        this.setWord(engineState.wantedProcs, message.procs);
        break;
      case 'signal':
        addSignal(this.instance.memory, state, message.number);
        break;
    }
    this.feed();
    wakeEngine(this.instance.memory, state);
    this.run();
  }

  private drain(limit = maxUntaken): void {
    if (state === 0 || this.untaken >= limit) return;
    const outputs = takeOutput(this.instance.memory, state);
    if (outputs.length === 0) return;
    for (const { bytes } of outputs) this.untaken += bytes.length;
    post(this.scope, { type: 'output', outputs }, [outputs[0]!.bytes.buffer as ArrayBuffer]);
  }

  /** Moves input that waits into the ring, and tells the engine if any has moved. */
  private feed(): boolean {
    let moved = 0;
    for (let first; (first = this.input[0]); this.input.shift()) {
      const count = fillRing(this.instance.memory, state + engineState.input, first);
      moved += count;
      if (count === first.length) continue;
      this.input[0] = first.subarray(count);
      break;
    }
    if (this.inputEnds && this.input.length === 0 && this.word(engineState.inputEnded) === 0) {
      this.setWord(engineState.inputEnded, 1);
      moved++;
    }
    if (moved > 0) wakeEngine(this.instance.memory, state);
    return moved > 0;
  }

  private word(offset: number): number {
    return new DataView(this.instance.memory.buffer).getUint32(state + offset, true);
  }
  private setWord(offset: number, value: number): void {
    new DataView(this.instance.memory.buffer).setUint32(state + offset, value, true);
  }
}
