// The page with compiler and engine: Go programs as readers type them, good and bad ones.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { root } from '../../web/dev/terminal.mjs';
import { goOrNull, referenceOrNull } from '../../web/dev/tools.mjs';
import { launchBrowser, renderersMiB, serveSite } from './browser.mjs';
import { PageDriver } from './page-driver.mjs';

let browser;
let site;

before(async () => {
  browser = await launchBrowser();
  site = await serveSite(join(root, 'build/site'));
});

after(async () => {
  await browser?.close();
  await site?.close();
});

const main = (body, imports = ['fmt']) =>
  `package main\n\nimport (\n${imports.map((name) => `\t"${name}"\n`).join('')})\n\nfunc main() {\n${body}\n}\n`;

const forkJoin = main(
  `	var wg sync.WaitGroup
	squares := make([]int, 8)
	for i := range squares {
		wg.Add(1)
		go func() {
			defer wg.Done()
			squares[i] = i * i
		}()
	}
	wg.Wait()
	fmt.Println(squares)`,
  ['fmt', 'sync'],
);

function pageTest(name, body, options = {}, timeout = 120_000) {
  test(name, { timeout }, async () => {
    const page = await PageDriver.open(browser, site.url, options);
    try {
      await body(page);
      assert.deepEqual(page.faults, []);
    } finally {
      await page.close();
    }
  });
}

async function stillWorks(page) {
  await page.run(forkJoin);
  await page.reaches(/Exit status 0/);
  assert.equal(await page.output(), '[0 1 4 9 16 25 36 49]\n');
}

pageTest('a fork-join program is typed, compiled and run on workers', async (page) => {
  assert.equal(await page.page.evaluate(() => crossOriginIsolated), true);
  await stillWorks(page);
  assert.match(await page.times(), /compile [\d.]+ m?s · start [\d.]+ m?s · first output [\d.]+ m?s · run [\d.]+ m?s/);
});

pageTest('a shared link brings the program, and it runs when asked', async (page) => {
  await page.type(forkJoin);
  await page.page.getByRole('button', { name: 'Share' }).click();
  const link = await page.page.locator('.notice input').inputValue();
  await page.setProgram('package main\n\nfunc main() { println("another") }\n');
  await page.page.goto('about:blank');
  await page.goto(link);
  await page.page.getByText('This program came with a link').waitFor();
  await page.page.waitForTimeout(300);
  assert.match(await page.status(), /Ready/);
  await page.runButton.click();
  await page.reaches(/Exit status 0/);
  assert.equal(await page.output(), '[0 1 4 9 16 25 36 49]\n');
}, { permissions: [] });

pageTest('a text of several files is a module; its errors are marked where they stand', async (page) => {
  const archive = (word) => `package main

import (
	"fmt"
	"play/word"
)

func main() { fmt.Println(word.Word()) }
-- word/word.go --
package word

func Word() string { return ${word} }
`;
  await page.run(archive('"several"'));
  await page.reaches(/Exit status 0/);
  assert.equal(await page.output(), 'several\n');
  await page.run(archive('5'));
  await page.reaches(/1 error/);
  assert.match(await page.page.locator('.problems').innerText(), /word\/word\.go:12:29 cannot use 5/);
  await page.run('package main\n');
  await page.reaches(/1 error/);
  assert.match(await page.page.locator('.problems').innerText(), /^\s*runtime\.main_main·f: function main is undeclared/);
});

const rough = `package main
import ("os"
"fmt")
func  main( ) {fmt.Println( len(os.Args) );x:=0XFF;_=x} // end
-- word/word.go --
package word
func Word()string{
return "日本"}
`;
const fine = `package main

import (
	"fmt"
	"os"
)

func main() { fmt.Println(len(os.Args)); x := 0xFF; _ = x } // end
-- word/word.go --
package word

func Word() string {
	return "日本"
}
`;

/** What gofmt makes of one file, where it is on this machine. */
const gofmtOrNull = (text) => (referenceOrNull() ? execFileSync(join(goOrNull().folder, 'bin/gofmt'), { input: text, encoding: 'utf8' }) : null);

