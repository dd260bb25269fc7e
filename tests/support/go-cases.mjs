// The Go programs of tests/go as test cases, and what is expected of them. A case is NAME.go or a folder NAME/ of Go files.
//
//   tests/go/{run,panics,limits,bugs,library}   programs that are run
//     NAME.out      standard output, as the reference `go` printed it
//     NAME.err      standard error, when there is any: traces made comparable (normaliseTrace)
//     NAME.status   exit status, when it is not 0
//     NAME.in       standard input, written by hand
//     in the program, a line `// varies: REGEX`: what matches is replaced by … before outputs are compared
//     in the program, a line `// reference: wasm`: the reference is Go's own port to js/wasm, where floats are computed as here
//     in the program, a line `// stack: deep`: not for the Asyncify pass, which cannot cut stacks, nor tell where they are,
//                   nor what of them is needed
//     in the program, a line `// today: REGEX`: it does not work yet. Until it does, what it ends with must match, and the
//     day it prints what the reference prints this line must go
//   tests/go/errors                     programs that do not compile
//     NAME.err      what the reference says, all of it
//     in the program, `// ERROR "REGEX" ...`: each error of this line
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../web/dev/terminal.mjs';

export const runRooms = ['run', 'panics', 'limits', 'bugs', 'library'];
export const errorRoom = 'errors';

const goldenSuffixes = ['.out', '.err', '.status', '.in'];

/** All cases of a room: { name, folder, path, files (paths from `folder`) }. */
export function casesOf(room) {
  const folder = join(root, 'tests/go', room);
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder).sort();
  return entries.flatMap((entry) => {
    const path = join(folder, entry);
    if (entry.endsWith('.go')) return [{ name: entry.slice(0, -3), room, folder, files: [entry] }];
    if (!statSync(path).isDirectory()) return [];
    const files = readdirSync(path).filter((file) => file.endsWith('.go')).sort();
    return files.length > 0 ? [{ name: entry, room, folder, files: files.map((file) => `${entry}/${file}`) }] : [];
  });
}

/** Golden files whose program is gone. */
export function orphansOf(room) {
  const folder = join(root, 'tests/go', room);
  if (!existsSync(folder)) return [];
  const names = new Set(casesOf(room).map(({ name }) => name));
  return readdirSync(folder).filter((entry) => {
    const suffix = goldenSuffixes.find((known) => entry.endsWith(known));
    return suffix && !names.has(entry.slice(0, -suffix.length));
  });
}

export const sourceOf = (test) => test.files.map((file) => readFileSync(join(test.folder, file), 'utf8')).join('\n');

