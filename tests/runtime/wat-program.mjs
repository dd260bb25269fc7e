// Programs for the engine written in WebAssembly text, without the compiler: what its code generator would emit, by hand.
//
//   const program = assemble({
//     functions: [goFunction('main', { locals: { c: 'i32' }, body: `...` })],
//     main: 'main', data: { text: 'hello\n' },
//   });
//
// In a body stand ordinary instructions and two forms that suspension needs (see design: the lowered scheme):
//
//   {{once ...}}       runs only when the function is not being resumed: everything that is not a call that may park
//   {{park N ...}}     site N, numbered from 1 in the order of the text: a call that may park, with its result set to a local
//
// A body must run through all of its sites in order, inside loops too; jumps out of a loop stand in a {{once}}.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import binaryen from 'binaryen';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
/** Where the build is: below the checkout, unless somebody builds elsewhere. */
export const build = process.env.MILLRACE_BUILD ?? join(root, 'build');

const dataBase = 65536, tableBase = 16;
const features = ['Atomics', 'MutableGlobals', 'BulkMemory', 'SignExt', 'ReferenceTypes', 'ExceptionHandling'].reduce(
  (bits, name) => bits | binaryen.Features[name],
  0,
);
const letters = { i: 'i32', l: 'i64', f: 'f32', d: 'f64' };

