// Reading and writing the engine's memory: rings, and the words that both sides watch.
import { engineState, recordStreamShift, ring } from './layout.ts';

export const pageBytes = 65536;

/** Never grown: WebKit cannot grow shared memory, nor reserve much of it. Throws a sentence for the reader. */
export function makeMemory(pages: number, shared: boolean): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
  } catch {
    throw new Error(`there is no room for the ${(pages * pageBytes) / 2 ** 20} MB that the program is to have; give it less`);
  }
}

/** What a program wrote to standard output (1) or standard error (2). */
export interface Output {
  fd: 1 | 2;
  bytes: Uint8Array;
}

/** Takes all output out of its ring, in the order in which it was written; neighbours of one stream come as one. */
export function takeOutput(memory: WebAssembly.Memory, state: number): Output[] {
  const ringBytes = takeRing(memory, state + engineState.output);
  if (!ringBytes) return [];
  const view = new DataView(ringBytes.buffer), taken: Output[] = [];
  // Records move towards the front, over the words that told their lengths: no second copy.
  let end = 0;
  for (let at = 0; at < ringBytes.length; ) {
    const head = view.getUint32(at, true), fd = (head >>> recordStreamShift) as 1 | 2, count = head & ((1 << recordStreamShift) - 1);
    ringBytes.copyWithin(end, at + 4, at + 4 + count);
    const last = taken.at(-1);
    if (last?.fd === fd) last.bytes = ringBytes.subarray(last.bytes.byteOffset, end + count);
    else taken.push({ fd, bytes: ringBytes.subarray(end, end + count) });
    end += count;
    at += 4 + ((count + 3) & ~3);
  }
  return taken;
}

/** Takes everything out of the ring at `address`; undefined if it is empty. */
function takeRing(memory: WebAssembly.Memory, address: number): Uint8Array | undefined {
  const words = new Int32Array(memory.buffer), at = address >> 2;
  const capacity = words[at + ring.capacity / 4]! >>> 0, data = words[at + ring.data / 4]! >>> 0;
  const read = Atomics.load(words, at + ring.read / 4), written = Atomics.load(words, at + ring.written / 4);
  const count = (written - read) >>> 0;
  if (count === 0) return undefined;
  const bytes = new Uint8Array(count), begin = (read >>> 0) % capacity, first = Math.min(count, capacity - begin);
  bytes.set(new Uint8Array(memory.buffer, data + begin, first));
  bytes.set(new Uint8Array(memory.buffer, data, count - first), first);
  Atomics.store(words, at + ring.read / 4, written);
  return bytes;
}

/** Puts as much of `bytes` into the ring as fits; how much that was. */
export function fillRing(memory: WebAssembly.Memory, address: number, bytes: Uint8Array): number {
  const words = new Int32Array(memory.buffer), at = address >> 2;
  const capacity = words[at + ring.capacity / 4]! >>> 0, data = words[at + ring.data / 4]! >>> 0;
  const read = Atomics.load(words, at + ring.read / 4), written = Atomics.load(words, at + ring.written / 4);
  const count = Math.min(bytes.length, capacity - ((written - read) >>> 0));
  const begin = (written >>> 0) % capacity, first = Math.min(count, capacity - begin);
  new Uint8Array(memory.buffer, data + begin, first).set(bytes.subarray(0, first));
  new Uint8Array(memory.buffer, data, count - first).set(bytes.subarray(first, count));
  Atomics.store(words, at + ring.written / 4, (written + count) | 0);
  return count;
}

/** Sets the bit of a signal that is sent. */
export function addSignal(memory: WebAssembly.Memory, state: number, number: number): void {
  Atomics.or(new Int32Array(memory.buffer), (state + engineState.signals + 4 * ((number - 1) >> 5)) >> 2, 1 << ((number - 1) & 31));
}

/** Tells the engine that something outside has changed: input came, output was taken, procs were moved. */
export function wakeEngine(memory: WebAssembly.Memory, state: number): void {
  const words = new Int32Array(memory.buffer), at = (state + engineState.wake) >> 2;
  Atomics.add(words, at, 1);
  Atomics.notify(words, at);
}
