// What a browser's Web Worker runs.
import { serve } from './worker.ts';

// Workers begin at different times: all count from one moment, not long ago so that fractions stay fine.
const epoch = Date.UTC(2026, 0);

serve({
  post: (message, transfer = []) => postMessage(message, { transfer }),
  onMessage: (listener) => addEventListener('message', (event) => listener(event.data)),
  now: () => performance.timeOrigin - epoch + performance.now(),
});
