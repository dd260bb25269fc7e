// The site's server and the examples that go into the page.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib';
import { headerOfOrNull, readExamples } from '../../web/dev/examples.mjs';
import { isolationHeaders, listen, siteServer } from '../../web/dev/serve.mjs';
import { root } from '../../web/dev/terminal.mjs';

let folder;
let server;
let port;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-site-'));
  mkdirSync(join(folder, 'site/assets'), { recursive: true });
  writeFileSync(join(folder, 'site/index.html'), '<p>page</p>');
  writeFileSync(join(folder, 'site/assets/a.wasm'), 'module');
  writeFileSync(join(folder, 'site/assets/a.wasm.br'), brotliCompressSync('module'));
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  server = siteServer(join(folder, 'site'));
  port = await listen(server, 8900);
});

after(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** The path goes out as it is: no client makes it harmless first. */
function ask(path, { headers = {}, method = 'GET' } = {}) {
  return new Promise((settle, fail) => {
    const request = get({ host: 'localhost', port, path, headers, method }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => settle({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }));
    });
    request.on('error', fail);
  });
}

test('every answer isolates, errors too', async () => {
  for (const path of ['/', '/assets/a.wasm', '/missing']) {
    const { headers } = await ask(path);
    for (const [name, value] of Object.entries(isolationHeaders)) assert.equal(headers[name.toLowerCase()], value, path);
  }
});

test('types, Brotli for those who take it, caching by name', async () => {
  const page = await ask('/');
  assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
  assert.equal(page.headers['cache-control'], 'no-cache');
  const plain = await ask('/assets/a.wasm');
  assert.equal(plain.headers['content-type'], 'application/wasm');
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.match(plain.headers['cache-control'], /immutable/);
  const compressed = await ask('/assets/a.wasm', { headers: { 'accept-encoding': 'gzip, br' } });
  assert.equal(compressed.headers['content-encoding'], 'br');
  assert.equal(brotliDecompressSync(compressed.body).toString(), 'module');
  assert.equal((await ask('/', { method: 'HEAD' })).body.length, 0);
});

test('nothing outside the folder, no folders, no other methods', async () => {
  for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/assets', '/assets/', '/%', '/%00', '//x']) {
    assert.equal((await ask(path)).status, 404, path);
  }
  assert.equal((await ask('/', { method: 'POST' })).status, 405);
});

test('a port that is taken: the next one', async () => {
  const second = siteServer(folder);
  const other = await listen(second, port);
  assert.ok(other > port);
  second.close();
  await assert.rejects(listen(siteServer(folder), port, { search: false }), /EADDRINUSE/);
});

test('headers of examples', () => {
  assert.deepEqual(headerOfOrNull('// 3.2.1 WaitGroup: Wait: for all\npackage main\n'), {
    section: '3.2.1',
    group: 'WaitGroup',
    title: 'Wait: for all',
  });
  for (const other of ['// Fork with go: x\n', 'package main\n', '', '// 3.1 no title\n']) assert.equal(headerOfOrNull(other), null);
});

test('examples are ordered by section, shown without instructions to the tests, and have Japanese titles', () => {
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  writeFileSync(join(programs, 'b.go'), '// 3.10 Late: Second\n// varies: \\d+\npackage main\n');
  writeFileSync(join(programs, 'c.go'), '// 3.9 Early: First\npackage main\n');
  writeFileSync(join(programs, 'd.go'), '// only a test\npackage main\n');
  const found = readExamples(programs);
  assert.deepEqual(
    found.map(({ title }) => title),
    ['First', 'Second'],
  );
  assert.equal(found[1].source, '// 3.10 Late: Second\npackage main\n');

  const titles = readFileSync(join(root, 'web/page/example-titles.ts'), 'utf8');
  const missing = readExamples(join(root, 'tests/go/run'))
    .flatMap(({ group, title }) => [group, title])
    .filter((title) => !titles.includes(`'${title}':`) && !titles.includes(`  ${title}:`) && !titles.includes(`"${title}":`));
  assert.deepEqual([...new Set(missing)], [], 'add them to web/page/example-titles.ts');
});
