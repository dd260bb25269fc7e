// The programs and libraries that building and testing need besides node: how to find each and where to get it.
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attempt, outputOrNull, say } from './terminal.mjs';

/** The C++ compiler for what runs natively: the one the sources are kept clean with, else the machine's clang or c++. */
export function nativeCompilerOrNull() {
  const candidates = ['clang++-14', 'clang++', 'c++'];
  return candidates.find((name) => outputOrNull(name, ['--version']) !== null) ?? null;
}

export const chromiumOrNull = () =>
  [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
    (path) => path && outputOrNull(path, ['--version', '--no-sandbox']) !== null,
  ) ?? null;

/** The release whose library is compiled, and which is fetched where the go command is of another; 1.26.x is as good. */
export const goRelease = '1.26.8';

/** Go's releases are modules, too, which any go command fetches and checks. All systems' have the same sources. */
const goModule = `golang.org/toolchain@v0.0.1-go${goRelease}.linux-amd64`;

/** Go's sources have of it what Go's tools use, which is all but package singleflight; the release is the same. */
const syncModule = 'golang.org/x/sync@v0.19.0';

/** The folder of golang.org/x/sync, fetched by the go command if need be; null: it cannot be fetched. */
export function syncOrNull() {
  const folder = join(outputOrNull('go', ['env', 'GOMODCACHE'])?.trim() ?? '', syncModule);
  if (existsSync(folder)) return folder;
  say(`${syncModule}: fetching`);
  const fetched = outputOrNull('go', ['mod', 'download', syncModule], { cwd: tmpdir(), timeout: 60_000 });
  if (fetched !== null && existsSync(folder)) return folder;
  say(`golang.org/x/sync/singleflight is left out, because it could not be fetched. With a network: go mod download ${syncModule}, and build again.`);
  return null;
}

const isOurs = (release) => /^go\d+\.\d+/.exec(release)?.[0] === /^go\d+\.\d+/.exec(`go${goRelease}`)[0];

/** The release of the go command if it is the one whose output ours is compared with; null: it is not, or there is none. */
export function referenceOrNull() {
  const release = outputOrNull('go', ['env', 'GOVERSION'])?.trim();
  return release && isOurs(release) ? release : null;
}

/** Where Go's library is and of which release: the go command's own, or what fetchGo() fetched; null: neither. */
export function goOrNull() {
  const [own, modules] = outputOrNull('go', ['env', 'GOROOT', 'GOMODCACHE'])?.split('\n') ?? [];
  const fits = (folder) => {
    if (!folder || !existsSync(join(folder, 'src/fmt/print.go')) || !existsSync(join(folder, 'VERSION'))) return null;
    const release = readFileSync(join(folder, 'VERSION'), 'utf8').split('\n')[0];
    return isOurs(release) ? { folder, release } : null;
  };
  return fits(own) ?? fits(modules && join(modules, goModule));
}

/** Where there is a go command of another release: fetches ours, 70 MB, to where it keeps modules. */
async function fetchGo() {
  if (outputOrNull('go', ['version']) === null) return;
  say(`Go ${goRelease}: fetching`);
  await attempt('go', ['mod', 'download', goModule], { cwd: tmpdir() });
}

const answers = (command, ...args) => outputOrNull(command, args) !== null;

function includes(header) {
  const compiler = nativeCompilerOrNull();
  return compiler !== null && outputOrNull(compiler, ['-E', '-x', 'c++', '-o', '/dev/null', '-'], { input: `#include <${header}>\n` }) !== null;
}

function sanitizes() {
  const compiler = nativeCompilerOrNull();
  if (!compiler) return false;
  const library = outputOrNull(compiler, ['--print-file-name=libclang_rt.tsan-x86_64.a'])?.trim();
  return (library?.startsWith('/') && existsSync(library)) || !process.arch.startsWith('x64');
}

/**
 * name: what the reader knows it as; probe: is it here and does it answer; fetch: gets it with what is here, if it can;
 * debian: its package, or of what can fetch it; elsewhere: how to get it;
 * for: 'build' (needed to serve the page) or 'test'.
 */
export const tools = [
  {
    name: 'Emscripten (emcc)',
    probe: () => answers('emcc', '--version'),
    debian: 'emscripten',
    elsewhere: 'brew install emscripten, or the emsdk of emscripten.org',
    for: 'build',
  },
  {
    name: 'CMake',
    probe: () => answers('cmake', '--version'),
    debian: 'cmake',
    elsewhere: 'brew install cmake, or cmake.org',
    for: 'build',
  },
  {
    name: 'Ninja',
    probe: () => answers('ninja', '--version'),
    debian: 'ninja-build',
    elsewhere: 'brew install ninja, or ninja-build.org',
    for: 'build',
  },
  {
    name: "LLVM's linkers (lld)",
    probe: () => answers('wasm-ld-14', '--version') || answers('wasm-ld', '--version'),
    debian: 'lld-14',
    elsewhere: 'they come with LLVM (brew install lld, or llvm.org)',
    for: 'build',
  },
  {
    name: 'a C++20 compiler (clang 14 or later)',
    probe: () => nativeCompilerOrNull() !== null,
    debian: 'clang-14',
    elsewhere: 'xcode-select --install, or llvm.org',
    for: 'build', // of the library's image, which the native compiler makes
  },
  {
    name: `Go ${goRelease} with its sources`,
    probe: () => goOrNull() !== null,
    fetch: fetchGo,
    debian: 'golang-go',
    elsewhere: 'go.dev/dl, or brew install go',
    for: 'build',
  },
  {
    name: "clang's sanitizers",
    probe: sanitizes,
    debian: 'libclang-rt-14-dev',
    elsewhere: 'they come with clang; on some systems in a package of their own (compiler-rt)',
    for: 'test',
  },
  {
    name: 'Catch2, version 2',
    probe: () => includes('catch2/catch.hpp'),
    debian: 'catch2',
    elsewhere: 'brew install catch2@2',
    for: 'test',
  },
  {
    name: 'Chromium',
    probe: () => chromiumOrNull() !== null,
    debian: 'chromium',
    elsewhere: 'install Chromium or Chrome and set CHROMIUM to its path',
    for: 'test',
  },
  {
    name: 'a Japanese font',
    probe: () =>
      process.platform === 'darwin' ||
      existsSync('/usr/share/fonts/truetype/vlgothic/VL-Gothic-Regular.ttf') ||
      Boolean(outputOrNull('fc-list', [':lang=ja'])?.trim()),
    debian: 'fonts-vlgothic',
    elsewhere: 'any font with Japanese letters, such as Noto Sans CJK',
    for: 'test',
  },
];
