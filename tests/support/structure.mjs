// Checks what keeps the house in order: which room may use which, that ARCHITECTURE.md speaks of things that exist, file
// lengths, first lines, and that nothing names the machine it was written on. Prints every fault with its reason.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join, normalize } from 'node:path';
import { root, scripted } from '../../web/dev/terminal.mjs';

const longestFile = 1200;

/** Written by a program: their length says nothing. */
const generated = /(^package-lock\.json|-tables\.cpp)$/;

const topLevel = ['wasm', 'web', 'runtime', 'tests', 'CMakeLists.txt', 'package.json', 'package-lock.json', 'tsconfig.json'];
const topLevelDocuments = ['README.md', 'ARCHITECTURE.md', 'LICENSE'];

/**
 * Rooms of C++ in their order: a room may include those before it. Rooms in one entry do not see each other. `foreign`:
 * what a house may see of the others.
 */
const houses = {
  runtime: {
    order: [['base'], ['abi'], ['host'], ['trace'], ['task'], ['gc'], ['sched'], ['lang'], ['sync'], ['edge', 'cpp']],
    foreign: [],
  },
  wasm: {
    order: [['syntax'], ['types'], ['ir'], ['build', 'lower', 'emit'], ['driver'], ['bind']],
    foreign: ['runtime/base', 'runtime/abi'],
  },
};

/** Rooms of TypeScript and what each may import besides itself. `node`: node's own modules; packages by name. */
const webRooms = {
  'web/host': { rooms: [], node: ['node-platform', 'node-files'], packages: [] },
  'web/elements': { rooms: ['web/host'], node: [], packages: ['lit', '@codemirror/', '@lezer/'] },
  'web/page': { rooms: ['web/host', 'web/elements'], node: [], packages: ['lit', 'virtual:digests', 'virtual:examples'] },
  'web/cli': { rooms: ['web/host'], node: ['*'], packages: [] },
  'web/dev': { rooms: [], node: ['*'], packages: ['vite', 'binaryen'] },
};

const faults = [];
let checked = 0;
const fault = (file, text) => faults.push(`${file}: ${text}`);

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((file) => file && existsSync(join(root, file)));
const read = (file) => readFileSync(join(root, file), 'utf8');
const isText = (file) => /\.(ts|mjs|js|css|html|json|md|h|cpp|def|go|txt|cmake|sh|out|err|status)$|^[^.]+$/.test(file);

// ----------------------------------------------------------------------------------------------------------------- rooms

function roomOf(house, path) {
  const room = path.split('/')[1];
  return houses[house].order.findIndex((rooms) => rooms.includes(room));
}

