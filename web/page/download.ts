// Downloads that are what was built, or are refused: a browser may keep what was cut short, changed on the disk, or is some
// proxy's page instead. Such a file is fetched once more, past all caches.

export interface BuiltFile {
  /** As the build calls it: for messages. */
  name: string;
  url: string;
  /** SHA-256, in hexadecimal. */
  digest: string | undefined;
}

/** A download that failed, in a sentence for the reader. */
export class DownloadError extends Error {
  override name = 'DownloadError';
}

/** What is used here of the browser. */
export interface Network {
  fetch(url: string, options: { cache: 'default' | 'reload' }): Promise<Response>;
  /** Absent where the page's address is not secure: then what is downloaded is only looked at by who uses it. */
  digest?(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
}

export const browserNetwork = (): Network => ({
  fetch: (url, options) => fetch(url, options),
  ...(globalThis.crypto?.subtle && { digest: (bytes: Uint8Array<ArrayBuffer>) => crypto.subtle.digest('SHA-256', bytes) }),
});

/**
 * What `read` makes of the file. It may be asked twice, and is given the second time what did not come from a cache. Rejects
 * with DownloadError.
 */
async function download<T>(network: Network, file: BuiltFile, read: (response: Response) => Promise<T>): Promise<T> {
  for (const cache of ['default', 'reload'] as const) {
    const response = await respond(network, file, cache);
    if (!response.ok && cache === 'default') continue; // kept from when the server was not well
    if (!response.ok) throw new DownloadError(`a download failed: ${file.name}: ${response.status} ${response.statusText}`);
    const [made, isRight] = await Promise.all([
      read(response.clone()).then((value) => ({ value }), () => null),
      response.arrayBuffer().then((bytes) => matches(network, file, new Uint8Array(bytes)), () => false),
    ]);
    if (made && isRight) return made.value;
  }
  throw new DownloadError(
    `${file.name} arrives damaged, from the server and not only from this browser's cache; reload the page, and if that does not help tell whoever serves it`,
  );
}

async function respond({ fetch }: Network, { url }: BuiltFile, cache: 'default' | 'reload'): Promise<Response> {
  try {
    return await fetch(url, { cache });
  } catch (cause) {
    throw new DownloadError('a download failed; is there a connection?', { cause });
  }
}

async function matches({ digest }: Network, file: BuiltFile, bytes: Uint8Array<ArrayBuffer>): Promise<boolean> {
  if (!digest || file.digest === undefined) return true;
  const hex = [...new Uint8Array(await digest(bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex === file.digest;
}

export const downloadBytes = (network: Network, file: BuiltFile): Promise<Uint8Array<ArrayBuffer>> =>
  download(network, file, async (response) => new Uint8Array(await response.arrayBuffer()));

/** Compiled while it arrives, so that the browser keeps the code, too. */
export const downloadModule = (network: Network, file: BuiltFile): Promise<WebAssembly.Module> =>
  download(network, file, (response) => WebAssembly.compileStreaming(response));

export const downloadJson = <T>(network: Network, file: BuiltFile): Promise<T> =>
  download(network, file, async (response) => (await response.json()) as T);
