// What programs see of the machine: folders that are mounted, the files around a package, archives, the environment, time zones.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, lstatSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { root } from '../../web/dev/terminal.mjs';

const command = join(root, 'web/cli/bin.mjs');
const library = join(root, 'tests/go/library');
let folder;

before(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'millrace-files-')));
});
after(() => rmSync(folder, { recursive: true }));

function millrace(args, { cwd = folder, env = process.env } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], { cwd, env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

/** Files by their paths below the folder for tests; the name of the folder they are in. */
function written(name, files) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, path, '..'), { recursive: true });
    writeFileSync(join(folder, name, path), text);
  }
  return join(folder, name);
}

/** Of a program that shows the files and folders named by its arguments, and writes to those behind a `+`. */
const shows = `package main

import (
	"fmt"
	"os"
	"strings"
)

func main() {
	for _, name := range os.Args[1:] {
		if to, writes := strings.CutPrefix(name, "+"); writes {
			fmt.Println(os.WriteFile(to, []byte("written"), 0o644))
			continue
		}
		if entries, err := os.ReadDir(name); err == nil {
			fmt.Println(entries)
			continue
		}
		text, err := os.ReadFile(name)
		fmt.Printf("%q %v\\n", text, err)
	}
}
`;

describe('--dir', () => {
  let place, program;
  before(() => {
    place = written('dir', { 'data/in.txt': 'hello', 'data/deep/er.txt': 'deep', 'secret.txt': 'secret' });
    program = join(written('programs', { 'shows.go': shows }), 'shows.go');
    symlinkSync('../secret.txt', join(place, 'data/out'));
    symlinkSync(join(place, 'secret.txt'), join(place, 'data/far'));
    symlinkSync('deep/er.txt', join(place, 'data/in-it'));
    symlinkSync('..', join(place, 'data/up'));
  });
  const run = (flags, args) => millrace(['run', ...flags, program, '--', ...args], { cwd: place });

  test('what is not mounted is not there', () => {
    const { stdout, status } = run([], ['data/in.txt', '.', program]);
    const missing = `open ${program}: no such file or directory`;
    assert.equal(stdout, `"" open data/in.txt: no such file or directory\n[]\n"" ${missing}\n`);
    assert.equal(status, 0);
  });

  test('a folder keeps its name, or gets another', () => {
    assert.equal(run(['--dir', 'data'], ['data/in.txt', join(place, 'data/deep/er.txt'), 'secret.txt']).stdout,
      '"hello" <nil>\n"deep" <nil>\n"" open secret.txt: no such file or directory\n');
    assert.equal(run(['--dir', '.'], ['data/in.txt', 'secret.txt']).stdout, '"hello" <nil>\n"secret" <nil>\n');
    assert.equal(run(['--dir', 'data=/in/there', '--dir=data/deep=deep'], ['/in/there/in.txt', '/in', 'deep/er.txt', 'data']).stdout,
      '"hello" <nil>\n[d there/]\n"deep" <nil>\n"" open data: no such file or directory\n');
  });

  test('one mount may lie in another', () => {
    const { stdout } = run(['--dir', 'data', '--dir', '.=data/whole'], ['data', 'data/whole/secret.txt', 'data/up/whole']);
    assert.equal(stdout, '[d deep/ L far L in-it - in.txt L out L up d whole/]\n"secret" <nil>\n"" open data/up/whole: no such file or directory\n');
  });

  test('symbolic links lead nowhere but within what the program sees', () => {
    const { stdout } = run(['--dir', 'data=/m'], ['/m/in-it', '/m/out', '/m/far', '/m/up/secret.txt', '/m/up/m/in.txt', '/m/../../secret.txt']);
    assert.deepEqual(stdout.trimEnd().split('\n'), [
      '"deep" <nil>',
      '"" open /m/out: no such file or directory',
      '"" open /m/far: no such file or directory',
      '"" open /m/up/secret.txt: no such file or directory',
      '"hello" <nil>',
      '"" open /m/../../secret.txt: no such file or directory',
    ]);
    // Where what it leads to is mounted, too, it is found.
    assert.equal(run(['--dir', '.'], ['data/out', 'data/far']).stdout, '"secret" <nil>\n"secret" <nil>\n');
    assert.equal(run(['--dir', 'data'], ['+data/out']).stdout, '<nil>\n'); // in memory, outside the mount
    assert.equal(readFileSync(join(place, 'secret.txt'), 'utf8'), 'secret');
  });

  test('what is written is written, but to :ro', () => {
    assert.equal(run(['--dir', 'data=/m:ro'], ['+/m/new', '+/m/in.txt', '/m/in.txt', '+/new', '/new']).stdout,
      'open /m/new: read-only file system\nopen /m/in.txt: read-only file system\n"hello" <nil>\n<nil>\n"written" <nil>\n');
    assert.equal(existsSync(join(place, 'data/new')), false);
    assert.equal(run(['--dir', 'data'], ['+data/new', '+data/deep/er.txt']).stdout, '<nil>\n<nil>\n');
    assert.equal(readFileSync(join(place, 'data/new'), 'utf8'), 'written');
    assert.equal(readFileSync(join(place, 'data/deep/er.txt'), 'utf8'), 'written');
    rmSync(join(place, 'data/new'));
  });

  test('on one worker, too', () => {
    assert.equal(run(['--single', '--dir', 'data'], ['data/in.txt']).stdout, '"hello" <nil>\n');
  });

  for (const [what, flags, error] of [
    ['not there', ['--dir', 'nothing'], '--dir nothing: no such file or directory'],
    ['a file', ['--dir', 'secret.txt=x'], '--dir secret.txt: not a directory'],
    ['no name', ['--dir', '=x'], "--dir wants HOST, HOST=GUEST, or either with :ro, not '=x'"],
    ['no variable', ['--env', 'x'], "--env wants NAME=VALUE, not 'x'"],
  ]) {
    test(`one that makes no sense: ${what}`, () => {
      assert.deepEqual(run(flags, []), { status: 2, stdout: '', stderr: `millrace: ${error}\n` });
    });
  }
});

