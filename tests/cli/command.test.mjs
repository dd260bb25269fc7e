// The command as a shell sees it: standard streams, exit statuses, signals, and its own messages.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../../web/dev/terminal.mjs';
import { writeFiles } from '../support/test-cases.mjs';

const command = join(root, 'web/cli/bin.mjs');
let folder;

const programs = {
  'hello.go': `package main

import "fmt"

func main() { fmt.Println("hello") }
`,
  'exit.go': `package main

import "os"

func main() { os.Exit(7) }
`,
  'args.go': `package main

import (
	"fmt"
	"os"
)

func main() {
	for _, arg := range os.Args[1:] {
		fmt.Printf("%q\\n", arg)
	}
}
`,
  'panic.go': `package main

func main() { panic("boom") }
`,
  'two.go': `package main

import "runtime"

func main() {
	go func() { <-make(chan int) }()
	runtime.Gosched()
	panic("boom")
}
`,
  'deadlock.go': `package main

func main() {
	println("before")
	<-make(chan int)
}
`,
  'both.go': `package main

import (
	"fmt"
	"os"
)

func main() {
	for i := 0; i < 200; i++ {
		fmt.Fprintln(os.Stdout, "out", i)
		fmt.Fprintln(os.Stderr, "err", i)
	}
}
`,
  'count.go': `package main

import (
	"fmt"
	"os"
)

func main() {
	count := 0
	for buffer := make([]byte, 4096); ; {
		n, err := os.Stdin.Read(buffer)
		count += n
		if err != nil {
			break
		}
	}
	fmt.Println(count)
}
`,
  'forever.go': `package main

import "fmt"

func main() {
	for i := 0; ; i++ {
		fmt.Println("line", i)
	}
}
`,
  'spin.go': `package main

func main() {
	println("spinning")
	for {
	}
}
`,
  'signals.go': `package main

import (
	"fmt"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	signal.Ignore(syscall.SIGHUP)
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	fmt.Println("waiting")
	fmt.Println(<-signals)
	fmt.Println(<-signals)
	signal.Stop(signals)
	fmt.Println("on")
	if len(os.Args) > 1 {
		<-signals
	}
	for {
	}
}
`,
  'deeper.go': 'package main\n\nfunc f(n int) int { return f(n+1) + 1 }\n\nfunc main() { println(f(0)) }\n',
  'hungry.go': `package main

var all [][]byte

func main() {
	for {
		all = append(all, make([]byte, 1<<20))
	}
}
`,
  'procs.go': `package main

import (
	"fmt"
	"runtime"
)

func main() { fmt.Println(runtime.GOMAXPROCS(0)) }
`,
  'wrong.go': `package main

import "os"

func main() {
	x := 1
	y = 2
}
`,
  'imports.go': `package main

import (
	"example.com/far/away"
	"no/such"
)

func main() { away.Go(such.Thing) }
`,
  'garbage.go': 'packge ][ 日本 \u0000',
  'big.go': `package main

import "fmt"

func main() {
	for i := 0; i < 200000; i++ {
		fmt.Println("a line that is neither short nor long,", i)
	}
}
`,
  'pair/main.go': 'package main\n\nfunc main() { println(word()) }\n',
  'pair/word.go': 'package main\n\nfunc word() string { return "two files" }\n',
  'pair/word_test.go': 'package main\n\nthis is no Go\n',
  'pair/word_linux.go': 'package main\n\nfunc word() string { return "not for this system" }\n',
  'pair/generate.go': '//go:build ignore\n\npackage another\n',
  'empty/notes.txt': 'nothing',
};

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-cli-'));
  writeFiles(folder, programs);
});

after(() => rmSync(folder, { recursive: true }));

/** Starts the command; `done` is { status, signal, stdout, stderr }. */
function start(args, { stdin = '' } = {}) {
  const child = spawn(process.execPath, [command, ...args], { cwd: folder });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8');
    child[name].on('data', (text) => (texts[name] += text));
  }
  child.stdin.on('error', () => {}); // a program need not read
  child.stdin.end(stdin);
  const done = new Promise((settle) => child.on('close', (status, signal) => settle({ status, signal, ...texts })));
  return { child, texts, done };
}

const millrace = (...args) => start(args).done;

