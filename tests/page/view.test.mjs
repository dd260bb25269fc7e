// The page's behaviour with a stand-in for compiler and engine (fake-backend.ts), whose "programs" are scripts: editing,
// output, links, storage, keyboard, languages, looks.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { join } from 'node:path';
import { buildSite } from '../../web/dev/site.mjs';
import { root } from '../../web/dev/terminal.mjs';
import { launchBrowser, serveSite } from './browser.mjs';
import { PageDriver } from './page-driver.mjs';

let browser;
let site;
let page;

before(async () => {
  const folder = join(root, 'build/site-fake');
  await buildSite(folder, { quiet: true, alias: { './real-backend.ts': join(root, 'tests/page/fake-real-backend.ts') } });
  browser = await launchBrowser();
  site = await serveSite(folder);
});

after(async () => {
  await browser?.close();
  await site?.close();
});

/** A test with a page of its own, which must not log any error. */
function pageTest(name, optionsOrBody, bodyOrNothing) {
  const [options, body] = bodyOrNothing ? [optionsOrBody, bodyOrNothing] : [{}, optionsOrBody];
  test(name, async () => {
    page = await PageDriver.open(browser, options.url ?? site.url, options.context);
    try {
      await body(page);
      assert.deepEqual(page.faults, []);
    } finally {
      await page.close();
    }
  });
}

pageTest('the page is cross-origin isolated and runs with workers', async () => {
  assert.equal(await page.page.evaluate(() => crossOriginIsolated), true);
  assert.equal(await page.lever.isEnabled(), true);
  assert.match(await page.status(), /Ready/);
});

pageTest('types, runs, shows output, status and times', async () => {
  await page.run('out hello\nerr careful\nout bye\nexit 3');
  await page.reaches(/Exit status 3/);
  assert.equal(await page.output(), 'hello\ncareful\nbye\n');
  assert.equal(await page.stderr(), 'careful\n');
  assert.match(await page.times(), /^compile [\d.]+ ms · start [\d.]+ ms · first output [\d.]+ ms · run [\d.]+ m?s$/);
});

pageTest('Ctrl+Enter runs, from the editor and from elsewhere', async () => {
  await page.type('out once');
  await page.page.keyboard.press('Control+Enter');
  await page.reaches(/Exit status 0/);
  await page.type('out twice');
  await page.lever.focus();
  await page.page.keyboard.press('Control+Enter');
  await page.prints(/^twice\n$/);
});

pageTest('Stop ends a program that hangs; Run works again', async () => {
  assert.equal(await page.stopButton.isDisabled(), true);
  await page.run('out begun\nhang');
  await page.reaches(/Running/);
  await page.stopButton.click();
  await page.reaches(/Stopped/);
  await page.run('out again');
  await page.reaches(/Exit status 0/);
  assert.equal(await page.output(), 'again\n');
});

pageTest('the lever reaches the running program and is kept', async () => {
  await page.run('sleep 2000\nshowprocs\nhang');
  await page.reaches(/Running/);
  await page.lever.fill('7');
  await page.prints(/procs 7\n/);
  await page.stopButton.click();
  await page.reaches(/Stopped/);
  await page.page.reload();
  assert.equal(await page.lever.inputValue(), '7');
  await page.lever.press('ArrowRight');
  assert.equal(await page.lever.inputValue(), '8');
});

pageTest('a program that sets GOMAXPROCS itself is told', async () => {
  await page.lever.fill('4');
  await page.run('procs 2\nhang');
  await page.page.getByText('the program set 2').waitFor();
  await page.stopButton.click();
});

pageTest('a program that prints for ever leaves the page responsive, and memory bounded', async () => {
  await page.run('loop');
  await page.prints(/program that prints for ever/);
  await page.page.waitForTimeout(1500);
  const gaps = await page.page.evaluate(async () => {
    const found = [];
    let last = performance.now();
    while (found.length < 40) {
      await new Promise((settle) => setTimeout(settle, 0));
      found.push(performance.now() - last);
      last = performance.now();
    }
    return found.sort((a, b) => a - b);
  });
  assert.ok(gaps[20] < 100, `half of the event loop's turns take ${gaps[20]} ms`);
  assert.ok((await page.output()).length < 400_000);
  await page.page.getByText('… earlier output dropped').waitFor();
  await page.stopButton.click();
  await page.reaches(/Stopped/);
  assert.match(await page.output(), /^line \d+ of a program/);
});

