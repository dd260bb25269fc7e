// The tests of a package as `go test` runs them: what their program is given, and what is printed around what it prints.

/** What the go command gives every test program, and how long it lets one run if nobody says. */
export const usualFlags = ['-test.paniconexit0', '-test.timeout=10m0s'] as const;

/** What is shown of what test programs print. */
export interface TestsShown {
  /** Of tests that pass, too. */
  all: boolean;
  /** As it comes, and not when it is known whether all is well. */
  atOnce: boolean;
  /** As it comes, and nobody looks at it: so it is where the command has but the package of its own folder to test. */
  unseen: boolean;
  /** The program marks the lines of package testing for who reads them (-test.v=test2json), and so do we if it cannot have. */
  marked?: boolean;
}

export type Print = (stream: 1 | 2, bytes: Uint8Array) => void;

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

export const printNoTests = (path: string, print: Print): void => print(1, encoded(`?   \t${path}\t[no test files]\n`));

/** The last line where several packages, or one by its name, were to be tested. */
export const printFailed = (print: Print): void => print(1, encoded('FAIL\n'));

/** What a test program is called: os.Args[0]. */
export const testProgramName = (path: string): string => `${path.split('/').at(-1)!}.test`;

/**
 * Tests a package: `run` runs its program, hands over what that prints, and gives its exit status. True if all is well. Rejects
 * as `run` does, when all that was printed has been shown.
 */
export async function testPackage(path: string, shown: TestsShown, run: (write: Print) => Promise<number>, print: Print): Promise<boolean> {
  const chunks: [1 | 2, Uint8Array][] = [];
  const began = performance.now();
  const showHeld = (): void => {
    if (!shown.atOnce) for (const [stream, bytes] of chunks) print(stream, bytes);
  };
  let status: number;
  try {
    status = await run((stream, bytes) => {
      if (shown.atOnce) print(stream, bytes);
      if (!shown.unseen) chunks.push([stream, bytes]);
    });
  } catch (error) {
    showHeld();
    throw error;
  }
  const took = `${((performance.now() - began) / 1000).toFixed(3)}s`;
  const isShown = status !== 0 || shown.all;
  if (isShown) showHeld();
  const lastByte = chunks.at(-1)?.[1].at(-1);
  if (lastByte !== undefined && lastByte !== 0x0a && isShown) print(1, encoded('\n'));
  if (status === 0) {
    print(1, encoded(`ok  \t${path}\t${took}${remarkOn(chunks)}\n`));
    return true;
  }
  print(1, encoded(`${chunks.length === 0 ? `exit status ${status}\n` : ''}${shown.marked ? '\x16' : ''}FAIL\t${path}\t${took}\n`));
  return false;
}

/** What a test program has warned of is repeated behind its line, because that may be all that is shown. */
function remarkOn(chunks: readonly (readonly [1 | 2, Uint8Array])[]): string {
  const decoder = new TextDecoder();
  const output = chunks.map(([, bytes]) => decoder.decode(bytes, { stream: true })).join('');
  for (const what of ['tests to run', 'fuzz tests to fuzz']) {
    if (`\n${output}`.includes(`\ntesting: warning: no ${what}\n`)) return ` [no ${what}]`;
  }
  return '';
}
