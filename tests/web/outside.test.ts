// What a program is told of the world, the time zone database, and the files of a mount whoever asks for them.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { crc32 as nodesCrc32 } from 'node:zlib';
import { makeHostCall } from '../../web/host/host-call.ts';
import { hostCall } from '../../web/host/layout.ts';
import { nodeFiles } from '../../web/host/node-files.ts';
import { recordsOf } from '../../web/host/outside.ts';
import type { WorkerScope } from '../../web/host/platform.ts';
import { zonesIn } from '../../web/host/zones.ts';

test('records are whole words, one after the other', () => {
  const bytes = recordsOf({ environment: ['A=b=c', 'nothing', '=D=e'], files: [{ name: 'f', bytes: Uint8Array.of(1, 2) }] });
  const view = new DataView(bytes.buffer);
  const words = (at: number) => [0, 4, 8].map((offset) => view.getUint32(at + offset, true));
  assert.deepEqual(words(0), [1, 1, 3]);
  assert.deepEqual([...bytes.subarray(12, 16)], [...'Ab=c'].map((letter) => letter.charCodeAt(0)));
  assert.deepEqual(words(16), [1, 2, 1]); // "=D" is a name, as Windows has them
  assert.deepEqual(words(32), [3, 1, 2]);
  assert.deepEqual([...bytes.subarray(44)], ['f'.charCodeAt(0), 1, 2, 0]);
  assert.equal(recordsOf({}).length, 0);
});

test('zones are found in their database, and nothing in another file', () => {
  const bytes = (rest: string) => new TextEncoder().encode(`${JSON.stringify({ sum: nodesCrc32('xyz'), places: { 'A/B': [1, 2] } })}\n${rest}`);
  const zones = zonesIn(bytes('xyz'));
  assert.equal(new TextDecoder().decode(zones('A/B')!), 'yz');
  for (const name of ['A', 'toString', '']) assert.equal(zones(name), null);
  for (const rest of ['xy', 'xyZ', '']) assert.throws(() => zonesIn(bytes(rest)));
  assert.throws(() => zonesIn(new TextEncoder().encode('<!doctype html>\n')));
});

test('a database that is damaged is asked for again, once for each zone that is wanted', () => {
  const good = new TextEncoder().encode(`${JSON.stringify({ sum: nodesCrc32('xyz'), places: { 'A/B': [1, 2] } })}\nxyz`);
  const asked: boolean[] = [];
  const memory = new WebAssembly.Memory({ initial: 1 });
  const zoneOf = (isCured: boolean) => {
    const readNow = (_: string, again: boolean) => (asked.push(again), again && isCured ? good : good.slice(0, -1));
    const call = makeHostCall({ readNow } as unknown as WorkerScope, memory, { mounts: [], zones: 'zones.data' }, () => {});
    new Uint8Array(memory.buffer).set(new TextEncoder().encode('A/B'), 8);
    return () => call(hostCall.zoneData, 0, 0, 8, 3, 16, 16);
  };
  const cured = zoneOf(true);
  assert.deepEqual([cured(), cured()], [2, 2]);
  assert.deepEqual(asked.splice(0), [false, true]);
  assert.equal(new TextDecoder().decode(new Uint8Array(memory.buffer, 16, 2)), 'yz');
  assert.equal(zoneOf(false)(), -5); // EIO
  assert.deepEqual(asked, [false, true]);
});

test('whoever asks gets nothing from outside a mount, and changes nothing that is not to be written', () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'millrace-')));
  const [denied, readOnly, badFile] = [-13, -30, -9];
  try {
    mkdirSync(join(folder, 'in'));
    writeFileSync(join(folder, 'secret'), 'secret');
    writeFileSync(join(folder, 'in/file'), 'file');
    symlinkSync('..', join(folder, 'in/up'));
    symlinkSync('../secret', join(folder, 'in/out'));
    const files = nodeFiles([
      { host: join(folder, 'in'), guest: '/w', access: 'written' },
      { host: join(folder, 'in'), guest: '/r', access: 'read' },
      { host: join(folder, 'in'), guest: '/c', access: 'copied' },
    ]);
    const ask = (what: number, mount: number, path: string, y = 0): number =>
      files(what, mount, y, new TextEncoder().encode(path), new Uint8Array(256));
    for (const path of ['../secret', 'up/secret', 'up/in/../secret', '..', '.', 'in/..', '/secret']) {
      for (const what of [hostCall.status, hostCall.open, hostCall.list, hostCall.remove]) {
        assert.ok(ask(what, 0, path) < 0, `${what} ${path}`);
      }
    }
    assert.equal(ask(hostCall.open, 0, 'up/secret'), denied);
    assert.equal(ask(hostCall.open, 0, 'out'), -40); // ELOOP: it leads out
    assert.equal(ask(hostCall.permissions, 0, 'out', 0), -40);
    assert.equal(ask(hostCall.rename, 0, 'file\0up/file'), denied);
    assert.equal(ask(hostCall.status, 3, ''), badFile);
    for (const mount of [1, 2]) {
      for (const what of [hostCall.remove, hostCall.makeFolder, hostCall.truncate, hostCall.permissions]) {
        assert.equal(ask(what, mount, 'file'), readOnly);
      }
      for (const flags of [1, 2, 0x40, 0x200]) assert.equal(ask(hostCall.open, mount, 'file', flags), readOnly);
    }
    assert.equal(ask(99, 0, 'file'), -38);
    const file = ask(hostCall.open, 1, 'file');
    assert.ok(file >= 0);
    assert.equal(ask(hostCall.read, file, '', 1), 3);
    assert.equal(ask(hostCall.close, file, ''), 0);
    assert.equal(ask(hostCall.close, file, ''), badFile);
    assert.deepEqual(readdirSync(join(folder, 'in')).sort(), ['file', 'out', 'up']);
    assert.equal(readFileSync(join(folder, 'secret'), 'utf8'), 'secret');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