pageTest('output is followed to its end, unless the reader has scrolled away', async () => {
  const fromEnd = () =>
    page.page.evaluate(() => {
      const { scrollHeight, scrollTop, clientHeight } = document.querySelector('mill-output').shadowRoot.querySelector('.scroller');
      return Math.round(scrollHeight - scrollTop - clientHeight);
    });
  const lines = (count) => Array.from({ length: count }, (_, i) => `out line ${i}`).join('\n');
  // Not typed: browsers take minutes over so much text at once, unless it is pasted.
  await page.setProgram(lines(6000));
  await page.runButton.click();
  await page.reaches(/Exit status 0/);
  await page.page.getByText('… earlier output dropped').waitFor();
  await page.frame();
  assert.equal(await fromEnd(), 0);
  await page.setProgram(`${lines(200)}\nsleep 600\nout more\nhang`);
  await page.runButton.click();
  await page.prints(/line 199\n/);
  await page.page.locator('mill-output').hover();
  await page.page.mouse.wheel(0, -1000);
  await page.prints(/more\n/);
  assert.ok((await fromEnd()) > 500);
  await page.stopButton.click();
  await page.reaches(/Stopped/);
});

pageTest('errors are marked, listed, and lead to their place', async () => {
  await page.run('package main\n\nfunc main() {\n\tvar 日本 = bogus\n}\n');
  await page.reaches(/1 error/);
  await page.page.locator('.cm-lintRange-error', { hasText: 'bogus' }).waitFor();
  assert.equal(await page.page.locator('.cm-lint-marker-error').count(), 1);
  const link = page.page.locator('.problems button');
  assert.equal(await link.innerText(), 'prog.go:4:15 undefined: bogus');
  await page.page.keyboard.press('Control+Home');
  await link.click();
  await page.page.keyboard.insertText('_');
  assert.match(await page.program(), /= _bogus/);
  await page.run('out fine');
  await page.reaches(/Exit status 0/);
  assert.equal(await page.page.locator('.problems').count(), 0);
  assert.equal(await page.page.locator('.cm-lintRange-error').count(), 0);
});

pageTest('Format: one step that can be undone, cursor and scroll where they were', async () => {
  const lines = (space) => Array.from({ length: 200 }, (_, i) => `out${space}line${space}${i}\n`).join('');
  await page.type(lines('  '));
  await page.page.keyboard.press('ArrowLeft');
  await page.page.keyboard.type('!');
  const line = page.page.locator('.cm-activeLine');
  const before = await line.boundingBox();
  await page.page.keyboard.press('Shift+Alt+f');
  await page.formatSays('Formatted');
  const formatted = lines(' ').replace(/\n$/, '!\n');
  assert.equal(await page.program(), formatted);
  assert.ok(Math.abs((await line.boundingBox()).y - before.y) < 2);
  assert.equal(await line.innerText(), 'out line 199!');
  await page.page.keyboard.type('?');
  assert.equal(await line.innerText(), 'out line 199!?');
  assert.equal(await page.page.locator('.format-state').innerText(), '');
  await page.page.keyboard.press('Control+z');
  await page.page.keyboard.press('Control+z');
  assert.equal(await page.program(), lines('  ').replace(/\n$/, '!\n'));
  await page.formatButton.click();
  await page.formatSays('Formatted');
  assert.equal(await page.program(), formatted);
  await page.formatButton.click();
  await page.formatSays('Is formatted');
});

pageTest('Format: errors are marked and listed as those of Run, and the text stays', async () => {
  const crooked = 'out  fine\n-- a/a.go --\nout  日本 crooked\n';
  await page.type(crooked);
  await page.formatButton.click();
  await page.formatSays('Not formatted: 1 error');
  assert.equal(await page.page.locator('.problems button').innerText(), 'a/a.go:3:13 no');
  await page.page.locator('.cm-lintRange-error', { hasText: 'crooked' }).waitFor();
  assert.equal(await page.program(), crooked);
  assert.deepEqual(await page.accessibilityFaults(), []);
  await page.type('out  fine');
  await page.formatButton.click();
  await page.formatSays('Formatted');
  assert.equal(await page.page.locator('.problems').count(), 0);
  assert.equal(await page.page.locator('.cm-lintRange-error').count(), 0);
  await page.run('out  bogus');
  await page.reaches(/1 error/);
  await page.formatButton.click();
  await page.formatSays('Formatted');
  assert.match(await page.page.locator('.problems').innerText(), /undefined: bogus/);
});

