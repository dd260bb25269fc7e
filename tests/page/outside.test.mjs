// The world outside, as the page gives it to programs: the files of an archive, time zones; and downloads that arrive damaged.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { isolationHeaders, listen, siteServer } from '../../web/dev/serve.mjs';
import { root } from '../../web/dev/terminal.mjs';
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

function pageTest(name, body, options = {}, url = () => site.url) {
  test(name, { timeout: 180_000 }, async () => {
    const page = await PageDriver.open(browser, url(), options);
    try {
      await body(page);
      assert.deepEqual(page.faults, []);
    } finally {
      await page.close();
    }
  });
}

const ended = 60_000;

const reads = `package main

import (
	"fmt"
	"os"
)

func main() {
	here, err := os.Getwd()
	fmt.Println(here, err, os.Getenv("HOME"))
	text, err := os.ReadFile("data/in.txt")
	fmt.Printf("%q %v\\n", text, err)
	fmt.Println(os.WriteFile("data/in.txt", []byte("changed"), 0o644))
	entries, err := os.ReadDir(".")
	fmt.Println(entries, err)
	_, err = os.ReadFile("data/none.txt")
	fmt.Println(err)
}
-- data/in.txt --
hello
`;

pageTest('the other files of an archive are there, each time as they were written', async (page) => {
  for (let i = 0; i < 2; i++) {
    await page.run(reads);
    await page.reaches(/Exit status 0/, ended);
    assert.equal(
      await page.output(),
      '/home/gopher <nil> /home/gopher\n"hello\\n" <nil>\n<nil>\n[d data/ - prog.go] <nil>\nopen data/none.txt: no such file or directory\n',
    );
  }
});

pageTest('tests start in the folder of their package', async (page) => {
  await page.run(`-- go.mod --
module m
go 1.26
-- one/one_test.go --
package one

import (
	"os"
	"testing"
)

func TestRead(t *testing.T) {
	text, err := os.ReadFile("testdata/in.txt")
	if string(text) != "one\\n" || err != nil {
		t.Fatalf("%q %v", text, err)
	}
}
-- one/testdata/in.txt --
one
`);
  await page.reaches(/Exit status 0/, ended);
  assert.match(await page.output(), /--- PASS: TestRead/);
});

const zones = `package main

import (
	"fmt"
	"time"
)

func main() {
	summer := time.Date(2024, time.July, 1, 12, 0, 0, 0, time.UTC)
	fmt.Println(summer.Local(), time.Local)
	for _, name := range []string{"America/New_York", "Nowhere/AtAll"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(summer.In(zone))
	}
}
`;
const inKathmandu = '2024-07-01 17:45:00 +0545 +0545 Local\n2024-07-01 08:00:00 -0400 EDT\nunknown time zone Nowhere/AtAll\n';

pageTest('local time is the browser\'s, and zones are loaded when a program names one', async (page) => {
  const loaded = [];
  page.page.on('request', (request) => loaded.push(request.url().split('/').at(-1)));
  await page.run('package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("no time") }\n');
  await page.reaches(/Exit status 0/, ended);
  assert.deepEqual(loaded.filter((name) => name.startsWith('zones')), []);
  await page.run(zones);
  await page.reaches(/Exit status 0/, ended);
  assert.equal(await page.output(), inKathmandu);
}, { timezoneId: 'Asia/Kathmandu' });

test('on one worker, too', { timeout: 180_000 }, async () => {
  const plain = await serveSite(join(root, 'build/site'), { isolated: false });
  try {
    const page = await PageDriver.open(browser, plain.url, { timezoneId: 'Asia/Kathmandu' });
    await page.run(zones);
    await page.reaches(/Exit status 0/, ended);
    assert.equal(await page.output(), inKathmandu);
    await page.run(reads);
    await page.reaches(/Exit status 0/, ended);
    assert.match(await page.output(), /"hello\\n" <nil>/);
    await page.close();
  } finally {
    await plain.close();
  }
});

// ---------------------------------------------------------------------------------------------------- damaged downloads

/** The site, from a server that sends something else in place of files whose names `bad` begins to match. */
async function damagingServer() {
  const inner = siteServer(join(root, 'build/site'));
  const state = { bad: null, body: Buffer.from('<!doctype html><title>Sign in</title>'), sent: 0 };
  const server = createServer((request, response) => {
    const name = request.url.split('/').at(-1);
    if (!state.bad?.test(name)) return void inner.emit('request', request, response);
    state.sent++;
    const type = name.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
    response.writeHead(200, { ...isolationHeaders, 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable' });
    response.end(state.body);
  });
  const port = await listen(server, 8100 + Math.floor(Math.random() * 900));
  return { state, url: `http://localhost:${port}/`, close: () => (server.closeAllConnections(), new Promise((settle) => server.close(settle))) };
}

const hello = 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("hello") }\n';

for (const name of ['std.data', 'std.wasm', 'compiler.wasm', 'engine-threads.wasm', 'std.skeletons', 'images.json']) {
  test(`a damaged ${name} in the browser's cache is fetched again`, { timeout: 180_000 }, async () => {
    const server = await damagingServer();
    const file = new RegExp(`^${name.replace('.', '-.*\\.')}$`);
    server.state.bad = file;
    const page = await PageDriver.open(browser, server.url);
    try {
      await page.run(hello);
      await page.reaches(/arrives damaged/, ended);
      assert.match(await page.status(), new RegExp(`${name} arrives damaged`));
      assert.ok(server.state.sent >= 2, 'it was asked for past the cache, too');
      // The server is well again; what it sent before is in the cache.
      server.state.bad = null;
      await page.goto(server.url);
      await page.run(hello);
      await page.reaches(/Exit status 0/, ended);
      assert.equal(await page.output(), 'hello\n');
    } finally {
      await page.close();
      await server.close();
    }
  });
}
