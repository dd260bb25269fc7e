// What is kept across reloads, and that nothing of the reader's is lost.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { duration, messagesIn, preferredLanguage } from '../../web/page/dictionary.ts';
import { Store, bringBack, replacing } from '../../web/page/store.ts';

const memory = (entries: Record<string, string> = {}) => ({
  getItem: (key: string) => entries[key] ?? null,
  setItem: (key: string, value: string) => void (entries[key] = value),
});

test('what was kept comes back', () => {
  const storage = memory();
  const kept = { program: 'package main', edited: true, replaced: 'mine' };
  new Store(() => storage).keep(kept);
  new Store(() => storage).set({ language: 'ja', procs: 3 });
  new Store(() => storage).set({ theme: 'dark', formatsOnRun: true });
  assert.deepEqual(new Store(() => storage).keptOrNull(), kept);
  assert.deepEqual(new Store(() => storage).settings(), { language: 'ja', procs: 3, theme: 'dark', formatsOnRun: true });
});

test('storage that is refused, full, empty or nonsense does no harm', () => {
  const refused = new Store(() => {
    throw new Error('refused');
  });
  refused.keep({ program: '', edited: false, replaced: null });
  assert.equal(refused.keptOrNull(), null);
  const full = new Store(() => ({
    getItem: () => null,
    setItem: () => {
      throw new Error('full');
    },
  }));
  full.set({ procs: 1 });
  for (const nonsense of ['', '{', 'null', '7', '[]', '{"program":7}', '{"procs":-1,"language":"xx","formatsOnRun":1}']) {
    const store = new Store(() => memory({ 'millrace.program': nonsense, 'millrace.settings': nonsense }));
    assert.equal(store.keptOrNull(), null, nonsense);
    assert.deepEqual(store.settings(), {}, nonsense);
  }
});

test("the reader's program waits while others take its place", () => {
  const mine = { program: 'mine', edited: true, replaced: null };
  const example = replacing(mine, 'example');
  const link = replacing(example, 'link');
  assert.deepEqual(link, { program: 'link', edited: false, replaced: 'mine' });
  assert.deepEqual(bringBack(link), mine);
  assert.deepEqual(bringBack({ ...link, edited: true }), { program: 'mine', edited: true, replaced: 'link' });
  assert.deepEqual(bringBack(mine), mine);
});

test('the first known of the wanted languages is taken', () => {
  assert.equal(preferredLanguage(['fr-FR', 'ja-JP', 'en']), 'ja');
  assert.equal(preferredLanguage(['de', 'en-GB', 'ja']), 'en');
  assert.equal(preferredLanguage([]), 'en');
});

test('every language says everything', () => {
  assert.deepEqual(Object.keys(messagesIn('ja')).sort(), Object.keys(messagesIn('en')).sort());
});

test('durations are short', () => {
  assert.deepEqual([0.44, 9.96, 12.4, 999, 1240, 65_300].map(duration), [
    '0.4 ms',
    '10.0 ms',
    '12 ms',
    '999 ms',
    '1.24 s',
    '65.3 s',
  ]);
});
