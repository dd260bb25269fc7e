// The process's standard streams, written the way a native program would: in order, and waiting while the reader is slow.
import { writeSync } from 'node:fs';

/** The reader of standard output or error has gone. */
export class BrokenPipe extends Error {
  override name = 'BrokenPipe';
}

/** How long to sleep when a non-blocking stream is full; long enough to cost nothing, too short to be noticed. */
const fullWaitMs = 2;
const never = new Int32Array(new SharedArrayBuffer(4));

/** Returns when all bytes are written. While it waits the program's output ring fills, and then the program waits too. */
export function writeAll(fd: 1 | 2, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') throw new BrokenPipe('broken pipe', { cause: error });
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(never, 0, 0, fullWaitMs);
    }
  }
}
