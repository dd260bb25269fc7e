// Binaryen's wasm-opt from npm.
import { join } from 'node:path';
import { root, run } from './terminal.mjs';

/** What our modules use beyond the first version of WebAssembly. Exceptions are the legacy encoding. */
const features = ['bulk-memory', 'mutable-globals', 'nontrapping-float-to-int', 'sign-ext', 'multivalue', 'reference-types'];

export async function wasmOpt(input, output, flags = ['-O3']) {
  const program = join(root, 'node_modules/binaryen/bin/wasm-opt');
  const enabled = features.map((feature) => `--enable-${feature}`);
  await run(process.execPath, [program, input, '-o', output, ...flags, ...enabled], { what: `wasm-opt ${output}` });
}
