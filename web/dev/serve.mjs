// Serves the built page: the headers that make it cross-origin isolated wherever it is embedded, the right types, and
// Brotli for whoever takes it. Whole files from memory-sized assets; no ranges, no directory listings.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

/** Shared memory needs isolation: the first two for the page itself, the others for being embedded elsewhere. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Document-Isolation-Policy': 'isolate-and-credentialless',
};

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

function fileForOrNull(folder, url) {
  let path;
  try {
    path = decodeURIComponent(new URL(`http://localhost${url}`).pathname);
  } catch {
    return null; // malformed escapes
  }
  if (path.includes('\0')) return null;
  const file = normalize(join(folder, path.endsWith('/') ? `${path}index.html` : path));
  if (!file.startsWith(folder + sep) || !existsSync(file) || !statSync(file).isFile()) return null;
  return file;
}

/** `isolated: false` leaves the isolation headers out, for tests of the one-worker page. */
export function siteServer(folder, { isolated = true } = {}) {
  const root = normalize(folder);
  return createServer((request, response) => {
    const headers = isolated ? { ...isolationHeaders } : {};
    headers['X-Content-Type-Options'] = 'nosniff';
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...headers, Allow: 'GET, HEAD' }).end();
      return;
    }
    const file = fileForOrNull(root, request.url);
    if (!file) {
      response.writeHead(404, { ...headers, 'Content-Type': types['.txt'] }).end('not found\n');
      return;
    }
    headers['Content-Type'] = types[extname(file)] ?? 'application/octet-stream';
    // Names below assets/ carry a hash of the content; everything else may change under its name.
    headers['Cache-Control'] = file.includes(`${sep}assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache';
    headers.Vary = 'Accept-Encoding';
    const compressed = `${file}.br`;
    const brotli = /\bbr\b/.test(request.headers['accept-encoding'] ?? '') && existsSync(compressed);
    if (brotli) headers['Content-Encoding'] = 'br';
    const source = brotli ? compressed : file;
    headers['Content-Length'] = statSync(source).size;
    response.writeHead(200, headers);
    if (request.method === 'HEAD') response.end();
    else createReadStream(source).on('error', () => response.destroy()).pipe(response);
  });
}

/** Listens on `port`, or the next one that is free of the 50 from there on. The port taken. */
export async function listen(server, port, { host = 'localhost', search = true } = {}) {
  for (let candidate = port; ; candidate++) {
    try {
      await new Promise((settle, fail) => {
        server.once('error', fail);
        server.listen(candidate, host, () => {
          server.removeListener('error', fail);
          settle();
        });
      });
      return server.address().port;
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || !search || candidate >= Math.min(port + 50, 65535)) throw error;
    }
  }
}
