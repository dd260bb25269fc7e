// Images of library packages, as the build leaves them: module, data, and the compiler's index, which also says where the
// first two belong (wasm/build/image.cpp writes it). They lie on each other: who uses one uses all before it.
import type { Library } from './api.ts';

/** images.json of the build: all images from the lowest, and the packages that programs may import of each. */
export type ImageList = readonly { name: string; packages: readonly string[] }[];

/** An import that no image has, as the go command says it and as a compiler alone does, which only looks for errors. */
const notThere = /^(?:package (?=\S+ is not in std)|could not import )(\S+)/;

/**
 * How many images a program wants that was refused with the first `count` of them. `count`: no other has what it imports.
 */
export function imagesWanted(diagnostics: readonly { message: string }[], list: ImageList, count: number): number {
  const missing = diagnostics.flatMap(({ message }) => notThere.exec(message)?.[1] ?? []);
  return list.findLastIndex(({ packages }, i) => i >= count && missing.some((path) => packages.includes(path))) + 1 || count;
}

/** What an image's index says of places. */
export interface ImagePlaces {
  name: string;
  dataBase: number;
  dataEnd: number;
  tableBase: number;
  tableEnd: number;
}

const magic = 0x676d696d;
const version = 1;

// Of WebAssembly's binary format.
const importSection = 2;
const sharedFlag = 2;

/** Throws if these are not an index's bytes. */
export function imagePlaces(index: Uint8Array): ImagePlaces {
  const view = new DataView(index.buffer, index.byteOffset, index.byteLength);
  if (index.length < 36 || view.getUint32(0, true) !== magic || view.getUint32(4, true) !== version) {
    throw new Error('this is not the index of an image of this version');
  }
  const nameBytes = view.getUint32(8, true);
  if (nameBytes > index.length - 36) throw new Error("the index of an image is damaged");
  const number = (i: number) => view.getUint32(12 + nameBytes + 4 * i, true);
  const name = new TextDecoder().decode(index.subarray(12, 12 + nameBytes));
  return { name, dataBase: number(0), dataEnd: number(1), tableBase: number(2), tableEnd: number(3) };
}

/**
 * The module for mode 'single': its bytes with the memory it imports declared as not shared. Images are built for shared
 * memory and differ in nothing else. Throws if these are not a module that imports a memory.
 */
export function unshared(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes);
  let at = 8;
  const number = (): number => {
    let value = 0;
    for (let shift = 0; at < copy.length; shift += 7) {
      const byte = copy[at++]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value >>> 0;
  };
  const skipText = (): void => {
    const length = number(); // which moves `at`, too
    at += length;
  };
  const limits = (): void => void (number() & 1 ? (number(), number()) : number());
  while (at < copy.length && copy[at] !== importSection) {
    at++;
    skipText();
  }
  at++;
  number();
  for (let left = number(); left > 0 && at < copy.length; left--) {
    skipText();
    skipText();
    const kind = copy[at++];
    if (kind === 0) number();
    else if (kind === 1) at++, limits();
    else if (kind === 2) {
      copy[at] = copy[at]! & ~sharedFlag;
      return copy;
    } else if (kind === 3) at += 2;
    else if (kind === 4) at++, number();
  }
  throw new Error('this module imports no memory');
}

export function libraryOf(places: ImagePlaces, module: Library['module'], data: Uint8Array): Library {
  const { name, dataBase, tableBase, tableEnd } = places;
  return { name, module, data, dataBase, tableBase, tableSize: tableEnd - tableBase };
}
