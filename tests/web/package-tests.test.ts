// What is printed around what a package's tests print.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testPackage, testProgramName, type TestsShown } from '../../web/host/package-tests.ts';

const encoder = new TextEncoder();
const quiet: TestsShown = { all: false, atOnce: false, unseen: false };

/** All that is printed: `|` where the tests ended. Times are blanked. */
async function printed(shown: Partial<TestsShown>, status: number | Error, output: string): Promise<string> {
  let text = '';
  const print = (_: 1 | 2, bytes: Uint8Array): void => void (text += new TextDecoder().decode(bytes));
  const run = async (write: typeof print): Promise<number> => {
    if (output !== '') write(1, encoder.encode(output));
    text += '|';
    if (status instanceof Error) throw status;
    return status;
  };
  const passed = await testPackage('m/a', { ...quiet, ...shown }, run, print);
  assert.equal(passed, status === 0);
  return text.replace(/\d\.\d{3}s/, '…s');
}

test('tests that pass say little, unless they are to say all', async () => {
  assert.equal(await printed({}, 0, 'PASS\n'), '|ok  \tm/a\t…s\n');
  assert.equal(await printed({ all: true }, 0, 'PASS\n'), '|PASS\nok  \tm/a\t…s\n');
  assert.equal(await printed({ all: true, atOnce: true }, 0, 'PASS\n'), 'PASS\n|ok  \tm/a\t…s\n');
  assert.equal(await printed({}, 0, 'testing: warning: no tests to run\nPASS\n'), '|ok  \tm/a\t…s [no tests to run]\n');
});

test('tests that fail say all, and their status where nobody has looked', async () => {
  assert.equal(await printed({}, 1, 'FAIL\n'), '|FAIL\nFAIL\tm/a\t…s\n');
  assert.equal(await printed({}, 2, 'no end'), '|no end\nFAIL\tm/a\t…s\n');
  assert.equal(await printed({}, 2, ''), '|exit status 2\nFAIL\tm/a\t…s\n');
  assert.equal(await printed({ atOnce: true, unseen: true }, 1, 'FAIL\n'), 'FAIL\n|exit status 1\nFAIL\tm/a\t…s\n');
});

test('what was printed is shown when the engine fails', async () => {
  let text = '';
  const run = (write: (stream: 1 | 2, bytes: Uint8Array) => void): Promise<number> => {
    write(1, encoder.encode('so far'));
    return Promise.reject(new Error('engine'));
  };
  await assert.rejects(testPackage('a', quiet, run, (_, bytes) => (text += new TextDecoder().decode(bytes))), /engine/);
  assert.equal(text, 'so far');
});

test('a test program goes by the last part of its path', () => assert.equal(testProgramName('m/a'), 'a.test'));