pageTest('Format is gofmt, loaded when it is first asked for, beside a program that runs', async (page) => {
  const loaded = [];
  page.page.on('request', (request) => loaded.push(request.url().split('/').at(-1)));
  await page.run(main('\tfmt.Println("begun")\n\tselect {\n\tcase <-time.After(time.Hour):\n\t}', ['fmt', 'time']));
  await page.prints(/begun/);
  assert.deepEqual(loaded.filter((name) => name.startsWith('formatter')), []);
  await page.type(rough);
  await page.page.keyboard.press('Shift+Alt+f');
  await page.formatSays('Formatted');
  assert.equal(await page.program(), fine);
  for (const [i, part] of rough.split(/^-- .* --\n/m).entries()) assert.equal(gofmtOrNull(part) ?? fine.split(/^-- .* --\n/m)[i], fine.split(/^-- .* --\n/m)[i]);
  assert.equal(loaded.filter((name) => name.startsWith('formatter')).length, 3, String(loaded));
  assert.deepEqual(loaded.filter((name) => name.startsWith('rest')), []);
  assert.match(await page.status(), /Running/);
  const broken = 'package f\nfunc {\nx\nvar y = = 1\n';
  await page.type(broken);
  await page.formatButton.click();
  await page.formatSays('Not formatted: 3 errors');
  assert.deepEqual(await page.page.locator('.problems button').allInnerTexts(), [
    "prog.go:2:6 expected 'IDENT', found '{'",
    "prog.go:3:1 expected '(', found x",
    "prog.go:4:1 expected ')', found 'var'",
  ]);
  assert.equal(await page.program(), broken);
  await page.stopButton.click();
  await page.reaches(/Stopped/);
  await page.formatsOnRun.check();
  await page.run(rough);
  await page.reaches(/Exit status 0/);
  assert.equal(await page.output(), '1\n');
  assert.equal(await page.program(), fine);
  assert.equal(loaded.filter((name) => name.startsWith('formatter')).length, 3, String(loaded));
});

pageTest('a formatter that cannot be loaded is told, and asked for again', async (page) => {
  await page.page.route(/formatter-.*\.data$/, (route) => route.abort());
  await page.type('package  main');
  await page.formatButton.click();
  await page.formatSays('download failed');
  assert.deepEqual(page.faults.splice(0), ['Failed to load resource: net::ERR_FAILED']); // the browser's word
  assert.equal(await page.program(), 'package  main');
  await page.page.unroute(/formatter-.*\.data$/);
  await page.formatButton.click();
  await page.formatSays('Formatted');
  assert.equal(await page.program(), 'package main\n');
});

pageTest('two hundred runs in one page leave nothing behind', async (page) => {
  const run = async () => {
    const { outcome } = await page.runToEnd();
    assert.deepEqual(outcome, { kind: 'exited', status: 0 });
    await page.prints(/^\[0 1 4 9 16 25 36 49\]\n$/);
  };
  await page.lever.fill('3');
  await page.setProgram(forkJoin);
  for (let i = 0; i < 40; i++) await run();
  const before = await renderersMiB(browser);
  for (let i = 0; i < 160; i++) await run();
  const grown = (await renderersMiB(browser)) - before;
  assert.ok(!(grown > 64), `memory has grown by ${grown} MiB`);
  await page.page.waitForTimeout(200);
  // The compiler's, and those that wait for the next run: one per notch of the lever, and the monitor.
  assert.equal(page.page.workers().length, 1 + 3 + 1);
});

pageTest('the lever moves GOMAXPROCS of the running program', async (page) => {
  await page.lever.fill('2');
  await page.run(
    main(
      `	for last := 0; ; time.Sleep(5 * time.Millisecond) {
		if n := runtime.GOMAXPROCS(0); n != last {
			fmt.Println("procs", n)
			last = n
		}
	}`,
      ['fmt', 'runtime', 'time'],
    ),
  );
  await page.prints(/procs 2\n/);
  await page.lever.fill('5');
  await page.prints(/procs 5\n/);
  await page.stopButton.click();
  await page.reaches(/Stopped/);
});

pageTest('output comes while the program runs, standard error told apart', async (page) => {
  await page.run(main('\tfmt.Println("first")\n\tprintln("to stderr")\n\ttime.Sleep(time.Hour)', ['fmt', 'time']));
  await page.prints(/first\nto stderr\n/);
  assert.equal(await page.stderr(), 'to stderr\n');
  await page.stopButton.click();
  await page.reaches(/Stopped/);
});

