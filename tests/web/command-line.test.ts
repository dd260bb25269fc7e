// The command's arguments and the files they name.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { UsageError, parseCommandLine, type RunRequest } from '../../web/cli/arguments.ts';
import { readSources, shownName } from '../../web/cli/sources.ts';

const usage = (message: RegExp) => (error: unknown) =>
  error instanceof UsageError && message.test(error.message) && !error.message.includes('\n');

test('a full command line', () => {
  assert.deepEqual(parseCommandLine(['run', '--procs', '3', 'a.go', 'b.go', '--time', '--leaks', '--memory=64', '--', '--procs', 'x']), {
    command: 'run',
    paths: ['a.go', 'b.go'],
    programArgs: ['--procs', 'x'],
    procs: 3,
    single: false,
    findsLeaks: true,
    time: true,
    memoryMiB: 64,
    dirs: [],
    env: [],
  });
});

test('folders and variables', () => {
  const { dirs, env } = parseCommandLine(['run', '--dir', 'a', '--dir=b=c:ro', '--dir', '/d:ro', '--env', 'X=1=2', 'a.go']) as RunRequest;
  assert.deepEqual(dirs, [
    { host: 'a', guest: 'a', readOnly: false },
    { host: 'b', guest: 'c', readOnly: true },
    { host: '/d', guest: '/d', readOnly: true },
  ]);
  assert.deepEqual(env, ['X=1=2']);
  const tested = parseCommandLine(['test', '--dir', 'a=/b', '-v', '--env=Y=', '.']) as RunRequest;
  assert.deepEqual([tested.dirs, tested.env], [[{ host: 'a', guest: '/b', readOnly: false }], ['Y=']]);
});

test('defaults, help and version', () => {
  const { procs, single, programArgs } = parseCommandLine(['run', 'a.go']) as Extract<
    ReturnType<typeof parseCommandLine>,
    { command: 'run' }
  >;
  assert.deepEqual([procs, single, programArgs], [null, false, []]);
  for (const args of [['--help'], ['-h'], ['run', '--help'], ['help']]) {
    assert.equal(parseCommandLine(args).command, 'help');
  }
  assert.equal(parseCommandLine(['--version']).command, 'version');
});

test('what makes no sense is told in one line', () => {
  for (const [args, message] of [
    [[], /what to do/],
    [['build', 'a.go'], /unknown command 'build'/],
    [['run'], /no file or directory/],
    [['run', '--fast', 'a.go'], /unknown flag --fast/],
    [['run', '-x', 'a.go'], /unknown flag -x/],
    [['run', '--procs', '0', 'a.go'], /--procs wants a whole number from 1 to 63, not '0'/],
    [['run', '--procs', '1.5', 'a.go'], /not '1.5'/],
    [['run', '--procs=', 'a.go'], /not ''/],
    [['run', 'a.go', '--procs'], /--procs wants a number/],
    [['run', '--procs', '--time', 'a.go'], /--procs wants a number/],
    [['run', '--memory', '8', 'a.go'], /from 16 to 4096/],
    [['run', '--single=yes', 'a.go'], /--single takes no value/],
    [['run', '--single', '--procs', '2', 'a.go'], /exclude each other/],
    [['run', '--dir', '--time', 'a.go'], /--dir wants a folder/],
    [['run', '--dir', '=x', 'a.go'], /--dir wants HOST, HOST=GUEST, or either with :ro, not '=x'/],
    [['run', '--dir', 'x=', 'a.go'], /not 'x='/],
    [['run', '--env', 'X', 'a.go'], /--env wants NAME=VALUE, not 'X'/],
    [['run', '--toString', 'a.go'], /unknown flag --toString/],
  ] as const) {
    assert.throws(() => parseCommandLine(args), usage(message), args.join(' '));
  }
});