/** The table of entry points, as the engine and the compiler have it. */
export const entryPoints = [
  ...readFileSync(join(root, 'runtime/abi/entry-points.def'), 'utf8').matchAll(/^ENTRY\((\w+), "(\w)(\w*)"/gm),
].map(([, name, result, parameters]) => ({ name, result, parameters }));

const imports = entryPoints
  .map(({ name, result, parameters }) => {
    const types = [...parameters].map((letter) => letters[letter]).join(' ');
    return `(import "rt" "rt_${name}" (func $rt_${name} (param ${types}) ${result === 'v' ? '' : `(result ${letters[result]})`}))`;
  })
  .join('\n');

/** Every `{{word ...}}` in text, innermost braces balanced, replaced. */
function expand(text, replace) {
  const at = text.indexOf('{{');
  if (at < 0) return text;
  let depth = 0, end = at;
  for (; end < text.length; end++) {
    if (text.startsWith('{{', end)) depth++, end++;
    else if (text.startsWith('}}', end) && --depth === 0) break;
    else if (text.startsWith('}}', end)) end++;
  }
  const inner = text.slice(at + 2, end), [, word, rest] = /^(\w+)\s([^]*)$/.exec(inner);
  return text.slice(0, at) + replace(word, expand(rest, replace)) + expand(text.slice(end + 2), replace);
}

/**
 * A function in the lowered scheme. Go's code takes its parameters, then the closure's address ($closure). All parameters
 * and locals are saved. result: a WebAssembly type or nothing; the body then sets $result.
 */
export function goFunction(name, { parameters = {}, locals = {}, result, body, attributes = '' }) {
  const saved = { ...parameters, closure: 'i32', ...locals, ...(result && { result }) };
  const all = Object.entries(saved);
  let offset = 0;
  const places = all.map(([local, type]) => {
    const bytes = type === 'i64' || type === 'f64' ? 8 : 4;
    offset = Math.ceil(offset / bytes) * bytes;
    const place = { local, type, offset };
    offset += bytes;
    return place;
  });
  const site = Math.ceil(offset / 8) * 8, frame = site + 8;
  const load = ({ local, type, offset }) => `(local.set $${local} (${type}.load offset=${offset} (local.get $f)))`;
  const store = ({ local, type, offset }) => `(${type}.store offset=${offset} (local.get $f) (local.get $${local}))`;
  const declared = (entries, what) => entries.map(([local, type]) => `(${what} $${local} ${type})`).join(' ');
  const lowered = expand(body, (word, rest) => {
    if (word === 'once') return `(if (i32.eqz (local.get $r)) (then ${rest}))`;
    const [, number, call] = /^(\d+)\s([^]*)$/.exec(rest);
    return `(if (i32.le_u (local.get $r) (i32.const ${number})) (then ${call}
      (if (global.get $state) (then (local.set $r (i32.const ${number})) (br $unwind)))
      (local.set $r (i32.const 0))))`;
  });
  const own = { ...locals, ...(result && { result }), r: 'i32', f: 'i32' };
  return `(func $${name} ${attributes} ${declared(Object.entries(parameters), 'param')} (param $closure i32)
    ${result ? `(result ${result})` : ''} ${declared(Object.entries(own), 'local')}
    (if (global.get $state) (then
      (local.set $f (i32.sub (i32.load (global.get $data)) (i32.const ${frame})))
      (i32.store (global.get $data) (local.get $f))
      (local.set $r (i32.load offset=${site} (local.get $f)))
      ${places.map(load).join('\n')}))
    (block $done
      (block $unwind ${lowered} (br $done))
      (local.set $f (i32.load (global.get $data)))
      (i32.store (global.get $data) (i32.add (local.get $f) (i32.const ${frame})))
      (i64.store offset=${site} (local.get $f) (i64.extend_i32_u (local.get $r)))
      ${places.map(store).join('\n')})
    ${result ? '(local.get $result)' : ''})`;
}

// What every goroutine starts in. A panic that arrives here is printed if it is the number of an int.
const rootFunction = goFunction('root', {
  parameters: { body: 'i32' },
  locals: { record: 'i32' },
  body: `
    {{park 1 (try (do (call_indirect $functions (type $body) (local.get $body) (i32.wrap_i64 (i64.load (local.get $body)))))
                  (catch $panic (local.set $record (call $rt_panicCatch (local.get $record)))))}}
    {{once (if (local.get $record) (then
      (if (i32.eqz (i32.and (call $rt_panicFlags (local.get $record)) (i32.const 2))) (then
        (call $printChain)
        (call $rt_panicExit)))))}}`,
});
const raiseFunction = `(func $raise (param $fault i32) (param i64 i64) (param i32)
  (call $rt_panic (i32.add (global.get $faultType) (i32.const 0)) (local.get $fault)))`;
const chainFunction = `(func $printChain (local $record i32)
  (local.set $record (call $rt_panicFirst))
  (loop $next
    (call $print (i32.const 0))
    (drop (call $rt_panicValue (local.get $record)))
    (call $rt_printInt (i64.load offset=16 (global.get $worker)))
    (if (i32.and (call $rt_panicFlags (local.get $record)) (i32.const 1)) (then (call $print (i32.const 1))))
    (call $print (i32.const 2))
    (br_if $next (local.tee $record (call $rt_panicLater (local.get $record)))))
  (call $rt_printEnd))
  (func $print (param $which i32) (call $rt_printString
    (select (global.get $text_panic) (select (global.get $text_recovered) (global.get $text_line)
      (i32.eq (local.get $which) (i32.const 1))) (i32.eqz (local.get $which)))
    (select (i64.const 7) (select (i64.const 12) (i64.const 1) (i32.eq (local.get $which) (i32.const 1)))
      (i32.eqz (local.get $which)))))`;

/**
 * functions: texts of functions; those in `table` can be called through closures $closure_NAME (globals). main: the name of
 * the main function. texts: name to string, whose address is global $text_NAME. types: name to { size } of plain types,
 * address $type_NAME; chans: name to the name of the element's type, $chan_NAME. words: zeroed bytes at $words.
 */
export function assemble({ functions, table, main = 'main', texts = {}, types = {}, chans = {}, words = 1024, shared = true, memoryMiB = 64 }) {
  const bytes = new Uint8Array(256 * 1024), view = new DataView(bytes.buffer), globals = [];
  let at = 128;
  const place = (name, size, align = 16) => {
    at = Math.ceil(at / align) * align;
    const address = at;
    at += size;
    globals.push(`(global $${name} i32 (i32.const ${dataBase + address}))`);
    return address;
  };
  const addressOf = (name) => Number(new RegExp(`\\$${name} i32 \\(i32.const (\\d+)\\)`).exec(globals.join('\n'))[1]);

  const inTable = ['root', 'raise', ...table];
  inTable.forEach((name, i) => view.setUint32(place(`closure_${name}`, 8), tableBase + i, true));
  for (const [name, text] of Object.entries({ panic: 'panic: ', recovered: ' [recovered]', line: '\n', ...texts })) {
    const encoded = new TextEncoder().encode(text);
    bytes.set(encoded, place(`text_${name}`, encoded.length));
  }
  const typeRecord = (address, size) => {
    view.setUint32(address, size, true);
    view.setUint8(address + 20, 8); // plain memory
  };
  for (const [name, { size }] of Object.entries({ fault: { size: 8 }, int: { size: 8 }, ...types })) typeRecord(place(`type_${name}`, 48), size);
  for (const [name, element] of Object.entries({ int: 'int', ...chans })) {
    const chan = place(`chan_${name}`, 64);
    typeRecord(chan, 8);
    view.setUint32(chan + 48, addressOf(`type_${element}`), true);
  }
  place('words', words);
  globals.push(`(global $faultType i32 (i32.const ${addressOf('type_fault')}))`);
  const header = [0x6c6c696d, 1, 0, 0, 0, 0, 0, 0];
  header.forEach((word, i) => view.setUint32(i * 4, word, true));
  view.setUint32(8, addressOf(`closure_${main}`), true);
  view.setUint32(16, addressOf('closure_root'), true);
  view.setUint32(24, addressOf('closure_raise'), true);
  view.setUint32(48, dataBase + at, true);

  const text = `(module
    (type $body (func (param i32)))
    (import "env" "memory" (memory ${memoryMiB * 16} ${memoryMiB * 16} ${shared ? 'shared' : ''}))
    (import "rt" "__indirect_function_table" (table $functions 1 funcref))
    (import "rt" "__asyncify_state" (global $state (mut i32)))
    (import "rt" "__asyncify_data" (global $data (mut i32)))
    (import "env" "worker" (global $worker i32))
    (import "glue" "panic" (tag $panic))
    ${imports}
    ${globals.join('\n')}
    (elem (table $functions) (i32.const ${tableBase}) func ${inTable.map((name) => `$${name}`).join(' ')})
    (func $stage (result i32) (i32.load (i32.load offset=8 (global.get $worker))))
    ${rootFunction} ${raiseFunction} ${chainFunction}
    ${functions.join('\n')})`;
  const parsed = binaryen.parseText(text);
  parsed.setFeatures(features);
  if (!parsed.validate()) throw new Error(`the program is not valid:\n${text}`);
  binaryen.setOptimizeLevel(2);
  parsed.optimize();
  const module = parsed.emitBinary();
  parsed.dispose();
  return { module, data: bytes.slice(0, at), dataBase, tableBase, tableSize: inTable.length };
}

/** Runs a program to its end. */
export async function run(program, options = {}) {
  const { loadEngine } = await import(join(build, 'js/web/host/engine.js'));
  const { nodePlatform } = await import(join(build, 'js/web/host/node-platform.js'));
  const file = (name) => readFileSync(join(build, 'engine', name));
  engine ??= await loadEngine(nodePlatform(), {
    threads: file('engine-threads.wasm'),
    single: file('engine-single.wasm'),
    glue: file('glue.wasm'),
  });
  let output = '', errors = '';
  const decoders = [new TextDecoder(), new TextDecoder()];
  const started = engine.start(program, {
    mode: 'threads',
    procs: 1,
    maxWorkers: 2,
    memoryMiB: 64,
    args: ['program'],
    ...options,
    onOutput(fd, bytes) {
      const text = decoders[fd - 1].decode(bytes, { stream: true });
      if (fd === 1) output += text;
      else errors += text;
      options.onOutput?.(fd, bytes);
    },
  });
  options.started?.(started);
  const end = await started.done;
  return { ...end, output, errors };
}
let engine;
