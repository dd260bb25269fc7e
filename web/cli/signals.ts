// This process's signals, as far as the program that runs in it handles them. The others do what they do to any process.
import { constants } from 'node:os';

/** What a process cannot handle, and what the engine under it must not lose: faults of its own, and what it measures by. */
const notOurs: readonly string[] = ['SIGKILL', 'SIGSTOP', 'SIGSEGV', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGTRAP', 'SIGPROF', 'SIGVTALRM'];

const names = new Map<number, NodeJS.Signals>();
for (const [name, number] of Object.entries(constants.signals)) {
  if (!notOurs.includes(name)) names.set(number, name as NodeJS.Signals);
}

export class SignalListeners {
  private readonly hear: (number: number) => void;
  private readonly listeners = new Map<number, () => void>();

  constructor(hear: (number: number) => void) {
    this.hear = hear;
  }

  /** These and no others. */
  listenTo(numbers: readonly number[]): void {
    for (const [number, listener] of this.listeners) {
      if (numbers.includes(number)) continue;
      process.off(names.get(number)!, listener);
      this.listeners.delete(number);
    }
    for (const number of numbers) {
      const name = names.get(number);
      if (!name || this.listeners.has(number)) continue;
      const listener = (): void => this.hear(number);
      process.on(name, listener);
      this.listeners.set(number, listener);
    }
  }
}
