#!/usr/bin/env node
// What `npx millrace` starts: the command itself is TypeScript, compiled by the build.
import { existsSync } from 'node:fs';

const built = new URL('../../build/js/web/cli/main.js', import.meta.url);
if (existsSync(built)) {
  const { main } = await import(built.href);
  await main(process.argv.slice(2));
} else {
  process.stderr.write('millrace: not built yet; `npm run build` in its folder does that\n');
  process.exitCode = 2;
}
