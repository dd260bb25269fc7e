// Where things lie in the engine's memory: the structs of runtime/abi/host.h and layout.h, as offsets in bytes.
// tests/unit/runtime checks these numbers against the C++ side.

export const ring = { written: 0, read: 4, capacity: 8, data: 12 } as const;

/** abi::kRecordStreamShift: what tells the stream in the first word of a record of output. */
export const recordStreamShift = 30;

export const engineState = {
  output: 0,
  input: 16,
  inputEnded: 32,
  ended: 36,
  status: 40,
  wantedProcs: 44,
  procs: 48,
  wake: 52,
} as const;

export const engineConfig = {
  program: 0,
  heapBegin: 4,
  heapEnd: 8,
  procs: 12,
  maxWorkers: 16,
  cpus: 20,
  randomSeed: 24,
  arguments: 32,
  argumentCount: 36,
  engine: 40,
  hostWord: 44,
  stress: 48,
  findsLeaks: 52,
} as const;

export const programHeader = { magic: 0, dataEnd: 48 } as const;
export const programMagic = 0x6c6c696d;

export const stringBytes = 16;

/** abi::RunResult */
export const runResult = { ended: 0, idle: 1, breathe: 2 } as const;
