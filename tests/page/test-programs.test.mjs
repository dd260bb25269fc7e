// Programs that have tests and no main: Run tests them as `go test -v` does. What that prints is asked of the reference where
// there is one; the texts here are its.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../../web/dev/terminal.mjs';
import { referenceOrNull } from '../../web/dev/tools.mjs';
import { comparableTest, testFolder, unpackInto } from '../support/test-cases.mjs';
import { launchBrowser, serveSite } from './browser.mjs';
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

function pageTest(name, body, options = {}) {
  test(name, { timeout: 120_000 }, async () => {
    const page = await PageDriver.open(browser, site.url, options);
    try {
      await body(page);
      assert.deepEqual(page.faults, []);
    } finally {
      await page.close();
    }
  });
}

const single = (body, imports = ['testing']) => `package main\n\nimport (\n${imports.map((name) => `\t"${name}"\n`).join('')})\n\n${body}`;

const failing = single(
  `func TestSum(t *testing.T) {
	for _, n := range []int{1, 2} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			if n*n != n+n {
				t.Errorf("%d is not %d", n*n, n+n)
			}
		})
	}
}

func ExampleHello() {
	fmt.Println("hello")
	// Output: bye
}

func BenchmarkSum(b *testing.B) {}
`,
  ['fmt', 'testing'],
);
const failed = `=== RUN   TestSum
=== RUN   TestSum/1
    prog_test.go:12: 1 is not 2
=== RUN   TestSum/2
--- FAIL: TestSum (…s)
    --- FAIL: TestSum/1 (…s)
    --- PASS: TestSum/2 (…s)
=== RUN   ExampleHello
--- FAIL: ExampleHello (…s)
got:
hello
want:
bye
FAIL
exit status 1
FAIL\tplay\t…s
`;

const panicking = single(
  `func TestFirst(t *testing.T) {}

func TestPanics(t *testing.T) {
	var list []int
	t.Log(list[len(t.Name())])
}
`,
);

const several = `-- shape/shape.go --
package shape

func Area(a, b int) int { return a + b }
-- shape/shape_test.go --
package shape

import "testing"

func TestArea(t *testing.T) {
	if Area(2, 2) != 4 || Area(2, 3) != 6 {
		t.Fatal("wrong")
	}
}
-- word/word.go --
package word

import "play/shape"

var Size = shape.Area(1, 2)
-- word/word_test.go --
package word_test

import (
	"fmt"
	"play/word"
	"testing"
)

func ExampleSize() {
	fmt.Println(word.Size)
	// Output: 3
}

func FuzzSize(f *testing.F) {
	f.Fuzz(func(t *testing.T, n int) { t.Log(n == word.Size) })
}
-- word/testdata/fuzz/FuzzSize/three --
go test fuzz v1
int(3)
-- none/none.go --
package none
`;
const severally = `?   \tplay/none\t[no test files]
=== RUN   TestArea
    shape_test.go:7: wrong
--- FAIL: TestArea (…s)
FAIL
FAIL\tplay/shape\t…s
=== RUN   FuzzSize
=== RUN   FuzzSize/three
    word_test.go:15: true
--- PASS: FuzzSize (…s)
    --- PASS: FuzzSize/three (…s)
=== RUN   ExampleSize
--- PASS: ExampleSize (…s)
PASS
ok  \tplay/word\t…s
FAIL
`;

/** What the reference prints of a text, and how it ends, if it is there. */
function referred(text, ...packages) {
  if (!referenceOrNull()) return null;
  const folder = mkdtempSync(join(tmpdir(), 'millrace-tests-'));
  try {
    writeFileSync(join(folder, 'text'), text.startsWith('-- ') ? text : `-- prog_test.go --\n${text}`);
    unpackInto(folder, join(folder, 'text'));
    writeFileSync(join(folder, 'go.mod'), 'module play\n\ngo 1.26\n');
    const flags = ['-vet=off', '-count=1', '-v', '-cpu=1'];
    const { status, stdout, stderr } = spawnSync('go', ['test', ...flags, ...packages], { cwd: folder, encoding: 'utf8' });
    assert.equal(stderr, '');
    return { status, printed: comparableTest(stdout, folder) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Runs it with one worker: what is parallel comes in the order of the text. */
async function tested(page, text) {
  await page.lever.fill('1');
  await page.setProgram(text);
  const { outcome } = await page.runToEnd();
  await page.frame();
  return { status: outcome.status, printed: comparableTest(await page.output()) };
}

pageTest('a file of tests, with sub-tests and an example that fails', async (page) => {
  const result = await tested(page, failing);
  assert.deepEqual(result, { status: 1, printed: failed });
  assert.deepEqual(referred(failing) ?? result, result);
  await page.reaches(/Exit status 1/);
  assert.deepEqual(await page.accessibilityFaults(), []);
  await page.screenshot('tests');
});

pageTest('a test that panics', async (page) => {
  const result = await tested(page, panicking);
  assert.match(result.printed, /--- FAIL: TestPanics[^]*panic: runtime error: index out of range \[10\] with length 0/);
  assert.match(result.printed, /exit status 2\nFAIL\tplay\t…s\n$/);
  assert.equal(result.status, 1);
  assert.deepEqual(referred(panicking) ?? result, result);
});

pageTest('several packages, one without tests', async (page) => {
  const result = await tested(page, several);
  assert.deepEqual(result, { status: 1, printed: severally });
  assert.deepEqual(referred(several, './...') ?? result, result);
});

for (const name of ['verbose', 'constraints']) {
  pageTest(`the archive ${name} of tests/go/test`, async (page) => {
    const { status, printed } = await tested(page, readFileSync(join(testFolder, `${name}.txtar`), 'utf8'));
    assert.equal(printed, readFileSync(join(testFolder, `${name}.out`), 'utf8'));
    assert.equal(status, 0);
  });
}

pageTest('errors stand where they are, of tests too; where there is a main it is run', async (page) => {
  await page.setProgram(several.replace('"wrong"', 'wrong').replace('{ return a + b }', '{ return a + c }'));
  await page.runButton.click();
  await page.reaches(/\d errors/);
  const listed = (await page.page.locator('.problems button').allInnerTexts()).sort();
  assert.deepEqual(listed, ['shape/shape.go:4:38 undefined: c', 'shape/shape_test.go:12:11 undefined: wrong']);
  await page.setProgram(single('func TestX(t *testing.T) { x := 1 }\n'));
  await page.runButton.click();
  await page.reaches(/1 error/);
  assert.deepEqual(await page.page.locator('.problems button').allInnerTexts(), ['prog.go:7:28 declared and not used: x']);
  await page.setProgram(`${single('func TestX(t *testing.T) {}\n')}\nfunc main() { println("main") }\n-- x_test.go --\npackage main\n`);
  await page.runButton.click();
  await page.prints(/^main\n$/);
});

pageTest('Stop ends tests, and the lever reaches them', async (page) => {
  await page.lever.fill('2');
  const body = 'func TestX(t *testing.T) {\n\tfor last := 0; ; {\n\t\tif n := runtime.GOMAXPROCS(0); n != last {\n\t\t\tprintln("procs", n)\n\t\t\tlast = n\n\t\t}\n\t}\n}\n';
  await page.run(single(body, ['runtime', 'testing']));
  await page.prints(/procs 2\n/);
  await page.lever.fill('3');
  await page.prints(/procs 3\n/);
  await page.stopButton.click();
  await page.reaches(/Stopped/);
  assert.doesNotMatch(await page.output(), /FAIL/);
});
