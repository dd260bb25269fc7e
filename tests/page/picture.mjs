// `npm run picture`: makes web/page/picture.png, the README's picture, from the page as it is.
import { join } from 'node:path';
import { build, servedParts } from '../../web/dev/build.mjs';
import { setUp } from '../../web/dev/setup.mjs';
import { root, say, scripted } from '../../web/dev/terminal.mjs';
import { launchBrowser, serveSite } from './browser.mjs';
import { PageDriver } from './page-driver.mjs';

const example = 'Mandelbrot by rows';
const file = 'web/page/picture.png';

await scripted(async () => {
  await setUp('test');
  await build(servedParts);
  const browser = await launchBrowser();
  const site = await serveSite(join(root, 'build/site'));
  try {
    const driver = await PageDriver.open(browser, site.url, { viewport: { width: 1200, height: 700 }, colorScheme: 'dark' });
    const { page } = driver;
    await page.locator('mill-menu .opener').click();
    await page.locator('mill-menu .list button', { hasText: example }).click();
    await driver.runButton.click();
    await driver.reaches(/Exit status 0/, 60_000);
    await page.mouse.move(600, 690);
    await page.evaluate(() => document.activeElement.blur());
    await page.screenshot({ path: join(root, file) });
    say(file);
  } finally {
    await browser.close();
    await site.close();
  }
});
