// A browser and a served page for page tests: Debian's Chromium, a fresh profile per browser, and the site on a free port.
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { listen, siteServer } from '../../web/dev/serve.mjs';
import { Stop } from '../../web/dev/terminal.mjs';
import { chromiumOrNull } from '../../web/dev/tools.mjs';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launchBrowser() {
  const executablePath = chromiumOrNull();
  if (!executablePath) throw new Stop('no Chromium here: npm test installs it where there is apt-get');
  return await chromium.launch({ executablePath, headless: true, args: flags });
}

/** Memory of all processes that show pages, in MiB, as the system counts it; NaN where there is no /proc to ask. */
export async function renderersMiB(browser) {
  if (process.platform !== 'linux') return NaN;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0));
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}

/** Serves `folder`; `options` as siteServer's. */
export async function serveSite(folder, options = {}) {
  const server = siteServer(folder, options);
  const port = await listen(server, 8100 + Math.floor(Math.random() * 900));
  return {
    url: `http://localhost:${port}/`,
    close: () => {
      server.closeAllConnections();
      return new Promise((settle) => server.close(settle));
    },
  };
}
