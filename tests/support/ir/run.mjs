// Runs programs made from IR against a small runtime of its own, with goroutines parked and moved to another worker at
// every place where they can be, and compares what variants of one program do.
//
//   node run.mjs PLAN.json     exit code 1 and a report on the first difference
//
// A plan is a list of programs; a program: { name, table: size, calls: [{index, arguments, results}], fuel,
// variants: [{ name, files, park: never | always | sometimes, poll, cut, sites }], values: true to print what the first
// returns }. The first variant is what the others are compared with. Several files are linked by the table. `sites`: what
// SiteRecord says of [frameBytes, resumer, code, live, returned] by site number, then frames are checked too,
// and words that are not live are spoilt. `cut`: there is little
// room on the stack, and what was unwound is cut in parts, which are taken up one by one.
import fs from 'node:fs';

const kPoll = 64, kFrames = 256, kFrameArea = 1 << 16, kMemoryPages = 32;
const kFuel = 4000, kDataBegin = 4096, kDataEnd = 8192;
const kRunning = 0, kUnwinding = 1, kRewinding = 2;
const kWanted = 1 << 30, kDepthLeft = 24; // of WorkerAbi: where depthLeft is
const kInto = 2048; // where a resumer writes results
const kLeftBy = 1 << 20; // the record of a panic that left a part
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
    this.words[worker.block / 4] = this.variant.poll ? kWanted : 0;
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
      const isDeep = this.depthLeft(worker) < 0;
      if (isDeep && name === 'poll') this.deeps++;
      if (!(isDeep && name === 'poll') && !this.decidesToPark()) return value;
      this.parks++;
      this.parked = { name, value };
      if (this.variant.sites) this.frameStack(worker)[1] = kFrameArea + 16 * (this.parks % 4); // Binaryen's code cannot ask for more
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
      rt_panicRethrow: (record) => {
        if (record !== kLeftBy) return throws('panicRethrow')(record);
        throw new WebAssembly.Exception(panic, []);
      },
      rt_frameRoom: (bytes) => {
        const stack = this.frameStack(worker);
        if (worker.state.value !== kUnwinding) throw new Error('frameRoom in another state than unwinding');
        if (stack[0] + bytes <= stack[1]) throw new Error('frameRoom for a frame that fits');
        stack[1] = kMemoryPages << 16;
        return stack[0];
      },
      rt_stackReturn: () => {
        if (worker.state.value !== kRewinding) throw new Error('stackReturn in another state than rewinding');
        worker.state.value = kRunning;
        return this.leftBy;
      },
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

  depthLeft(worker) {
    return this.words[(worker.block + kDepthLeft) / 4];
  }
  freshStack(worker) {
    const { poll, cut } = this.variant;
    this.words[(worker.block + kDepthLeft) / 4] = poll && cut ? 300 : 1 << 18;
    return this.depthLeft(worker);
  }

  // The frames must lie one on the other from the top to the bottom, each ending with a site number and zero. Their ends,
  // outermost first.
  framesBelow(top) {
    const { sites } = this.variant;
    const ends = [];
    if (!sites) return ends;
    while (top > kFrameArea) {
      ends.push(top);
      top -= this.siteBelow(top).bytes;
    }
    if (top !== kFrameArea) throw new Error('frames do not add up');
    return ends;
  }
  siteBelow(top) {
    const [number, zero] = this.words.subarray(top / 4 - 2, top / 4);
    const [bytes, resumer, code, live, returned] = this.variant.sites[number] ?? [];
    if (zero !== 0 || !(bytes > 0)) throw new Error(`a frame ends with ${number}, ${zero}`);
    return { bytes, resumer, code, live, returned };
  }

  spoilDeadWords(top) {
    for (const end of this.framesBelow(top)) {
      const { bytes, live } = this.siteBelow(end);
      for (let word = 0; word < bytes / 4 - 2; word++) {
        if (!((live >>> Math.min(word, 31)) & 1)) this.words[(end - bytes) / 4 + word] = 0x5a5a5a5a;
      }
    }
  }

  // What was unwound, cut in parts wherever it can be, or nearly: the words of each, and how it is taken up.
  cutStack(top) {
    const ends = this.framesBelow(top);
    for (const end of ends) {
      const site = this.siteBelow(end);
      const isOutermost = end === top;
      if (isOutermost || !site.code || (this.variant.park === 'sometimes' && !this.decidesToPark())) continue;
      this.parts.push({ words: this.words.slice(end / 4, top / 4), next: site });
      top = end;
    }
    return top;
  }

  // Runs what lies in the frame area up to `top`, the newest part, until it returns or unwinds. Its results, if it returned.
  goOn(worker, top, call, junk) {
    this.frameStack(worker).set([top, kMemoryPages << 16]);
    worker.state.value = kRewinding;
    const part = this.parts.at(-1);
    if (!part) return worker.table.get(call.index)(...junk);
    this.words.fill(0x55555555, kInto / 4, kInto / 4 + 64);
    this.leftBy = worker.table.get(part.next.resumer)(kInto, part.next.code);
    if (!this.leftBy) return undefined;
    const caught = this.log.pop();
    if (caught !== 'panicCatch 0') throw new Error(`a resumer ended with ${caught}`);
    this.leftBy = kLeftBy;
    return undefined;
  }

  // The newest part's place is taken by the one before it; behind its frames is one with the results. The new top.
  takeUpPart() {
    const { words, next } = this.parts.pop();
    const frame = this.words.slice(kInto / 4, (kInto + next.bytes) / 4);
    frame.set([next.returned, 0], next.bytes / 4 - 2);
    this.words.set(frame, kFrameArea / 4);
    this.words.set(words, (kFrameArea + next.bytes) / 4);
    return kFrameArea + next.bytes + 4 * words.length;
  }

  run(call, fuel) {
    this.log = [];
    this.calls = this.parks = this.deeps = this.leftBy = 0;
    this.parked = null;
    this.words.fill(0, kDataBegin / 4, kDataEnd / 4);
    this.words[kFuel / 4] = fuel;
    let worker = this.workers[0];
    this.frameStack(worker).set([kFrameArea, kMemoryPages << 16]);
    this.parts = [];
    let outcome;
    try {
      const values = (call.arguments ?? []).map((a) => (a.endsWith('L') ? BigInt(a.slice(0, -1)) : Number(a)));
      const junk = values.map((a) => (typeof a === 'bigint' ? -1n : -1));
      let depth = this.freshStack(worker);
      outcome = worker.table.get(call.index)(...values);
      for (;;) {
        let [top] = this.frameStack(worker);
        if (worker.state.value === kUnwinding) {
          this.spoilDeadWords(top);
          worker.state.value = kRunning;
          if (this.variant.cut) top = this.cutStack(top);
          worker = this.workers[1 - worker.id];
        } else {
          if (top !== kFrameArea) throw new Error('frames were left');
          if (this.depthLeft(worker) !== depth && !this.leftBy) throw new Error(`depth is ${this.depthLeft(worker)}, not ${depth}`);
          if (this.parts.length === 0) break;
          top = this.takeUpPart();
        }
        depth = this.freshStack(worker);
        outcome = this.goOn(worker, top, call, junk);
      }
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

let runs = 0, parks = 0, panics = 0, deeps = 0;
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
      deeps += runtime.deeps;
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
if (process.argv[3] === '--summary') console.log(`${runs} runs, ${parks} times parked, ${deeps} times for want of stack, ${panics} ended by a panic`);