test('a mounted folder is as good as a machine', () => {
  const place = written('whole', { '.keep': '' });
  const { stdout, stderr } = millrace(['run', '--dir', place, '--env', `TMPDIR=${place}`, join(library, 'files.go')]);
  assert.equal(stderr, '');
  assert.equal(stdout, readFileSync(join(library, 'files.out'), 'utf8'));
  assert.deepEqual(readdirSync(place), ['.keep']);
});

test('what a program makes in a mounted folder is there afterwards', () => {
  const place = written('made', {
    'prog.go': `package main

import (
	"os"
	"time"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func main() {
	must(os.MkdirAll("a/b", 0o750))
	must(os.WriteFile("a/b/c", []byte("c"), 0o600))
	must(os.Symlink("b/c", "a/link"))
	must(os.Chtimes("a/b/c", time.Time{}, time.Unix(1_000_000_000, 500_000_000)))
	must(os.Rename("a/b", "moved"))
}
`,
  });
  assert.deepEqual(millrace(['run', '--dir', '.', 'prog.go'], { cwd: place }), { status: 0, stdout: '', stderr: '' });
  const { mode, mtimeMs } = lstatSync(join(place, 'moved/c'));
  assert.deepEqual([mode & 0o777, mtimeMs], [0o600, 1_000_000_000_500]);
  assert.equal(lstatSync(join(place, 'moved')).mode & 0o777, 0o750);
  assert.equal(lstatSync(join(place, 'a/link')).isSymbolicLink(), true);
});

describe('the files around a program', () => {
  test('a directory: what is there is read, and stays as it is', () => {
    const place = written('package', { 'prog.go': shows, 'data/in.txt': 'hello', 'go.mod': 'module x\ngo 1.26\n' });
    const { stdout } = millrace(['run', place, '--', 'data', 'data/in.txt', '+data/in.txt', '+data/new', 'data', 'data/in.txt', '..']);
    assert.equal(stdout, '[- in.txt]\n"hello" <nil>\n<nil>\n<nil>\n[- in.txt - new]\n"written" <nil>\n[d package/]\n');
    assert.equal(readFileSync(join(place, 'data/in.txt'), 'utf8'), 'hello');
    assert.deepEqual(readdirSync(join(place, 'data')), ['in.txt']);
  });

  test('a directory that is mounted is written', () => {
    const place = written('mounted', { 'prog.go': shows });
    millrace(['run', '--dir', '.', '.', '--', '+new'], { cwd: place });
    assert.equal(readFileSync(join(place, 'new'), 'utf8'), 'written');
  });

  test('an archive: its other files', () => {
    const place = written('archives', { 'one.txtar': `-- main.go --\n${shows}-- data/in.txt --\nhello\n` });
    const { stdout } = millrace(['run', 'one.txtar', '--', '.', 'data/in.txt', 'data/none'], { cwd: place });
    assert.equal(stdout, '[d data/ - main.go]\n"hello\\n" <nil>\n"" open data/none: no such file or directory\n');
  });

  test('go:embed, in a directory, of files that are named, and in an archive', () => {
    const program = `package main

import (
	"embed"
	"fmt"
)

//go:embed in.txt
var text string

//go:embed data in.txt
var files embed.FS

func main() {
	deep, err := files.ReadFile("data/deep/x.bin")
	fmt.Printf("%q %q %v\\n", text, deep, err)
}
`;
    const bytes = new Uint8Array([0, 255, 10]);
    const place = written('embedding', {
      'whole/go.mod': 'module m\ngo 1.26\n',
      'whole/main.go': program,
      'whole/in.txt': 'in',
      'whole/data/deep/x.bin': bytes,
      'whole/data/deep/.y': '',
      'one.txtar': `-- main.go --\n${program}-- in.txt --\nin\n-- data/deep/x.bin --\nx\n`,
      'none.txtar': `-- go.mod --\nmodule m\n-- main.go --\n${program}-- data/deep/x.bin --\nx\n`,
      'inner.txtar': '-- go.mod --\nmodule m\n-- main.go --\npackage main\nimport _ "m/inner"\nfunc main() {}\n-- inner/i.go --\npackage inner\nimport _ "embed"\n//go:embed gone\nvar s string\n',
    });
    const run = (...args) => millrace(['run', ...args], { cwd: place });
    const expected = { status: 0, stdout: '"in" "\\x00\\xff\\n" <nil>\n', stderr: '' };
    assert.deepEqual(run('whole'), expected);
    assert.deepEqual(run('whole/main.go'), expected);
    assert.deepEqual(millrace(['run', '.'], { cwd: join(place, 'whole') }), expected);
    assert.equal(run('one.txtar').stdout, '"in\\n" "x\\n" <nil>\n');
    assert.deepEqual(run('none.txtar'), { status: 1, stdout: '', stderr: 'main.go:8:12: pattern in.txt: no matching files found\n' });
    assert.match(run('inner.txtar').stderr, /^inner\/i\.go:3:12: pattern gone: no matching files found\n$/m);
  });

  test('tests start in the folder of their package', () => {
    const reads = (name) => `package ${name}

import (
	"os"
	"path/filepath"
	"testing"
)

func Test(t *testing.T) {
	here, _ := os.Getwd()
	text, err := os.ReadFile("testdata/in.txt")
	above, _ := os.ReadFile("../go.mod")
	t.Logf("%s %q %v %d", filepath.Base(here), text, err, len(above))
	if err := os.WriteFile("testdata/out.txt", nil, 0o644); err != nil {
		t.Error(err)
	}
}
`;
    const place = written('tests', {
      'go.mod': 'module m\ngo 1.26\n',
      'one/one_test.go': reads('one'),
      'one/testdata/in.txt': '1',
      'two/two_test.go': reads('two'),
      'two/testdata/in.txt': '2',
    });
    const { stdout, status } = millrace(['test', '-v', './...'], { cwd: place });
    const said = (word, text) => new RegExp(`_test.go:\\d+: ${word} "${text}" <nil> 17\\n`);
    assert.match(stdout, said('one', '1'));
    assert.match(stdout, said('two', '2'));
    assert.equal(status, 0);
    assert.deepEqual(readdirSync(join(place, 'one/testdata')), ['in.txt']);
  });
});

