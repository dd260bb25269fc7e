// Bundles the page into a folder and puts a Brotli copy beside every file worth it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
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
  for (const file of filesBelow([outFolder.slice(root.length + 1)], (path) => /\.(js|css|html|svg|wasm|data|index|skeletons)$/.test(path))) {
    compress(join(root, file));
  }
}

function aliasPlugin(alias) {
  return {
    name: 'millrace-alias',
    enforce: 'pre',
    resolveId: (source) => alias[source] ?? null,
  };
}

function compress(file) {
  if (existsSync(`${file}.br`)) return;
  const bytes = readFileSync(file);
  const compressed = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  if (compressed.length < bytes.length) writeFileSync(`${file}.br`, compressed);
}