pageTest('Format: a program that runs goes on; what was changed meanwhile stays; a failure is told', async () => {
  await page.run('sleep 600\nshowprocs\nhang');
  await page.reaches(/Running/);
  await page.type('out  slow');
  await page.formatButton.click();
  await page.formatSays('Formatting');
  await page.prints(/procs/);
  await page.type('out  mine');
  await page.formatSays('changed meanwhile');
  assert.equal(await page.program(), 'out  mine');
  assert.match(await page.status(), /Running/);
  await page.type('out  offline');
  await page.formatButton.click();
  await page.formatSays('Not formatted: a download failed');
  assert.equal(await page.program(), 'out  offline');
  await page.stopButton.click();
  await page.reaches(/Stopped/);
});

pageTest('Format on Run: kept across reloads, runs what cannot be formatted too', async () => {
  assert.equal(await page.formatsOnRun.isChecked(), false);
  await page.run('out a  b');
  await page.prints(/^a {2}b\n$/);
  await page.formatsOnRun.focus();
  await page.page.keyboard.press('Space');
  await page.page.reload();
  assert.equal(await page.formatsOnRun.isChecked(), true);
  await page.runButton.click();
  await page.prints(/^a b\n$/);
  assert.equal(await page.program(), 'out a b');
  for (const [program, printed] of [['out  crooked', /^ crooked\n$/], ['out  offline', /^ offline\n$/]]) {
    await page.run(program);
    await page.prints(printed);
    await page.reaches(/Exit status 0/);
    assert.equal(await page.program(), program);
  }
  await page.run('out  slow');
  await page.stopButton.click();
  await page.reaches(/Stopped/);
});

pageTest('Memory: what is chosen is given to the next run, and kept across reloads', async () => {
  await page.run('memory');
  await page.prints(/^1024 MiB\n$/);
  await page.memory.selectOption({ label: '64 MB' });
  await page.runButton.click();
  await page.prints(/^64 MiB\n$/);
  await page.page.reload();
  assert.equal(await page.memory.inputValue(), '64');
  await page.runButton.click();
  await page.prints(/^64 MiB\n$/);
});

pageTest('a fault of ours is called ours', async () => {
  await page.run('faulty');
  await page.reaches(/Millrace failed: the compiler ran out of stack/);
});

pageTest('Stop ends a slow compilation', async () => {
  await page.run('slow');
  await page.reaches(/Compiling/);
  await page.stopButton.click();
  await page.reaches(/Stopped/);
});

pageTest('a program that reads gets what is typed and pasted, until the end', async () => {
  const field = page.page.locator('mill-input input');
  assert.equal(await field.count(), 0);
  await page.run('os.Stdin\nread\nout end');
  await page.reaches(/Running/);
  await field.fill('first line');
  await field.press('Enter');
  await page.prints(/^first line\nFIRST LINE\n$/);
  await field.evaluate((element) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', 'two\r\nthree\nrest');
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  });
  await page.prints(/TWO\nTHREE\n$/);
  assert.equal(await field.inputValue(), 'rest');
  assert.deepEqual(await page.accessibilityFaults(), []);
  await page.screenshot('input');
  await field.press('Control+d');
  await page.reaches(/Exit status 0/);
  assert.match(await page.output(), /RESTend\n$/);
  assert.equal(await field.isDisabled(), true);
  await page.run('out reads nothing\nread');
  await page.reaches(/Exit status 0/);
  assert.equal(await field.count(), 0);
});

pageTest('the program is kept across reloads', async () => {
  await page.type('out kept');
  await page.page.reload();
  assert.equal(await page.program(), 'out kept');
});