pageTest('a deadlock and a panic end with Go’s words and status 2', async (page) => {
  await page.run(main('\tch := make(chan int)\n\tfmt.Println("before")\n\t<-ch'));
  await page.reaches(/Exit status 2/);
  assert.match(await page.stderr(), /^fatal error: all goroutines are asleep - deadlock!\n/);
  await page.run(main('\tvar list []int\n\tfmt.Println(list[5])'));
  await page.reaches(/Exit status 2/);
  assert.match(await page.stderr(), /^panic: runtime error: index out of range \[5\] with length 0\n\ngoroutine 1 \[running\]:\nmain\.main\(\.\.\.\)\n\t\S*:\d+\n$/);
});

for (const [name, body] of Object.entries({
  'for {}': '\tfmt.Println("begun")\n\tfor {\n\t}',
  'a program that prints for ever': '\tfmt.Println("begun")\n\tfor i := 0; ; i++ {\n\t\tfmt.Println("line", i)\n\t}',
  'goroutines without end': '\tfmt.Println("begun")\n\tfor {\n\t\tgo func() { select {} }()\n\t\tif false {\n\t\t\tbreak\n\t\t}\n\t}',
})) {
  pageTest(`${name}: the page stays responsive, memory bounded, Stop ends it, Run works again`, async (page) => {
    await page.memory.selectOption({ label: '256 MB' });
    await page.run(main(body));
    await page.page.locator('.status .state', { hasText: /Running|Exit status 2/ }).waitFor();
    await page.page.waitForTimeout(1000);
    const begun = await renderersMiB(browser);
    const turn = await page.page.evaluate(async () => {
      const turns = [];
      for (let last = performance.now(); turns.length < 30; last = performance.now()) {
        await new Promise((settle) => setTimeout(settle, 0));
        turns.push(performance.now() - last);
      }
      return turns.sort((a, b) => a - b)[15];
    });
    assert.ok(turn < 200, `half of the event loop's turns take more than ${turn} ms`);
    await page.page.waitForTimeout(1000);
    const grown = (await renderersMiB(browser)) - begun;
    assert.ok(!(grown > 300), `memory has grown by ${grown} MiB`); // a program may fill the 256 MiB it has, and no more
    if (await page.stopButton.isEnabled()) await page.stopButton.click();
    await page.reaches(/Stopped|Exit status 2/);
    await stillWorks(page);
  });
}

for (const [name, [declarations, body, message]] of Object.entries({
  'endless recursion': ['func f(n int) int { return f(n+1) + 1 }', '\tprintln(f(0))', /goroutine stack exceeds|stack overflow/],
  'endless allocation': ['var all [][]byte', '\tfor {\n\t\tall = append(all, make([]byte, 1<<20))\n\t}', /fatal error: out of memory|cannot allocate memory/],
})) {
  pageTest(`${name} is an error of the program, never ours`, async (page) => {
    await page.run(`package main\n\n${declarations}\n\nfunc main() {\n${body}\n}\n`);
    await page.reaches(/Exit status 2/, 60_000);
    assert.match(await page.stderr(), message);
    await stillWorks(page);
  });
}

pageTest('a program has as much memory as the reader gives it', async (page) => {
  const program = 'package main\n\nfunc main() {\n\tb := make([]byte, 300<<20)\n\tb[len(b)-1] = 1\n\tprintln("has it")\n}\n';
  await page.run(program);
  await page.reaches(/Exit status 0/);
  await page.memory.selectOption({ label: '256 MB' });
  await page.runButton.click();
  await page.reaches(/Exit status 2/);
  assert.match(await page.stderr(), /fatal error: .*(out of memory|cannot allocate memory)/);
  await page.memory.selectOption({ label: '4 GB' });
  await page.runButton.click();
  await page.reaches(/Exit status 0/);
});

pageTest('errors of the source are listed in Go’s words', async (page) => {
  await page.run('package main\n\nfunc main() {\n\tx := 1\n\ty = "日本"\n}\n');
  await page.reaches(/2 errors/);
  assert.deepEqual(await page.page.locator('.problems button').allInnerTexts(), [
    'prog.go:4:2 declared and not used: x',
    'prog.go:5:2 undefined: y',
  ]);
  await stillWorks(page);
});

