// Builds what has changed, in order. `node web/dev/build.mjs [PART...]`; without parts all of them:
//
//   engine     engine-threads.wasm, engine-single.wasm, glue.wasm   build/engine  (runtime/build-engine.mjs)
//   compiler   compiler.wasm                                        build/engine
//   std        Go's library as images, and its formatter            build/engine
//   js         all TypeScript for node                              build/js
//   page       the site                                             build/site
//   native     compiler, runtime and their unit tests, for here     build/native
//
// Everything is written below build/.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildCompiler, compilerOutput } from './build-compiler.mjs';
import { buildNative } from './build-native.mjs';
import { buildStd, formatterOutputs, stdOutputs, zonesOutput } from './build-std.mjs';
import { noteBuilt, removeDamaged } from './built.mjs';
import { setUp } from './setup.mjs';
import { buildSite, siteSources } from './site.mjs';
import { filesBelow, whenChanged } from './stamp.mjs';
import { Stop, bold, dim, root, run, say, scripted, seconds } from './terminal.mjs';

async function buildEngine() {
  const script = join(root, 'runtime/build-engine.mjs');
  if (!existsSync(script)) throw new Stop('The engine cannot be built: runtime/build-engine.mjs is not there.');
  say('Engine');
  await run(process.execPath, [script], { what: 'the engine' });
}

async function buildJs() {
  const inputs = [...filesBelow(['web', 'tests'], (path) => path.endsWith('.ts')), 'tsconfig.json', 'package-lock.json'];
  await whenChanged({ name: 'js', inputs, outputs: ['build/js/web/cli/main.js'] }, async () => {
    say('TypeScript');
    await run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', root], { what: 'tsc' });
  });
}

export const engineOutputs = ['engine-threads.wasm', 'engine-single.wasm', 'glue.wasm'].map((file) => `build/engine/${file}`);

async function buildPage() {
  const inputs = [...siteSources(), ...engineOutputs, compilerOutput, ...stdOutputs, ...formatterOutputs, zonesOutput];
  await whenChanged({ name: 'page', inputs, outputs: ['build/site/index.html'] }, async () => {
    say('Page');
    await buildSite(join(root, 'build/site'));
  });
}

const parts = { engine: buildEngine, compiler: buildCompiler, std: buildStd, js: buildJs, page: buildPage, native: buildNative };
/** What the page and the command need. */
export const servedParts = ['engine', 'compiler', 'std', 'js', 'page'];

export async function build(names) {
  const start = performance.now();
  removeDamaged();
  try {
    for (const name of names) await parts[name]();
  } finally {
    noteBuilt();
  }
  console.log(dim(`built in ${seconds(start)}`));
}

if (process.argv[1] === import.meta.filename) {
  await scripted(async () => {
    const wanted = process.argv.slice(2);
    const unknown = wanted.find((name) => !Object.hasOwn(parts, name));
    if (unknown) throw new Stop(`no part ${bold(unknown)}; there are: ${Object.keys(parts).join(', ')}`);
    await setUp(wanted.length === 0 || wanted.includes('native') ? 'test' : 'build');
    await build(wanted.length > 0 ? wanted : Object.keys(parts));
  });
}
