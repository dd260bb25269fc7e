// Reads what a Go test program prints with -test.v=test2json: its framing lines begin with the byte 0x16, wherever they stand.
//
//   ^V=== RUN   TestX/sub        also PAUSE, CONT and NAME: what follows is of this test
//   ^V--- FAIL: TestX (0.00s)    also PASS and SKIP; what an example printed wrongly follows

const marker = '\x16';
const framing = /^(?:=== (RUN|PAUSE|CONT|NAME)|--- (PASS|FAIL|SKIP):) +(\S*)/;
const verdicts = { PASS: 'passed', FAIL: 'failed', SKIP: 'skipped' };

/** @typedef {{ verdict: 'passed' | 'failed' | 'skipped' | null, lines: string[] }} Outcome    null: it has not ended */

/**
 * By top-level test, in the order in which they began. `current`: which one the last lines are of.
 * @returns {{ outcomes: Map<string, Outcome>, current: string | null, lines: string[] }} `lines`: of no test
 */
export function readTestOutput(text) {
  const outcomes = new Map();
  const lines = [];
  let current = null;
  const of = (name) => outcomes.get(name) ?? outcomes.set(name, { verdict: null, lines: [] }).get(name);
  for (const part of text.replaceAll(marker, `\n${marker}`).split('\n')) {
    const match = part.startsWith(marker) ? framing.exec(part.slice(1)) : null;
    if (match === null) {
      if (part.trim() !== '') (current === null ? lines : of(current).lines).push(part);
      continue;
    }
    const [, , verdict, name] = match;
    current = name.split('/')[0] || null;
    if (current === null) continue; // NAME without one: what follows is of no test
    if (verdict && name === current) of(name).verdict = verdicts[verdict];
    else of(current);
  }
  return { outcomes, current, lines };
}

/** What a test program that ran out of time says was running: top-level tests. */
export function runningTests(text) {
  const list = /^panic: test timed out after .*\n\s*running tests:\n((?:\s+\S+ \(.*\)\n)+)/m.exec(text)?.[1] ?? '';
  return [...new Set([...list.matchAll(/^\s+([^\s/]+)\S* \(/gm)].map(([, name]) => name))];
}

/** The lines of a failed test that say why, shortened. */
export function whyItFailed(lines, most = 4) {
  const crash = lines.findIndex((line) => /^(panic|fatal error|unexpected fault|\[?signal )/.test(line.trim()));
  const told = crash >= 0 ? lines.slice(crash) : lines;
  const shown = told.slice(0, most).map((line) => line.trim().slice(0, 240));
  return [...shown, ...(told.length > most ? [`… ${told.length - most} more lines`] : [])];
}

/** What a skipped test says of it, without where it stands. */
export const whySkipped = (lines) => lines.at(-1)?.trim().replace(/^\S+\.go:\d+: /, '') ?? 'says no reason';
