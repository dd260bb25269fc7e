// The host's folders that a program sees, on node: abi::HostCalls answered by the file system. The program follows symbolic
// links itself and so asks for nothing beyond its mounts; here it is made sure of, whatever is asked.
import fs from 'node:fs';
import { isatty } from 'node:tty';
import type { Mount } from './api.ts';
import { hostCall, hostStatus } from './layout.ts';
import type { HostFiles } from './platform.ts';

/** Linux's numbers, which programs see wherever they run. */
const errorNumbers: Record<string, number> = {
  EPERM: 1, ENOENT: 2, EINTR: 4, EIO: 5, ENXIO: 6, E2BIG: 7, EBADF: 9, EAGAIN: 11, ENOMEM: 12, EACCES: 13, EBUSY: 16, EEXIST: 17,
  EXDEV: 18, ENODEV: 19, ENOTDIR: 20, EISDIR: 21, EINVAL: 22, ENFILE: 23, EMFILE: 24, ENOTTY: 25, ETXTBSY: 26, EFBIG: 27,
  ENOSPC: 28, ESPIPE: 29, EROFS: 30, EMLINK: 31, EPIPE: 32, ENAMETOOLONG: 36, ENOSYS: 38, ENOTEMPTY: 39, ELOOP: 40,
  ENOTSUP: 95, EOPNOTSUPP: 95, EDQUOT: 122,
}; // prettier-ignore

/** Linux's flags of open, by node's names for the machine's own. */
const openFlags: [number, number][] = [
  [1, fs.constants.O_WRONLY],
  [2, fs.constants.O_RDWR],
  [0x40, fs.constants.O_CREAT],
  [0x80, fs.constants.O_EXCL],
  [0x200, fs.constants.O_TRUNC],
  [0x400, fs.constants.O_APPEND],
  [0x1000, fs.constants.O_SYNC],
];

/** Nothing that is opened can make the worker wait; and the last of a path is not followed either. */
const always = (fs.constants.O_NONBLOCK ?? 0) | (fs.constants.O_NOFOLLOW ?? 0);

const statusBytes = 56, entryBytes = statusBytes + 8;

const slash = Buffer.from('/');

class Refused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