test('a command line of tests, as go test reads it', () => {
  type TestRequest = Extract<ReturnType<typeof parseCommandLine>, { command: 'test' }>;
  const parsed = (...args: string[]) => parseCommandLine(['test', ...args]) as TestRequest;
  assert.deepEqual(parsed('-v', '--run', 'A|B', './a', 'b', '-count=2', '--procs', '3', '-update', 'word', '-short', '-args', '-v'), {
    command: 'test',
    paths: ['./a', 'b'],
    programArgs: ['-test.paniconexit0', '-test.timeout=10m0s', '-test.v=true', '-test.run=A|B', '-test.count=2', '-update', 'word', '-test.short=true', '-v'],
    procs: 3,
    single: false,
    memoryMiB: 1024,
    dirs: [],
    env: [],
    showsAll: true,
    streams: false,
    failFast: false,
    json: false,
    time: false,
  });
  assert.deepEqual(parsed().paths, []);
  assert.deepEqual(parsed('-timeout', '1s').programArgs, ['-test.paniconexit0', '-test.timeout=1s']);
  assert.deepEqual(parsed('.', '-v=false', 'rest', '-v').programArgs.slice(2), ['-test.v=false', 'rest', '-v']);
  assert.deepEqual(parsed('.', '--', '-v').programArgs.slice(2), ['--', '-v']);
  assert.equal(parsed('-unknown', 'value', '.').paths.length, 0);
  const { showsAll, streams, failFast } = parsed('-list', '.', '-bench=.', '-failfast');
  assert.deepEqual([showsAll, streams, failFast], [true, true, true]);
  const events = parsed('-json', '.', '-v');
  assert.deepEqual([events.json, events.showsAll, events.programArgs.filter((arg) => /v/.test(arg))], [true, true, ['-test.v=test2json', '-test.v=true']]);
  for (const [args, message] of [
    [['-race'], /-race is not supported/],
    [['--coverprofile=c.out'], /-coverprofile is not supported/],
    [['-run'], /flag needs an argument: -run/],
    [['--procs', '99'], /from 1 to 63/],
  ] as const) {
    assert.throws(() => parsed(...args), usage(message), args.join(' '));
  }
  assert.equal(parseCommandLine(['test', '-h']).command, 'help');
});

test('files and directories', () => {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-'));
  try {
    const at = (name: string) => join(folder, name);
    writeFileSync(at('b.go'), 'package main');
    writeFileSync(at('a.go'), Uint8Array.of(0xff));
    writeFileSync(at('a_test.go'), '');
    writeFileSync(at('_c.go'), '');
    writeFileSync(at('notes.txt'), '');
    mkdirSync(at('empty'));
    mkdirSync(at('d.go'));
    symlinkSync(at('loop.go'), at('loop.go'));
    const names = (paths: string[]) => readSources(paths, folder).files.map(({ name }) => name);
    rmSync(at('d.go'), { recursive: true });
    rmSync(at('loop.go'));
    assert.deepEqual(names([folder]), ['./a.go', './b.go']);
    assert.deepEqual(names([at('b.go'), at('a.go')]), ['./b.go', './a.go']);
    assert.deepEqual(readSources([at('a.go')]).files[0]!.text, Uint8Array.of(0xff));
    mkdirSync(at('d.go'));
    symlinkSync(at('loop.go'), at('loop.go'));
    for (const [paths, message] of [
      [[at('missing.go')], /missing\.go: no such file or directory/],
      [[at('b.go/x.go')], /no such file or directory/],
      [[at('notes.txt')], /notes\.txt is not a \.go file/],
      [[''], /no such file|not a \.go file/],
      [[at('empty')], /empty: no Go files in the folder/],
      [[folder, at('b.go')], /holds whole programs: give it by itself/],
      [[at('loop.go')], /loop\.go: too many links/],
    ] as const) {
      assert.throws(() => readSources(paths, folder), usage(message), paths.join(' '));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('names are shown from the current folder', () => {
  assert.equal(shownName('prog.go', '/home/me'), './prog.go');
  assert.equal(shownName('x/prog.go', '/home/me'), 'x/prog.go');
  assert.equal(shownName('../prog.go', '/home/me'), '../prog.go');
  assert.equal(shownName('/home/me/a.go', '/home/me'), './a.go');
  assert.equal(shownName('/a.go', '/home/me/deep/down'), '/a.go');
});
