// What of the machine a program sees: folders, the environment, the local time zone.
import { constants, existsSync, fstatSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { Mount, Outside } from '../host/api.ts';
import { UsageError, type Place } from './arguments.ts';
import { builtFile } from './built-files.ts';
import type { Start } from './sources.ts';

/** Throws UsageError if a folder is not there. */
export function outsideOf({ dirs, env }: Place, { folder, copied, files, buildInfo }: Start): Outside {
  const copies: Mount[] = copied === undefined ? [] : [{ host: copied, guest: copied, access: 'copied' }];
  const given = dirs.map(({ host, guest, readOnly }): Mount => {
    const stats = statSync(host, { throwIfNoEntry: false });
    if (!stats) throw new UsageError(`--dir ${host}: no such file or directory`);
    if (!stats.isDirectory()) throw new UsageError(`--dir ${host}: not a directory`);
    return { host: resolve(host), guest: resolve(folder, guest), access: readOnly ? 'read' : 'written' };
  });
  return {
    environment: Object.entries({ ...process.env, TMPDIR: undefined, PWD: folder, ...variables(env) }).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name}=${value}`],
    ),
    folder,
    ...(files && { files }),
    mounts: [...copies, ...given],
    ...(hasLocalTime() && { zone: Intl.DateTimeFormat().resolvedOptions().timeZone }),
    zones: builtFile('zones.data').href,
    hostName: hostname(),
    ...(buildInfo && { buildInfo }),
    streamModes: [modeOf(0), modeOf(1), modeOf(2)],
  };
}

/** A stream that is closed is as good as /dev/null. */
function modeOf(fd: number): number {
  try {
    return fstatSync(fd).mode;
  } catch {
    return constants.S_IFCHR | 0o666;
  }
}

/** As Go finds it on a Unix: where neither is there, local time is UTC, and is called so. */
const hasLocalTime = (): boolean => process.env['TZ'] !== undefined || existsSync('/etc/localtime');

/** Of the program's environment. */
export const variable = ({ env }: Place, name: string): string | undefined => variables(env)[name] ?? process.env[name];

const variables = (env: readonly string[]): Record<string, string> =>
  Object.fromEntries(env.map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]));
