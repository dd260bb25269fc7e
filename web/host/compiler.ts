// The compiler (compiler.wasm) as TypeScript sees it: source files in, a linked program or diagnostics out. It runs on
// whatever thread calls it; compiler-client.ts puts one into a worker. The binary interface is wasm/bind/bind.h's.
import type { ModuleSource, Program } from './api.ts';
import { imagePlaces } from './image.ts';

/** A file as Go sees it: the name that diagnostics and traces show, and its bytes (text is encoded as UTF-8). */
export interface SourceFile {
  name: string;
  text: string | Uint8Array;
  /** Import path of its package; left out: package main. */
  package?: string;
}

/** What the program is compiled for. */
export interface Target {
  /** Mode 'threads' wants shared memory, 'single' plain memory. */
  sharedMemory: boolean;
  /** Names in the module, for looking inside. */
  nameSection?: boolean;
  /** Suspension is left to Binaryen's Asyncify pass; for tests. */
  foreignSuspension?: boolean;
  /** No polls, and recursion is not counted: such a program may hang or end in an engine's error. For the bench. */
  unpolled?: boolean;
  /** Only errors are looked for: no program comes out. */
  checkOnly?: boolean;
  /** All packages are built, with what nothing calls; there may be no main. For tests. */
  whole?: boolean;
  /** Files are left out that their names (x_linux.go) or `//go:build` lines exclude from a build; else all are taken. */
  choosesFiles?: boolean;
  /** What "./" stands for in import paths; left out: such paths are errors. */
  localImports?: string;
  /** A program that runs the tests of the package with this import path. All files say which package they belong to. */
  testPackage?: string;
  /** Its fuzz targets have seeds in files. */
  readsSeeds?: boolean;
  /** The module that package main belongs to; left out: none. */
  modulePath?: string;
  /** The language's version, "go1.N"; left out: the newest. */
  goVersion?: string;
}

/**
 * A fault in the source, in Go's words. Lines and columns count from 1; columns count bytes, as Go does. 0: not known, as the
 * column after a `//line` that gives none, or none, as of what is said of the program as a whole.
 */
export interface Diagnostic {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  message: string;
  /** Import path of the package that it is about, where that is known. */
  package?: string;
}

/** Where it is, as Go writes it: file:line:column, or as much of it as there is. */
export function placeOf({ file, line, column }: Diagnostic): string {
  if (line === 0) return '';
  return column === 0 ? `${file}:${line}` : `${file}:${line}:${column}`;
}

/** All of them as Go prints them. */
export function textOf(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map((each) => (each.line === 0 ? `${each.message}\n` : `${placeOf(each)}: ${each.message}\n`)).join('');
}

export type CompileReply<Module extends ModuleSource = ModuleSource> =
  | {
      ok: true;
      program: Program & { module: Module };
      /** Per call or check four numbers: module offset, index in ProgramHeader::functions, file index, line. */
      positions: Uint32Array<ArrayBuffer>;
    }
  | {
      ok: false;
      diagnostics: Diagnostic[];
      /** Nothing was compiled: these are faults that the go command finds before. */
      setup?: boolean;
    };

/** An image of library packages as the compiler needs it: bytes that the build leaves beside its module and data. */
export interface ImageDescription {
  index: Uint8Array<ArrayBuffer>;
  skeletons: Uint8Array<ArrayBuffer>;
}

/** Where a program goes in memory and in the function table: behind the images. */
type Place = Pick<Program, 'dataBase' | 'tableBase'>;

/** What the compiler leaves: bytes. */
export type Compiled = CompileReply<Uint8Array<ArrayBuffer>>;

/** The compiler itself has failed: its fault, whatever the source was. It can be used again. */
export class CompilerFault extends Error {
  override name = 'CompilerFault';
}

interface CompilerExports {
  memory: WebAssembly.Memory;
  _initialize?(): void;
  compilerAllocate(bytes: number): number;
  addLibrary(text: number, bytes: number): void;
  addImage(index: number, bytes: number): number;
  compile(request: number): number;
}

export class Compiler {
  readonly #module: WebAssembly.Module;
  readonly #images: readonly ImageDescription[];
  readonly #place: Place;
  #exports: CompilerExports | null = null;

  private constructor(module: WebAssembly.Module, images: readonly ImageDescription[]) {
    this.#module = module;
    this.#images = images;
    const highest = images.at(-1);
    const { dataEnd, tableEnd } = highest ? imagePlaces(highest.index) : { dataEnd: 0, tableEnd: 0 };
    this.#place = { dataBase: dataEnd, tableBase: tableEnd };
  }

  /** `images`: what programs are linked to, lowest first. A compiler without any fails at every program. */
  static async load(source: ModuleSource, images: readonly ImageDescription[] = []): Promise<Compiler> {
    const module = source instanceof WebAssembly.Module ? source : await WebAssembly.compile(source);
    const compiler = new Compiler(module, images);
    compiler.#use((await WebAssembly.instantiate(compiler.#module, importsOf(compiler.#module))).exports);
    return compiler;
  }

