// Files of the build that are not what the build left: the command says which and what to do, and the next build makes them anew.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, linkSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { noteBuilt, removeDamaged } from '../../web/dev/built.mjs';
import { root } from '../../web/dev/terminal.mjs';

let folder;
let engine;

// In the project's own folder, where files can have two names.
before(() => {
  folder = mkdtempSync(join(root, 'build/damaged-'));
  engine = join(folder, 'build/engine');
  for (const path of ['web/cli', 'build/js/web']) cpSync(join(root, path), join(folder, path), { recursive: true });
  copyFileSync(join(root, 'package.json'), join(folder, 'package.json'));
  mkdirSync(engine);
  for (const name of readdirSync(join(root, 'build/engine'))) {
    if (name !== 'files.json') linkSync(join(root, 'build/engine', name), join(engine, name));
  }
  noteBuilt(engine);
  writeFileSync(join(folder, 'hello.go'), 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("hello") }\n');
  writeFileSync(join(folder, 'json.go'), 'package main\n\nimport "encoding/json"\n\nfunc main() { json.Valid(nil) }\n');
});
after(() => rmSync(folder, { recursive: true }));

const run = (program) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'web/cli/bin.mjs'), 'run', join(folder, program)], { encoding: 'utf8' });
  return { status, stdout, stderr };
};

/** Runs `body` while a file is another one; `isNew`: it has been written since it was noted. */
function whileDamaged(name, damage, body, isNew = false) {
  const path = join(engine, name);
  const bytes = readFileSync(path);
  const { atime, mtime } = statSync(path);
  rmSync(path);
  writeFileSync(path, damage(bytes));
  const later = new Date(statSync(join(engine, 'files.json')).mtimeMs + 10_000);
  utimesSync(path, isNew ? later : atime, isNew ? later : mtime);
  try {
    body();
  } finally {
    rmSync(path, { force: true });
    linkSync(join(root, 'build/engine', name), path);
  }
}

const truncated = (bytes) => bytes.subarray(0, Math.floor((bytes.length * 2) / 3));
const flipped = (bytes) => {
  const copy = Buffer.from(bytes);
  copy[copy.length >> 1] ^= 1;
  return copy;
};
const page = () => '<!doctype html><title>Not found</title>';

const told = (name) => ({ status: 3, stdout: '', stderr: `millrace: ${name} is damaged; \`npm run build\` makes it anew\n` });

test('as it was built it runs', () => assert.deepEqual(run('hello.go'), { status: 0, stdout: 'hello\n', stderr: '' }));

describe('each file, in each way', () => {
  for (const [name, damage] of [
    ['std.wasm', flipped], ['std.data', truncated], ['std.index', page], ['std.skeletons', truncated], ['images.json', page],
    ['compiler.wasm', flipped], ['engine-threads.wasm', truncated], ['glue.wasm', page],
  ]) {
    test(`${name}, ${damage.name}`, () => whileDamaged(name, damage, () => assert.deepEqual(run('hello.go'), told(name))));
  }
  test('one that is loaded when a program wants it', () => {
    whileDamaged('more.data', flipped, () => {
      assert.deepEqual(run('json.go'), told('more.data'));
      assert.equal(run('hello.go').stdout, 'hello\n');
    });
  });
});

test('a module that was built by itself, and badly, is not the program\'s fault either', () => {
  whileDamaged('compiler.wasm', truncated, () => assert.deepEqual(run('hello.go'), told('compiler.wasm')), true);
});

test('the next build makes anew what is damaged, and no more', () => {
  const names = () => readdirSync(engine).sort();
  const all = names();
  removeDamaged(engine);
  assert.deepEqual(names(), all);
  whileDamaged('std.data', flipped, () => {
    removeDamaged(engine);
    assert.deepEqual(names(), all.filter((name) => name !== 'std.data'));
  });
  whileDamaged('std.data', flipped, () => {
    removeDamaged(engine);
    assert.deepEqual(names(), all);
  }, true);
});
