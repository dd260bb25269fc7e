// Runs programs made from IR against a small runtime of its own, with goroutines parked and moved to another worker at
// every place where they can be, and compares what variants of one program do.
//
//   node run.mjs PLAN.json     exit code 1 and a report on the first difference
//
// A plan is a list of programs; a program: { name, table: size, calls: [{index, arguments, results}], fuel,
// variants: [{ name, files, park: never | always | sometimes, poll, sites }], values: true to print what the first returns }.
// The first variant is what the others are compared with. Several files are linked by the table. `sites`: frame sizes by site
// number, then frames are checked too.
import fs from 'node:fs';

const kPoll = 64, kFrames = 256, kFrameArea = 1 << 16, kMemoryPages = 32;
const kFuel = 4000, kDataBegin = 4096, kDataEnd = 8192;
const kRunning = 0, kUnwinding = 1, kRewinding = 2;
const panic = new WebAssembly.Tag({ parameters: [] });

class Runtime {
  constructor(modules, variant, tableSize, shared) {
    this.variant = variant;
    this.memory = new WebAssembly.Memory({ initial: kMemoryPages, maximum: 1024, shared });
    this.words = new Int32Array(this.memory.buffer);
    this.workers = [0, 1].map((id) => this.start(modules, id, tableSize));
    this.random = 12345;
  }

  // Workers share the memory and nothing else.
  start(modules, id, tableSize) {
    const global = (value) => new WebAssembly.Global({ value: 'i32', mutable: true }, value);
    const worker = { id, block: kPoll + 64 * id, frames: kFrames + 8 * id };
    worker.table = new WebAssembly.Table({ element: 'anyfunc', initial: tableSize });
    worker.state = global(kRunning);
    worker.data = global(worker.frames);
    this.words[worker.block / 4] = this.variant.poll ? 1 : 0;
    const globals = { __asyncify_state: worker.state, __asyncify_data: worker.data };
    const address = new WebAssembly.Global({ value: 'i32' }, worker.block);
    const imports = {
      env: { memory: this.memory, worker: address, ...globals },
      rt: { __indirect_function_table: worker.table, ...globals, ...this.entryPoints(worker) },
      glue: { panic },
    };
    for (const module of modules) new WebAssembly.Instance(module, imports);
    return worker;
  }

  entryPoints(worker) {
    const plain = (name, result) => (...args) => {
      this.note(name, args);
      return result?.(...args);
    };
    const parking = (name, result) => (...args) => {
      if (worker.state.value === kRewinding) {
        if (this.parked?.name !== name) throw new Error(`resumed in ${name}, parked in ${this.parked?.name}`);
        worker.state.value = kRunning;
        const { value } = this.parked;
        this.parked = null;
        return value;
      }
      if (worker.state.value !== kRunning) throw new Error(`${name} called while unwinding`);
      if (name !== 'poll') this.note(name, args);
      const value = result?.(...args);
      if (!this.decidesToPark()) return value;
      this.parks++;
      this.parked = { name, value };
      worker.state.value = kUnwinding;
      return typeof value === 'bigint' ? 0n : 0;
    };
    const throws = (name) => (...args) => {
      this.note(name, args);
      if (worker.state.value !== kRunning) throw new Error(`panic in state ${worker.state.value}`);
      throw new WebAssembly.Exception(panic, []);
    };
    return {
      rt_poll: parking('poll'),
      rt_yield: parking('yield'),
      rt_chanRecv: parking('chanRecv', (a, b) => (a * 31 + b + this.calls) & 0xff),
      rt_goMaxProcs: parking('goMaxProcs', (n) => n + BigInt(this.calls)),
      rt_printInt: plain('printInt'),
      rt_stageGrow: (block) => {
        if (block !== worker.block) throw new Error(`the address of another worker's block`);
        return this.calls & 7;
      },
      rt_panic: throws('panic'),
      rt_panicCatch: plain('panicCatch', (record) => record + 1),
      rt_panicRethrow: throws('panicRethrow'),
    };
  }

  note(name, args) {
    this.calls++;
    this.log.push([name, ...args].join(' '));
  }

  decidesToPark() {
    if (this.variant.park === 'always') return true;
    if (this.variant.park === 'never') return false;
    this.random = (Math.imul(this.random, 1103515245) + 12345) & 0x7fffffff;
    return (this.random >> 16) % 3 === 0;
  }

