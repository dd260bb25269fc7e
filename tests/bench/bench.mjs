// `npm run bench`: how fast Millrace is, beside native Go and Go's own js/wasm port where the `go` command is there.
//
//   npm run bench                  everything
//   npm run bench -- PART...       parts, or single mechanisms by name
//
//   mechanisms   one program per mechanism (mechanisms.mjs); add a program and a line there
//   checking     lines a second, parsed and checked                   (checking.mjs)
//   growth       whether the compiler's time grows as programs do     (growth.mjs)
//   sizes        what is downloaded, Brotli                           (startup.mjs)
//   page         from Run to the first output, in the warm page       (startup.mjs)
//   command      from the shell to the first output, all of it cold   (startup.mjs)
//
// Figures of a machine that does something else at the same time say little: the head of the report tells its load.
import { cpus, loadavg } from 'node:os';
import { build, servedParts } from '../../web/dev/build.mjs';
import { setUp } from '../../web/dev/setup.mjs';
import { Stop, dim, outputOrNull, red, scripted } from '../../web/dev/terminal.mjs';
import { checking } from './checking.mjs';
import { growth } from './growth.mjs';
import { mechanisms, runMechanisms } from './mechanisms.mjs';
import { commandStart, downloadSizes, pageStart } from './startup.mjs';

const parts = {
  mechanisms: () => runMechanisms(mechanisms),
  checking,
  growth,
  sizes: downloadSizes,
  page: pageStart,
  command: commandStart,
};

function chosen(names) {
  const single = mechanisms.filter(({ name }) => names.includes(name));
  const unknown = names.find((name) => !Object.hasOwn(parts, name) && !single.some((one) => one.name === name));
  if (unknown) {
    throw new Stop(`nothing called '${unknown}'; there are: ${[...Object.keys(parts), ...mechanisms.map(({ name }) => name)].join(', ')}`);
  }
  const work = Object.keys(parts).filter((name) => names.length === 0 || names.includes(name));
  return [
    ...(single.length > 0 && !work.includes('mechanisms') ? [() => runMechanisms(single)] : []),
    ...work.map((name) => parts[name]),
  ];
}

await scripted(async () => {
  const work = chosen(process.argv.slice(2));
  await setUp('test');
  await build(servedParts);
  const [load] = loadavg();
  console.log(`\n${cpus().length} cores, ${cpus()[0].model}; node ${process.versions.node}; ${outputOrNull('go', ['version'])?.trim() ?? 'no go command: no ratios'}`);
  console.log(load > 0.7 ? red(`load ${load.toFixed(1)}: something else is running here, figures are too high`) : dim(`load ${load.toFixed(1)}`));
  for (const part of work) await part();
});