pageTest('a shared link opens, does not run by itself, and gives the own program back', { context: { permissions: ['clipboard-read', 'clipboard-write'] } }, async () => {
  await page.type('out shared\nout 共有');
  await page.page.getByRole('button', { name: 'Share' }).click();
  await page.page.getByText('Link copied').waitFor();
  const link = await page.page.evaluate(() => navigator.clipboard.readText());
  assert.ok(link.startsWith(`${site.url}#code=`));
  await page.type('out mine');
  await page.page.waitForTimeout(400);
  await page.page.goto('about:blank');
  await page.goto(link);
  await page.page.getByText('This program came with a link').waitFor();
  assert.equal(await page.program(), 'out shared\nout 共有');
  assert.match(await page.status(), /Ready/);
  assert.equal(await page.output(), '');
  assert.equal(new URL(page.page.url()).hash, '');
  await page.runButton.click();
  await page.reaches(/Exit status 0/);
  assert.equal(await page.output(), 'shared\n共有\n');
  await page.page.reload();
  assert.equal(await page.program(), 'out shared\nout 共有');
  await page.page.evaluate((hash) => (location.hash = hash), new URL(link).hash);
  await page.page.getByRole('button', { name: 'Bring mine back' }).click();
  assert.equal(await page.program(), 'out mine');
});

pageTest('without a clipboard the link is shown, selected', async () => {
  await page.page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await page.type('out x');
  await page.page.getByRole('button', { name: 'Share' }).click();
  await page.page.getByText('Copy this link').waitFor();
  const selected = await page.page.evaluate(() => {
    const input = document.querySelector('.notice input');
    return input.value.slice(input.selectionStart, input.selectionEnd);
  });
  assert.match(selected, /#code=/);
});

pageTest('a damaged link says so and loses nothing', async () => {
  await page.type('out mine');
  await page.page.waitForTimeout(400);
  for (const damaged of ['#code=AAAA', '#code=', '#code=%E0%A4', '#code=日本']) {
    await page.page.goto('about:blank');
    await page.goto(site.url + damaged);
    await page.page.getByText('The link is damaged').waitFor();
    assert.equal(await page.program(), 'out mine');
    assert.match(await page.status(), /Ready/);
  }
});

pageTest('keyboard: Tab indents, Escape then Tab leaves the editor', async () => {
  await page.type('x');
  await page.page.keyboard.press('Home');
  await page.page.keyboard.press('Tab');
  assert.equal(await page.program(), '\tx');
  const inEditor = () => page.page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.className.includes('cm-content') ?? false);
  assert.equal(await inEditor(), true);
  await page.page.keyboard.press('Escape');
  await page.page.keyboard.press('Tab');
  assert.equal(await inEditor(), false);
  assert.equal(await page.program(), '\tx');
  assert.equal(await page.formatButton.evaluate((button) => button === document.activeElement), true);
  for (const next of ['input', 'select', 'mill-output']) {
    await page.page.keyboard.press('Tab');
    assert.equal(await page.page.evaluate(() => document.activeElement?.localName), next);
  }
});

pageTest('a 1 MB source is typed, kept and run', async () => {
  const long = `out start\n${`// ${'x'.repeat(97)}\n`.repeat(10_000)}out end`;
  await page.page.evaluate((text) => (document.querySelector('mill-editor').value = text), long);
  await page.runButton.click();
  await page.reaches(/Exit status 0/);
  assert.equal(await page.output(), 'start\nend\n');
  await page.page.reload();
  assert.equal((await page.program()).length, long.length);
});

test('without isolation the page runs on one worker and says why', async () => {
  const plain = await serveSite(join(root, 'build/site-fake'), { isolated: false });
  page = await PageDriver.open(browser, plain.url);
  try {
    assert.equal(await page.page.evaluate(() => crossOriginIsolated), false);
    assert.match(await page.page.locator('.badge').innerText(), /One worker only.*not cross-origin isolated/);
    assert.equal(await page.lever.count(), 0);
    await page.run('showprocs');
    await page.reaches(/Exit status 0/);
    assert.equal(await page.output(), 'procs 1\n');
    assert.deepEqual(await page.accessibilityFaults(), []);
    await page.screenshot('one-worker');
  } finally {
    await page.close();
    await plain.close();
  }
});

