// What `npm run conformance -- std` reads out of what a test program prints.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTestOutput, runningTests, whyItFailed, whySkipped } from '../conformance/test-output.mjs';

const framed = (text) => text.replaceAll('^V', '\x16');

test('Each top-level test gets its verdict and the lines of its sub-tests', () => {
  const { outcomes, current } = readTestOutput(framed(`^V=== RUN   TestA
^V=== RUN   TestA/one
printed without an end^V=== NAME  TestA/one
    a_test.go:3: one is wrong
^V--- FAIL: TestA (0.00s)
    ^V--- FAIL: TestA/one (0.00s)
^V=== NAME  
^V=== RUN   TestB
^V--- PASS: TestB (0.01s)
^V=== RUN   ExampleC
^V--- FAIL: ExampleC (0.00s)
got:
1
^V=== RUN   TestD
panic: oh
`));
  assert.deepEqual([...outcomes].map(([name, { verdict }]) => [name, verdict]), [
    ['TestA', 'failed'], ['TestB', 'passed'], ['ExampleC', 'failed'], ['TestD', null],
  ]);
  assert.deepEqual(outcomes.get('TestA').lines, ['printed without an end', '    a_test.go:3: one is wrong']);
  assert.deepEqual(outcomes.get('ExampleC').lines, ['got:', '1']);
  assert.equal(current, 'TestD');
});

test('Who was running when time was up', () => {
  const text = 'panic: test timed out after 1m0s\n\trunning tests:\n\t\tTestA (1m0s)\n\t\tTestB/sub (2s)\n\t\tTestB/other (2s)\n\ngoroutine 1 [running]:\n';
  assert.deepEqual(runningTests(text), ['TestA', 'TestB']);
  assert.deepEqual(runningTests('panic: other\n'), []);
});

test('Why a test failed or was skipped', () => {
  assert.deepEqual(whyItFailed(['before', 'panic: a', 'b', 'c', 'd', 'e']), ['panic: a', 'b', 'c', 'd', '… 1 more lines']);
  assert.equal(whySkipped(['    a_test.go:12: not on js']), 'not on js');
  assert.equal(whySkipped([]), 'says no reason');
});
