// `millrace fmt` as a shell sees it. What formatted Go looks like is gofmt's word, and its code: here it is asked where there is one.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { root } from '../../web/dev/terminal.mjs';
import { goOrNull, referenceOrNull } from '../../web/dev/tools.mjs';

const rough = 'package f\nimport ("os"\n"fmt")\nfunc  f( ) {fmt.Println( os.Args );x:=0XFF;_=x} // end';
const fine = `package f

import (
	"fmt"
	"os"
)

func f() { fmt.Println(os.Args); x := 0xFF; _ = x } // end
`;
const broken = 'package f\nfunc {\nx\nvar y = = 1\n';
const faults = `broken.go:2:6: expected 'IDENT', found '{'
broken.go:3:1: expected '(', found x
broken.go:4:1: expected ')', found 'var'
`;

const command = join(root, 'web/cli/bin.mjs');
let folder;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'millrace-fmt-'));
  const files = { 'rough.go': rough, 'fine.go': fine, 'broken.go': broken, 'sub/rough.go': rough, '.hidden.go': broken, 'notes.txt': rough };
  mkdirSync(join(folder, 'sub'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});

after(() => rmSync(folder, { recursive: true }));

/** Our answer, which must be gofmt's where that is on this machine. */
function formatted(args, { input = '', besideReference = true } = {}) {
  const run = (program, ...rest) => {
    const { status, stdout, stderr } = spawnSync(program, [...rest, ...args], { cwd: folder, input, encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  const ours = run(process.execPath, command, 'fmt');
  if (besideReference && referenceOrNull()) assert.deepEqual(ours, run(join(goOrNull().folder, 'bin/gofmt')));
  return ours;
}

test('files and standard input', () => {
  assert.deepEqual(formatted(['rough.go', 'fine.go']), { status: 0, stdout: fine + fine, stderr: '' });
  assert.deepEqual(formatted([], { input: rough }), { status: 0, stdout: fine, stderr: '' });
});

test('folders, and what is no Go', () => {
  assert.deepEqual(formatted(['-l', '.']), { status: 2, stdout: 'rough.go\nsub/rough.go\n', stderr: faults });
  assert.deepEqual(formatted(['broken.go']), { status: 2, stdout: '', stderr: faults });
});

test('writing', () => {
  assert.deepEqual(formatted(['-w', '-l', 'sub', 'fine.go'], { besideReference: false }), { status: 0, stdout: 'sub/rough.go\n', stderr: '' });
  assert.equal(readFileSync(join(folder, 'sub/rough.go'), 'utf8'), fine);
  assert.deepEqual(formatted(['-w', '-l', 'sub']), { status: 0, stdout: '', stderr: '' });
});

test('differences', () => {
  const { status, stdout, stderr } = formatted(['-d', 'rough.go', 'fine.go']);
  assert.deepEqual([status, stderr], [1, '']);
  assert.match(stdout, /^diff rough\.go\.orig rough\.go\n--- rough\.go\.orig\n\+\+\+ rough\.go\n@@ -1,4 \+1,8 @@\n/);
  assert.deepEqual(formatted(['-d', 'fine.go']), { status: 0, stdout: '', stderr: '' });
  assert.match(formatted(['-d'], { input: rough }).stdout, /^diff <standard input>\.orig <standard input>\n/);
  assert.equal(formatted(['-d', '-l', 'rough.go']).status, 1);
  assert.equal(formatted(['-d', 'rough.go', 'broken.go']).status, 2);
  assert.equal(formatted(['-d', 'broken.go', 'rough.go']).status, 1);
  writeFileSync(join(folder, 'both.go'), rough);
  const both = formatted(['-d', '-w', '-l', 'both.go'], { besideReference: false });
  assert.deepEqual([both.status, both.stdout], [1, `both.go\n${stdout.replaceAll('rough.go', 'both.go')}`]);
  assert.equal(readFileSync(join(folder, 'both.go'), 'utf8'), fine);
  rmSync(join(folder, 'both.go'));
});

test('imports, as goimports has them', () => {
  const withImports = (text) => formatted(['-imports'], { input: text, besideReference: false });
  const main = (imports, body) => `package main\n${imports}\nfunc main() {\n${body.map((line) => `\t${line}\n`).join('')}}\n`;
  const spoiled = main('\nimport (\n\t"bytes"\n\t"os"\n)\n', [
    'fmt.Println(strings.ToUpper("x"), os.Args, rand.IntN(3))',
    'var group errgroup.Group',
    'group.Wait()',
    'template.New("x")',
  ]);
  const organised = spoiled.replace(
    /import [^)]*\)/,
    'import (\n\t"fmt"\n\t"math/rand/v2"\n\t"os"\n\t"strings"\n\t"text/template"\n\n\t"golang.org/x/sync/errgroup"\n)',
  );
  assert.deepEqual(withImports(spoiled), { status: 0, stdout: organised, stderr: '' });
  assert.deepEqual(withImports(organised), { status: 0, stdout: organised, stderr: '' });
  assert.equal(withImports(main('', ['fmt.Println()'])).stdout, main('\nimport "fmt"\n', ['fmt.Println()']));
  // What is declared beside it, what nobody has, what cannot be known, and what is imported for its effects.
  const left = main('\nimport (\n\t_ "embed"\n\t"example.com/go-thing"\n\tother "example.com/other"\n)\n', ['strings := struct{ Join int }{}', 'println(strings.Join, no.Such)']);
  assert.equal(withImports(left).stdout, left.replace('\tother "example.com/other"\n', '').replace('"embed"\n', '"embed"\n\n'));
  mkdirSync(join(folder, 'beside'));
  writeFileSync(join(folder, 'beside/a.go'), main('', ['println(bytes.Len, sort.Ints)']));
  writeFileSync(join(folder, 'beside/b.go'), 'package main\n\nimport sort "example.com/sort"\n\nvar bytes struct{ Len int }\n\nvar _ = sort.Ints\n');
  const beside = formatted(['-imports', 'beside/a.go'], { besideReference: false });
  assert.equal(beside.stdout, main('\nimport sort "example.com/sort"\n', ['println(bytes.Len, sort.Ints)']));
  rmSync(join(folder, 'beside'), { recursive: true });
});

test('what makes no sense', () => {
  for (const [args, message] of [
    [['-r', 'fine.go'], /unknown flag -r/],
    [['-w'], /-w wants files/],
    [['missing.go'], /missing\.go: no such file/],
  ]) {
    const { status, stdout, stderr } = formatted(args, { besideReference: false });
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, message);
  }
});
