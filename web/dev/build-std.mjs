// Builds the images of the library: Go's own packages, taken from the GOROOT of the `go` command and compiled by our native
// compiler. Each is NAME.wasm, NAME.data, NAME.index and NAME.skeletons; images.json tells which there are and what they
// hold, and std.license is Go's. A page loads the first, and others when a program imports what they hold. Linked to the
// first is the formatter: formatter.wasm, formatter.data, and formatter.json with the number of its table's entries.
// zones.data is the time zone database.
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildNative } from './build-native.mjs';
import { filesBelow, whenChanged } from './stamp.mjs';
import { Stop, outputOrNull, root, run, say, scripted } from './terminal.mjs';
import { zoneDatabase } from './zones.mjs';
import { goOrNull, goRelease, syncOrNull } from './tools.mjs';

const words = (text) => text.trim().split(/\s+/);

/**
 * From the lowest: each lies on those before it and is loaded with them. What these packages import belongs to the image,
 * too. The first is what programs about concurrency use.
 */
const images = [
  {
    name: 'std',
    packages: words(`
      bufio bytes cmp container/heap container/list container/ring context encoding errors flag fmt
      golang.org/x/sync/errgroup golang.org/x/sync/semaphore golang.org/x/sync/singleflight io io/fs iter log maps
      math math/bits math/cmplx math/rand math/rand/v2 os os/signal path path/filepath reflect runtime runtime/debug
      slices sort strconv strings structs sync sync/atomic syscall time unicode unicode/utf16 unicode/utf8 unique
      weak`),
  },
  {
    name: 'more',
    packages: words(`
      crypto/aes crypto/cipher crypto/hmac crypto/md5 crypto/rand crypto/sha1 crypto/sha256 crypto/sha512 embed
      encoding/ascii85 encoding/base32 encoding/base64 encoding/binary encoding/csv encoding/hex encoding/json
      encoding/pem hash hash/adler32 hash/crc32 hash/crc64 hash/fnv hash/maphash html index/suffixarray io/ioutil
      log/slog math/big net/url regexp regexp/syntax runtime/metrics testing testing/fstest testing/internal/testdeps
      testing/iotest testing/quick testing/slogtest testing/synctest text/scanner text/tabwriter text/template
      text/template/parse`),
  },
  {
    name: 'rest',
    packages: words(`
      archive/tar archive/zip compress/bzip2 compress/flate compress/gzip compress/lzw compress/zlib encoding/asn1
      encoding/gob encoding/xml go/ast go/build/constraint go/constant go/doc go/doc/comment go/format go/importer
      go/parser go/printer go/scanner go/token go/types go/version html/template image image/color image/color/palette
      image/draw image/gif image/jpeg image/png internal/fuzz mime mime/multipart mime/quotedprintable net/mail
      net/textproto runtime/pprof`),
  },
  {
    name: 'web',
    packages: words(`
      crypto/des crypto/dsa crypto/ecdh crypto/ecdsa crypto/ed25519 crypto/elliptic crypto/hkdf crypto/hpke crypto/mlkem
      crypto/mlkem/mlkemtest crypto/pbkdf2 crypto/rc4 crypto/rsa crypto/tls crypto/x509 crypto/x509/pkix database/sql
      database/sql/driver debug/buildinfo debug/gosym debug/macho debug/pe debug/plan9obj expvar log/syslog net/http
      net/http/cgi net/http/cookiejar net/http/fcgi net/http/httptest net/http/httptrace net/http/httputil net/http/pprof
      net/rpc net/rpc/jsonrpc net/smtp os/exec os/user plugin runtime/coverage runtime/race testing/cryptotest time/tzdata`),
  },
];

const folder = join(root, 'build/engine');
const millracec = join(root, 'build/native/millracec');
const oursBelow = 'wasm/std';
const sourcesOf = (go, sync) => ['--goroot', go.folder, '--ours', join(root, oursBelow), ...(sync ? ['--sync', sync] : [])];
const filesOf = (name) => ['wasm', 'data', 'index', 'skeletons'].map((suffix) => `${name}.${suffix}`);
const paths = (files) => files.map((file) => `build/engine/${file}`);

/** What every page loads of the library, in bytes of the build. */
export const coreOutputs = paths([...filesOf('std'), 'images.json']);
export const stdOutputs = paths([...images.flatMap(({ name }) => filesOf(name)), 'images.json', 'std.license']);

const formatterSources = ['web/host/formatter.go', 'web/host/imports.go'];
export const formatterOutputs = paths(['formatter.wasm', 'formatter.data', 'formatter.json']);

/** The time zone database, which programs load that want a zone. */
export const zonesOutput = 'build/engine/zones.data';

