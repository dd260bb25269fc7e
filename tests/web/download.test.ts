// Downloads of the page: what a cache, a proxy or a disk has made of them.
import assert from 'node:assert/strict';
import { createHash, webcrypto } from 'node:crypto';
import { test } from 'node:test';
import { DownloadError, downloadBytes, downloadJson, downloadModule, type BuiltFile, type Network } from '../../web/page/download.ts';

/** (module) */
const module = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
const data = new TextEncoder().encode('{"tableSize":7}');

const fileOf = (bytes: Uint8Array): BuiltFile => ({ name: 'a.wasm', url: '/a-1.wasm', digest: createHash('sha256').update(bytes).digest('hex') });

type Answer = () => Response;

const wasm = { headers: { 'Content-Type': 'application/wasm' } };
const given = (bytes: Uint8Array): Answer => () => new Response(bytes.slice(), wasm);
const page: Answer = () => new Response('<!doctype html><h1>Sign in</h1>', { headers: { 'Content-Type': 'text/html' } });
const status = (code: number): Answer => () => new Response('', { status: code, statusText: 'No' });
/** Ends in the middle, as when the connection is lost. */
const broken: Answer = () =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(data.slice(0, 5));
        controller.error(new TypeError('network error'));
      },
    }),
    wasm,
  );

function flipped(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  copy[copy.length - 1]! ^= 4;
  return copy;
}

/** What is in the cache, and what the server has. */
function networkOf(cached: Answer, served: Answer, secure = true): Network & { asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    fetch: async (_, { cache }) => {
      asked.push(cache);
      return (cache === 'default' ? cached : served)();
    },
    ...(secure && { digest: (bytes: Uint8Array<ArrayBuffer>) => webcrypto.subtle.digest('SHA-256', bytes) }),
  };
}

test('what is as it was built is asked for once', async () => {
  const network = networkOf(given(data), given(data));
  assert.deepEqual(await downloadBytes(network, fileOf(data)), data);
  assert.deepEqual(await downloadJson(network, fileOf(data)), { tableSize: 7 });
  assert.ok((await downloadModule(networkOf(given(module), given(module)), fileOf(module))) instanceof WebAssembly.Module);
  assert.deepEqual(network.asked, ['default', 'default']);
});

for (const [what, bad] of [
  ['truncated', given(data.slice(0, -1))],
  ['a bit flipped', given(flipped(data))],
  ['empty', given(new Uint8Array())],
  ['an HTML page in its place', page],
  ['cut short', broken],
  ['an error kept', status(503)],
] as const) {
  test(`in the cache, ${what}: fetched again, past it`, async () => {
    const network = networkOf(bad, given(data));
    assert.deepEqual(await downloadBytes(network, fileOf(data)), data);
    assert.deepEqual(network.asked, ['default', 'reload']);
  });
}

test('a damaged module is fetched again, whether the engine notices or not', async () => {
  const custom = Uint8Array.of(...module, 0, 4, 1, 0x78, 1, 2); // a custom section: its bytes mean nothing to the engine
  for (const bad of [flipped(custom), custom.slice(0, -1)]) {
    const network = networkOf(given(bad), given(custom));
    const made = await downloadModule(network, fileOf(custom));
    assert.deepEqual([...new Uint8Array(WebAssembly.Module.customSections(made, 'x')[0]!)], [1, 2]);
    assert.deepEqual(network.asked, ['default', 'reload']);
  }
});

test('what is still wrong is told, with the file and the next step', async () => {
  const refused = (network: Network, message: RegExp) =>
    assert.rejects(downloadBytes(network, fileOf(data)), (error: Error) => error instanceof DownloadError && message.test(error.message));
  await refused(networkOf(page, page), /^a\.wasm arrives damaged.*reload the page/);
  await refused(networkOf(given(flipped(data)), broken), /^a\.wasm arrives damaged/);
  await refused(networkOf(page, status(404)), /^a download failed: a\.wasm: 404 No$/);
  await refused({ fetch: async () => Promise.reject(new TypeError('failed to fetch')) }, /is there a connection\?$/);
});

test('where nothing can be digested, what does not fit is noticed all the same', async () => {
  assert.ok((await downloadModule(networkOf(page, given(module), false), fileOf(module))) instanceof WebAssembly.Module);
  assert.deepEqual(await downloadJson(networkOf(page, given(data), false), fileOf(data)), { tableSize: 7 });
});
