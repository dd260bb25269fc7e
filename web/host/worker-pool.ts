// Workers started ahead of a run, waiting for it. To start one takes a browser or node longer than everything that a run
// does before its first output, so whoever knows that a run will come has them started while it still compiles.
import type { Platform, WorkerHandle } from './platform.ts';

export class WorkerPool {
  readonly #platform: Platform;
  readonly #waiting: WorkerHandle[] = [];

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** Starts as many as are missing to `count`. */
  fill(count: number): void {
    while (this.#waiting.length < count) {
      const worker = this.#start();
      this.#waiting.push(worker);
      // One that fails while it waits is forgotten; a run that starts one itself then says what is wrong.
      worker.onError(() => {
        const at = this.#waiting.indexOf(worker);
        if (at >= 0) this.#waiting.splice(at, 1);
      });
    }
  }

  /** The one that has waited longest, or a new one. */
  take(): WorkerHandle {
    return this.#waiting.shift() ?? this.#start();
  }

  /** Ends those that wait. */
  async empty(): Promise<void> {
    await Promise.all(this.#waiting.splice(0).map((worker) => worker.terminate()));
  }

  #start(): WorkerHandle {
    return this.#platform.startWorker('goroutines');
  }
}
