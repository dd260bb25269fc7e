// A browser and a served page for page tests: Debian's Chromium, a fresh profile per browser, and the site on a free port.
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