describe('the machine', () => {
  const asks = `package main

import (
	"fmt"
	"os"
	"runtime"
	"time"
)

func main() {
	name, err := os.Hostname()
	fmt.Println(name, err)
	here, err := os.Getwd()
	fmt.Println(here, os.Getenv("PWD"), err)
	fmt.Println(os.Getenv("MILLRACE_TEST"), os.Getenv("MORE"), os.Getenv("PATH") != "", os.TempDir(), runtime.GOROOT())
	fmt.Println(time.Unix(0, 0).Format(time.RFC1123), time.Local)
}
`;
  let place;
  before(() => void (place = written('machine', { 'asks.go': asks })));

  test('environment, folder and host name are the command\'s', () => {
    const env = { ...process.env, MILLRACE_TEST: 'one', MORE: 'two', TMPDIR: '/elsewhere', GOROOT: '/of/go' };
    const { stdout } = millrace(['run', '--env', 'MORE=three', 'asks.go'], { cwd: place, env });
    assert.deepEqual(stdout.split('\n').slice(0, 3), [`${hostname()} <nil>`, `${place} ${place} <nil>`, 'one three true /tmp /of/go']);
  });

  test('standard streams are what they are', () => {
    const program = `package main

import (
	"fmt"
	"os"
)

func main() {
	for _, f := range []*os.File{os.Stdin, os.Stdout, os.Stderr} {
		info, err := f.Stat()
		fmt.Println(info.Name(), info.Mode().Type(), err)
	}
}
`;
    const folder = written('streams', { 'prog.go': program, in: 'text' });
    const run = (stdio) => spawnSync(process.execPath, [command, 'run', 'prog.go'], { cwd: folder, encoding: 'utf8', stdio }).stdout;
    assert.match(run(['pipe', 'pipe', 'ignore']), /^stdin [Sp]--------- <nil>\nstdout [Sp]--------- <nil>\nstderr Dc--------- <nil>\n$/);
    const file = openSync(join(folder, 'in'));
    assert.match(run([file, 'pipe', 'pipe']), /^stdin ---------- <nil>\n/);
    closeSync(file);
  });

  test('local time is', () => {
    const inZone = (TZ) => millrace(['run', 'asks.go'], { cwd: place, env: { ...process.env, TZ } }).stdout.split('\n')[3];
    assert.equal(inZone('Europe/Berlin'), 'Thu, 01 Jan 1970 01:00:00 CET Europe/Berlin');
    assert.equal(inZone('Asia/Kathmandu'), 'Thu, 01 Jan 1970 05:30:00 +0530 Asia/Kathmandu');
    assert.equal(inZone('Nowhere/AtAll'), 'Thu, 01 Jan 1970 00:00:00 UTC UTC');
    assert.equal(inZone(''), 'Thu, 01 Jan 1970 00:00:00 UTC UTC');
  });
});
