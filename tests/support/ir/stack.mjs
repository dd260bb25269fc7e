// Calls table entry 0 of a module, whose rt_printInt throws, and prints the offsets in the module of the frames on the
// engine's stack, innermost first.
import fs from 'node:fs';

const module = new WebAssembly.Module(fs.readFileSync(process.argv[2]));
const memory = new WebAssembly.Memory({ initial: 1, maximum: 1024, shared: true });
const table = new WebAssembly.Table({ element: 'anyfunc', initial: 10 });
const global = () => new WebAssembly.Global({ value: 'i32', mutable: true }, 0);
const rt_printInt = () => {
  throw new Error('here');
};
new WebAssembly.Instance(module, {
  env: { memory, worker: new WebAssembly.Global({ value: 'i32' }, 64) },
  rt: { __indirect_function_table: table, __asyncify_state: global(), __asyncify_data: global(), rt_printInt },
});
try {
  table.get(0)();
} catch (e) {
  console.log([...e.stack.matchAll(/wasm-function\[\d+\]:0x([0-9a-f]+)/g)].map((match) => parseInt(match[1], 16)).join(' '));
}
