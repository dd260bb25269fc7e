// What a program is told of the world when it starts, as the engine reads it: abi::OutsideRecord.
import type { Mount, Outside } from './api.ts';
import { outsideKind } from './layout.ts';

/** abi::OutsideKind::Mount's letters. */
const accessLetters: Record<Mount['access'], string> = { written: 'w', read: 'r', copied: 'c' };

const headBytes = 12;

/** All records, one after the other. */
export function recordsOf({ environment = [], folder, files = [], mounts = [], zone, hostName, streamModes, buildInfo }: Outside): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const records: { kind: number; name: Uint8Array; value: Uint8Array }[] = [];
  const add = (kind: number, name: string, value: string | Uint8Array = ''): void => {
    records.push({ kind, name: encoder.encode(name), value: typeof value === 'string' ? encoder.encode(value) : value });
  };
  for (const variable of environment) {
    const end = variable.indexOf('=', 1);
    if (end > 0) add(outsideKind.variable, variable.slice(0, end), variable.slice(end + 1));
  }
  if (folder !== undefined) add(outsideKind.folder, folder);
  for (const { name, bytes } of files) add(outsideKind.file, name, bytes);
  for (const { guest, access } of mounts) add(outsideKind.mount, guest, accessLetters[access]);
  if (zone !== undefined) add(outsideKind.zone, zone);
  if (hostName !== undefined) add(outsideKind.hostName, hostName);
  if (buildInfo) add(outsideKind.buildInfo, buildInfo.path, buildInfo.module);
  streamModes?.forEach((mode, fd) => add(outsideKind.stream, String(fd), new Uint8Array(Uint32Array.of(mode).buffer)));

  const sizeOf = (textBytes: number): number => headBytes + ((textBytes + 3) & ~3);
  const bytes = new Uint8Array(records.reduce((sum, { name, value }) => sum + sizeOf(name.length + value.length), 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const { kind, name, value } of records) {
    [kind, name.length, value.length].forEach((word, i) => view.setUint32(at + 4 * i, word, true));
    bytes.set(name, at + headBytes);
    bytes.set(value, at + headBytes + name.length);
    at += sizeOf(name.length + value.length);
  }
  return bytes;
}
