// The page's examples: those programs of tests/go/run whose first line is a header
//
//   // SECTION GROUP: TITLE          // 3.2.1 WaitGroup: Wait for all of them
//
// SECTION orders the menu and is the book's (a number without a dot only orders, and is not shown); GROUP heads a part of
// the menu; TITLE names the program. Programs without a header are tests only. Within a section the order is that of the
// file names. Lines that instruct the test runner (`// varies: ...`) are not shown; programs that do not work yet
// (`// today: ...`) are left out.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const header = /^\/\/ (\d+(?:\.\d+)*) ([^:]+): (.+)$/;

/** { section, group, title }, or null when the program is no example. */
export function headerOfOrNull(source) {
  const match = header.exec(source.slice(0, source.indexOf('\n')));
  return match && { section: match[1], group: match[2].trim(), title: match[3].trim() };
}

const bySection = (a, b) => a.section.localeCompare(b.section, 'en', { numeric: true });

export function readExamples(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.go'))
    .sort()
    .flatMap((file) => {
      const source = readFileSync(join(folder, file), 'utf8');
      const found = headerOfOrNull(source);
      if (!found || /^\/\/ today: /m.test(source)) return [];
      return [{ name: basename(file, '.go'), ...found, source: source.replace(/^\/\/ varies: .*\n/gm, '') }];
    })
    .sort(bySection);
}

/** Serves `virtual:examples`. */
export function examplesPlugin(folder) {
  const id = 'virtual:examples';
  return {
    name: 'millrace-examples',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (loaded) => (loaded === `\0${id}` ? `export const examples = ${JSON.stringify(readExamples(folder))};` : null),
  };
}
