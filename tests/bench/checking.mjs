// How fast the native compiler reads and checks: the whole standard library, from its sources, on one core.
import { mkdirSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildNative } from '../../web/dev/build-native.mjs';
import { Stop, bold, root } from '../../web/dev/terminal.mjs';
import { referenceOrNull } from '../../web/dev/tools.mjs';
import { row, verdict } from './table.mjs';

const leastLines = 500_000; // a second
const rounds = 5;

/** The library for js/wasm as bench-checking reads it: each package after those it imports. */
const listed = `package {{.ImportPath}}{{range .GoFiles}}
file {{$.Dir}}/{{.}}{{end}}{{range $from, $to := .ImportMap}}
map {{$from}} {{$to}}{{end}}`;

function textOf(command, args, env = process.env) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 24, env });
  if (status !== 0) throw new Stop(`${command} ${args[0]} failed: ${stderr.slice(0, 500)}`);
  return stdout;
}

export async function checking() {
  console.log(`\n${bold('Parsing and checking the standard library')}, best of ${rounds}`);
  if (!referenceOrNull()) return console.log('not run: its sources come with the go command, which is not on this machine');
  const program = join(await buildNative('', ['bench-checking']), 'tests/unit/bench-checking');
  const list = join(root, 'build/bench/library.txt');
  mkdirSync(join(root, 'build/bench'), { recursive: true });
  writeFileSync(list, textOf('go', ['list', '-deps', '-f', listed, 'std'], { ...process.env, GOOS: 'js', GOARCH: 'wasm', CGO_ENABLED: '0' }));
  const said = textOf(program, [list, String(rounds)]);
  const times = [...said.matchAll(/^(\d+) packages, (\d+) lines, .* parsing (\d+) ms, checking (\d+) ms: (\d+) lines\/s$/gm)];
  if (times.length !== rounds) throw new Stop(`the library does not check: ${said.slice(0, 500)}`);
  const [, packages, lines, parsing, checked, speed] = times.reduce((best, one) => (Number(one[5]) > Number(best[5]) ? one : best));
  row('', 'packages', 'lines', 'parsing, ms', 'checking, ms', 'lines/s');
  row('', packages, lines, parsing, checked, speed, verdict(Number(speed) >= leastLines, `at least ${leastLines}`));
}