pageTest('garbage and a source of a megabyte do no harm', async (page) => {
  await page.run('} 日本 ` "\\ \u0000 func (((((');
  await page.reaches(/error/);
  const long = forkJoin + `// ${'x'.repeat(97)}\n`.repeat(10_000);
  await page.page.evaluate((text) => (document.querySelector('mill-editor').value = text), long);
  await page.runButton.click();
  await page.reaches(/Exit status 0/, 30_000);
  assert.equal(await page.output(), '[0 1 4 9 16 25 36 49]\n');
  const deep = `package main\n\nvar x = ${'('.repeat(100_000)}1${')'.repeat(100_000)}\n\nfunc main() {}\n`;
  await page.page.evaluate((text) => (document.querySelector('mill-editor').value = text), deep);
  await page.runButton.click();
  await page.reaches(/error|Exit status 0/, 30_000);
  await stillWorks(page);
});

pageTest('every example runs', async (page) => {
  const menu = page.page.locator('mill-menu');
  const count = await menu.evaluate((element) => element.groups.flatMap(({ items }) => items).length);
  assert.ok(count > 0, 'there are no examples');
  for (let i = 0; i < count; i++) {
    await menu.locator('.opener').click();
    await menu.locator('.list button').nth(i).click();
    const program = (await page.program()).split('\n', 1)[0];
    await page.runButton.click();
    const input = page.page.locator('mill-input input');
    if (await input.count()) {
      await input.fill('tea costs 2.50');
      await input.press('Enter');
      await input.press('Control+d');
      await page.prints(/tea: 2\.50\n/);
    }
    await page.reaches(/Exit status/, 60_000);
    const status = await page.status();
    assert.match(status, /^Exit status [02]$/, `${program}: ${status}`);
  }
}, {}, 900_000);

const marshalled = main(
  `	text, err := json.Marshal(map[string]any{"name": "gopher", "legs": []int{1, 2}})
	fmt.Println(string(text), err)`,
  ['encoding/json', 'fmt'],
);

pageTest('what few programs import is loaded when one does', async (page) => {
  const loaded = [];
  page.page.on('request', (request) => loaded.push(request.url().split('/').at(-1)));
  await stillWorks(page);
  assert.deepEqual(loaded.filter((name) => name.startsWith('more')), []);
  await page.run(marshalled);
  await page.prints(/\{"legs":\[1,2\],"name":"gopher"\} <nil>\n/);
  await page.reaches(/Exit status 0/);
  assert.equal(loaded.filter((name) => name.startsWith('more')).length, 4, String(loaded));
  await page.run(marshalled);
  await page.reaches(/Exit status 0/);
  assert.equal(loaded.filter((name) => name.startsWith('more')).length, 4, String(loaded));
  await stillWorks(page);
});

pageTest('a library file that cannot be loaded is told, and asked for again', async (page) => {
  await page.page.route(/more-.*\.data$/, (route) => route.abort());
  await page.run(marshalled);
  await page.reaches(/download failed/);
  assert.deepEqual(page.faults.splice(0), ['Failed to load resource: net::ERR_FAILED']); // the browser's word
  await page.page.unroute(/more-.*\.data$/);
  await page.run(marshalled);
  await page.prints(/"gopher"/);
});

test('without isolation programs run on one worker', async () => {
  const plain = await serveSite(join(root, 'build/site'), { isolated: false });
  const page = await PageDriver.open(browser, plain.url);
  try {
    assert.match(await page.page.locator('.badge').innerText(), /One worker only/);
    await stillWorks(page);
    await page.run(main('\tfmt.Println("begun")\n\tfor {\n\t}'));
    await page.prints(/begun/);
    await page.stopButton.click();
    await page.reaches(/Stopped/);
    await stillWorks(page);
    await page.run(marshalled);
    await page.prints(/"gopher"/);
    await page.type(rough);
    await page.formatButton.click();
    await page.formatSays('Formatted');
    assert.equal(await page.program(), fine);
    assert.deepEqual(page.faults, []);
  } finally {
    await page.close();
    await plain.close();
  }
});

pageTest(
  'a picture for the README',
  async (page) => {
    await page.page.locator('mill-menu .opener').click();
    await page.page.locator('mill-menu .list button').first().click();
    await page.runButton.click();
    await page.reaches(/Exit status 0/);
    await page.page.keyboard.press('Escape');
    await page.screenshot('page');
  },
  { viewport: { width: 1280, height: 720 }, deviceScaleFactor: 2 },
);
