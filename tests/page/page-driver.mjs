// What a reader does with the page, in the words of the tests.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../web/dev/terminal.mjs';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export class PageDriver {
  constructor(page) {
    this.page = page;
    this.faults = [];
    page.on('pageerror', (error) => this.faults.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && this.faults.push(message.text()));
  }

  /** Opens the page in a context of its own; `options` as Playwright's newContext takes them. */
  static async open(browser, url, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-US', ...options });
    const driver = new PageDriver(await context.newPage());
    await driver.goto(url);
    return driver;
  }

  async goto(url) {
    await this.page.goto(url);
    await this.page.locator('mill-editor .cm-content').waitFor();
  }

  close() {
    return this.page.context().close();
  }

  get runButton() {
    return this.page.locator('button.run');
  }

  get stopButton() {
    return this.page.locator('button.stop');
  }

  get formatButton() {
    return this.page.locator('.editing button');
  }

  get formatsOnRun() {
    return this.page.getByRole('checkbox', { name: 'Format on Run' });
  }

  get memory() {
    return this.page.getByRole('combobox', { name: 'Memory' });
  }

  get lever() {
    return this.page.locator('mill-workers input');
  }

  get notice() {
    return this.page.locator('.notice');
  }

  /** Types a program as a person would, in place of what is there. */
  async type(program) {
    await this.page.locator('mill-editor .cm-content').click();
    await this.page.keyboard.press('Control+a');
    // In one go: the editor would complete brackets and indentation of single keys.
    await this.page.keyboard.insertText(program);
  }

  /** Puts a program into the editor without typing. */
  setProgram(program) {
    return this.page.evaluate((text) => (document.querySelector('mill-editor').value = text), program);
  }

  /** Presses Run, waits in the page for the end, and gives the session's outcome and times in ms. */
  runToEnd() {
    return this.page.evaluate(async () => {
      const view = document.querySelector('mill-page');
      const before = view.session.run;
      document.querySelector('button.run').click();
      while (view.session.run === before || view.session.phase !== 'ended') await new Promise((settle) => setTimeout(settle, 2));
      const { outcome, times } = view.session;
      return { outcome, times };
    });
  }

  program() {
    return this.page.evaluate(() => document.querySelector('mill-editor').value);
  }

  output() {
    return this.page.evaluate(() => document.querySelector('mill-output').shadowRoot.querySelector('pre').textContent);
  }

  stderr() {
    return this.page.evaluate(() =>
      [...document.querySelector('mill-output').shadowRoot.querySelectorAll('.stream2')].map((e) => e.textContent).join(''),
    );
  }

  status() {
    return this.page.locator('.status .state').innerText();
  }

  times() {
    return this.page.locator('.status .times').innerText();
  }

  /** Waits until it is said of formatting. */
  formatSays(pattern, timeout = 15_000) {
    return this.page.locator('.format-state', { hasText: pattern }).waitFor({ timeout });
  }

  /** Waits until the status line reads like `pattern`. */
  async reaches(pattern, timeout = 15_000) {
    await this.page.locator('.status .state', { hasText: pattern }).waitFor({ timeout });
    await this.frame();
  }

  async prints(pattern, timeout = 15_000) {
    await this.page.waitForFunction(
      ([source, flags]) =>
        new RegExp(source, flags).test(document.querySelector('mill-output').shadowRoot.querySelector('pre').textContent),
      [pattern.source, pattern.flags],
      { timeout },
    );
  }

  /** Output is drawn once per frame. */
  frame() {
    return this.page.evaluate(() => new Promise((settle) => requestAnimationFrame(() => requestAnimationFrame(settle))));
  }

  async run(program) {
    await this.type(program);
    await this.runButton.click();
  }

  /** Faults that axe finds, as text. */
  async accessibilityFaults() {
    await this.page.evaluate(axeSource);
    return this.page.evaluate(async () => {
      const { violations } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
      return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.flat().join(' ')}: ${node.failureSummary}`));
    });
  }

  async screenshot(name) {
    const folder = join(root, 'build/screenshots');
    mkdirSync(folder, { recursive: true });
    await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  scrollsSideways() {
    return this.page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  }
}