export function goldenOrNull(test, suffix) {
  const path = join(test.folder, test.name + suffix);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

/** A function that blanks what legitimately differs from run to run. */
export function variation(source) {
  const patterns = [...source.matchAll(/^\/\/ varies: (.+)$/gm)].map((match) => new RegExp(match[1], 'g'));
  return (text) => patterns.reduce((rest, pattern) => rest.replace(pattern, '…'), text);
}

/** Does a program need more than the engine's own stack? */
export const isDeep = (source) => /^\/\/ stack: deep$/m.test(source);

/** Is the reference Go's own port to js/wasm? */
export const isOfWasm = (source) => /^\/\/ reference: wasm$/m.test(source);

/** What a program that does not work yet ends with, as a regular expression. */
export function todayOrNull(source) {
  const match = /^\/\/ today: (.+)$/m.exec(source);
  return match && new RegExp(match[1]);
}

/** Traces without their frames: of programs whose code is not as our tables say. */
export const withoutFrames = (text) => text.replace(/^(?:(?:created by )?main\.|panic\().*\n\t.*\n|^\.\.\.N frames elided\.\.\.\n/gm, '');

/**
 * Standard error with traces reduced to what a reader relies on and two runtimes can agree on: functions and lines of the
 * program itself and where panics run deferred calls, no arguments, no offsets, no numbers of goroutines but the first, other goroutines in a fixed order.
 */
export function normaliseTrace(text) {
  const ours = text.replace(/^\[signal .*\]\n|^runtime: sp=.*\n|^runtime stack:\n(?:.+\n)*\n/gm, '');
  const blocks = ours.split(/\n(?=goroutine \d+ )/);
  const traces = blocks
    .map((block) => (/^goroutine \d+ /.test(block) ? normaliseGoroutine(block) : block))
    // After a fatal error of the runtime's own Go shows its own goroutines too.
    .filter((trace) => !/^goroutine N \[(?:runnable|sleep|force gc|GC worker|GC sweep|GC scavenge|finalizer|cleanup|GOMAXPROCS)[^\]]*\]:\n*$/.test(trace));
  const [head, first, ...others] = traces;
  return [head, ...(first === undefined ? [] : [first]), ...others.sort()].join('\n');
}

function normaliseGoroutine(block) {
  const [heading, ...lines] = block.split('\n');
  const kept = [];
  for (let i = 0; i < lines.length; i++) {
    if (!lines[i + 1]?.startsWith('\t')) {
      if (!/^exit status \d+$/.test(lines[i])) kept.push(lines[i]);
      continue;
    }
    const [frame, place] = [lines[i], lines[++i]];
    // Where panics run deferred calls; what is above the first one in Go is its runtime.
    const panics = frame.startsWith('panic(') && kept.length > 0;
    if (panics) kept.push('panic(...)', '\tpanic.go');
    if (!/^(created by )?main\./.test(frame) || place.startsWith('\t<autogenerated>')) continue;
    kept.push(
      frame.replace(/\((?:[^()]|\([^()]*\))*\)$/, '(...)').replace(/in goroutine (\d+)$/, (_, id) => `in goroutine ${number(id)}`),
      place.replace(/^\t.*\//, '\t').replace(/ \+0x[0-9a-f]+.*$/, ''),
    );
  }
  const state = heading
    .replace(/^goroutine (\d+) /, (_, id) => `goroutine ${number(id)} `)
    .replace(/ gp=.*(?= \[)/, '')
    .replace(/, \d+ minutes/, '');
  return [state, ...withoutElided(kept)].join('\n');
}

/** Of a stack that was too deep to be shown whole: which frames there are. Which one is the innermost is for chance to say. */
function withoutElided(lines) {
  const at = lines.findIndex((line) => /^\.\.\.(?:\d+|additional) frames elided\.\.\.$/.test(line));
  if (at < 0) return lines;
  const frames = new Set();
  const others = [];
  for (let i = 0; i < lines.length; i++) {
    if (lines[i + 1]?.startsWith('\t')) frames.add(`${lines[i]}\n${lines[++i]}`);
    else if (i !== at) others.push(lines[i]);
  }
  return [...[...frames].sort(), '...N frames elided...', ...others];
}

const number = (id) => (id === '1' ? '1' : 'N');

// --------------------------------------------------------------------------------------------------------------- errors

/** As the go command shows a file of a case: files of a folder without `./`. */
export const shownName = (file) => (file.includes('/') ? file : `./${file}`);

/** `./NAME.go:L:C: message` lines from the reference, without what names its place on this machine. */
export const normaliseErrors = (text) =>
  text
    .replace(/^# .*\n/gm, '')
    .replace(/^(\w[\w.-]*\.go:)/gm, './$1') // faults of the head come without
    .replace(/(package \S+ is not in std) \(.*\)$/gm, '$1')
    .replace(/^(found packages .*) in .*$/gm, '$1');

/** Compares diagnostics (lines of text) with the `// ERROR` comments of a case; the faults found. */
export function compareWithComments(test, diagnostics) {
  const faults = [];
  const wanted = new Map();
  for (const file of test.files) {
    readFileSync(join(test.folder, file), 'utf8')
      .split('\n')
      .forEach((line, index) => {
        const comment = /\/\/ ERROR (.*)$/.exec(line);
        if (!comment) return;
        const patterns = [...comment[1].matchAll(/"((?:[^"\\]|\\.)*)"|`([^`]*)`/g)].map((match) => new RegExp(match[1] ?? match[2]));
        if (patterns.length === 0) faults.push(`${file}:${index + 1}: an ERROR comment without a pattern in quotes`);
        wanted.set(`${shownName(file)}:${index + 1}`, patterns);
      });
  }
  for (const diagnostic of diagnostics) {
    const [, place, message] = /^(.*?:\d+)(?::\d+)?: (.*)$/s.exec(diagnostic) ?? [];
    if (!place) continue; // of the program as a whole: the golden file tells
    const patterns = wanted.get(place);
    const at = patterns?.findIndex((pattern) => pattern.test(message)) ?? -1;
    if (at < 0) faults.push(`unexpected: ${diagnostic}`);
    else patterns.splice(at, 1);
  }
  for (const [place, patterns] of wanted) {
    for (const pattern of patterns) faults.push(`missing: ${place}: ${pattern}`);
  }
  return faults;
}

/** Diagnostics from text: a line that begins with a tab goes on the one before. */
export const splitDiagnostics = (text) => text.split(/\n(?!\t)/).filter((line) => line !== '');
