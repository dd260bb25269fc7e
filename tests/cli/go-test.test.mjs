// `millrace test` beside `go test`: each archive of tests/go/test must make it print what the reference printed.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { root } from '../../web/dev/terminal.mjs';
import { goldenOrNull } from '../support/go-cases.mjs';
import { comparableTest, testCases, testFolder, testOrphans } from '../support/test-cases.mjs';

const command = join(root, 'web/cli/bin.mjs');

function millrace(args, cwd = testFolder) {
  return new Promise((settle) => {
    const child = execFile(process.execPath, [command, ...args], { cwd, maxBuffer: 1 << 24 }, (_, stdout, stderr) => {
      settle({ status: child.exitCode, stdout, stderr });
    });
  });
}

describe('beside the reference', { concurrency: 2 }, () => {
  for (const one of testCases()) {
    test(`${one.name}, as go test runs it`, async () => {
      assert.notEqual(goldenOrNull(one, '.out'), null, 'no golden files: npm run golden');
      const { status, stdout, stderr } = await millrace(['test', '--procs', '2', one.archive, ...one.flags]);
      assert.equal(comparableTest(stdout), goldenOrNull(one, '.out'));
      assert.equal(comparableTest(stderr), goldenOrNull(one, '.err') ?? '');
      assert.equal(`${status}\n`, goldenOrNull(one, '.status') ?? '0\n');
    });
  }
});

test('every golden file has its archive', () => assert.deepEqual(testOrphans(), []));