function checkIncludes(file) {
  const house = file.split('/')[0];
  if (!houses[house] || file.split('/').length < 3) return;
  const own = roomOf(house, file);
  const room = file.split('/')[1];
  if (room === 'std' || room === 'testdata') return;
  if (own < 0) return fault(file, `the room ${house}/${room} is not in the order (tests/support/structure.mjs)`);
  for (const [, included] of read(file).matchAll(/^\s*#\s*include\s+"((?:runtime|wasm)\/[^"]+)"/gm)) {
    const [otherHouse, otherRoom] = included.split('/');
    if (otherHouse !== house) {
      const allowed = houses[house].foreign.some((path) => included.startsWith(`${path}/`));
      if (!allowed) fault(file, `includes ${included}: ${house}/ may see ${houses[house].foreign.join(' and ') || 'nothing'} there`);
      continue;
    }
    const other = roomOf(house, included);
    if (other > own || (other === own && otherRoom !== room)) {
      fault(file, `includes ${included}: ${house}/${room} stands before ${house}/${otherRoom}`);
    }
  }
}

const importPattern = /^\s*(?:import|export)\b[^'";]*?\bfrom\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\('([^']+)'\)|new URL\('(\.[^']+\.ts)'/gm;
const importsOf = (file) => [...read(file).matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? match[3] ?? match[4]);

function checkImports(file) {
  const room = file.split('/').slice(0, 2).join('/');
  const rules = webRooms[room];
  if (!rules) return fault(file, `the room ${room} is not known (tests/support/structure.mjs)`);
  for (const name of importsOf(file)) {
    if (name.startsWith('.')) {
      const target = normalize(join(dirname(file), name));
      const built = target.startsWith('build/');
      const targetRoom = target.split('/').slice(0, 2).join('/');
      if (!built && targetRoom !== room && !rules.rooms.includes(targetRoom)) fault(file, `imports ${target}: ${room} may not use ${targetRoom}`);
    } else if (name.startsWith('node:')) {
      const allowed = rules.node.includes('*') || rules.node.some((part) => file.includes(part));
      if (!allowed) fault(file, `imports ${name}: ${room} runs in browsers too`);
    } else if (!rules.packages.some((known) => name === known || name.startsWith(known.endsWith('/') ? known : `${known}/`))) {
      fault(file, `imports ${name}: not among the packages of ${room}`);
    }
  }
}

/** Files that import each other in a ring, types included: such files are one file in two. */
function checkRings(files) {
  const graph = new Map(
    files.map((file) => [file, importsOf(file).filter((name) => name.startsWith('.')).map((name) => normalize(join(dirname(file), name)))]),
  );
  const done = new Set();
  const visit = (file, path) => {
    if (path.includes(file)) return fault(file, `imports itself by way of ${path.slice(path.indexOf(file) + 1).join(', ')}`);
    if (done.has(file)) return;
    done.add(file);
    for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
  };
  for (const file of files) visit(file, []);
}

// ----------------------------------------------------------------------------------------------------------- every file

function checkFirstLine(file) {
  const first = read(file).split('\n', 2).find((line) => !line.startsWith('#!')) ?? '';
  const pattern = extname(file) === '.css' ? /^\/\*/ : /^\/\//;
  if (!pattern.test(first)) fault(file, 'the first line does not say what the file is for');
}

function checkLength(file) {
  const lines = read(file).split('\n').length;
  if (lines > longestFile) fault(file, `${lines} lines: past ${longestFile} a file is two`);
}

// Put together here so that this file does not name them itself.
const machine = new RegExp(
  [['/wo', 'rk/'], ['/ro', 'ot/'], ['/tm', 'p/'], ['registry\\.np', 'mjs'], ['deb\\.deb', 'ian'], ['proxy\\.gol', 'ang']]
    .map((parts) => parts.join(''))
    .join('|'),
);

function checkMachine(file) {
  read(file)
    .split('\n')
    .forEach((line, index) => {
      if (machine.test(line)) fault(`${file}:${index + 1}`, `names a place of one machine or network: ${line.trim().slice(0, 80)}`);
    });
}

// ------------------------------------------------------------------------------------------------------ ARCHITECTURE.md

/** Every name in backticks must be a path, a script or a word somewhere in the sources. */
function checkArchitecture() {
  const file = 'ARCHITECTURE.md';
  if (!existsSync(join(root, file))) return;
  const scripts = JSON.parse(read('package.json')).scripts;
  const sources = tracked.filter((path) => isText(path) && path !== file).map(read).join('\n');
  const text = read(file).replace(/^```[\s\S]*?^```/gm, '');
  for (const [, name] of text.matchAll(/`([^`\n]+)`/g)) {
    checked++;
    const script = /^npm (?:run )?([\w:-]+)/.exec(name)?.[1];
    if (script) {
      if (!scripts[script] && script !== 'ci') fault(file, `\`${name}\`: there is no such script`);
    } else if (!existsSync(join(root, name.replace(/\/$/, ''))) && !sources.includes(name.replace(/\(\)$/, ''))) {
      fault(file, `\`${name}\` is neither a path nor found in any source`);
    }
  }
}

// ---------------------------------------------------------------------------------------------------------------- all

export function checkStructure() {
  for (const entry of new Set(tracked.map((file) => file.split('/')[0]))) {
    const known = topLevel.includes(entry) || topLevelDocuments.includes(entry) || entry.startsWith('.');
    if (!known) fault(entry, 'does not belong at the top level');
  }
  const texts = tracked.filter((file) => isText(file) && statSync(join(root, file)).size < 4 << 20);
  for (const file of texts) {
    checked++;
    checkMachine(file);
    if (generated.test(file)) continue;
    if (/\.(ts|mjs|h|cpp|css)$/.test(file)) {
      checkLength(file);
      checkFirstLine(file);
    }
    if (/\.(h|cpp|def)$/.test(file)) checkIncludes(file);
    if (file.startsWith('web/') && /\.(ts|mjs)$/.test(file)) checkImports(file);
  }
  checkRings(texts.filter((file) => file.startsWith('web/') && /\.(ts|mjs)$/.test(file)));
  checkArchitecture();
  return { checked, faults };
}

if (process.argv[1] === import.meta.filename) {
  await scripted(() => {
    const { checked: count, faults: found } = checkStructure();
    for (const line of found) console.error(line);
    console.log(`structure: ${count} files and names looked at, ${found.length} faults`);
    return found.length > 0 ? 1 : 0;
  });
}
