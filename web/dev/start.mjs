// `npm start`: sets up, builds what has changed, serves the page.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, servedParts } from './build.mjs';
import { listen, siteServer } from './serve.mjs';
import { setUp } from './setup.mjs';
import { Stop, bold, root, scripted } from './terminal.mjs';

const help = `npm start -- [options]

Installs what is missing, builds what has changed, and serves the page.

  --port N   serve at this port; without it at 8080, or the next one that is free
  --help     print this
`;

function options() {
  try {
    const { values } = parseArgs({ options: { port: { type: 'string' }, help: { type: 'boolean' } } });
    if (values.port !== undefined && !(/^\d{1,5}$/.test(values.port) && Number(values.port) <= 65535)) {
      throw new Error(`--port wants a number up to 65535, not '${values.port}'`);
    }
    return values;
  } catch (error) {
    throw new Stop(`${error.message.split('\n')[0]}\n\n${help}`);
  }
}

await scripted(async () => {
  const { port, help: wantsHelp } = options();
  if (wantsHelp) return void console.log(help);
  await setUp('build');
  await build(servedParts);
  const server = siteServer(join(root, 'build/site'));
  let taken;
  try {
    taken = await listen(server, Number(port ?? 8080), { search: port === undefined });
  } catch (error) {
    throw new Stop(`Port ${port ?? 8080} cannot be used: ${error.code === 'EADDRINUSE' ? 'something else has it' : error.message}`);
  }
  console.log(`\nMillrace is at ${bold(`http://localhost:${taken}/`)}   (Ctrl-C ends it)`);
});
