// `npm run conformance -- std [PACKAGE...]`: the tests and examples that Go's library packages have of their own, read where they
// lie and run as `go test -short` does. Each package is compiled with its tests, and so is all that imports it.
//
//     PACKAGE          "strings", or "encoding/..." for those that begin so; else all that are listed here
//     --only REGEX     tests whose name matches
//     --long           without -short
//
// std-skipped.txt lists tests that cannot apply here and why; they are not run. What is printed is kept in build/conformance/std.
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Stop, dim, green, red, root, seconds } from '../../web/dev/terminal.mjs';
import { whyItFailed, whySkipped } from './test-output.mjs';

const words = (text) => text.trim().split(/\s+/);

/** Those of which the share is wanted. */
const packages = words(`
  sync sync/atomic context container/heap container/list container/ring sort slices maps strings bytes strconv unicode
  unicode/utf8 unicode/utf16 errors fmt iter math math/bits math/big math/rand math/rand/v2 math/cmplx bufio io
  text/scanner text/tabwriter text/template text/template/parse encoding/ascii85 encoding/asn1 encoding/base32
  encoding/base64 encoding/binary encoding/csv encoding/gob encoding/hex encoding/json encoding/pem encoding/xml regexp
  regexp/syntax time reflect go/ast go/build/constraint go/constant go/doc go/doc/comment go/format go/importer go/parser
  go/printer go/scanner go/token go/types go/version hash hash/adler32 hash/crc32 hash/crc64 hash/fnv hash/maphash`);

/** Those that are measured besides. */
const morePackages = words(`
  io/fs path path/filepath html html/template log log/slog flag unique weak runtime/debug archive/tar archive/zip
  compress/bzip2 compress/flate compress/gzip compress/lzw compress/zlib crypto/hmac crypto/md5 crypto/sha1 crypto/sha256
  crypto/sha512 database/sql expvar image image/color image/draw image/gif image/jpeg image/png index/suffixarray
  mime mime/multipart mime/quotedprintable net/http/httptest net/netip net/textproto net/url os testing testing/fstest
  testing/iotest testing/quick`);

/** "reason:" and, indented below it, "package Test Test…". @returns {Map<string, Map<string, string>>} package → test → reason */
function skippedTests() {
  const skipped = new Map();
  let reason = '';
  for (const line of readFileSync(join(root, 'tests/conformance/std-skipped.txt'), 'utf8').split('\n')) {
    if (line.startsWith('#') || line.trim() === '') continue;
    if (!line.startsWith(' ')) {
      reason = line.replace(/:$/, '');
      continue;
    }
    const [path, ...names] = words(line);
    if (!skipped.has(path)) skipped.set(path, new Map());
    for (const name of names) skipped.get(path).set(name, reason);
  }
  return skipped;
}

const patienceMs = 30 * 60_000;

