// Which files of Go's test folder are measured, and what each asks for.
//
// A file's recipe stands in its first comment, as Go's own runner (cmd/internal/testdir) reads it: "// run", "// errorcheck
// -lang=go1.17". Left out is what tests gc rather than Go: its back end, optimiser, assembler, cgo, and library packages
// beyond those named here; and the quarter of the files, chosen by the hash of their names, that is kept back so that what
// is worked on is not what is measured.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const folders = ['.', 'ken', 'chan', 'interface', 'syntax', 'fixedbugs', 'abi', 'typeparam', 'typeparam/mdempsky'];

const words = (text) => new Set(text.split(/\s+/).filter(Boolean));

const basicPackages = words(`fmt os runtime sync sync/atomic time strings strconv errors sort math unsafe reflect bytes io context
  unicode/utf8 unicode math/rand math/bits math/cmplx container/list container/heap container/ring bufio`);
const morePackages = words(`slices maps cmp iter unique log regexp regexp/syntax unicode/utf16 math/big hash hash/crc32 hash/fnv
  hash/maphash encoding/binary encoding/json encoding/hex encoding/base64 encoding encoding/gob text/tabwriter text/template
  text/scanner flag path io/ioutil io/fs go/ast go/token go/parser go/format go/constant go/types go/scanner go/printer
  crypto/sha256 crypto/sha1 crypto/md5 html/template html container index/suffixarray strings math/rand/v2 structs`);
const compiledPackages = words('testing net/http path/filepath net');
const gcPackages = words(`runtime/debug runtime/pprof runtime/trace runtime/metrics runtime/cgo plugin os/exec os/signal syscall
  syscall/js internal go/build debug/elf debug/macho weak arena embed C runtime/internal/sys internal/runtime/sys internal/abi
  runtime/coverage`);
const portableRuntime = words(`GC Gosched GOMAXPROCS NumCPU NumGoroutine Goexit KeepAlive Error TypeAssertionError PanicNilError
  LockOSThread UnlockOSThread GOARCH GOOS Compiler Version GOROOT`);
const harmlessFlag =
  /^(-t |-[01s]$|-lang|-complete$|-gomodversion|-l=?\d?$|-gcflags=-l(=\d)?$|-gcflags=all=-N -l$|-gcflags=-d=ssa\/|-goexperiment (rangefunc|aliastypeparams)$)/;
const errorFlag = /^(-0|-1|-s|-e|-complete)$|^(-t |-lang=|-d=panic|-G)/;
// Those gc itself does not pass.
const gcFails = words(`shift1.go fixedbugs/issue10700.go fixedbugs/issue18331.go fixedbugs/issue18419.go fixedbugs/issue20233.go
  fixedbugs/issue20245.go fixedbugs/issue31053.go`);
const gcMessage =
  /stack frame too large|misplaced compiler directive|can inline|inlining call|escapes? |leaking|moved to heap|write barrier|nil check|live at|go:(embed|linkname|nosplit|notinheap|cgo|systemstack)|type too large|too large for|symbol too large/;

const isKeptBack = (file) => BigInt(`0x${createHash('sha1').update(file).digest('hex')}`) % 4n === 0n;

/** @typedef {{ file: string, action: string, flags: string[], args: string[], source: string, all: string }} Test */

/** @returns {Record<string, Test[]>} by kind: run, dir, runoutput, compile, errorcheck, errorcheckdir */
export function testsIn(testFolder) {
  const tests = folders
    .filter((folder) => existsSync(join(testFolder, folder)))
    .flatMap((folder) => readdirSync(join(testFolder, folder)).sort().map((name) => (folder === '.' ? name : `${folder}/${name}`)))
    .filter((file) => file.endsWith('.go') && !file.startsWith('.') && !isKeptBack(file))
    .map((file) => readTest(testFolder, file))
    .filter(({ allowed }) => allowed);
  const having = (actions, suits) => tests.filter((test) => actions.includes(test.action) && suits(test));
  const portable = (packages) => (test) => isPortable(test, packages);
  const wide = new Set([...basicPackages, ...morePackages]);
  return {
    run: having(['run', 'buildrun'], portable(basicPackages)),
    dir: having(['rundir', 'runindir', 'buildrundir', 'errorcheckandrundir'], portable(wide)),
    runoutput: having(['runoutput'], portable(wide)),
    compile: having(['compile', 'compiledir', 'build', 'builddir'], portable(new Set([...wide, ...compiledPackages]))),
    errorcheck: having(['errorcheck'], hasLanguageErrors),
    errorcheckdir: having(['errorcheckdir'], hasLanguageErrors),
  };
}

/** The packages on which Go's own type checker is tested: a file each, or a folder's files. @returns {Test[]} */
export function typeTestsIn(folder) {
  const packages = readdirSync(folder).sort().flatMap((part) => readdirSync(join(folder, part)).sort().map((name) => `${part}/${name}`));
  return packages.map((file) => {
    const path = join(folder, file);
    const files = statSync(path).isDirectory() ? filesUnder(path) : [path];
    const flags = /^\/\/\s*(-.*)/.exec(readFileSync(files[0], 'utf8'))?.[1].trim().split(/\s+/) ?? [];
    return { file: `types/${file}`, action: 'types', flags, args: [], files };
  });
}