export async function buildStd() {
  const go = goOrNull();
  if (!go) throw new Stop(`The library cannot be built: Go ${goRelease} with its sources is missing (go.dev/dl).`);
  await buildNative('', ['millracec']);
  const sync = syncOrNull();
  const inputs = ['build/native/millracec', 'web/dev/build-std.mjs', ...filesBelow([oursBelow])];
  await whenChanged({ name: 'std', inputs, extra: `${go.release} ${sync}`, outputs: stdOutputs }, async () => {
    const scratch = join(root, 'build/std');
    mkdirSync(scratch, { recursive: true });
    mkdirSync(folder, { recursive: true });
    const below = [];
    for (const { name, packages: all } of images) {
      const packages = all.filter((path) => sync || path !== 'golang.org/x/sync/singleflight');
      say(`Library of ${go.release}: ${name}, ${packages.length} packages`);
      await run(millracec, [...sourcesOf(go, sync), '--image', name, ...below, '-o', scratch, ...packages], {
        what: `the image ${name}`,
      });
      for (const file of filesOf(name)) renameSync(join(scratch, file), join(folder, file));
      below.push('--on', join(folder, `${name}.index`), '--skeletons', join(folder, `${name}.skeletons`));
    }
    writeFileSync(join(folder, 'images.json'), JSON.stringify(images.map(({ name, packages }) => ({ name, packages: packagesIn(name, packages) }))));
    copyFileSync(join(go.folder, 'LICENSE'), join(folder, 'std.license')); // what is made of Go's sources keeps its notice
    rmSync(scratch, { recursive: true });
  });
  await buildFormatter(go);
  await whenChanged({ name: 'zones', inputs: ['web/dev/build-std.mjs', 'web/dev/zones.mjs'], extra: go.release, outputs: [zonesOutput] }, () => {
    writeFileSync(join(root, zonesOutput), zoneDatabase(readFileSync(join(go.folder, 'lib/time/zoneinfo.zip'))));
  });
}

/** What it has of the library beyond `std` it brings along: that is an eighth of the images that hold it. */
async function buildFormatter(go) {
  const inputs = ['build/native/millracec', 'web/dev/build-std.mjs', ...formatterSources, ...filesBelow([oursBelow]), ...stdOutputs];
  await whenChanged({ name: 'formatter', inputs, extra: go.release, outputs: formatterOutputs }, async () => {
    say('Formatter');
    const scratch = join(root, 'build/formatter');
    mkdirSync(scratch, { recursive: true });
    const std = ['--on', join(folder, 'std.index'), '--skeletons', join(folder, 'std.skeletons')];
    const exported = join(scratch, 'library.go');
    writeFileSync(exported, `package main\n\nconst library = \`\n${exportsTable()}\`\n`);
    // Internal to the library and to Go's tools: they become packages of the formatter's own.
    const diff = ['--package', 'gofmt/diff', join(go.folder, 'src/internal/diff/diff.go')];
    const astutil = ['--package', 'gofmt/astutil', join(go.folder, 'src/cmd/vendor/golang.org/x/tools/go/ast/astutil/imports.go')];
    const sources = [...formatterSources, exported, ...diff, ...astutil];
    const said = outputOrNull(millracec, [...sourcesOf(go), ...std, '-o', scratch, ...sources], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const tableSize = Number(/ table (\d+)$/m.exec(said ?? '')?.[1] ?? NaN);
    if (Number.isNaN(tableSize)) throw new Stop('the formatter: failed');
    for (const suffix of ['wasm', 'data']) renameSync(join(scratch, `program.${suffix}`), join(folder, `formatter.${suffix}`));
    writeFileSync(join(folder, 'formatter.json'), JSON.stringify({ tableSize }));
    rmSync(scratch, { recursive: true });
  });
}

/** What programs may import, a line for each package: its path and what it exports. */
function exportsTable() {
  const found = new Map();
  for (const { name, packages } of JSON.parse(readFileSync(join(folder, 'images.json'), 'utf8'))) {
    const files = readFileSync(join(folder, `${name}.skeletons`), 'utf8').split(/^-- (\S+)\/[^/\s]+ --$/gm);
    for (let i = 1; i < files.length; i += 2) {
      if (!packages.includes(files[i]) || isInternal(files[i])) continue;
      if (!found.has(files[i])) found.set(files[i], new Set());
      for (const [, names] of files[i + 1].matchAll(/^(?:func|type|var|const) (\p{Lu}[\w, ]*)/gmu)) {
        const listed = /^\w+(?:, *\w+)*/.exec(names)[0];
        for (const one of listed.split(/, */)) if (/^\p{Lu}/u.test(one)) found.get(files[i]).add(one);
      }
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, names]) => `${path} ${[...names].sort().join(' ')}\n`).join('');
}

const isInternal = (path) => /(^|\/)(internal|vendor)(\/|$)/.test(path);

/** What programs may import of an image: all that its skeletons declare, but what is internal and not `wanted` for ours. */
function packagesIn(name, wanted) {
  const text = readFileSync(join(folder, `${name}.skeletons`), 'utf8');
  const found = new Set([...text.matchAll(/^-- (\S+)\/[^/\s]+ --$/gm)].map(([, path]) => path));
  return [...found].filter((path) => !isInternal(path) || wanted.includes(path)).sort();
}

if (process.argv[1] === import.meta.filename) await scripted(buildStd);
