// What differs between a browser and node, and nothing else: making workers, talking to them, telling the time.

import type { Mount } from './api.ts';

/** A worker, seen by the side that controls it. */
export interface WorkerHandle {
  post(message: unknown, transfer?: ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The worker could not be started, or died of something it did not catch. */
  onError(listener: (text: string) => void): void;
  /** Ends it whatever it does. Resolved when it is gone. */
  terminate(): Promise<void>;
}

export interface Platform {
  /** Can this place share memory between workers? */
  readonly canShare: boolean;
  /** How many workers can really run at the same time. */
  readonly cpus: number;
  /** Starts a worker that runs worker.ts's `serve`. */
  startWorker(name: string): WorkerHandle;
}

/** Answers an abi::HostCall about files at once, as hostCall of the engine does. */
export type HostFiles = (what: number, x: number, y: number, text: Uint8Array<ArrayBuffer>, buffer: Uint8Array<ArrayBuffer>) => number;

/** The same worker, seen from inside. */
export interface WorkerScope {
  post(message: unknown, transfer?: ArrayBuffer[]): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The bytes at an address (zones.data), at once, however long that takes; `again`: not what a cache has. Throws. */
  readNow(url: string, again: boolean): Uint8Array;
  /** What answers for the program's mounts. Left out: this place has no files. */
  filesOf?(mounts: readonly Mount[]): HostFiles;
  /** Milliseconds on a clock that never goes back and is the same in all workers, with all the precision there is. */
  now(): number;
}
