// The Go programs of tests/go once more, while what the runtime does now and then is done all the time: stealing, leaving at
// polls, collecting, marking with the world stopped, cutting stacks; with as many workers as may be. What they print must be the
// same.
//
//   npm run stress                      each program in every way: an hour
//   npm run stress -- PROGRAM...        some programs in every way
//   npm run stress -- --turn N          a third of the programs in one way each, others for each N
//
// Collecting means a whole collection at each poll: programs that compute for long, and so poll very often, are spared it.
import { scripted } from '../../web/dev/terminal.mjs';
import { runGoPrograms } from './go-programs.mjs';

// The engine's StressBits (runtime/abi/host.h).
const [collect, poll, steal, stop, stack] = [1, 2, 4, 8, 16];
const costs = collect | poll;
const ways = {
  steal,
  poll,
  collect,
  'collect, world stopped': collect | stop,
  'cut stacks': stack,
  everything: collect | poll | steal | stack,
};

const variants = [
  ...[1, 2, 8, 16].flatMap((procs) =>
    Object.entries(ways).map(([name, stress]) => ({ name: `${name}, ${procs} workers`, mode: 'threads', procs, stress, costs })),
  ),
  { name: 'everything, single', mode: 'single', procs: 1, stress: collect | poll | stack, costs },
];

/** Programs that found most: queues that overflow, locks, panics in deep stacks, coroutines, the collector. */
const telling = ['15-ten-thousand', 'sync-stress', 'panic-values', 'callers', 'pull-goroutines', 'timers-collected', 'deadlock-traces'];

/** For `npm test`: those, in the ways that differ most. */
export function stressShortly() {
  const chosen = variants.filter(({ name }) => ['steal, 2 workers', 'everything, 2 workers', 'everything, 16 workers', 'everything, single'].includes(name));
  return runGoPrograms(telling, () => chosen);
}

/** A third of the programs, in one way each. */
function stressInTurn(turn) {
  console.log(`turn ${turn}: npm run stress -- --turn ${turn}`);
  // A number that has no divisor in common with how many variants there are, so that neighbours get different ones.
  return runGoPrograms([], (number) => (number % 3 === turn % 3 ? [variants[(number * 7 + turn) % variants.length]] : []));
}

if (process.argv[1] === import.meta.filename) {
  await scripted(async () => {
    const args = process.argv.slice(2);
    const { passed, failed } = args[0] === '--turn' ? await stressInTurn(Number(args[1])) : await runGoPrograms(args, () => variants);
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed > 0 ? 1 : 0);
  });
}
