// The controller over a fake backend: what the view is told, in which order.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Controller } from '../../web/page/controller.ts';
import type { Phase } from '../../web/page/session.ts';
import { fakeBackend } from '../page/fake-backend.ts';

class Recorder {
  text = '';
  phases: Phase[] = [];
  #waiting: { phase: Phase; settle(): void } | null = null;
  readonly controller = new Controller(
    fakeBackend(),
    {
      readied: async (source) => source.replace('raw', 'readied'),
      changed: ({ phase }) => {
        if (this.phases.at(-1) !== phase) this.phases.push(phase);
        if (this.#waiting?.phase === phase) this.#waiting.settle();
      },
      clearOutput: () => void (this.text = ''),
      output: (stream, bytes) => void (this.text += `${stream}:${new TextDecoder().decode(bytes)}`),
      endOutput: () => void (this.text += '.'),
    },
    2,
  );

  reached(phase: Phase): Promise<void> {
    return new Promise((settle) => (this.#waiting = { phase, settle }));
  }
}

test('a program runs, prints and ends', async () => {
  const page = new Recorder();
  page.controller.run('out hello\nerr oops\nexit 3');
  await page.reached('ended');
  assert.equal(page.text, '1:hello\n2:oops\n.');
  assert.deepEqual(page.phases, ['preparing', 'compiling', 'running', 'ended']);
  assert.deepEqual(page.controller.session.outcome, { kind: 'exited', status: 3 });
  assert.ok(page.controller.session.times.firstOutput! >= page.controller.session.times.compile!);
  assert.equal(page.controller.programProcs, null);
});

test('the source is made ready once it can be compiled', async () => {
  const page = new Recorder();
  page.controller.run('out raw');
  await page.reached('ended');
  assert.equal(page.text, '1:readied\n.');
});

test('Stop ends a program that hangs, and Run works again', async () => {
  const page = new Recorder();
  page.controller.run('out before\nhang');
  await page.reached('running');
  assert.equal(page.controller.programProcs, 2);
  page.controller.setProcs(5);
  assert.equal(page.controller.programProcs, 5);
  page.controller.stop();
  await page.reached('ended');
  assert.deepEqual(page.controller.session.outcome, { kind: 'stopped' });
  page.controller.run('out after');
  await page.reached('ended');
  assert.equal(page.text, '1:after\n.');
});

test('a program that reads gets input, and what was typed is shown', async () => {
  const page = new Recorder();
  page.controller.run('os.Stdin\nread');
  await page.reached('running');
  page.controller.writeInput('word\n');
  page.controller.endInput();
  await page.reached('ended');
  assert.equal(page.text, '0:word\n1:WORD\n.');
  page.controller.writeInput('too late');
  page.controller.run('hang');
  await page.reached('running');
  page.controller.writeInput('nobody reads');
  page.controller.stop();
  await page.reached('ended');
  assert.equal(page.text, '.');
});

test('Run while a program runs replaces it', async () => {
  const page = new Recorder();
  page.controller.run('hang');
  await page.reached('running');
  page.controller.run('out second');
  await page.reached('ended');
  assert.equal(page.text, '1:second\n.');
});

test('Stop during a slow compilation ends it at once', async () => {
  const page = new Recorder();
  page.controller.run('slow');
  await page.reached('compiling');
  page.controller.stop();
  assert.deepEqual(page.controller.session.outcome, { kind: 'stopped' });
  page.controller.run('out next');
  await page.reached('ended');
  assert.equal(page.text, '1:next\n.');
});

test('a text of several files: errors stand at lines of the text, and what is no module is an error', async () => {
  const page = new Recorder();
  page.controller.run('bogus\n-- word/word.go --\npackage word\n');
  await page.reached('ended');
  const { outcome } = page.controller.session;
  assert.ok(outcome?.kind === 'rejected');
  assert.deepEqual(outcome.diagnostics.map(({ file, line }) => [file, line]), [['./prog.go', 1]]);
  page.controller.run('-- go.mod --\nmodule m\n-- word/word.go --\npackage word\n');
  await page.reached('ended');
  const second = page.controller.session.outcome;
  assert.ok(second?.kind === 'rejected');
  assert.deepEqual(second.diagnostics.map(({ line, message }) => [line, message]), [[0, 'no Go files in the folder']]);
});

test('errors in the source and faults of the compiler are told apart', async () => {
  const page = new Recorder();
  page.controller.run('bogus');
  await page.reached('ended');
  assert.equal(page.controller.session.outcome?.kind, 'rejected');
  page.controller.run('faulty');
  await page.reached('ended');
  assert.deepEqual(page.controller.session.outcome, { kind: 'fault', message: 'the compiler ran out of stack' });
});
