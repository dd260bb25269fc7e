// The edits that make another version of a text, few and small: what they leave alone keeps its cursors and marks. Made for
// formatters, which change white space everywhere and little else. Lines are paired by what they say without white space
// (Myers, "An O(ND) difference algorithm"); inside a pair, and in what has no partner, only white space is replaced as far as
// the rest is the same.

/** Offsets in the text before. */
export interface TextEdit {
  from: number;
  to: number;
  insert: string;
}

/** More lines without partner, and texts are taken for different. */
const mostUnpaired = 400;

/** In the order of the text, none touching another's range. */
export function editsBetween(before: string, after: string): TextEdit[] {
  const old = linesOf(before);
  const fresh = linesOf(after);
  const edits: TextEdit[] = [];
  let [i, j] = [0, 0];
  const goTo = (nextI: number, nextJ: number): void => {
    edits.push(...spaceEdits(old.starts[i]!, before.slice(old.starts[i], old.starts[nextI]), after.slice(fresh.starts[j], fresh.starts[nextJ])));
    [i, j] = [nextI, nextJ];
  };
  for (const [pairedI, pairedJ] of pairs(old.keys, fresh.keys)) {
    if (pairedI > i || pairedJ > j) goTo(pairedI, pairedJ);
    goTo(pairedI + 1, pairedJ + 1);
  }
  goTo(old.keys.length, fresh.keys.length);
  return edits;
}

/** Where lines begin, with the end of the text behind them, and what they say without white space. */
function linesOf(text: string): { starts: number[]; keys: string[] } {
  const starts = [0];
  for (let at = text.indexOf('\n') + 1; at > 0 && at < text.length; at = text.indexOf('\n', at) + 1) starts.push(at);
  const keys = starts.map((start, i) => text.slice(start, starts[i + 1]).replace(/\s+/g, ''));
  return { starts: [...starts, text.length], keys };
}

/** Indexes of equal lines, ascending on both sides. */
function pairs(old: readonly string[], fresh: readonly string[]): [number, number][] {
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < fresh.length - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail++;
  const found: [number, number][] = [];
  for (let i = 0; i < head; i++) found.push([i, i]);
  for (const [i, j] of pairsByMyers(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail))) found.push([i + head, j + head]);
  for (let k = tail; k > 0; k--) found.push([old.length - k, fresh.length - k]);
  return found;
}

/** None if more than mostUnpaired lines would be left over. */
function pairsByMyers(old: readonly string[], fresh: readonly string[]): [number, number][] {
  // reach[k]: how far in `old` a path of `cost` unpaired lines gets on the diagonal where i - j = k.
  let reach = new Map<number, number>([[1, 0]]);
  const steps: Map<number, number>[] = [];
  for (let cost = 0; cost <= mostUnpaired; cost++) {
    steps.push(reach);
    reach = new Map(reach);
    for (let k = -cost; k <= cost; k += 2) {
      const isDown = k === -cost || (k !== cost && reach.get(k - 1)! < reach.get(k + 1)!);
      let i = isDown ? reach.get(k + 1)! : reach.get(k - 1)! + 1;
      while (i < old.length && i - k < fresh.length && old[i] === fresh[i - k]) i++;
      reach.set(k, i);
      if (i >= old.length && i - k >= fresh.length) return wayBack(steps, old.length, fresh.length);
    }
  }
  return [];
}

function wayBack(steps: readonly Map<number, number>[], oldEnd: number, freshEnd: number): [number, number][] {
  const found: [number, number][] = [];
  let [i, j] = [oldEnd, freshEnd];
  for (let cost = steps.length - 1; cost >= 0; cost--) {
    const reach = steps[cost]!;
    const k = i - j;
    const isDown = k === -cost || (k !== cost && reach.get(k - 1)! < reach.get(k + 1)!);
    const fromI = cost === 0 ? 0 : reach.get(isDown ? k + 1 : k - 1)!;
    const fromJ = cost === 0 ? 0 : fromI - (isDown ? k + 1 : k - 1);
    while (i > fromI && j > fromJ) found.push([--i, --j]);
    [i, j] = [fromI, fromJ];
  }
  return found.toReversed();
}

const space = /\s*/y;

function spaceAt(text: string, at: number): string {
  space.lastIndex = at;
  return space.exec(text)![0];
}

/** Of two pieces of text: white space where it differs; from where anything else does, the rest. `offset`: where `old` begins. */
function spaceEdits(offset: number, old: string, fresh: string): TextEdit[] {
  const edits: TextEdit[] = [];
  const replace = (from: number, removed: string, insert: string): void => {
    if (removed === insert) return;
    let head = 0;
    while (head < removed.length && head < insert.length && removed[head] === insert[head]) head++;
    let tail = 0;
    while (tail < removed.length - head && tail < insert.length - head && removed.at(-1 - tail) === insert.at(-1 - tail)) tail++;
    edits.push({ from: offset + from + head, to: offset + from + removed.length - tail, insert: insert.slice(head, insert.length - tail) });
  };
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const [oldSpace, freshSpace] = [spaceAt(old, i), spaceAt(fresh, j)];
    replace(i, oldSpace, freshSpace);
    i += oldSpace.length;
    j += freshSpace.length;
    const from = i;
    while (i < old.length && old[i] === fresh[j] && !/\s/.test(old[i]!)) i++, j++;
    if (i > from || (i === old.length && j === fresh.length)) continue;
    replace(i, old.slice(i), fresh.slice(j));
    break;
  }
  return edits;
}
