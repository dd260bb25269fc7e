// The stacks on which panics began, as the JavaScript engine sees them.
//
// The problem. What a panic that nobody recovers has left is gone by the time that is known. So the stack is noted where the
// panic begins, also of those that are recovered; and although engines make its text only when it is read, a note costs
// more than all else about a recovered panic.
//
// The rule. The first panics on a worker are noted. From then on notes may take a fiftieth of the time that passes; what they
// did not take is kept for later, up to what a second gives. So programs that panic now and then have a trace always. Where
// panics are recovered as fast as can be, most are not noted. The engine tells of each whether many like it have been; of
// those the first are 30,000, which take a fifth of a second, or fewer if stacks are deep. The others, of which one may well be
// the last, have a quarter of the time for themselves, reading them included: a goroutine that panics in its deferred calls
// without end has all of its notes read. Of them the first are a hundred.
//
// Rejected: noting fewer frames when time is short. What costs most is to note any at all.

/** Of deeper stacks only the innermost frames are noted. V8 notes ten if it is not told; Firefox has a bound of its own. */
const mostFrames = 2048;

const shareOfTime = 1 / 50, strangersShare = 1 / 4, mostKeptMs = 20;

/** What a free note of a familiar panic costs is counted in these, and bounded because the machine may have been elsewhere. */
const stepMs = 0.02, mostSteps = 20;

/** In the place of a module: here are more frames than were noted. */
const unknown = 0xffff_ffff;

const limitOfStacks = (frames: number): void => void ((Error as { stackTraceLimit?: number }).stackTraceLimit = frames);

/** What the engine imports for it from `host`. JavaScriptCore tells no places in WebAssembly: there traces have no frames. */
export function makeStackNotes(memory: WebAssembly.Memory, now: () => number) {
  // By the address of what the engine keeps about the panic: it uses addresses again, so there are never many.
  const notes = new Map<number, Error>();
  let lookedAt = now();
  const free = { familiar: 30_000, strange: 100 }, keptMs = { familiar: 0, strange: 0 };
  limitOfStacks(mostFrames);
  /** `looked`: of more frames the stack does not tell. */
  const write = (stack: string | undefined, looked: number, into: number, capacity: number): number => {
    const places = codePlaces(stack ?? '').slice(0, capacity - 1);
    if (stack === undefined || !isWhole(stack, looked)) places.push([unknown, 0]);
    new Uint32Array(memory.buffer, into, 2 * places.length).set(places.flat());
    return places.length;
  };
  return {
    noteStack(key: number, isFamiliar: number): void {
      const kind = isFamiliar ? 'familiar' : 'strange';
      const began = now();
      if (free[kind] > 0) {
        notes.set(key, new Error());
        free[kind] -= isFamiliar ? Math.min(mostSteps, 1 + Math.floor((now() - began) / stepMs)) : 1;
        return;
      }
      keptMs.familiar = Math.min(mostKeptMs, keptMs.familiar + (began - lookedAt) * shareOfTime);
      keptMs.strange = Math.min(mostKeptMs, keptMs.strange + (began - lookedAt) * strangersShare);
      lookedAt = began;
      if (keptMs[kind] <= 0) return void notes.delete(key);
      notes.set(key, new Error());
      keptMs[kind] -= now() - began;
    },
    stackOf(key: number, into: number, capacity: number): number {
      const note = notes.get(key);
      if (!note) return write(undefined, mostFrames, into, capacity);
      notes.delete(key);
      const began = now();
      const count = write(note.stack, mostFrames, into, capacity);
      keptMs.strange -= now() - began;
      return count;
    },
    stackNow(into: number, capacity: number): number {
      const frames = Math.min(mostFrames, capacity);
      limitOfStacks(frames);
      const { stack } = new Error();
      limitOfStacks(mostFrames);
      return write(stack, frames, into, capacity);
    },
  };
}

/** What runs WebAssembly is JavaScript; Firefox tells some hundred frames, however many it is asked for. */
export function isWhole(stack: string, looked: number): boolean {
  const lines = stack.trimEnd().split('\n');
  return lines.length < looked && !/:wasm-function\[/.test(lines.at(-1)!);
}

/**
 * Frames of WebAssembly modules, innermost first, as a number for the module and the place in its bytes. Those of the
 * innermost one's module, the engine, are left out.
 */
export function codePlaces(stack: string): [module: number, offset: number][] {
  const frames = [...stack.matchAll(/(?:@|\(|at )([^@(\n]*?):wasm-function\[\d+\]:0x([0-9a-f]+)/g)];
  const modules = [...new Set(frames.map(([, module]) => module))];
  return frames
    .map(([, module, offset]): [number, number] => [modules.indexOf(module) - 1, parseInt(offset!, 16)])
    .filter(([module]) => module >= 0);
}