function readTest(testFolder, file) {
  const source = readFileSync(join(testFolder, file), 'utf8');
  let action = '';
  let allowed = true;
  for (const line of source.split('\n')) {
    if (line.startsWith('package ')) break;
    const constraint = /^\/\/go:build\s+(.*)/.exec(line);
    if (constraint) allowed &&= satisfied(constraint[1]);
    else if (!/^\/\/\s*\+build\s/.test(line)) action ||= line.trim().replace(/^\/\//, '').trim();
  }
  const [verb = '', ...rest] = (action.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
  const flags = [];
  while (rest[0]?.startsWith('-')) {
    const takesValue = ['-t', '-goexperiment', '-godebug', '-gomodversion'].includes(rest[0]);
    flags.push(rest.splice(0, takesValue ? 2 : 1).join(' '));
  }
  const folder = join(testFolder, file.replace(/\.go$/, '.dir'));
  const files = verb.endsWith('dir') && existsSync(folder) ? filesUnder(folder) : [];
  const goFiles = files.filter((path) => path.endsWith('.go')).map((path) => readFileSync(path, 'utf8'));
  const texts = [source, ...goFiles];
  return { file, action: verb, flags, args: rest, allowed, source, all: texts.join('\n'), files, imports: new Set(texts.flatMap(importsOf)) };
}

const filesUnder = (folder) =>
  readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });

/** A build constraint, for js/wasm. */
function satisfied(expression) {
  const holds = (tag) => ['js', 'wasm', 'gc', 'test_run'].includes(tag) || /^go1\.\d+$/.test(tag);
  const tokens = expression.match(/&&|\|\||!|\(|\)|[\w.]+/g) ?? [];
  let at = 0;
  const unary = () => {
    const token = tokens[at++];
    if (token === '!') return !unary();
    if (token !== '(') return holds(token);
    const value = either();
    at++;
    return value;
  };
  const both = () => {
    let value = unary();
    for (; tokens[at] === '&&'; ) {
      at++;
      const right = unary();
      value = value && right;
    }
    return value;
  };
  const either = () => {
    let value = both();
    for (; tokens[at] === '||'; ) {
      at++;
      const right = both();
      value = value || right;
    }
    return value;
  };
  return either();
}

function importsOf(source) {
  const text = source.replace(/\/\*[\s\S]*?\*\//g, ' ').replace(/\/\/[^\n]*/g, ' ');
  const clause = /^package\s+\w+/m.exec(text);
  if (!clause) return [];
  const body = text.slice(clause.index + clause[0].length);
  const found = [];
  for (const match of body.matchAll(/^\s*import\s*(?:\(([^)]*)\)|([^\n;]*))/gm)) {
    if (/^\s*(func|var|const|type)\b/m.test(body.slice(0, match.index))) break;
    for (const path of (match[1] ?? match[2]).matchAll(/"([^"\n]*)"|`([^`\n]*)`/g)) found.push(path[1] ?? path[2]);
  }
  return found;
}

/** Comments and the insides of literals left out. */
const codeOf = (source) =>
  source.replace(/\/\/[^\n]*|\/\*[\s\S]*?\*\/|`[^`]*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, (text) => (text.startsWith('/') ? ' ' : '""'));

const isOwnImport = (path) => /^(\.{1,2}\/|test\/)/.test(path) || /^(issue|\w+)\.dir\//.test(path);

function isPortable(test, packages) {
  if (test.flags.some((flag) => !harmlessFlag.test(flag))) return false;
  if ([...test.imports].some((path) => !isOwnImport(path) && !packages.has(path))) return false;
  const code = codeOf(test.all);
  if (test.imports.has('runtime') && [...code.matchAll(/\bruntime\.([A-Z]\w*)/g)].some(([, name]) => !portableRuntime.has(name))) return false;
  if (test.all.includes('//go:linkname')) return false;
  if (test.files.some((path) => /\.(s|c|h|syso)$/.test(path))) return false;
  return !/\btesting\.AllocsPerRun\b/.test(code);
}

function hasLanguageErrors(test) {
  if (test.flags.some((flag) => !errorFlag.test(flag))) return false;
  if (gcFails.has(test.file)) return false;
  if ([...test.all.matchAll(/\/\/ (?:GC_)?ERROR (.*)/g)].some(([, message]) => gcMessage.test(message))) return false;
  if (test.flags.includes('-0') && !/\/\/ (GC_)?ERROR/.test(test.all)) return false;
  if (/^\/\/go:(nosplit|nowritebarrier|systemstack|notinheap|yeswritebarrierrec)/m.test(test.all)) return false;
  return ![...test.imports].some((path) => gcPackages.has(path));
}
