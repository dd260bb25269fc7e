// `npm run soak`: everything at once for ten minutes (tests/soak/mix.go), in turn with two workers, eight, one, and on a
// page's single one. In the end nobody may have leaked.
//
//   npm run soak -- [--minutes N]
//
// Each run says its seed, with which `millrace run tests/soak/mix.go -- -seed N` makes the same choices.
import { build } from '../../web/dev/build.mjs';
import { Stop, attempt, say, scripted } from '../../web/dev/terminal.mjs';

const ways = [['--procs', '2'], ['--procs', '8'], ['--procs', '1'], ['--single']];

/** How many ways passed and failed. Needs engine, compiler, std and js. */
export async function soak(minutes) {
  let passed = 0;
  for (const way of ways) {
    say(`Soak, ${way.join(' ')}`);
    const duration = `${Math.ceil((minutes * 60) / ways.length)}s`;
    const command = ['web/cli/bin.mjs', 'run', '--leaks', ...way, 'tests/soak/mix.go', '--', '-for', duration];
    if ((await attempt(process.execPath, command)) === 0) passed++;
  }
  return { passed, failed: ways.length - passed };
}

function minutesOf(flags) {
  const minutes = flags.length === 0 ? 10 : flags[0] === '--minutes' && flags.length === 2 ? Number(flags[1]) : NaN;
  if (!(minutes > 0)) throw new Stop('npm run soak -- [--minutes N]');
  return minutes;
}

if (process.argv[1] === import.meta.filename) {
  await scripted(async () => {
    const minutes = minutesOf(process.argv.slice(2));
    await build(['engine', 'compiler', 'std', 'js']);
    return (await soak(minutes)).failed === 0 ? 0 : 1;
  });
}
