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
  signals: 56,
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
  outside: 56,
  outsideBytes: 60,
} as const;

export const outsideKind = { variable: 1, folder: 2, file: 3, mount: 4, zone: 5, hostName: 6, stream: 7, buildInfo: 8 } as const;

export const hostCall = {
  zoneData: 1,
  status: 2,
  list: 3,
  link: 4,
  open: 5,
  close: 6,
  read: 7,
  write: 8,
  openStatus: 9,
  openTruncate: 10,
  sync: 11,
  makeFolder: 12,
  remove: 13,
  removeFolder: 14,
  rename: 15,
  hardLink: 16,
  symbolicLink: 17,
  permissions: 18,
  times: 19,
  truncate: 20,
  signals: 21,
} as const;

export const hostStatus = {
  inode: 0,
  size: 8,
  readMs: 16,
  writtenMs: 24,
  changedMs: 32,
  mode: 40,
  links: 44,
  user: 48,
  group: 52,
} as const;

export const programHeader = { magic: 0, dataEnd: 48 } as const;
export const programMagic = 0x6c6c696d;

export const stringBytes = 16;

/** abi::RunResult */
export const runResult = { ended: 0, idle: 1, breathe: 2 } as const;