/** A line of shell with $MILLRACE as the command. */
function shell(line) {
  const child = spawn('sh', ['-c', line], {
    cwd: folder,
    env: { ...process.env, MILLRACE: `${process.execPath} ${command}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) child[name].on('data', (bytes) => (texts[name] += bytes));
  return new Promise((settle) => child.on('close', (status) => settle({ status, ...texts })));
}

test('runs a file, in every mode', async () => {
  for (const flags of [[], ['--procs', '1'], ['--procs', '8'], ['--single'], ['--memory', '64']]) {
    const { status, stdout, stderr } = await millrace('run', ...flags, 'hello.go');
    assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: 'hello\n', stderr: '' }, flags.join(' '));
  }
});

test('runs a directory, without tests and what build constraints exclude, and several files', async () => {
  assert.equal((await millrace('run', 'pair')).stderr, 'two files\n');
  assert.equal((await millrace('run', 'pair/main.go', 'pair/word.go')).stderr, 'two files\n');
});

test('folders that make no package are named whole, as the go command names them', async () => {
  writeFiles(join(folder, 'folders'), {
    'go.mod': 'module m\n',
    'main.go': 'package main\n\nimport (\n\t_ "m/excluded"\n\t_ "m/mixed"\n)\n\nfunc main() {}\n',
    'excluded/x_windows.go': 'package excluded\n',
    'mixed/x.go': 'package x\n',
    'mixed/y.go': 'package y\n',
  });
  const { status, stderr } = await millrace('run', 'folders');
  const whole = join(folder, 'folders');
  assert.equal(status, 1);
  assert.equal(
    stderr,
    `package m\n\timports m/excluded: build constraints exclude all Go files in ${whole}/excluded\n` +
      `folders/main.go:5:2: found packages x (x.go) and y (y.go) in ${whole}/mixed\n`,
  );
  const said = async (...args) => (await millrace(...args)).stderr;
  assert.equal(await said('run', 'folders/excluded'), `package m/excluded: build constraints exclude all Go files in ${whole}/excluded\n`);
  assert.equal(await said('test', 'folders/excluded'), `# m/excluded\npackage m/excluded: build constraints exclude all Go files in ${whole}/excluded\n`);
  assert.equal(await said('test', 'folders/mixed'), `# m/mixed\nfound packages x (x.go) and y (y.go) in ${whole}/mixed\n`);
});

test('a program in a folder of a module imports what else there is of it', async () => {
  writeFiles(join(folder, 'module'), {
    'go.mod': 'module m\n\ngo 1.26\n',
    'broken.go': 'package m\n\nimport fmt\n',
    'word/word.go': 'package word\n\nimport "m/internal/deep"\n\nconst Word = "word " + deep.Deep\n',
    'internal/deep/deep.go': 'package deep\n\nconst Deep = "deep"\n',
    'cmd/say/main.go': 'package main\n\nimport (\n\t"m/cmd/say/parts"\n\t_ "m/internal/deep"\n\t"m/word"\n)\n\nfunc main() { println(word.Word, parts.Parts) }\n',
    'cmd/say/parts/parts.go': 'package parts\n\nconst Parts = 3\n',
  });
  assert.equal((await millrace('run', 'module/cmd/say')).stderr, 'word deep 3\n');
  writeFileSync(join(folder, 'module/word/word.go'), 'package word\n\nconst Word = 1 + "x"\n');
  assert.match((await millrace('run', 'module/cmd/say')).stderr, /^module\/word\/word\.go:3:14: /);
});

test('the exit status is the program’s', async () => {
  assert.equal((await millrace('run', 'exit.go')).status, 7);
  const panic = await millrace('run', 'panic.go');
  assert.equal(panic.status, 2);
  assert.equal(panic.stderr, 'panic: boom\n\ngoroutine 1 [running]:\nmain.main(...)\n\t./panic.go:3\n');
  const deadlock = await millrace('run', 'deadlock.go');
  assert.equal(deadlock.status, 2);
  assert.match(deadlock.stderr, /^before\nfatal error: all goroutines are asleep - deadlock!\n/);
});

test('what follows -- is the program’s', async () => {
  const { stdout } = await millrace('run', 'args.go', '--', '--procs', 'x y', '', '日本');
  assert.equal(stdout, '"--procs"\n"x y"\n""\n"日本"\n');
});

test('--procs is GOMAXPROCS', async () => {
  assert.equal((await millrace('run', '--procs', '5', 'procs.go')).stdout, '5\n');
  assert.equal((await millrace('run', '--single', 'procs.go')).stdout, '1\n');
  assert.equal((await shell('GOMAXPROCS=3 $MILLRACE run procs.go')).stdout, '3\n');
  assert.equal((await shell('GOMAXPROCS=3 $MILLRACE run --procs 4 procs.go')).stdout, '4\n');
  assert.equal((await shell('GOMAXPROCS=none $MILLRACE run --env GOMAXPROCS=6 procs.go')).stdout, '6\n');
});

test('--time tells the parts on standard error', async () => {
  const { stdout, stderr } = await millrace('run', '--time', 'hello.go');
  assert.equal(stdout, 'hello\n');
  for (const part of ['load', 'compile', 'start', 'run']) assert.match(stderr, new RegExp(`^${part} +[\\d.]+ m?s`, 'm'), part);
});

test('compile errors: all of them, in Go’s form, status 1', async () => {
  const { status, stdout, stderr } = await millrace('run', 'wrong.go');
  assert.equal(status, 1);
  assert.equal(stdout, '');
  assert.equal(stderr, './wrong.go:3:8: "os" imported and not used\n./wrong.go:6:2: declared and not used: x\n./wrong.go:7:2: undefined: y\n');
  assert.equal((await millrace('run', 'garbage.go')).status, 1);
  assert.match((await millrace('run', join(folder, 'garbage.go'))).stderr, /^garbage\.go:1:1: /);
});

test('an import that there is not: Go\'s words, and for a module what there is', async () => {
  const { status, stdout, stderr } = await millrace('run', 'imports.go');
  assert.deepEqual([status, stdout], [1, '']);
  const [module, there, ...rest] = stderr.split('\n');
  assert.equal(module, 'imports.go:4:2: no required module provides package example.com/far/away');
  assert.match(there, /^\tbesides the standard library only golang\.org\/x\/sync\/\{errgroup,.*\} can be imported here$/);
  assert.deepEqual(rest, ['imports.go:5:2: package no/such is not in std', '']);
});

test('package net says that there is no network, and os/exec that there are no processes', async () => {
  const program = `package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os/exec"
)

func main() {
	_, err := net.Dial("tcp", "example.com:80")
	fmt.Println(err)
	_, err = http.Get("https://example.com/")
	fmt.Println(err)
	_, err = net.Dial("tcp", "192.0.2.1:80")
	fmt.Println(err)
	_, err = http.Get("http://[2001:db8::1]/")
	fmt.Println(err)
	_, err = net.LookupMX("example.com")
	fmt.Println(err)
	err = exec.Command("/bin/ls").Run()
	fmt.Println(err, errors.Is(err, errors.ErrUnsupported))
}
`;
  writeFileSync(join(folder, 'outside.go'), program);
  const { stdout, stderr } = await millrace('run', 'outside.go');
  const none = "there is no network here but the program's own";
  const noNetwork = `lookup example.com: ${none}`;
  assert.deepEqual((stdout + stderr).split('\n'), [
    `dial tcp: ${noNetwork}`,
    `Get "https://example.com/": dial tcp: ${noNetwork}`,
    `dial tcp 192.0.2.1:80: ${none}`,
    `Get "http://[2001:db8::1]/": dial tcp [2001:db8::1]:80: ${none}`,
    noNetwork,
    "fork/exec /bin/ls: there are no processes here but the program's own true",
    '',
  ]);
});

test('both streams arrive complete and in the order in which they were written', async () => {
  const { stdout } = await shell('$MILLRACE run both.go 2>&1');
  const expected = Array.from({ length: 200 }, (_, i) => `out ${i}\nerr ${i}\n`).join('');
  assert.equal(stdout, expected);
  assert.equal((await shell('$MILLRACE run --single both.go 2>&1')).stdout, expected);
});

test('standard input of any size reaches the program', async () => {
  // More than the ring holds, more than once.
  const count = 'head -c 1000000 /dev/zero | tr "\\0" x | $MILLRACE run';
  for (const flags of ['', '--single']) assert.equal((await shell(`${count} ${flags} count.go`)).stdout, '1000000\n', flags);
});

test('much output arrives whole through a slow pipe', async () => {
  const { stdout } = await shell('$MILLRACE run big.go | (sleep 1; cat) | wc -l');
  assert.equal(stdout.trim(), '200000');
});

test('a program that prints for ever ends with its reader', async () => {
  const { status, stdout, stderr } = await shell('$MILLRACE run forever.go | head -n 2');
  assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: 'line 0\nline 1\n', stderr: '' });
  const alone = await shell('{ $MILLRACE run forever.go; echo "status $?" >&2; } | head -n 1');
  assert.match(alone.stderr, /^status 141\n$/);
});

