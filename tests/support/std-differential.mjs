// Checks the overlay packages in wasm/std against Go's own: compiles every program in tests/go/std twice with the `go` command,
// once with Go's packages and once with ours in their place, runs both and compares what they print and their exit status.
//
//   node tests/support/std-differential.mjs [name…]        all programs, or those whose name contains one of the words
//   KEEP=1                                                 leave the scratch module behind and say where it is
//
// Ours are copied into a scratch module under other import paths. Files that only a Millrace program can have (calls of the
// runtime's entry points) are replaced by those of the same name in tests/support/std/doubles.
//
// The first lines of a program may ask for more:
//   // differential: race    ours is built with the race detector
//   // differential: wasm    Go's own is built for GOARCH=wasm and run in node: what is exact only there
//   // differential: stderr  may end with another status than 0; what goes to standard error is compared too, up to the
//                            goroutine's trace
//   // differential: args N  runs with arguments 0 … N-1, one after the other
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const overlay = join(root, "wasm/std");
const doubles = join(root, "tests/support/std/doubles");
const programs = join(root, "tests/go/std");

function filesBelow(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}

// What stands below goroot belongs to packages that are otherwise Go's own.
const overlayFiles = () => filesBelow(overlay).filter((file) => file.endsWith(".go") && !relative(overlay, file).startsWith("goroot/"));

// Import paths of the overlay, as Go programs write them.
function overlayPackages() {
  const packages = new Set();
  for (const file of overlayFiles()) packages.add(relative(overlay, dirname(file)));
  return packages;
}

// The same file with the overlay's packages imported from the scratch module.
function redirectImports(source, packages) {
  const lines = source.split("\n");
  for (let i = 0; i < lines.length && !/^(func|type|var|const)\b/.test(lines[i]); i++) {
    lines[i] = lines[i].replace(/^(\s*(?:import\s+)?(?:[\w.]+\s+)?)"([^"]+)"\s*$/, (line, before, path) =>
      packages.has(path) ? `${before}"std.test/std/${path}"` : line,
    );
  }
  return lines.join("\n");
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function assemble(scratch) {
  const packages = overlayPackages();
  write(join(scratch, "go.mod"), "module std.test\n\ngo 1.26\n");
  for (const file of overlayFiles()) {
    write(join(scratch, "std", relative(overlay, file)), redirectImports(readFileSync(file, "utf8"), packages));
  }
  cpSync(doubles, join(scratch, "std"), { recursive: true });
  return packages;
}

function directives(source) {
  const found = {};
  for (const match of source.matchAll(/^\/\/ differential: (\w+) ?(.*)$/gm)) found[match[1]] = match[2] || true;
  return found;
}

function build(scratch, folder, options) {
  const output = join(scratch, "bin", folder);
  const flags = ["-ldflags=-checklinkname=0", ...(options.race ? ["-race"] : [])];
  const result = spawnSync("go", ["build", ...flags, "-o", output, "./" + folder], {
    cwd: scratch,
    encoding: "utf8",
    env: { ...process.env, GOFLAGS: "", GOWORK: "off", ...(options.wasm ? { GOOS: "js", GOARCH: "wasm" } : {}) },
  });
  if (result.status !== 0) throw new Error(`cannot build ${folder}:\n${result.stderr}`);
  return output;
}

function run(binary, options, args) {
  const command = options.wasm ? [join(goRoot(), "lib/wasm/go_js_wasm_exec"), binary] : [binary];
  const result = spawnSync(command[0], [...command.slice(1), ...args], {
    encoding: "latin1",
    maxBuffer: 1 << 30,
    timeout: 120_000,
    // A write to memory by a fake reflect has no write barrier: no collection may run meanwhile.
    env: { ...process.env, GOGC: "off", GOMEMLIMIT: "2GiB", GOTRACEBACK: "single" },
  });
  if (result.error) throw new Error(`${basename(binary)}: ${result.error.message}`);
  const trace = result.stderr.search(/\n\n?goroutine \d+/);
  const stderr = (trace < 0 ? result.stderr : result.stderr.slice(0, trace + 1)).replace(/^\[signal SIGSEGV: segmentation violation.*\]$/m, "[signal]");
  return { stdout: result.stdout, stderr, status: result.status };
}