export function nodeFiles(mounts: readonly Mount[]): HostFiles {
  const roots = mounts.map(({ host }) => {
    try {
      return fs.realpathSync.native(host, 'buffer');
    } catch {
      return null; // it is not there any more
    }
  });

  /** The host's path, whose folder is where it seems to be: in the mount. */
  const pathIn = (mount: number, path: Buffer): Buffer => {
    const root = roots[mount];
    if (root === undefined) throw new Refused('EBADF');
    if (root === null) throw new Refused('ENOENT');
    if (path.length === 0) return root;
    const full = Buffer.concat([root, slash, path]);
    const end = full.lastIndexOf(slash);
    const folder = path.includes(slash) ? fs.realpathSync.native(full.subarray(0, end), 'buffer') : root;
    const isInside = folder.equals(root) || root.equals(slash) || folder.indexOf(Buffer.concat([root, slash])) === 0;
    const name = full.subarray(end + 1).toString('latin1');
    if (!isInside || name === '' || name === '.' || name === '..') throw new Refused('EACCES');
    return full;
  };

  const toBeWritten = (mount: number): void => {
    if (mounts[mount]?.access !== 'written') throw new Refused('EROFS');
  };

  const answer: Record<number, (x: number, y: number, text: Buffer, buffer: Uint8Array<ArrayBuffer>) => number> = {
    [hostCall.status]: (mount, _, path, buffer) => {
      const stats = fs.lstatSync(pathIn(mount, path), { throwIfNoEntry: false });
      if (!stats) throw new Refused('ENOENT');
      return fill(buffer, statusBytesOf(stats));
    },
    [hostCall.list]: (mount, _, path, buffer) => {
      const folder = pathIn(mount, path);
      const entries = fs.readdirSync(folder, 'buffer').flatMap((name) => {
        const stats = fs.lstatSync(Buffer.concat([folder, slash, name]), { throwIfNoEntry: false });
        if (!stats) return []; // gone since
        const entry = Buffer.alloc((entryBytes + name.length + 7) & ~7);
        entry.set(statusBytesOf(stats));
        entry.writeUInt32LE(name.length, statusBytes);
        entry.set(name, entryBytes);
        return [entry];
      });
      return fill(buffer, Buffer.concat(entries));
    },
    [hostCall.link]: (mount, _, path, buffer) => fill(buffer, fs.readlinkSync(pathIn(mount, path), 'buffer')),
    [hostCall.open]: (mount, y, path) => {
      const flags = y % 2 ** 32;
      if (flags & 0x243) toBeWritten(mount);
      const own = openFlags.reduce((sum, [theirs, ours]) => (flags & theirs ? sum | ours : sum), always);
      return withoutWaiting(fs.openSync(pathIn(mount, path), own, Math.floor(y / 2 ** 32) & 0o777));
    },
    [hostCall.close]: (file) => (fs.closeSync(file), 0),
    [hostCall.read]: (file, at, _, buffer) => fs.readSync(file, buffer, 0, buffer.length, at),
    [hostCall.write]: (file, at, _, buffer) => fs.writeSync(file, buffer, 0, buffer.length, at),
    [hostCall.openStatus]: (file, _, __, buffer) => fill(buffer, statusBytesOf(fs.fstatSync(file))),
    [hostCall.openTruncate]: (file, length) => (fs.ftruncateSync(file, length), 0),
    [hostCall.sync]: (file) => (fs.fsyncSync(file), 0),
  };
  const changes: Record<number, (mount: number, y: number, path: Buffer, buffer: Uint8Array<ArrayBuffer>) => void> = {
    [hostCall.makeFolder]: (mount, mode, path) => fs.mkdirSync(pathIn(mount, path), mode),
    [hostCall.remove]: (mount, _, path) => fs.unlinkSync(pathIn(mount, path)),
    [hostCall.removeFolder]: (mount, _, path) => fs.rmdirSync(pathIn(mount, path)),
    [hostCall.rename]: (mount, _, paths) => {
      const [from, to] = cut(paths);
      fs.renameSync(pathIn(mount, from), pathIn(mount, to));
    },
    [hostCall.hardLink]: (mount, _, paths) => {
      const [from, to] = cut(paths);
      fs.linkSync(pathIn(mount, from), pathIn(mount, to));
    },
    [hostCall.symbolicLink]: (mount, _, texts) => {
      const [target, path] = cut(texts);
      fs.symlinkSync(target, pathIn(mount, path));
    },
    [hostCall.permissions]: (mount, mode, path) => fs.chmodSync(noLink(pathIn(mount, path)), mode),
    [hostCall.truncate]: (mount, length, path) => fs.truncateSync(noLink(pathIn(mount, path)), length),
    [hostCall.times]: (mount, _, path, buffer) => {
      const file = pathIn(mount, path);
      const given = new DataView(buffer.buffer, buffer.byteOffset);
      const { atimeMs, mtimeMs } = fs.lstatSync(noLink(file));
      const [read, written] = [atimeMs, mtimeMs].map((old, i) => {
        const ms = given.getFloat64(8 * i, true);
        return (Number.isNaN(ms) ? old : ms) / 1000;
      }) as [number, number];
      fs.utimesSync(file, read, written);
    },
  };
  for (const [what, change] of Object.entries(changes)) {
    answer[Number(what)] = (mount, y, text, buffer) => {
      toBeWritten(mount);
      change(mount, y, text, buffer);
      return 0;
    };
  }

  return (what, x, y, text, buffer) => {
    try {
      return answer[what]?.(x, y, Buffer.from(text.buffer), buffer) ?? -errorNumbers['ENOSYS']!;
    } catch (error) {
      return -(errorNumbers[(error as NodeJS.ErrnoException).code ?? ''] ?? errorNumbers['EIO']!);
    }
  };
}

/** What may have nothing to read yet is refused: the worker could do nothing else meanwhile, nor even be told to. */
function withoutWaiting(file: number): number {
  const stats = fs.fstatSync(file);
  if (!stats.isFIFO() && !stats.isSocket() && !(stats.isCharacterDevice() && isatty(file))) return file;
  fs.closeSync(file);
  throw new Refused('ENXIO');
}

function fill(buffer: Uint8Array, bytes: Uint8Array): number {
  if (bytes.length <= buffer.length) buffer.set(bytes);
  return bytes.length;
}

function cut(texts: Buffer): [Buffer, Buffer] {
  const end = texts.indexOf(0);
  return [texts.subarray(0, end), texts.subarray(end + 1)];
}

function noLink(path: Buffer): Buffer {
  if (fs.lstatSync(path).isSymbolicLink()) throw new Refused('ELOOP');
  return path;
}

function statusBytesOf(stats: fs.Stats): Uint8Array {
  const view = new DataView(new ArrayBuffer(statusBytes));
  view.setFloat64(hostStatus.inode, stats.ino, true);
  view.setFloat64(hostStatus.size, stats.size, true);
  view.setFloat64(hostStatus.readMs, stats.atimeMs, true);
  view.setFloat64(hostStatus.writtenMs, stats.mtimeMs, true);
  view.setFloat64(hostStatus.changedMs, stats.ctimeMs, true);
  view.setUint32(hostStatus.mode, stats.mode, true);
  view.setUint32(hostStatus.links, stats.nlink, true);
  view.setUint32(hostStatus.user, stats.uid, true);
  view.setUint32(hostStatus.group, stats.gid, true);
  return new Uint8Array(view.buffer);
}
