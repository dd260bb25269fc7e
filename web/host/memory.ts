// Reading and writing the engine's memory: rings, and the words that both sides watch.
import { engineState, ring } from './layout.ts';

/** Takes everything out of the ring at `address`; undefined if it is empty. */
export function takeRing(memory: WebAssembly.Memory, address: number): Uint8Array | undefined {
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

/** Tells the engine that something outside has changed: input came, output was taken, procs were moved. */
export function wakeEngine(memory: WebAssembly.Memory, state: number): void {
  const words = new Int32Array(memory.buffer), at = (state + engineState.wake) >> 2;
  Atomics.add(words, at, 1);
  Atomics.notify(words, at);
}