const looks = {
  'wide-light': { viewport: { width: 1440, height: 860 }, colorScheme: 'light' },
  'wide-dark': { viewport: { width: 1440, height: 860 }, colorScheme: 'dark' },
  'phone-light': { viewport: { width: 390, height: 780 }, colorScheme: 'light', hasTouch: true },
  'phone-dark-ja': { viewport: { width: 390, height: 780 }, colorScheme: 'dark', locale: 'ja-JP', hasTouch: true },
  'wide-light-ja': { viewport: { width: 1280, height: 800 }, colorScheme: 'light', locale: 'ja-JP' },
};

for (const [name, context] of Object.entries(looks)) {
  pageTest(`${name}: fits, is accessible, and looks as it should`, { context }, async () => {
    const background = () => page.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = /^rgb\((\d+)/.exec(await background())[1] < 100;
    assert.equal(dark, context.colorScheme === 'dark');
    assert.equal(await page.page.evaluate(() => document.documentElement.lang), context.locale ? 'ja' : 'en');
    await page.run('package main\n\nout hello\nerr careful\nexit 2');
    await page.reaches(context.locale ? /終了ステータス 2/ : /Exit status 2/);
    assert.deepEqual(await page.accessibilityFaults(), []);
    assert.equal(await page.scrollsSideways(), false);
    const header = await page.page.locator('header').boundingBox();
    assert.ok(header.height < 100, `the header takes ${header.height} px`);
    for (const control of [page.runButton, page.stopButton, page.lever, page.formatButton, page.page.locator('.editing label:has(input)'), page.page.locator('.editing select')]) {
      const box = await control.boundingBox();
      assert.ok(box.width >= 24 && box.x >= 0 && box.x + box.width <= context.viewport.width, JSON.stringify(box));
    }
    await page.screenshot(name);
    await page.run('package main\n\nfunc main() {\n\tvar 日本 = bogus\n}\n');
    await page.page.locator('.problems').waitFor();
    assert.deepEqual(await page.accessibilityFaults(), []);
    await page.screenshot(`${name}-errors`);
  });
}

pageTest('the examples menu: by keyboard, closes, fits a phone', { context: looks['phone-light'] }, async () => {
  const menu = page.page.locator('mill-menu');
  const opener = menu.locator('.opener');
  await opener.click();
  const box = await menu.locator('.list').boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 390 && box.y + box.height <= 780, JSON.stringify(box));
  assert.deepEqual(await page.accessibilityFaults(), []);
  await page.screenshot('phone-menu');
  await page.page.keyboard.press('ArrowDown');
  await page.page.keyboard.press('Escape');
  assert.equal(await menu.locator('.list').isVisible(), false);
  await page.type('out mine');
  await opener.focus();
  await page.page.keyboard.press('Enter');
  await page.page.keyboard.press('Enter');
  assert.match(await page.program(), /^\/\/ \d/);
  await page.page.getByRole('button', { name: 'Bring mine back' }).click();
  assert.equal(await page.program(), 'out mine');
  await opener.click();
  await page.page.mouse.click(30, 24);
  assert.equal(await menu.locator('.list').isVisible(), false);
});

for (const width of [960, 1100, 1440]) {
  pageTest(`the examples menu shows all of them at once, ${width} px wide`, { context: { viewport: { width, height: 800 } } }, async () => {
    await page.page.locator('mill-menu .opener').click();
    const list = page.page.locator('mill-menu .list');
    const box = await list.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= width && box.y + box.height <= 800, JSON.stringify(box));
    assert.equal(await list.evaluate((element) => element.scrollHeight > element.clientHeight), false);
    assert.deepEqual(await page.accessibilityFaults(), []);
  });
}

pageTest('language and colours can be switched and are kept', async () => {
  await page.page.getByRole('button', { name: '日本語' }).click();
  await page.page.getByRole('button', { name: '実行' }).waitFor();
  await page.page.getByRole('button', { name: '暗い配色' }).click();
  await page.page.reload();
  await page.page.getByRole('button', { name: '実行' }).waitFor();
  const background = await page.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  assert.ok(/^rgb\((\d+)/.exec(background)[1] < 100, background);
  await page.page.getByRole('button', { name: 'English' }).click();
  await page.page.getByRole('button', { name: 'Run' }).waitFor();
});
