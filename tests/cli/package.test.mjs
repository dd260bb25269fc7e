// The package as npm would publish it: packed, unpacked somewhere else, and run there with nothing beside it.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../../web/dev/terminal.mjs';

test('the packed package runs programs, and holds what it needs and no more', () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-package-'));
  try {
    // Without scripts: what they build has been built.
    const packed = execFileSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { cwd: root, encoding: 'utf8' });
    const [{ filename, files, size }] = JSON.parse(packed);
    const paths = files.map(({ path }) => path);
    const expected = /^(package\.json|README\.md|LICENSE|web\/cli\/bin\.mjs|build\/engine\/([\w-]+\.(wasm|data|index|skeletons)|(images|formatter|files)\.json|std\.license)|build\/js\/web\/(cli|host)\/[\w-]+\.js)$/;
    assert.deepEqual(paths.filter((path) => !expected.test(path)), []);
    assert.ok(size < 10 << 20, `${size} bytes`); // most of it is Go's library
    execFileSync('tar', ['-xzf', filename], { cwd: folder });
    writeFileSync(join(folder, 'hello.go'), 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("hello") }\n');
    const command = (...args) => spawnSync(process.execPath, [join(folder, 'package/web/cli/bin.mjs'), ...args], { cwd: folder, encoding: 'utf8' });
    const { status, stdout, stderr } = command('run', 'hello.go');
    assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: 'hello\n', stderr: '' });
    assert.equal(command('fmt', 'hello.go').stdout, readFileSync(join(folder, 'hello.go'), 'utf8'));
    assert.match(command('--version').stdout, /^millrace \d+\.\d+\.\d+\n$/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
