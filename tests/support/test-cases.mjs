// The archives of tests/go/test: modules whose tests `millrace test` runs as `go test ./...` does.
//
//   NAME.txtar    the files; a line `// flags: ...` in its go.mod is for the command line
//   NAME.out, .err, .status   what the reference printed, made comparable (comparableTest)
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../web/dev/terminal.mjs';

export const testFolder = join(root, 'tests/go/test');

/** { name, folder, archive (a path), flags }: as goldenOrNull wants it. */
export function testCases() {
  return readdirSync(testFolder)
    .filter((entry) => entry.endsWith('.txtar'))
    .map((entry) => {
      const archive = join(testFolder, entry);
      const flags = /^\/\/ flags: (.+)$/m.exec(readFileSync(archive, 'utf8'))?.[1] ?? '';
      return { name: entry.slice(0, -'.txtar'.length), folder: testFolder, archive, flags: flags.split(' ').filter(Boolean) };
    });
}

/** Golden files whose archive is gone. */
export function testOrphans() {
  const names = new Set(testCases().map(({ name }) => name));
  return readdirSync(testFolder).filter((entry) => !names.has(entry.replace(/\.(txtar|out|err|status)$/, '')));
}

/** Writes { NAME: TEXT } into a folder, where names have the sub-folders. */
export function writeFiles(folder, files) {
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

/** Writes an archive's files into a folder. */
export function unpackInto(folder, archive) {
  const parts = readFileSync(archive, 'utf8').split(/^-- (\S+) --\n/m);
  for (let i = 1; i < parts.length; i += 2) writeFiles(folder, { [parts[i]]: parts[i + 1] });
}

/** Events of -json: each package's in their order, one package after the other. */
function comparableEvents(text) {
  const about = (line) => /"(?:Package|ImportPath)":"([^" ]*)/.exec(line)?.[1] ?? '';
  const lines = text.split('\n').filter(Boolean);
  const packages = [...new Set(lines.map(about))].sort();
  return packages
    .flatMap((path) => lines.filter((line) => about(line) === path))
    .map((line) => line.replace(/"Time":"[^"]*",/, '').replace(/"Elapsed":[\d.]+/, '"Elapsed":…').replace(/\d+\.\d+s/g, '…s'))
    .map((line) => `${line}\n`)
    .join('');
}

/**
 * What tests print without what differs from run to run: times, addresses, counts of what a benchmark managed, and of traces
 * all but the functions and lines of the tests themselves.
 */
export function comparableTest(text, folder = '') {
  if (text.startsWith('{"')) return comparableEvents(text);
  const lines = (folder === '' ? text : text.replaceAll(`${folder}/`, '')).split('\n');
  const kept = [];
  let hasTrace = false;
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i];
    if (line.startsWith('cpu: ')) continue;
    const isEnd = /^(FAIL|ok|\?)( |\t|$)/;
    if (isEnd.test(line)) {
      while (hasTrace && kept.at(-1) === '') kept.pop();
      hasTrace = false;
    }
    if (/^goroutine \d+ .*\[/.test(line)) {
      if (!hasTrace) {
        kept.push('goroutine N [running]:');
        hasTrace = true;
        continue;
      }
      // Of several goroutines it depends on the runtime which there are.
      while (i + 1 < lines.length && !isEnd.test(lines[i + 1])) i++;
    } else if (lines[i + 1]?.startsWith('\t') && /^(created by )?[\w./*()]+[\w.*()]*\(|^created by /.test(line) && /:\d+( \+0x|$)/.test(lines[i + 1])) {
      i++;
      if (/^(created by )?(testing|runtime|internal|panic|main|os|sync|time)\b/.test(line)) continue;
      kept.push(`${line.replace(/\(.*$/, '(...)')} ${lines[i].replace(/^\t(?:.*\/)?([^/]+:\d+).*$/, '$1')}`);
    } else if (!line.startsWith('[signal ')) kept.push(line);
  }
  return kept
    .join('\n')
    .replace(/\b\d+(\.\d+)?(s|ms|µs)\b/g, '…s')
    .replace(/^goos: .*\ngoarch: .*$/gm, 'goos: …\ngoarch: …')
    .replace(/^(Benchmark\S*)(\s+\d+\s.*)$/gm, (_, name, rest) => `${name} ${rest.trim().replace(/[\d.]+ (?!words)(\S+)/g, '… $1').replace(/\s+/g, ' ')}`);
}
