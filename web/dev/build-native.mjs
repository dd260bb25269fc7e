// Builds compiler, runtime and their unit tests for this machine.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run, say } from './terminal.mjs';
import { nativeCompilerOrNull } from './tools.mjs';

const jobs = '-j2';

/** One native build folder per sanitizer: '' (none), 'address' or 'thread'. `targets`: what of it; empty for all. */
export async function buildNative(sanitizer = '', targets = []) {
  const folder = join(root, sanitizer ? `build/native-${sanitizer}` : 'build/native');
  say(`Native${sanitizer ? ` with the ${sanitizer} sanitizer` : ''}`);
  if (!existsSync(join(folder, 'build.ninja'))) {
    const options = [`-DCMAKE_CXX_COMPILER=${nativeCompilerOrNull()}`, `-DMILLRACE_SANITIZE=${sanitizer}`];
    await run('cmake', ['-S', root, '-B', folder, '-G', 'Ninja', '-Wno-dev', ...options], { what: 'cmake' });
  }
  await run('ninja', ['-C', folder, jobs, ...targets], { what: 'the native build' });
  return folder;
}
