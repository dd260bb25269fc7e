// Builds the std image: Go's own library packages, taken from the GOROOT of the `go` command and compiled by our native
// compiler into std-threads.wasm and std-single.wasm (which differ in how they declare the memory), std.data, std.index and
// std.skeletons; std.license is Go's.
import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildNative } from './build-native.mjs';
import { whenChanged } from './stamp.mjs';
import { Stop, root, run, say, scripted } from './terminal.mjs';
import { goOrNull, goRelease } from './tools.mjs';

/** What programs about concurrency use. What these import belongs to it, too. */
export const corePackages = `
  bufio bytes cmp container/heap container/list container/ring context encoding errors flag fmt io io/fs iter log maps math
  math/bits math/cmplx math/rand math/rand/v2 os os/signal path path/filepath reflect runtime runtime/debug slices sort
  strconv strings structs sync sync/atomic syscall time unicode unicode/utf16 unicode/utf8 unique weak`
  .trim()
  .split(/\s+/);

const folder = join(root, 'build/engine');
export const stdOutputs = ['std-threads.wasm', 'std-single.wasm', 'std.data', 'std.index', 'std.skeletons', 'std.license'].map((file) => `build/engine/${file}`);

export async function buildStd() {
  const go = goOrNull();
  if (!go) throw new Stop(`The library cannot be built: Go ${goRelease} or later with its sources is missing (go.dev/dl).`);
  await buildNative('', ['millracec']);
  const inputs = ['build/native/millracec', 'web/dev/build-std.mjs'];
  await whenChanged({ name: 'std', inputs, extra: go.release, outputs: stdOutputs }, async () => {
    say(`Library of ${go.release}`);
    const scratch = join(root, 'build/std');
    mkdirSync(scratch, { recursive: true });
    mkdirSync(folder, { recursive: true });
    for (const mode of ['single', 'threads']) {
      const flags = ['--goroot', go.folder, '--image', 'std', '-o', scratch, ...(mode === 'single' ? ['--single'] : [])];
      await run(join(root, 'build/native/millracec'), [...flags, ...corePackages], { what: 'the std image' });
      renameSync(join(scratch, 'std.wasm'), join(folder, `std-${mode}.wasm`));
    }
    for (const file of ['std.data', 'std.index', 'std.skeletons']) renameSync(join(scratch, file), join(folder, file));
    copyFileSync(join(go.folder, 'LICENSE'), join(folder, 'std.license')); // what is made of Go's sources keeps its notice
    rmSync(scratch, { recursive: true });
  });
}

if (process.argv[1] === import.meta.filename) await scripted(buildStd);
