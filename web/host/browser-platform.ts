// The browser, for engine.ts.
import type { Platform, WorkerHandle } from './platform.ts';

export function browserPlatform(): Platform {
  return {
    canShare: globalThis.crossOriginIsolated === true,
    cpus: navigator.hardwareConcurrency || 1,
    startWorker,
  };
}

function startWorker(name: string): WorkerHandle {
  // The file's extension as bundlers look for it; tsc's output is bundled before a browser sees it.
  const worker = new Worker(new URL('./browser-worker.ts', import.meta.url), { type: 'module', name });
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    onMessage: (listener) => worker.addEventListener('message', (event) => listener(event.data)),
    onError: (listener) => {
      worker.addEventListener('error', (event) => {
        event.preventDefault();
        listener(event.message || 'a worker could not be started');
      });
      worker.addEventListener('messageerror', () => listener('a message could not be read'));
    },
    terminate: async () => worker.terminate(),
  };
}
