// Archives and modules: which files make which packages.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModuleError, filesIn, inArchive, lacksOnlyMain, modulePackages, programIn, testedPackages, testsIn, unpack } from '../../web/host/module.ts';

test('an archive is cut at its markers', () => {
  assert.deepEqual(unpack('package main\n', 'prog.go'), [{ name: 'prog.go', text: 'package main\n', firstLine: 1 }]);
  assert.deepEqual(unpack('', 'prog.go'), [{ name: 'prog.go', text: '', firstLine: 1 }]);
  assert.deepEqual(unpack('main\n-- go.mod --\nmodule m\n-- a/a.go --\npackage a\n\n', 'prog.go'), [
    { name: 'prog.go', text: 'main\n', firstLine: 1 },
    { name: 'go.mod', text: 'module m\n', firstLine: 3 },
    { name: 'a/a.go', text: 'package a\n\n', firstLine: 5 },
  ]);
  assert.deepEqual(unpack('-- empty --\n-- a.go --\n', 'prog.go').map(({ text }) => text), ['', '']);
  const names = (text: string) => unpack(text, 'prog.go').map(({ name }) => name);
  assert.deepEqual(names('\n\n-- a.go --\npackage a'), ['a.go'], 'blank lines before the first are no file');
  assert.deepEqual(names('x\n-- not a marker\n--a.go --\n---- a.go --\n--  --\n'), ['prog.go']);
});

test('the program of an archive finds its files', () => {
  const found = filesIn(unpack('x\n-- data/in.txt --\nhello\n', 'prog.go'));
  assert.deepEqual(found.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)]), [['/home/gopher/prog.go', 'x\n'], ['/home/gopher/data/in.txt', 'hello\n']]);
  assert.deepEqual(filesIn(unpack('package main\n', 'prog.go')), []);
});

test('packages of a module follow its folders', () => {
  const { files, settings, buildInfo } = modulePackages([
    { name: 'go.mod', text: '// ours\nmodule "example.com/m" // here\n\ngo 1.21.3\n' },
    ...['main.go', 'a/a.go', 'a/b/b.go', 'a/a_test.go', 'testdata/x.go', '_old/x.go', 'vendor/v/v.go', 'a/data.txt'].map((name) => ({ name, text: name })),
  ]);
  assert.deepEqual(files, [
    { name: './main.go', text: 'main.go' },
    { name: 'a/a.go', text: 'a/a.go', package: 'example.com/m/a' },
    { name: 'a/b/b.go', text: 'a/b/b.go', package: 'example.com/m/a/b' },
  ]);
  assert.deepEqual(settings, { goVersion: 'go1.21', modulePath: 'example.com/m', choosesFiles: true });
  assert.deepEqual(buildInfo, { path: 'example.com/m', module: 'example.com/m' });
});

test('a folder without go.mod is one package, and a go.mod without version is old', () => {
  const files = ['main.go', 'other.go', 'a/a.go'].map((name) => ({ name, text: '' }));
  assert.deepEqual(modulePackages(files).files.map(({ name }) => name), ['./main.go', './other.go']);
  assert.deepEqual(modulePackages([...files, { name: 'go.mod', text: 'module m' }]).settings, { goVersion: 'go1.16', modulePath: 'm', choosesFiles: true });
});