  frameStack(worker) {
    return this.words.subarray(worker.frames / 4, worker.frames / 4 + 2);
  }

  // The frames must lie one on the other from the top to the bottom, each ending with a site number and zero.
  checkFrames(top) {
    const { sites } = this.variant;
    if (!sites) return;
    while (top > kFrameArea) {
      const [site, zero] = this.words.subarray(top / 4 - 2, top / 4);
      if (zero !== 0 || !(sites[site] > 0)) throw new Error(`a frame ends with ${site}, ${zero}`);
      top -= sites[site];
    }
    if (top !== kFrameArea) throw new Error('frames do not add up');
  }

  run(call, fuel) {
    this.log = [];
    this.calls = this.parks = 0;
    this.parked = null;
    this.words.fill(0, kDataBegin / 4, kDataEnd / 4);
    this.words[kFuel / 4] = fuel;
    let worker = this.workers[0];
    this.frameStack(worker).set([kFrameArea, kMemoryPages << 16]);
    let outcome;
    try {
      const values = (call.arguments ?? []).map((a) => (a.endsWith('L') ? BigInt(a.slice(0, -1)) : Number(a)));
      const junk = values.map((a) => (typeof a === 'bigint' ? -1n : -1));
      outcome = worker.table.get(call.index)(...values);
      while (worker.state.value === kUnwinding) {
        const [top, limit] = this.frameStack(worker);
        this.checkFrames(top);
        worker.state.value = kRunning;
        worker = this.workers[1 - worker.id];
        this.frameStack(worker).set([top, limit]);
        worker.state.value = kRewinding;
        outcome = worker.table.get(call.index)(...junk);
      }
      if (this.frameStack(worker)[0] !== kFrameArea) throw new Error('frames were left');
    } catch (e) {
      if (!(e instanceof WebAssembly.Exception && e.is(panic))) return { outcome: `${e}`, log: this.log, failed: true };
      outcome = 'panic';
    }
    if (worker.state.value !== kRunning) return { outcome: `ended in state ${worker.state.value}`, log: this.log, failed: true };
    return { outcome: `${outcome}`, log: this.log, fuel: this.words[kFuel / 4], data: this.words.slice(kDataBegin / 4, kDataEnd / 4) };
  }
}

function difference(want, got) {
  if (want.failed) return `the first variant: ${want.outcome}`;
  for (let i = 0; i < Math.max(want.log.length, got.log.length); i++) {
    if (want.log[i] !== got.log[i]) return `call ${i} is ${got.log[i]}, not ${want.log[i]} (${got.outcome})`;
  }
  if (want.outcome !== got.outcome) return `ends with ${got.outcome}, not ${want.outcome}`;
  if (want.fuel !== got.fuel) return `leaves ${got.fuel} of its fuel, not ${want.fuel}`;
  const at = want.data.findIndex((word, i) => word !== got.data[i]);
  if (at >= 0) return `leaves ${got.data[at]} at ${kDataBegin + 4 * at}, not ${want.data[at]}`;
  return null;
}

let runs = 0, parks = 0, panics = 0;
for (const program of JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))) {
  const wanted = [];
  for (const [v, variant] of program.variants.entries()) {
    const modules = variant.files.map((file) => {
      const bytes = fs.readFileSync(file);
      if (WebAssembly.validate(bytes)) return new WebAssembly.Module(bytes);
      console.log(`${program.name}, ${variant.name}: not a valid module`);
      try { new WebAssembly.Module(bytes); } catch (e) { console.log(`${e}`); }
      process.exit(1);
    });
    const runtime = new Runtime(modules, variant, program.table, !program.unshared);
    for (const [c, call] of program.calls.entries()) {
      const got = runtime.run(call, program.fuel ?? 0);
      runs++;
      parks += runtime.parks;
      if (got.outcome === 'panic') panics++;
      if (v === 0) {
        wanted[c] = got;
        if (program.values) console.log(`${got.outcome} ${got.log.join('; ')}`.trim());
      }
      const found = difference(wanted[c], got);
      if (!found) continue;
      console.log(`${program.name}, call ${c}, ${variant.name}, park ${variant.park}: ${found}`);
      process.exit(1);
    }
  }
}
if (process.argv[3] === '--summary') console.log(`${runs} runs, ${parks} times parked, ${panics} ended by a panic`);
