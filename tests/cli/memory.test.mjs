// Programs that allocate without end, in every form there is: each ends as Go's do when there is no more memory, never by an
// error of the engine's, with however many workers.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { join } from 'node:path';
import { root } from '../../web/dev/terminal.mjs';

let toolchain;

before(async () => {
  const { loadToolchain } = await import(join(root, 'build/js/web/cli/toolchain.js'));
  toolchain = await loadToolchain();
});

after(() => toolchain.engine.close());

/** What is done for ever, and what is needed for that: packages, and declarations outside of main and in it. */
const forms = {
  slices: { body: 'all = append(all, make([]byte, 1000))', first: 'var all [][]byte' },
  'large slices': { body: 'all = append(all, make([]byte, 10<<20))', first: 'var all [][]byte' },
  append: { body: 'all = append(all, len(all))', first: 'var all []int' },
  maps: { body: 'all[len(all)] = "text"', first: 'all := map[int]string{}' },
  strings: { body: 'text += text', first: 'text := "0123456789"' },
  'strings by pieces': { body: 'text += "0123456789"; all = append(all, text)', first: 'text, all := "", []string{}' },
  conversions: { body: 'text = string([]rune(text + text))', first: 'text := "0123456789"' },
  channels: { body: 'all = append(all, make(chan int, 100))', first: 'var all []chan int' },
  'a huge channel': { body: 'make(chan [1000]byte, 1_000_000_000) <- [1000]byte{}' },
  closures: { body: 'n := len(all); all = append(all, func() int { return n })', first: 'var all []func() int' },
  boxes: { body: 'all = append(all, len(all))', first: 'var all []any' },
  lists: { body: 'list = &node{list}', first: 'var list *node', outside: 'type node struct{ next *node }' },
  goroutines: { body: 'go func() { select {} }()' },
  'goroutines deep down': {
    body: 'go wait(c, 50)',
    first: 'c := make(chan int)',
    outside: 'func wait(c chan int, depth int) int {\n\tif depth > 0 {\n\t\treturn wait(c, depth-1) + 1\n\t}\n\treturn <-c\n}',
  },
  'goroutines that start goroutines': { body: 'start(make(chan int))', outside: 'func start(c chan int) {\n\tgo start(c)\n\t<-c\n}' },
  'waiting for a lock': { body: 'go lock.Lock()', first: 'var lock sync.Mutex\n\tlock.Lock()', imports: ['sync'] },
  'several at once': {
    body: 'group.Wait()',
    first:
      'var group sync.WaitGroup\n\tfor range 8 {\n\t\tgroup.Go(func() {\n\t\t\tvar all [][]int\n\t\t\tfor {\n\t\t\t\tall = append(all, make([]int, 100))\n\t\t\t}\n\t\t})\n\t}',
    imports: ['sync'],
  },
  defers: { body: 'defer func() {}()' },
  timers: { body: 'time.AfterFunc(time.Hour, func() {})', imports: ['time'] },
  'channels of timers': { body: 'all = append(all, time.After(time.Hour))', first: 'var all []<-chan time.Time', imports: ['time'] },
  finalizers: {
    body: 'p := new([10]int); all = append(all, p); runtime.SetFinalizer(p, func(*[10]int) {})',
    first: 'var all []*[10]int',
    imports: ['runtime'],
  },
};

const sourceOf = ({ body, first = '', outside = '', imports = [] }) =>
  `package main\n\n${imports.map((name) => `import "${name}"\n`).join('')}\n${outside}\n\nfunc main() {\n\t${first}\n\tfor {\n\t\t${body}\n\t}\n}\n`;

const ways = [
  { name: '1 worker', mode: 'threads', procs: 1 },
  { name: '2 workers', mode: 'threads', procs: 2 },
  { name: 'single', mode: 'single', procs: 1 },
];

/** How a run ends, and all that it printed. */
async function runOf(source, { mode, procs }) {
  const reply = toolchain.compile([{ name: './prog.go', text: source }], mode);
  assert.ok(reply.ok, JSON.stringify(reply.diagnostics));
  let output = '';
  const onOutput = (fd, bytes) => void (output += new TextDecoder().decode(bytes));
  const run = toolchain.engine.start(reply.program, { mode, procs, maxWorkers: 2, memoryMiB: 32, args: ['prog'], onOutput });
  const timer = setTimeout(() => run.stop(), 120_000);
  const end = await run.done;
  clearTimeout(timer);
  return { end: [end.reason, end.status, end.message], output };
}

async function errorsOf(source, way) {
  const { end, output } = await runOf(source, way);
  assert.deepEqual(end, ['exited', 2, undefined], output.slice(0, 1000));
  return output;
}

/** Each of its goroutines has captured a large object, reads it once and waits from then on. */
const readsOnce = `package main

import "runtime"

type large struct{ bytes [1 << 16]byte }

func main() {
	freed, read, end := make(chan int, 10), make(chan byte), make(chan int)
	for i := range 10 {
		p := &large{}
		p.bytes[i] = byte(i)
		runtime.AddCleanup(p, func(n int) { freed <- n }, i)
		go func() {
			runtime.Gosched()
			read <- p.bytes[i]
			<-end
		}()
	}
	runtime.GC()
	sum := 0
	for range 10 {
		sum += int(<-read)
	}
	for len(freed) < 10 {
		runtime.GC()
		runtime.Gosched()
	}
	println(sum)
}
`;

/** Two thirds of the memory are lists, a third of those garbage; then 28,000 goroutines want the rest, and more. */
const makesRoom = `package main

import "sync"

type node struct {
	next *node
	rest [7]int
}

func list() (first *node) {
	for range 100_000 {
		first = &node{next: first}
	}
	return first
}

func main() {
	lists := []*node{list(), list(), list()}
	lists[0] = nil
	var group sync.WaitGroup
	gate := make(chan int)
	for range 28_000 {
		group.Add(1)
		go func() {
			<-gate
			group.Done()
		}()
	}
	close(gate)
	group.Wait()
	n := 0
	for _, first := range lists {
		for ; first != nil; first = first.next {
			n++
		}
	}
	println(n)
}
`;

for (const way of ways) {
  describe(way.name, () => {
    for (const [form, parts] of Object.entries(forms)) {
      test(form, async () => {
        const errors = await errorsOf(sourceOf(parts), way);
        assert.match(errors, /^runtime: out of memory: cannot allocate \d+-byte block \(\d+ in use\)\nfatal error: out of memory\n/);
      });
    }

    test('what a goroutine has captured and needs no more is freed', async () => {
      assert.deepEqual(await runOf(readsOnce, way), { end: ['exited', 0, undefined], output: '45\n' });
    });

    test('garbage goes when goroutines need the memory', async () => {
      assert.deepEqual(await runOf(makesRoom, way), { end: ['exited', 0, undefined], output: '200000\n' });
    });

    // Go's stack would hold them, too.
    test('panics in deferred calls', async () => {
      const errors = await errorsOf('package main\n\nfunc f() {\n\tdefer f()\n\tpanic(1)\n}\n\nfunc main() { f() }\n', way);
      assert.match(errors, /^runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow\n\ngoroutine 1 \[running\]:\nmain\.f\(\.\.\.\)\n/);
    });
  });
}
