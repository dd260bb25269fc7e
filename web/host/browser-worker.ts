// What a browser's Web Worker runs.
import { serve } from './worker.ts';

// Workers begin at different times: all count from one moment, not long ago so that fractions stay fine.
const epoch = Date.UTC(2026, 0);

serve({
  post: (message, transfer = []) => postMessage(message, { transfer }),
  onMessage: (listener) => addEventListener('message', (event) => listener(event.data)),
  readNow,
  now: () => performance.timeOrigin - epoch + performance.now(),
});

/** Workers may wait for a download, and this one has nothing else to do: its goroutine wants it. */
function readNow(url: string, again: boolean): Uint8Array {
  const request = new XMLHttpRequest();
  // Such a request cannot be told to pass a cache by, but under this name the cache knows nothing.
  request.open('GET', again ? `${url}?again=${Date.now()}` : url, false);
  request.responseType = 'arraybuffer';
  request.send();
  if (request.status !== 200) throw new Error(`${url}: ${request.status}`);
  return new Uint8Array(request.response as ArrayBuffer);
}
