// Images of the library: which of them a program wants, and their modules for mode single.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imagePlaces, imagesWanted, unshared } from '../../web/host/image.ts';

const list = [
  { name: 'low', packages: ['fmt', 'io'] },
  { name: 'middle', packages: ['encoding/json'] },
  { name: 'high', packages: ['go/ast'] },
];
const missing = (...paths: string[]) => paths.map((path) => ({ message: `package ${path} is not in std` }));

test('a program wants the images up to the highest that has what it imports', () => {
  assert.equal(imagesWanted(missing('encoding/json'), list, 1), 2);
  assert.equal(imagesWanted(missing('go/ast', 'encoding/json'), list, 1), 3);
  assert.equal(imagesWanted(missing('encoding/json', 'no/such'), list, 1), 2);
  const onlyChecked = 'could not import go/ast (open : no such file or directory)';
  assert.equal(imagesWanted([{ message: onlyChecked }], list, 1), 3);
});

test('no other image is wanted for what none has, nor for other errors', () => {
  assert.equal(imagesWanted(missing('no/such'), list, 1), 1);
  assert.equal(imagesWanted(missing('fmt'), list, 1), 1);
  assert.equal(imagesWanted([{ message: 'undefined: json' }], list, 2), 2);
  assert.equal(imagesWanted([], list, 3), 3);
});

/** Imports a function "a.f", a table "a.t", a global "a.g", and the memory "a.m", shared, with at most 2 pages. */
const module = Uint8Array.from([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 30, 4, 1, 97, 1, 102, 0, 0, 1, 97, 1, 116, 1, 112, 0, 1, 1, 97, 1,
  103, 3, 127, 0, 1, 97, 1, 109, 2, 3, 1, 2,
]);

test('a module for shared memory takes plain memory once it is declared so', async () => {
  const imports = (memory: WebAssembly.Memory) => ({
    a: {
      f: () => {},
      t: new WebAssembly.Table({ initial: 1, element: 'anyfunc' }),
      g: 7,
      m: memory,
    },
  });
  const plain = new WebAssembly.Memory({ initial: 1, maximum: 2 });
  const shared = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });
  const before = module.slice();
  await WebAssembly.instantiate(await WebAssembly.compile(unshared(module)), imports(plain));
  await assert.rejects(WebAssembly.instantiate(await WebAssembly.compile(module), imports(plain)), WebAssembly.LinkError);
  await WebAssembly.instantiate(await WebAssembly.compile(module), imports(shared));
  assert.deepEqual(module, before);
});

test('what is no such module, and what is no index, is told', () => {
  assert.throws(() => unshared(module.slice(0, 16)), /imports no memory/);
  assert.throws(() => unshared(new Uint8Array(0)), /imports no memory/);
  assert.throws(() => imagePlaces(new Uint8Array(40)), /not the index of an image/);
});
