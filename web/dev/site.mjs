// Bundles the page into a folder and puts a Brotli copy beside every file worth it.
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import { digestsPlugin } from './digests.mjs';
import { examplesPlugin } from './examples.mjs';
import { filesBelow } from './stamp.mjs';
import { root } from './terminal.mjs';

/** What the page is made of, besides what was built before it. */
export const siteSources = () => [
  ...filesBelow(['web/page', 'web/elements', 'web/host', 'web/dev']),
  ...filesBelow(['tests/go/run'], (path) => path.endsWith('.go')),
  'package-lock.json',
];

/** `alias` replaces modules by path, for tests that drive the page without compiler and engine. */
export async function buildSite(outFolder, { alias = {}, quiet = false } = {}) {
  const { build } = await import('vite');
  await build({
    configFile: false,
    root: join(root, 'web/page'),
    base: './',
    logLevel: quiet ? 'warn' : 'info',
    publicDir: false,
    cacheDir: join(root, 'build/vite'),
    plugins: [examplesPlugin(join(root, 'tests/go/run')), digestsPlugin(join(root, 'build/engine')), aliasPlugin(alias)],
    worker: { format: 'es' },
    build: {
      outDir: outFolder,
      emptyOutDir: true,
      target: ['chrome125', 'firefox125', 'safari17.5'],
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1000,
      rolldownOptions: { checks: { pluginTimings: false } }, // that a busy machine is slow is no fault of a plugin
    },
  });
  const worthIt = filesBelow([outFolder.slice(root.length + 1)], (path) => /\.(js|css|html|svg|wasm|data|index|skeletons)$/.test(path));
  await Promise.all(worthIt.map((file) => compress(join(root, file))));
}

function aliasPlugin(alias) {
  return {
    name: 'millrace-alias',
    enforce: 'pre',
    resolveId: (source) => alias[source] ?? null,
  };
}

const brotli = promisify(brotliCompress);

/** Compressing the library takes a minute: what has been compressed before is kept, named by what it was made of. */
async function compress(file) {
  const bytes = readFileSync(file);
  const kept = join(root, 'build/brotli', createHash('sha256').update(bytes).digest('hex'));
  if (!existsSync(kept)) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
    const compressed = await brotli(bytes, { params });
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(`${kept}.part`, compressed);
    renameSync(`${kept}.part`, kept);
  }
  if (statSync(kept).size < bytes.length) copyFileSync(kept, `${file}.br`);
}
