// Runs of Go programs through the host's interface (web/host/api.ts) on node: what the command and the page rely on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { root } from '../../web/dev/terminal.mjs';

let toolchain;

before(async () => {
  const { loadToolchain } = await import(join(root, 'build/js/web/cli/toolchain.js'));
  toolchain = await loadToolchain();
});

after(() => toolchain.engine.close());

const modes = ['threads', 'single'];
const main = (body, ...imports) =>
  `package main\n\nimport (\n${['fmt', ...imports].map((name) => `\t"${name}"\n`).join('')})\n\nfunc main() {\n${body}\n}\n`;

/** A run, with what it has printed, and `prints(text)`: resolved once standard output contains it. */
function start(source, options = {}) {
  const mode = options.mode ?? 'threads';
  const reply = toolchain.compile([{ name: './prog.go', text: source }], mode);
  assert.ok(reply.ok, JSON.stringify(reply.diagnostics));
  const begun = { output: '', errors: '', waits: [] };
  begun.prints = (text) =>
    new Promise((settle) => {
      begun.waits.push({ text, settle });
      begun.look();
    });
  begun.look = () => begun.waits.filter(({ text }) => begun.output.includes(text)).forEach(({ settle }) => settle());
  begun.run = toolchain.engine.start(reply.program, {
    mode,
    procs: 1,
    maxWorkers: 8,
    memoryMiB: 64,
    args: ['prog'],
    ...options,
    onOutput: (fd, bytes) => {
      begun[fd === 1 ? 'output' : 'errors'] += new TextDecoder().decode(bytes);
      begun.look();
    },
  });
  return begun;
}

async function ends(begun, reason = 'exited', status = 0) {
  const end = await begun.run.done;
  assert.deepEqual([end.reason, end.status, end.message], [reason, status, undefined], begun.errors);
  return end;
}

const tellProcs = main(
  '\tfor last := 0; last != 5; time.Sleep(time.Millisecond) {\n\t\tif n := runtime.GOMAXPROCS(0); n != last {\n\t\t\tfmt.Println("procs", n)\n\t\t\tlast = n\n\t\t}\n\t}',
  'runtime',
  'time',
);

// In mode single there is one worker whatever the lever says, and the program is not told of it.
test('the lever is seen by the running program', async () => {
  const begun = start(tellProcs, { procs: 2 });
  await begun.prints('procs 2\n');
  assert.equal(begun.run.procs, 2);
  begun.run.setProcs(5);
  await ends(begun);
  assert.equal(begun.output, 'procs 2\nprocs 5\n');
});

test('more input than fits at once arrives whole', async () => {
  const lines = Array.from({ length: 50_000 }, (_, i) => `line ${i}`).join('\n');
  const stdin = new TextEncoder().encode(lines);
  const begun = start(
    main('\tcount, bytes := 0, 0\n\tlines := bufio.NewScanner(os.Stdin)\n\tfor lines.Scan() {\n\t\tcount++\n\t\tbytes += len(lines.Text())\n\t}\n\tfmt.Println(count, bytes)', 'bufio', 'os'),
    { stdin },
  );
  await ends(begun);
  assert.equal(begun.output, `50000 ${stdin.length - 49_999}\n`);
});

for (const mode of modes) {
  test(`${mode}: standard input comes in pieces, and ends`, async () => {
    const begun = start(
      main('\tlines := bufio.NewScanner(os.Stdin)\n\tfor lines.Scan() {\n\t\tfmt.Printf("%q\\n", lines.Text())\n\t}\n\tfmt.Println("end")', 'bufio', 'os'),
      { mode, stdin: 'open' },
    );
    begun.run.writeInput(new TextEncoder().encode('one\ntw'));
    await begun.prints('"one"\n');
    begun.run.writeInput(new TextEncoder().encode('o\nlast'));
    begun.run.endInput();
    begun.run.writeInput(new TextEncoder().encode('too late'));
    await ends(begun);
    assert.equal(begun.output, '"one"\n"two"\n"last"\nend\n');
  });

  test(`${mode}: who waits for input keeps nobody from running, and is not taken for dead`, async () => {
    const begun = start(
      main(
        '\tline := make(chan string)\n\tgo func() {\n\t\tvar text string\n\t\tfmt.Scanln(&text)\n\t\tline <- text\n\t}()\n' +
          '\tfor i := range 3 {\n\t\ttime.Sleep(time.Millisecond)\n\t\truntime.GC()\n\t\tfmt.Println("tick", i)\n\t}\n' +
          '\tfmt.Println("waiting")\n\tfmt.Println(<-line)\n\tfmt.Println(<-line)',
        'runtime',
        'time',
      ),
      { mode, stdin: 'open' },
    );
    await begun.prints('waiting\n');
    const isOver = await Promise.race([begun.run.done.then(() => true), new Promise((settle) => setTimeout(() => settle(false), 200))]);
    assert.equal(isOver, false, begun.errors);
    begun.run.writeInput(new TextEncoder().encode('text\n'));
    // Nobody will write to the channel again, although there may be more input: nobody reads that.
    await ends(begun, 'exited', 2);
    assert.equal(begun.output, 'tick 0\ntick 1\ntick 2\nwaiting\ntext\n');
    assert.match(begun.errors, /^fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 \[chan receive\]:\n/);
  });

  test(`${mode}: Stop ends what spins, sleeps, prints or waits for input`, async () => {
    for (const body of [
      '\tfmt.Println("begun")\n\tfor {\n\t}',
      '\tfmt.Println("begun")\n\ttime.Sleep(time.Hour)',
      '\tfor {\n\t\tfmt.Println("begun")\n\t}',
      '\tfmt.Println("begun")\n\tfmt.Scanln()',
    ]) {
      const begun = start(main(body, ...(body.includes('time.') ? ['time'] : [])), { mode, stdin: 'open', procs: 2 });
      await begun.prints('begun');
      begun.run.stop();
      begun.run.stop();
      await ends(begun, 'stopped', 2);
    }
  });
}

test('a program that raises GOMAXPROCS gets its workers, and they run at the same time', async () => {
  const begun = start(
    main(
      `	runtime.GOMAXPROCS(4)
	var here atomic.Int32
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			// Nobody yields: all four get here only if each has a worker.
			here.Add(1)
			for here.Load() < 4 {
			}
		})
	}
	wg.Wait()
	fmt.Println("met")`,
      'runtime',
      'sync',
      'sync/atomic',
    ),
  );
  await ends(begun);
  assert.equal(begun.output, 'met\n');
});

test('several programs at once do not see each other', async () => {
  const source = main('\tfor i := range 200 {\n\t\tif i%50 == 0 {\n\t\t\tfmt.Println(os.Args[0], i)\n\t\t}\n\t\ttime.Sleep(time.Microsecond)\n\t}', 'os', 'time');
  const names = ['one', 'two', 'three'];
  const all = names.map((name) => start(source, { args: [name], procs: 2 }));
  await Promise.all(all.map((begun) => ends(begun)));
  all.forEach(({ output }, i) => assert.equal(output, [0, 50, 100, 150].map((n) => `${names[i]} ${n}\n`).join('')));
});

test('a seed decides what is random', async () => {
  const source = main('\tfor range 20 {\n\t\tfmt.Print(rand.Intn(1000), " ")\n\t}', 'math/rand');
  const outputOf = async (seed) => {
    const begun = start(source, { seed });
    await ends(begun);
    return begun.output;
  };
  const [first, again, other] = [await outputOf([1, 2]), await outputOf([1, 2]), await outputOf([3, 4])];
  assert.equal(first, again);
  assert.notEqual(first, other);
});