/** What a worker says of a package; see std-worker.mjs. */
function judge(job) {
  return new Promise((settle) => {
    const child = fork(join(root, 'tests/conformance/std-worker.mjs'), { stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
    let said = '';
    child.stderr.on('data', (bytes) => (said = (said + bytes).slice(-2000)));
    const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    const done = (answer) => {
      clearTimeout(timer);
      settle(answer);
    };
    child.on('message', done);
    child.on('exit', (code, signal) => done({ fault: `the process died (${signal ?? code}): ${said.trim()}` }));
    child.send(job);
  });
}

const count = (results, verdict) => results.filter((result) => result.verdict === verdict).length;

function columns(results) {
  const [passed, failed, skipped, inapplicable] = ['passed', 'failed', 'skipped', 'inapplicable'].map((verdict) => count(results, verdict));
  const share = passed + failed > 0 ? `${((100 * passed) / (passed + failed)).toFixed(1)} %` : '';
  return [passed, failed, skipped, inapplicable, share].map((value) => String(value).padStart(9)).join('');
}

function showTable(all) {
  const isExample = ({ name }) => name.startsWith('Example');
  const heads = ['passed', 'failed', 'skipped', 'not run', ''].map((head) => head.padStart(9)).join('');
  console.log(`\n${''.padEnd(22)}${heads}   of the examples${heads.slice(0, 18)}`);
  const row = (title, results) => {
    const examples = results.filter(isExample);
    const ofThem = ['passed', 'failed'].map((verdict) => String(count(examples, verdict)).padStart(9)).join('');
    console.log(`${title.padEnd(22)}${columns(results)}                  ${ofThem}`);
  };
  for (const { path, fault, results } of all) {
    if (fault) console.log(`${path.padEnd(22)}${red(fault.slice(0, 150))}`);
    else row(path, results);
  }
  const results = all.flatMap((one) => one.results ?? []);
  row('tests', results.filter((result) => !isExample(result)));
  row('examples', results.filter(isExample));
  row('all', results);
}

/** How often each reason was given. */
function showReasons(title, reasons) {
  if (reasons.length === 0) return;
  console.log(`\n${title}:`);
  const counts = new Map();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  for (const [reason, times] of [...counts].sort((a, b) => b[1] - a[1])) console.log(`${String(times).padStart(5)}  ${reason}`);
}

/** `known`: file → reason, with "std/PACKAGE TEST" among the files. Returns the status. */
export async function testLibrary(wanted, { goroot, only, isLong, known }) {
  const everything = [...packages, ...morePackages];
  const isWanted = (path) => wanted.some((name) => (name.endsWith('/...') ? `${path}/`.startsWith(name.slice(0, -3)) : name === path));
  const listed = wanted.length === 0 ? everything : everything.filter(isWanted);
  const others = wanted.filter((name) => !name.endsWith('...') && !everything.includes(name));
  const queue = [...listed, ...others];
  if (queue.length === 0) throw new Stop('no such package');
  const skipped = skippedTests();
  const start = performance.now();
  const all = [];
  const total = queue.length;
  const one = async () => {
    for (let path = queue.shift(); path; path = queue.shift()) {
      const reasons = skipped.get(path) ?? new Map();
      const folder = join(root, 'build/conformance/std', path.replaceAll('/', '-'));
      const begin = performance.now();
      const answer = await judge({ package: path, goroot, folder, only: only ?? null, skipped: [...reasons.keys()], isLong });
      const results = answer.results?.map((result) => ({ ...result, reason: reasons.get(result.name) }));
      all.push({ path, ...answer, results });
      showPackage({ path, ...answer, results }, known, `${all.length} of ${total}, ${seconds(begin)}`);
    }
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), total) }, one));
  all.sort((a, b) => everything.indexOf(a.path) - everything.indexOf(b.path));
  showTable(all);
  const results = all.flatMap((each) => each.results ?? []);
  showReasons('Skipped by themselves', results.filter(({ verdict }) => verdict === 'skipped').map(({ lines }) => whySkipped(lines)));
  showReasons('Not run (std-skipped.txt)', results.filter(({ reason }) => reason).map(({ reason }) => reason));
  const surprises = all.flatMap(({ path, fault, results: ofIt }) =>
    fault ? [path] : ofIt.filter(({ name, verdict }) => (verdict === 'failed') !== known.has(`std/${path} ${name}`)));
  console.log(`\n${total} packages in ${seconds(start)}; ${surprises.length} tests not as known.txt says`);
  return surprises.length > 0 ? 1 : 0;
}

function showPackage({ path, fault, results }, known, when) {
  if (fault) {
    console.log(`${red('✗')} ${path}: ${fault} ${dim(when)}`);
    return;
  }
  const failed = results.filter(({ verdict }) => verdict === 'failed');
  console.log(`${failed.length === 0 ? green('✓') : red('✗')} ${path}: ${count(results, 'passed')} passed, ${failed.length} failed ${dim(when)}`);
  for (const { name, lines } of failed) {
    console.log(`    ${known.has(`std/${path} ${name}`) ? dim('known') : red('✗')} ${name}`);
    for (const line of whyItFailed(lines)) console.log(dim(`        ${line}`));
  }
  for (const { name, verdict } of results) {
    if (verdict === 'passed' && known.has(`std/${path} ${name}`)) console.log(`    ${green('✓')} ${name} passes: it is listed in known.txt`);
  }
}
