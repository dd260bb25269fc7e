// Answers what the engine asks of the host while it waits: abi::HostCall.
import { hostCall } from './layout.ts';
import type { Start } from './messages.ts';
import type { WorkerScope } from './platform.ts';
import { zonesIn, type Zones } from './zones.ts';

/** Linux's numbers of errors. */
const noSuchFile = 2, failed = 5, notImplemented = 38;

/** What the engine imports as `call` from `host`. */
export function makeHostCall(
  scope: WorkerScope,
  memory: WebAssembly.Memory,
  { mounts, zones }: Pick<Start, 'mounts' | 'zones'>,
  tellSignals: (change: number, handled: number) => void,
) {
  const files = scope.filesOf?.(mounts);
  let database: Zones | null = null; // loaded when the first zone is asked for
  const load = (url: string): Zones => {
    try {
      return zonesIn(scope.readNow(url, false));
    } catch {
      return zonesIn(scope.readNow(url, true));
    }
  };
  const zone = (name: string, buffer: Uint8Array): number => {
    if (zones === undefined) return -noSuchFile;
    try {
      database ??= load(zones);
    } catch {
      return -failed;
    }
    const data = database(name);
    if (!data) return -noSuchFile;
    if (data.length <= buffer.length) buffer.set(data);
    return data.length;
  };
  return (what: number, x: number, y: number, text: number, textBytes: number, buffer: number, bufferBytes: number): number => {
    const bytesAt = (address: number, count: number) =>
      new Uint8Array(memory.buffer, address >>> 0, count >>> 0) as Uint8Array<ArrayBuffer>;
    if (what === hostCall.signals) {
      tellSignals(x, y);
      return 0;
    }
    // A copy: neither text decoders nor file systems take what is shared for a text.
    const given = bytesAt(text, textBytes).slice();
    if (what === hostCall.zoneData) return zone(new TextDecoder().decode(given), bytesAt(buffer, bufferBytes));
    return files?.(what, x, y, given, bytesAt(buffer, bufferBytes)) ?? -notImplemented;
  };
}
