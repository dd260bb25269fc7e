// `millrace run --leaks`: goroutines that can never run again, as Go's own experiment of that kind (goroutineleakprofile)
// calls them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../../web/dev/terminal.mjs';

let folder;
before(() => void (folder = mkdtempSync(join(tmpdir(), 'millrace-leaks-'))));
after(() => rmSync(folder, { recursive: true }));

// A go statement whose goroutine leaks says how it waits; two that are alike say so.
const waiting = `package main

import (
	"context"
	"fmt"
	"sync"
	"time"
)

var kept = make(chan int)

func first(work ...func() int) int {
	results := make(chan int)
	for _, w := range work {
		go func() { // leaks: chan send (leaked), 2 goroutines
			results <- w()
		}()
	}
	return <-results
}

func main() {
	one := func() int { return 1 }
	fmt.Println(first(one, one, one))
	go func() { <-kept }()
	live := make(chan int)
	go func() { live <- 1 }()
	go func() { time.Sleep(time.Hour); <-live }()
	go func() { <-time.NewTicker(time.Hour).C }()
	go func() { // leaks: select (no cases) (leaked)
		select {}
	}()
	go func() { // leaks: chan receive (nil chan) (leaked)
		var c chan int
		<-c
	}()
	go func() { // leaks: sync.Mutex.Lock (leaked)
		var mu sync.Mutex
		mu.Lock()
		mu.Lock()
	}()
	go func() { // leaks: sync.WaitGroup.Wait (leaked)
		var wg sync.WaitGroup
		wg.Add(1)
		wg.Wait()
	}()
	go func() { // leaks: sync.Cond.Wait (leaked)
		c := sync.NewCond(&sync.Mutex{})
		c.L.Lock()
		c.Wait()
	}()
	ctx, cancel := context.WithCancel(context.Background())
	_ = cancel
	go func() { // leaks: select (leaked)
		select {
		case <-ctx.Done():
		case <-make(chan int):
		}
	}()
	go func() { // leaks: sync.RWMutex.RLock (leaked)
		var rw sync.RWMutex
		rw.Lock()
		rw.RLock()
	}()
	a, b := make(chan int), make(chan int)
	go func() { b <- <-a }() // leaks: chan receive (leaked)
	go func() { a <- <-b }() // leaks: chan receive (leaked)
}
`;

const variants = [[], ['--procs', '1'], ['--single']];

function run(source, flags, ...args) {
  writeFileSync(join(folder, 'prog.go'), source);
  const command = ['web/cli/bin.mjs', 'run', ...flags, join(folder, 'prog.go'), '--', ...args];
  const { stdout, stderr, status } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  return { stdout, stderr, status };
}

/** "LINE: STATE" for each goroutine that is shown; LINE is where it was started. */
function shown(stderr) {
  const traces = stderr.split('\n\n').slice(1);
  return traces.map((trace) => `${/created by [^\t]+\t.*:(\d+)/.exec(trace)?.[1]}: ${/\[(.*)\]:/.exec(trace)?.[1]}`).toSorted();
}

test('goroutines that wait for what nobody has are told, others are not', () => {
  const marks = waiting.split('\n').flatMap((line, i) => {
    const mark = /\/\/ leaks: (.*)/.exec(line);
    return mark ? [`${i + 1}: ${mark[1]}`] : [];
  });
  for (const flags of variants) {
    const { stdout, stderr, status } = run(waiting, ['--leaks', ...flags]);
    assert.equal(stdout, '1\n');
    assert.match(stderr, /^leaks: 11 goroutines can never run again\n/);
    assert.deepEqual(shown(stderr), marks.toSorted(), flags.join(' '));
    assert.equal(status, 1);
    assert.deepEqual(run(waiting, flags), { stdout: '1\n', stderr: '', status: 0 });
  }
});

const many = `package main

import (
	"os"
	"strconv"
)

func main() {
	for range 100_000 {
		go func() { <-make(chan int) }()
	}
	go func() {
		for {
		}
	}()
	status, _ := strconv.Atoi(os.Args[1])
	os.Exit(status)
}
`;

test('os.Exit tells leaks too, and a status of its own stays', () => {
  for (const [flags, exits, ends] of [[[], 0, 1], [['--single'], 7, 7]]) {
    const { stderr, status } = run(many, ['--leaks', ...flags], exits);
    assert.match(stderr, /^leaks: 100000 goroutines can never run again\n/);
    assert.deepEqual(shown(stderr), ['10: chan receive (leaked), 100000 goroutines']);
    assert.equal(status, ends);
  }
});

test('without leaks nothing is told', () => {
  const source = `package main

import (
	"fmt"
	"iter"
	"runtime"
	"sync"
)

func main() {
	next, stop := iter.Pull(func(yield func(int) bool) { yield(1) })
	defer stop()
	fmt.Println(next())
	runtime.SetFinalizer(new([4]int), func(*[4]int) {})
	runtime.GC()
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(runtime.Gosched)
	}
	wg.Wait()
	c := make(chan int)
	go func() { <-c }()
	close(c)
}
`;
  for (const flags of variants) {
    assert.deepEqual(run(source, ['--leaks', ...flags]), { stdout: '1 true\n', stderr: '', status: 0 });
  }
});