  /** The same compiler with one more image, which lies on those it has. */
  with(image: ImageDescription): Compiler {
    return new Compiler(this.#module, [...this.#images, image]);
  }

  /** Compiles a program of one or more packages. Throws CompilerFault only. */
  compile(files: readonly SourceFile[], target: Target): Compiled {
    try {
      const exports = this.#exports ?? this.#use(new WebAssembly.Instance(this.#module, importsOf(this.#module)).exports);
      const reply = exports.compile(copied(exports, encodeRequest(files, target))) >>> 0;
      return decodeReply(new Uint8Array(exports.memory.buffer), reply, this.#place);
    } catch (error) {
      // A trap leaves the compiler's memory in an unknown state: the next call gets a fresh instance.
      this.#exports = null;
      throw error instanceof CompilerFault ? error : new CompilerFault(faultMessage(error), { cause: error });
    }
  }

  #use(exports: WebAssembly.Exports): CompilerExports {
    this.#exports = exports as unknown as CompilerExports;
    this.#exports._initialize?.();
    for (const { index, skeletons } of this.#images) {
      const known = this.#exports.addImage(copied(this.#exports, index), index.length);
      if (known === 0) throw new CompilerFault("the library's index is damaged or of another version");
      this.#exports.addLibrary(copied(this.#exports, skeletons), skeletons.length);
    }
    return this.#exports;
  }
}

/** The bytes in memory that the compiler frees. */
function copied(exports: CompilerExports, bytes: Uint8Array): number {
  const address = exports.compilerAllocate(bytes.length) >>> 0;
  new Uint8Array(exports.memory.buffer, address, bytes.length).set(bytes);
  return address;
}

function faultMessage(error: unknown): string {
  if (error instanceof RangeError) return 'the compiler ran out of stack';
  return `the compiler failed: ${error instanceof Error ? error.message : String(error)}`;
}

/** The compiler asks nothing of its host. What emcc imports all the same (growth notices, abort) gets a plain answer. */
function importsOf(module: WebAssembly.Module): WebAssembly.Imports {
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== 'function') throw new CompilerFault(`compiler.wasm imports ${kind} ${from}.${name}`);
    const answer = () => {
      throw new CompilerFault(`the compiler stopped itself (${name})`);
    };
    (imports[from] ??= {})[name] = name === 'emscripten_notify_memory_growth' ? () => {} : answer;
  }
  return imports;
}

// ------------------------------------------------------------------------------------------------ the binary interface

/** bind.h's request. */
export function encodeRequest(files: readonly SourceFile[], target: Target): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const encode = (text: string | Uint8Array) => (typeof text === 'string' ? encoder.encode(text) : text);
  const settings = [target.localImports ?? '', target.modulePath ?? '', target.goVersion ?? '', target.testPackage ?? ''].map(encode);
  const texts = files.flatMap(({ name, text, package: path }) => [name, text, path ?? ''].map(encode));
  const request = new Uint8Array(8 + [...settings, ...texts].reduce((sum, bytes) => sum + 4 + bytes.length, 0));
  const view = new DataView(request.buffer);
  let at = 0;
  const number = (value: number) => {
    view.setUint32(at, value, true);
    at += 4;
  };
  const bytes = (text: Uint8Array) => {
    number(text.length);
    request.set(text, at);
    at += text.length;
  };
  const { sharedMemory, nameSection, foreignSuspension, checkOnly, whole, choosesFiles, unpolled, readsSeeds } = target;
  const flags = [sharedMemory, nameSection, foreignSuspension, checkOnly, whole, choosesFiles, unpolled, readsSeeds];
  number(flags.reduce((sum, flag, bit) => sum | (flag ? 1 << bit : 0), 0));
  settings.forEach(bytes);
  number(files.length);
  texts.forEach(bytes);
  return request;
}

/** bind.h's reply, copied out of the compiler's memory. */
export function decodeReply(memory: Uint8Array, address: number, { dataBase, tableBase }: Place): Compiled {
  const view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
  const decoder = new TextDecoder();
  let at = address;
  const number = () => {
    if (at + 4 > memory.length) throw new CompilerFault('the compiler left a reply that ends too soon');
    at += 4;
    return view.getUint32(at - 4, true);
  };
  const bytes = () => {
    const length = number();
    if (length > memory.length - at) throw new CompilerFault('the compiler left a reply that ends too soon');
    at += length;
    return memory.slice(at - length, at) as Uint8Array<ArrayBuffer>;
  };
  const text = () => decoder.decode(bytes());

  const status = number();
  if (status > 2) throw new CompilerFault(`the compiler left a reply of unknown status ${status}`);
  const diagnostics: Diagnostic[] = [];
  for (let left = number(); left > 0; left--) {
    const diagnostic: Diagnostic = {
      file: text(),
      line: number(),
      column: number(),
      endLine: number(),
      endColumn: number(),
      message: text(),
    };
    const about = text();
    diagnostics.push(about === '' ? diagnostic : { ...diagnostic, package: about });
  }
  if (status !== 0) return { ok: false, diagnostics, setup: status === 2 };
  const module = bytes();
  const data = bytes();
  const tableSize = number();
  const positions = new Uint32Array(4 * number());
  for (let i = 0; i < positions.length; i++) positions[i] = number();
  return {
    ok: true,
    program: { module, data, dataBase, tableBase, tableSize },
    positions,
  };
}