test('endless recursion and endless allocation are the program’s errors', async () => {
  for (const mode of [[], ['--single']]) {
    const deep = await millrace('run', ...mode, 'deeper.go');
    assert.deepEqual([deep.status, deep.stdout], [2, '']);
    assert.match(deep.stderr, /^runtime: goroutine stack exceeds 1000000000-byte limit\n(.*\n)*fatal error: stack overflow\n/);
    const hungry = await millrace('run', '--memory', '64', ...mode, 'hungry.go');
    assert.deepEqual([hungry.status, hungry.stdout], [2, '']);
    assert.match(hungry.stderr, /^(runtime: .*\n)?fatal error: (runtime: )?(out of memory|cannot allocate memory)\n/);
  }
});

test('GOTRACEBACK says whose traces a fault shows, and what of them', async () => {
  const shown = async (level) => {
    const { status, stderr } = await millrace('run', '--env', `GOTRACEBACK=${level}`, 'two.go');
    assert.equal(status, 2);
    assert.match(stderr, /^panic: /);
    const states = [...stderr.matchAll(/^goroutine \d+ (?:gp=0x[0-9a-f]+ m=(?:nil|\d+ mp=0x[0-9a-f]+) )?\[(.*)\]:$/gm)].map(([, state]) => state);
    return { states, ofRuntime: /^runtime\.main\(\.\.\.\)\n\truntime\/proc\.go:\d+\nruntime\.goexit\(/m.test(stderr) };
  };
  for (const level of ['', 'single']) assert.deepEqual(await shown(level), { states: ['running'], ofRuntime: false });
  for (const level of ['all', '1']) assert.deepEqual(await shown(level), { states: ['running', 'chan receive'], ofRuntime: false });
  for (const level of ['system', 'crash', '2']) assert.deepEqual(await shown(level), { states: ['running', 'chan receive'], ofRuntime: true });
  for (const level of ['none', '0', 'word']) assert.deepEqual(await shown(level), { states: [], ofRuntime: false });
});

test('Ctrl-C ends a program that spins and one that prints', async () => {
  for (const name of ['spin.go', 'forever.go']) {
    const running = start(['run', name]);
    while (running.texts.stderr + running.texts.stdout === '') await new Promise((settle) => setTimeout(settle, 20));
    running.child.kill('SIGINT');
    const { status, signal } = await running.done;
    assert.ok(status === 130 || signal === 'SIGINT', `${name}: ${status} ${signal}`);
  }
  const { stdout } = await shell('$MILLRACE run spin.go & sleep 1.5; kill -INT $!; wait $!; echo $?');
  // A shell starts background jobs with SIGINT ignored; what counts is that the job is not left behind.
  assert.match(stdout, /^\d+\n$/);
});

/** Waits until a program has printed this line. */
async function printed({ texts }, line) {
  while (!`\n${texts.stdout}`.includes(`\n${line}\n`)) await new Promise((settle) => setTimeout(settle, 20));
}

test('signals that a program asks for are told to it, those that it ignores do nothing, and others end it', async () => {
  for (const options of [[], ['--single']]) {
    for (const args of [[], ['--', 'asleep']]) {
      const running = start(['run', ...options, 'signals.go', ...args]);
      const steps = [['waiting', 'SIGHUP', 'SIGINT'], ['interrupt', 'SIGTERM'], ['on', 'SIGHUP', 'SIGINT']];
      for (const [line, ...signals] of steps) {
        await printed(running, line);
        for (const signal of signals) running.child.kill(signal);
      }
      const { signal, stdout, stderr } = await running.done;
      assert.deepEqual({ signal, stdout, stderr }, { signal: 'SIGINT', stdout: 'waiting\ninterrupt\nterminated\non\n', stderr: '' });
    }
  }
});

test('help and version', async () => {
  assert.match((await millrace('--help')).stdout, /millrace run \[options\] FILE\.go/);
  assert.match((await millrace('--version')).stdout, /^millrace \d+\.\d+\.\d+\n$/);
});

test('what makes no sense: one line, status 2', async () => {
  for (const [args, message] of [
    [[], /what to do/],
    [['walk'], /unknown command 'walk'/],
    [['run'], /no file or directory/],
    [['run', '--fast', 'hello.go'], /unknown flag --fast/],
    [['run', '--procs', 'many', 'hello.go'], /--procs wants/],
    [['run', 'missing.go'], /missing\.go: no such file/],
    [['run', 'empty'], /empty: no Go files in the folder/],
    [['run', 'empty/notes.txt'], /notes\.txt is not a \.go file/],
    [['run', 'pair', 'hello.go'], /pair holds whole programs/],
  ]) {
    const { status, stdout, stderr } = await millrace(...args);
    assert.equal(status, 2, args.join(' '));
    assert.equal(stdout, '');
    assert.match(stderr, /^millrace: [^\n]+\n$/);
    assert.match(stderr, message);
  }
});