test('each package is tested with its own test files only', () => {
  const names = ['main.go', 'main_test.go', 'a/a.go', 'a/a_test.go', 'b/b_test.go', 'testdata/t_test.go', '_b/b_test.go'];
  const files = names.map((name) => ({ name, text: '' }));
  const packages = testedPackages([{ name: 'go.mod', text: 'module m\ngo 1.26' }, ...files]);
  assert.deepEqual(
    packages.map(({ path, folder, hasTests, sources }) => [path, folder, hasTests, sources.files.map(({ name }) => name)]),
    [
      ['m', '', true, ['./main.go', './main_test.go', 'a/a.go']],
      ['m/a', 'a', true, ['./main.go', 'a/a.go', 'a/a_test.go']],
      ['m/b', 'b', true, ['./main.go', 'a/a.go', 'b/b_test.go']],
    ],
  );
  assert.deepEqual(packages[1]!.sources.settings, { goVersion: 'go1.26', modulePath: 'm', choosesFiles: true, testPackage: 'm/a' });
  assert.deepEqual(packages[1]!.buildInfo, { path: 'm/a.test', module: 'm' });
  assert.deepEqual(packages[1]!.sources.files.map((file) => file.package), ['m', 'm/a', 'm/a']);
  const seeded = testedPackages([{ name: 'go.mod', text: 'module m\ngo 1.26' }, ...files, { name: 'a/testdata/fuzz/FuzzX/0', text: '' }]);
  assert.deepEqual(seeded.map(({ sources }) => sources.settings.readsSeeds), [undefined, true, undefined]);
  const [alone, ...none] = testedPackages(files);
  assert.deepEqual([alone!.path, alone!.hasTests, alone!.sources.files.length, none], ['command-line-arguments', true, 2, []]);
});

test('what is no module is said', () => {
  const main = { name: 'main.go', text: '' };
  assert.throws(() => modulePackages([{ name: 'main_test.go', text: '' }]), ModuleError);
  assert.throws(() => modulePackages([main, { name: 'go.mod', text: 'go 1.20' }]), /no module line/);
  assert.throws(() => modulePackages([main, { name: 'go.mod', text: 'module m\ngo two' }]), /go\.mod:2: invalid go version 'two'/);
});

test('a program in one text, and its diagnostics', () => {
  const plain = programIn('package main', 'prog.go');
  assert.deepEqual(plain.files, [{ name: './prog.go', text: 'package main' }]);
  const { files, archive } = programIn('package main\n-- a/a.go --\npackage a\nx\n', 'prog.go');
  assert.deepEqual(files.map(({ name, package: path }) => [name, path]), [['./prog.go', undefined], ['a/a.go', 'play/a']]);
  const diagnostic = { file: 'a/a.go', line: 2, column: 1, endLine: 2, endColumn: 2, message: 'syntax error' };
  assert.deepEqual(inArchive(diagnostic, archive), { ...diagnostic, line: 4, endLine: 4 });
});

test('tests in one text: in test files, or in the first', () => {
  const found = (text: string) => testsIn(text, 'prog.go')?.packages.map(({ path, hasTests, sources }) => [path, hasTests, sources.files.map(({ name }) => name)]) ?? null;
  assert.deepEqual(found('package main\n\nfunc TestX(t *testing.T) {}\n'), [['play', true, ['./prog_test.go']]]);
  for (const name of ['Test', 'Test_x', 'TestÄ', 'ExampleX', 'Example', 'BenchmarkX', 'FuzzX', 'TestMain']) assert.ok(found(`package main\nfunc ${name}(`), name);
  for (const text of ['func Testing(', 'func Testä(', 'func (t T) TestX(', '\tfunc TestX(', 'func main(', '']) assert.equal(found(`package main\n${text}`), null, text);
  assert.deepEqual(found('package a\n-- a_test.go --\npackage a\n-- b/b.go --\npackage b\n'), [
    ['play', true, ['./prog.go', './a_test.go', 'b/b.go']],
    ['play/b', false, ['./prog.go', 'b/b.go']],
  ]);
  assert.deepEqual(found('package a\nfunc TestX(\n-- prog_test.go --\npackage a\n')?.[0]?.[2], ['./prog.go', './prog_test.go']);
  assert.deepEqual(found('-- go.mod --\nmodule m\n-- b/b_test.go --\npackage b\n')?.[0]?.[0], 'm/b');
});

test('a program that lacks nothing but main', () => {
  const lacks = (...messages: string[]) => lacksOnlyMain(messages.map((message) => ({ message })));
  assert.ok(lacks('runtime.main_main·f: function main is undeclared in the main package'));
  assert.ok(lacks('package stack is not a main package'));
  assert.ok(lacks('no Go files in the folder'));
  assert.ok(!lacks('undefined: main'));
  assert.ok(!lacks('package stack is not a main package', 'undefined: x'));
});
