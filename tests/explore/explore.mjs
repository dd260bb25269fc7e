// The explorer over all its scenarios, and its mutants, in each of which it must find the fault that was put there and find it
// again by the decisions that it has printed.
//
//   npm run explore                  a minute for each scenario
//   npm run explore -- ARGUMENT...   those of the explorer itself (tests/explore/main.cpp)
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildNative } from '../../web/dev/build-native.mjs';
import { attempt, scripted } from '../../web/dev/terminal.mjs';

/** Which scenarios show it. */
const mutants = {
  unwound: ['unbuffered', 'select-receive'],
  woken: ['unbuffered', 'close'],
  semaphore: ['semaphore'],
  thief: ['steal'],
  select: ['select-receive', 'select-close'],
  lock: ['two-senders', 'unbuffered'],
  asleep: ['run-deadlock', 'run-unbuffered'],
};

/** For a step of npm test: { passed, failed, failures }. */
export async function explore(args = []) {
  const folder = join(await buildNative('', ['explorers']), 'tests/explore');
  const failures = [];
  let passed = 0;
  const judge = (what, well) => (well ? passed++ : failures.push(what));
  judge('explore: an interleaving goes wrong', (await attempt(join(folder, 'explore'), args)) === 0);
  for (const [mutant, scenarios] of Object.entries(mutants)) {
    const program = join(folder, `explore-${mutant}`);
    const found = spawnSync(program, [...scenarios, '--seconds', '20'], { encoding: 'utf8' });
    const [, fault] = /^\S+ .* s: (?!well$)(.*)$/m.exec(found.stdout) ?? [];
    const [, scenario, decisions] = /^ {4}explore (\S+) --replay "(.*)"$/m.exec(found.stdout) ?? [];
    const again = scenario ? spawnSync(program, [scenario, '--replay', decisions], { encoding: 'utf8' }).stdout : '';
    console.log(`fault '${mutant}': ${fault ? `${scenario}: ${fault}` : 'not found'}`);
    judge(`the fault '${mutant}' is not found`, found.status === 1 && fault);
    judge(`the fault '${mutant}' does not come again: ${again}`, fault && again.includes(fault));
  }
  return { passed, failed: failures.length, failures };
}

if (process.argv[1] === import.meta.filename) {
  await scripted(async () => {
    const args = process.argv.slice(2);
    if (args.length === 0) return (await explore(['--seconds', '60'])).failed > 0 ? 1 : 0;
    return await attempt(join(await buildNative('', ['explore']), 'tests/explore/explore'), args);
  });
}