function goRoot() {
  return spawnSync("go", ["env", "GOROOT"], { encoding: "utf8" }).stdout.trim();
}

// The first lines that differ, or null.
function difference(real, ours, options) {
  if (real.status !== 0 && !options.stderr) return `Go's own ends with status ${real.status}\n${real.stderr.slice(0, 2000)}`;
  if (real.status !== ours.status) return `status ${real.status}, ours ${ours.status}\n${ours.stderr.slice(0, 2000)}`;
  for (const stream of options.stderr ? ["stdout", "stderr"] : ["stdout"]) {
    if (real[stream] === ours[stream]) continue;
    const wanted = real[stream].split("\n");
    const got = ours[stream].split("\n");
    const shown = [];
    let count = 0;
    for (let i = 0; i < Math.max(wanted.length, got.length); i++) {
      if (wanted[i] === got[i]) continue;
      if (++count <= 10) shown.push(`line ${i + 1}\n  go   ${wanted[i]}\n  ours ${got[i]}`);
    }
    return `${stream}: ${count} of ${wanted.length} lines differ\n${shown.join("\n")}`;
  }
  return null;
}

function main(words) {
  if (spawnSync("go", ["version"]).status !== 0) {
    console.log("skipped: the `go` command is not installed, so there is nothing to compare with");
    return 0;
  }
  const scratch = mkdtempSync(join(tmpdir(), "std-differential-"));
  let failures = 0;
  try {
    const packages = assemble(scratch);
    const check = spawnSync("go", ["build", "-ldflags=-checklinkname=0", "./std/..."], { cwd: scratch, encoding: "utf8", env: { ...process.env, GOFLAGS: "", GOWORK: "off" } });
    if (check.status !== 0) {
      console.log(`the overlay does not compile:\n${check.stderr}`);
      return 1;
    }
    const names = existsSync(programs) ? readdirSync(programs).filter((n) => n.endsWith(".go")).map((n) => n.slice(0, -3)) : [];
    for (const name of names.filter((n) => words.length === 0 || words.some((word) => n.includes(word)))) {
      const source = readFileSync(join(programs, name + ".go"), "utf8");
      const options = directives(source);
      write(join(scratch, `real-${name}`, "main.go"), source);
      write(join(scratch, `ours-${name}`, "main.go"), redirectImports(source, packages));
      const support = join(programs, name); // further files of the program's package
      if (existsSync(support)) {
        for (const file of readdirSync(support)) {
          for (const side of ["real", "ours"]) {
            const text = readFileSync(join(support, file), "utf8");
            if (file === `${side}.go` || !/^(real|ours)\.go$/.test(file)) {
              write(join(scratch, `${side}-${name}`, file), side === "ours" ? redirectImports(text, packages) : text);
            }
          }
        }
      }
      const began = Date.now();
      let problem = null;
      let lines = 0;
      try {
        const realOptions = { wasm: options.wasm };
        const real = build(scratch, `real-${name}`, realOptions);
        const ours = build(scratch, `ours-${name}`, { race: options.race });
        const calls = options.args ? Array.from({ length: Number(options.args) }, (_, i) => [String(i)]) : [[]];
        for (const args of calls) {
          const wanted = run(real, realOptions, args);
          lines += (wanted.stdout + (options.stderr ? wanted.stderr : "")).split("\n").length - 1;
          problem = difference(wanted, run(ours, {}, args), options);
          if (problem) {
            problem = args.length ? `with argument ${args[0]}: ${problem}` : problem;
            break;
          }
        }
        if (!problem && lines === 0) problem = "it prints nothing, so nothing was compared";
      } catch (error) {
        problem = error.message;
      }
      const seconds = ((Date.now() - began) / 1000).toFixed(1);
      console.log(problem ? `FAIL ${name}: ${problem}` : `ok   ${name}: ${lines} lines, ${seconds} s`);
      if (problem) failures++;
    }
    console.log(failures ? `${failures} failed` : "all agree");
  } finally {
    if (process.env.KEEP) console.log(`scratch module: ${scratch}`);
    else rmSync(scratch, { recursive: true, force: true });
  }
  return failures ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
