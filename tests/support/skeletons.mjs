// Makes skeletons of Go's own packages, compares what they declare with the sources, and has Go's own checker read them.
//
//   node tests/support/skeletons.mjs [PACKAGE...]
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, scripted } from '../../web/dev/terminal.mjs';

const packages = `
  archive/tar archive/zip bufio bytes cmp compress/bzip2 compress/flate compress/gzip compress/lzw compress/zlib
  container/heap container/list container/ring context crypto/aes crypto/cipher crypto/hmac crypto/md5 crypto/rand crypto/sha1
  crypto/sha256 crypto/sha512 encoding encoding/ascii85 encoding/asn1 encoding/base32 encoding/base64 encoding/binary
  encoding/csv encoding/gob encoding/hex encoding/json encoding/pem encoding/xml errors flag fmt go/ast go/build/constraint
  go/constant go/doc go/doc/comment go/format go/parser go/printer go/scanner go/token go/types go/version hash hash/adler32
  hash/crc32 hash/crc64 hash/fnv hash/maphash html html/template image image/color image/draw image/gif image/jpeg image/png
  index/suffixarray io io/fs io/ioutil iter log log/slog maps math math/big math/bits math/cmplx math/rand math/rand/v2 mime os
  path path/filepath reflect regexp regexp/syntax runtime runtime/debug slices sort strconv strings structs sync sync/atomic
  syscall testing testing/fstest testing/iotest testing/quick testing/synctest text/scanner text/tabwriter text/template
  text/template/parse time unicode unicode/utf16 unicode/utf8 unique weak`;

await scripted(() => {
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : packages.trim().split(/\s+/);
  const goroot = execFileSync('go', ['env', 'GOROOT'], { encoding: 'utf8' }).trim();
  const folder = mkdtempSync(join(tmpdir(), 'skeletons-'));
  try {
    const archive = join(folder, 'archive.txt');
    const run = (command, args) => spawnSync(command, args, { stdio: 'inherit' }).status;
    const compared = run(join(root, 'build/native/tests/unit/compare-skeletons'), ['--archive', archive, goroot, join(root, 'wasm/std'), ...wanted]);
    const checked = run('go', ['run', join(root, 'tests/support/skeletons/check.go'), archive]);
    return compared === 0 && checked === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
});
