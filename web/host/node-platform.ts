// Node, for engine.ts and, in a worker thread, for worker.ts: the workers are started with this same file.
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { nodeFiles } from './node-files.ts';
import type { Platform, WorkerHandle } from './platform.ts';
import { serve } from './worker.ts';

export function nodePlatform(): Platform {
  return { canShare: true, cpus: availableParallelism(), startWorker };
}

const asWorker = 'millrace goroutines';

function startWorker(name: string): WorkerHandle {
  const worker = new Worker(new URL(import.meta.url), { name, workerData: asWorker });
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    onMessage: (listener) => worker.on('message', listener),
    onError: (listener) => worker.on('error', (error: Error) => listener(error.stack ?? String(error))),
    terminate: async () => void (await worker.terminate()),
  };
}

if (!isMainThread && workerData === asWorker) {
  const port = parentPort!;
  serve({
    post: (message, transfer = []) => port.postMessage(message, transfer),
    onMessage: (listener) => port.on('message', listener),
    readNow: (url) => readFileSync(new URL(url)),
    filesOf: nodeFiles,
    // The same in all threads of the process, and twice as quick as performance.now.
    now: () => {
      const [seconds, ns] = process.hrtime();
      return seconds * 1000 + ns / 1e6;
    },
  });
}
