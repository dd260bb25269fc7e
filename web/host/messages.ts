// What the controlling side and its workers say to each other.
import type { Mode, Mount } from './api.ts';
import type { Output } from './memory.ts';

/** A linked module, compiled. */
export interface ReadyModule {
  /** Libraries: what those after it import its exports from. */
  name?: string;
  module: WebAssembly.Module;
  tableBase: number;
  tableSize: number;
  dataBase: number;
  dataBytes: number;
  /** Mode single only, where the worker makes the memory: in threads the data is there already. */
  data?: Uint8Array;
}

export interface Start {
  type: 'start';
  id: number;
  mode: Mode;
  engine: WebAssembly.Module;
  glue: WebAssembly.Module;
  /** Libraries first, the program last. */
  modules: ReadyModule[];
  /** Mode threads. */
  memory?: WebAssembly.Memory;
  memoryPages: number;
  procs: number;
  maxWorkers: number;
  cpus: number;
  args: readonly string[];
  /** abi::OutsideRecords; told to worker 0 only. */
  outside?: Uint8Array;
  mounts: readonly Mount[];
  /** Where zones.data is. */
  zones?: string;
  seed: readonly [number, number];
  stress: number;
  findsLeaks: boolean;
}

/** Mode single, where nobody else can reach the memory. */
export type ToWorker =
  | Start
  | { type: 'input'; bytes: Uint8Array }
  | { type: 'inputEnd' }
  | { type: 'procs'; procs: number }
  | { type: 'signal'; number: number }
  /** So many bytes of output have been handed over. */
  | { type: 'taken'; bytes: number };

/**
 * `state`: EngineState's address, 0 while the worker does not know it. Messages of different workers may arrive in any
 * order, so each of them says it and none is needed first.
 */
export type FromWorker = { state: number } & Report;

export type Report =
  /** Worker 0 has started the engine. */
  | { type: 'started' }
  /** The worker has engine and program and begins to run goroutines. `ms`: what instantiating them took. */
  | { type: 'ready'; worker: number; ms: number }
  /** Threads: there is output in the ring. */
  | { type: 'outputReady' }
  /** Single. */
  | { type: 'output'; outputs: Output[] }
  | { type: 'wantWorkers'; count: number }
  /** Which signals the program handles, a bit for each; `change` counts how often it has said so. */
  | { type: 'signals'; change: number; handled: number }
  | { type: 'ended'; status: number }
  /** The engine's own stack is used up: Go's stack overflow. */
  | { type: 'overflow' }
  | { type: 'fault'; text: string };
