// A program in the fragment of a link: `#code=` and base64url of the compressed text. Nothing is sent anywhere: a fragment
// stays in the browser. The compression is zlib's, not bare deflate, because its checksum tells a damaged link from a
// program; bare deflate would hand over garbage.

const key = 'code';

/** No program of a link is longer; a small link can ask for far more memory than it looks. */
const longestProgramBytes = 4 << 20;

/** The link holds something that is not a program, or not a reasonable one. */
export class BadLink extends Error {
  override name = 'BadLink';
  readonly tooLong: boolean;

  constructor(message: string, options: ErrorOptions & { tooLong?: boolean } = {}) {
    super(message, options);
    this.tooLong = options.tooLong ?? false;
  }
}

/** The fragment for `program`, with its `#`. */
export async function encodeFragment(program: string): Promise<string> {
  const stream = new Blob([program]).stream().pipeThrough(new CompressionStream('deflate'));
  return `#${key}=${toBase64Url(new Uint8Array(await new Response(stream).arrayBuffer()))}`;
}

/** The program in a fragment; null when the fragment is about something else. Throws BadLink. */
export async function decodeFragment(fragment: string): Promise<string | null> {
  const encoded = new URLSearchParams(fragment.replace(/^#/, '')).get(key);
  if (encoded === null) return null;
  try {
    const bytes = await inflate(fromBase64Url(encoded));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw error instanceof BadLink ? error : new BadLink('the link is damaged', { cause: error });
  }
}

async function inflate(compressed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([compressed]).stream().pipeThrough(new DecompressionStream('deflate'));
  const reader = stream.getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > longestProgramBytes) {
      await reader.cancel();
      throw new BadLink('the program in the link is too long', { tooLong: true });
    }
    parts.push(value as Uint8Array<ArrayBuffer>);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}
