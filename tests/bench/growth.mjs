// Whether the compiler's time grows as its input does: programs of n, 2n and 4n of something, by the native compiler.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Stop, bold, root } from '../../web/dev/terminal.mjs';
import { row, verdict } from './table.mjs';

const rounds = 3;
/** What grows with the square takes 4 times as long for twice the input. Caches end somewhere, and clocks are not exact. */
const mostRatio = 3;
const leastMs = 20; // below it the ratio says nothing
const engine = join(root, 'build/engine');
const scratch = join(root, 'build/bench');

const lines = (n, line) => Array.from({ length: n }, (_, i) => line(i)).join('\n');
const list = (n, item) => Array.from({ length: n }, (_, i) => item(i)).join(', ');
const main = (body, before = '') => `package main\n${before}\nfunc main() {\n${body}\n}\n`;
const opened = (n, open, close, inner = '') => open.repeat(n) + inner + close.repeat(n);

/** What there is n of, n, and the program. What is nested stays below the 1000 levels that the compiler takes. */
const shapes = [
  ['statements in one function', 25_000, (n) => main(`x := 1\n${lines(n, (i) => `x += x ^ ${i}`)}\nprintln(x)`)],
  ['calls in one function', 10_000, (n) => main(lines(n, (i) => `f(${i})`), '//go:noinline\nfunc f(x int) { println(x) }')],
  ['inlined calls in one function', 10_000, (n) => main(`x := 0\n${lines(n, (i) => `x = f(x, ${i})`)}\nprintln(x)`, 'func f(x, y int) int { return x ^ y }')],
  ['variables in one function', 10_000, (n) => main(`x0 := len(main2())\n${lines(n, (i) => `x${i + 1} := x${i} + len(main2())`)}\nprintln(x${n})`, '//go:noinline\nfunc main2() string { println(); return "" }')],
  ['ifs in a row', 10_000, (n) => main(`x := len(s)\n${lines(n, (i) => `if x > ${i} { x = f(x) }`)}`, 'var s string\n//go:noinline\nfunc f(x int) int { println(x); return x }')],
  ['else-ifs', 5_000, (n) => main(`x := len(s)\n${lines(n, (i) => `if x == ${i} { println(${i}) } else `)}{}`, 'var s string')],
  ['loops in a row', 5_000, (n) => main(lines(n, (i) => `for i := range ${i} { println(i) }`))],
  ['cases of a switch', 10_000, (n) => main(`switch len(s) {\n${lines(n, (i) => `case ${i}: println(${i})`)}\n}`, 'var s string')],
  ['cases of a switch of strings', 10_000, (n) => main(`switch s {\n${lines(n, (i) => `case "s${i}": println(${i})`)}\n}`, 'var s string')],
  ['cases of a type switch', 2_500, (n) => main(`switch x.(type) {\n${lines(n, (i) => `case [${i}]int: println(${i})`)}\n}`, 'var x any')],
  ['cases of a select', 2_500, (n) => main(`select {\n${lines(n, (i) => `case <-c: println(${i})`)}\n}`, 'var c chan int')],
  ['labels and gotos', 5_000, (n) => main(`${lines(n, (i) => `L${i}: if x > ${i} { goto L${(i * 7919) % n} }\nx++`)}`, 'var x int')],
  ['closures', 5_000, (n) => main(`x := 0\n${lines(n, (i) => `defer func() { x += ${i} }()`)}\nprintln(x)`)],
  ['panicking index expressions', 10_000, (n) => main(`x := 0\n${lines(n, () => `x += s[x]`)}\nprintln(x)`, 'var s []int')],
  ['terms of a sum', 10_000, (n) => main(`println(${Array.from({ length: n }, () => 'x').join(' + ')})`, 'var x int')],
  ['terms of a concatenation', 10_000, (n) => main(`println(${Array.from({ length: n }, () => 's').join(' + ')})`, 'var s string')],
  ['terms of a constant concatenation', 10_000, (n) => main(`println(${Array.from({ length: n }, () => '"0123456789"').join(' + ')})`)],
  ['appends', 10_000, (n) => main(`var s []string\n${lines(n, (i) => `s = append(s, "${i}")`)}`)],

  ['parentheses, nested', 50, (n) => main(`println(${opened(n, '(x+', ')', 'x')})`, 'var x int')],
  ['blocks, nested', 50, (n) => main(opened(n, '{ x := x; ', 'x++ }\n', ''), 'var x int')],
  ['ifs, nested', 50, (n) => main(opened(n, 'if x > 0 { x-- \n', ' }\n', 'println(x)'), 'var x int')],
  ['loops, nested', 25, (n) => main(opened(n, 'for range x {\n', ' }\n', 'println(x)'), 'var x int')],
  ['closures, nested', 10, (n) => main(`x := 0\n${opened(n, 'func() { x++\n', ' }()\n', 'println(x)')}`)],
  ['calls, nested', 50, (n) => main(opened(n, 'f(', ')', '1'), 'func f(x int) int { println(x); return x }')],
  ['literals, nested', 50, (n) => main(`x := ${opened(n, '&T{', '}')}\nprintln(x)`, 'type T struct { next *T }')],
  ['slices of slices', 100, (n) => main(`var x ${'[]'.repeat(n)}int\nprintln(len(x))\nvar y any = x; _ = y`)],

  ['functions', 10_000, (n) => main('f0()', lines(n, (i) => `func f${i}() { println(${i}); if x > ${i} { f${(i + 1) % n}() } }`) + '\nvar x int')],
  ['a chain of calls', 5_000, (n) => main('println(f0(1))', lines(n, (i) => `func f${i}(x int) int { return f${i + 1}(x) }`) + `\nfunc f${n}(x int) int { return x }`)],
  ['a chain of calls that stay', 5_000, (n) => main('println(f0(1))', lines(n, (i) => `//go:noinline\nfunc f${i}(x int) int { return f${i + 1}(x) }`) + `\nfunc f${n}(x int) int { return x }`)],
  ['a chain of calls of two', 2_500, (n) => main('println(f0(1))', lines(n, (i) => `func f${i}(x int) int { return f${i + 1}(x) + f${i + 1}(x+1) }`) + `\nfunc f${n}(x int) int { return x }`)],
  ['methods', 5_000, (n) => main('var t any = T(0)\n_ = t', 'type T int\n' + lines(n, (i) => `func (T) M${i}() {}`))],
  ['methods of an interface', 2_500, (n) => main('var t I = T(0)\n_ = t', 'type T int\n' + lines(n, (i) => `func (T) M${i}() {}`) + `\ntype I interface {\n${lines(n, (i) => `M${i}()`)}\n}`)],
  ['fields', 5_000, (n) => main(`var t T\n${lines(n, (i) => `t.x${i}++`)}\nvar a any = t\n_ = a`, `type T struct {\n${lines(n, (i) => `x${i} int`)}\n}`)],
  ['types', 5_000, (n) => main(lines(n, (i) => `var x${i} any = T${i}{}\n_ = x${i}`), lines(n, (i) => `type T${i} struct { x int; y string }`))],
  ['types that embed each other', 25, (n) => main(`var t T0\nt.M()\nvar a any = t\n_ = a`, lines(n, (i) => `type T${i} struct { T${i + 1} }`) + `\ntype T${n} struct { x int }\nfunc (T${n}) M() {}`)],
  ['constants', 25_000, (n) => main(`println(c0, c${n - 1})`, `const (\n${lines(n, (i) => `c${i} = ${i ? `c${i - 1} + 1` : 1}`)}\n)`)],
  ['variables that need each other', 60, (n) => main('println(x0)', lines(n, (i) => `var x${i} = x${i + 1} + 1`) + `\nvar x${n} = len(f())\nfunc f() string { return "" }`)],
  ['variables that need each other by functions', 2_500, (n) => main('println(x0)', lines(n, (i) => `var x${i} = f${i}()\nfunc f${i}() int { return x${i + 1} }`) + `\nvar x${n} = 1`)],
  ['goroutines', 5_000, (n) => main(lines(n, (i) => `go func(x int) { println(x) }(${i})`))],

  ['elements: numbers', 100_000, (n) => main('println(len(x))', `var x = []int{${list(n, (i) => i)}}`)],
  ['elements: strings', 50_000, (n) => main('println(len(x))', `var x = []string{${list(n, (i) => `"s${i}"`)}}`)],
  ['elements: structs', 50_000, (n) => main('println(len(x))', `type T struct { a int; b string }\nvar x = []T{${list(n, (i) => `{${i}, "x"}`)}}`)],
  ['elements: pointers', 25_000, (n) => main('println(len(x))', `type T struct { a int; b string }\nvar x = []*T{${list(n, (i) => `{${i}, "x"}`)}}`)],
  ['elements: interfaces', 25_000, (n) => main('println(len(x))', `var x = []any{${list(n, (i) => i)}}`)],
  ['elements: a map', 25_000, (n) => main('println(len(x))', `var x = map[int]string{${list(n, (i) => `${i}: "x"`)}}`)],
  ['elements: a map of slices', 10_000, (n) => main('println(len(x))', `var x = map[string][]int{${list(n, (i) => `"${i}": {${i}}`)}}`)],
  ['elements that are computed', 10_000, (n) => main(`x := []int{${list(n, (i) => `f(${i})`)}}\nprintln(len(x))`, 'func f(x int) int { println(x); return x }')],
  ['elements with keys', 50_000, (n) => main('println(len(x))', `var x = [...]int{${list(n, (i) => `${n - 1 - i}: ${i}`)}}`)],

  ['instances of a function', 2_500, (n) => main(lines(n, (i) => `f[[${i}]int]()`), 'func f[T any]() { var x T; println(len(any(x).(string))) }')],
  ['instances of a type', 2_500, (n) => main(lines(n, (i) => `var x${i} T[[${i}]int]\nx${i}.M()`), 'type T[P any] struct { x P }\nfunc (t *T[P]) M() { println(t) }')],
  ['instances, nested', 50, (n) => main(`var x ${opened(n, 'T[', ']', 'int')}\nvar y any = x\n_ = y`, 'type T[P any] []P\nfunc (t T[P]) M() {}')],
  ['a chain of generic functions', 2_500, (n) => main('f0(1)', lines(n, (i) => `func f${i}[T any](x T) { f${i + 1}(x) }`) + `\nfunc f${n}[T any](x T) { println(&x) }`)],
  ['a chain of instances that grow', 250, (n) => main('f0[int]()', lines(n, (i) => `func f${i}[T any]() { f${i + 1}[[]T]() }`) + `\nfunc f${n}[T any]() { println(new(T)) }`)],
  ['a chain of generic types', 30, (n) => main('var x T0[int]\nvar a any = x\n_ = a', lines(n, (i) => `type T${i}[P any] struct { x T${i + 1}[P]; y P }`) + `\ntype T${n}[P any] struct { x P }`)],
  ['a chain of generic types that grow', 25, (n) => main('var x T0[int]\nvar a any = x\n_ = a', lines(n, (i) => `type T${i}[P any] struct { x *T${i + 1}[[]P] }`) + `\ntype T${n}[P any] struct { x P }`)],
  ['type parameters', 250, (n) => main(`f(${list(n, (i) => i)})`, `func f[${list(n, (i) => `T${i} any`)}](${list(n, (i) => `x${i} T${i}`)}) {}`)],

  ['comments', 50_000, (n) => main('', lines(n, (i) => `// comment ${i}`))],
  ['bytes of a raw string', 1_000_000, (n) => main(`println(\`${'x'.repeat(n)}\`)`)],
];

