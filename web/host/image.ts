// An image of library packages, as the build leaves it: module, data, and the compiler's index, which also says where the
// first two belong. wasm/build/image.cpp writes it.
import type { Library } from './api.ts';

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

export function libraryOf(places: ImagePlaces, module: Library['module'], data: Uint8Array): Library {
  const { name, dataBase, tableBase, tableEnd } = places;
  return { name, module, data, dataBase, tableBase, tableSize: tableEnd - tableBase };
}