/** Milliseconds of all phases, and the slowest one's name. */
function compile(text) {
  const file = join(scratch, 'linear.go');
  writeFileSync(file, text);
  const image = ['--on', join(engine, 'std.index'), '--skeletons', join(engine, 'std.skeletons')];
  const { status, stderr } = spawnSync(join(root, 'build/native/millracec'), ['--time', ...image, file], { encoding: 'utf8' });
  if (status !== 0) throw new Stop(`it does not compile: ${stderr.slice(0, 500)}`);
  const phases = [...stderr.matchAll(/^(\w+) +([\d.]+) ms$/gm)].map(([, name, ms]) => [name, Number(ms)]);
  const own = phases.filter(([name]) => name !== 'library'); // the same for all
  return { total: own.reduce((sum, [, ms]) => sum + ms, 0), slowest: own.reduce((most, phase) => (phase[1] > most[1] ? phase : most))[0] };
}

const best = (text) => Array.from({ length: rounds }, () => compile(text)).reduce((least, one) => (one.total < least.total ? one : least));

export async function growth() {
  mkdirSync(scratch, { recursive: true });
  console.log(`\n${bold('Compiling n, 2n and 4n')}, ms, best of ${rounds}`);
  row('', 'n', 'at n', '2n', '4n', '2n/n', '4n/2n', 'most in');
  for (const [what, n, program] of shapes) {
    const [one, two, four] = [n, 2 * n, 4 * n].map((size) => best(program(size)));
    const ratio = four.total / two.total;
    const cells = [one, two, four].map(({ total }) => total.toFixed(1));
    row(what, n, ...cells, (two.total / one.total).toFixed(2), ratio.toFixed(2), four.slowest, verdict(ratio < mostRatio || four.total < leastMs, `below ${mostRatio}`));
  }
}
