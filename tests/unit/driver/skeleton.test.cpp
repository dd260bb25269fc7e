// Skeletons of small packages: what they keep, and that they are read again as what they were made from.
#include "wasm/driver/skeleton.h"

#include <catch2/catch.hpp>

#include "tests/unit/driver/library.h"
#include "wasm/driver/compiler.h"

using namespace millrace::driver;

namespace {

std::string skeletonOf(const std::string& archive) {
  std::string fault;
  const std::string path = "p";
  std::string text = writeArchive(skeletonsOf(smallLibrary(archive), {&path, 1}, archiveLibrary({}), fault));
  CHECK(fault.empty());
  return text.substr(0, text.find("-- runtime"));
}

std::string skeletonOfText(const std::string& text) {
  std::string skeleton = skeletonOf("-- p/p.go --\npackage p\n" + text);
  const std::string head = "-- p/p.go --\npackage p\n";
  return skeleton.starts_with(head) ? skeleton.substr(head.size()) : skeleton;
}

// What the compiler says of a program that imports from the archive's skeletons.
std::string messages(const std::string& archive, const std::string& program) {
  Compiler compiler(smallLibrary(skeletonOf(archive)));
  Options options;
  options.checkOnly = true;
  std::string all;
  for (const Message& message : compiler.compile({{"x.go", program, {}}}, options).messages) all += message.text + "\n";
  return all;
}

}  // namespace

TEST_CASE("bodies, comments and what nobody can name are left out") {
  CHECK(skeletonOfText("// F does it.\nfunc F(n int) (sum int) {\n\tfor i := range n { sum += hidden(i) }\n\treturn\n}\n"
                       "func hidden(i int) int { return i }\nvar v = 1\ntype t int\n") ==
        "//line :3:1\nfunc F(n int) (sum int)\n");
}

TEST_CASE("small bodies and generic ones stay with what they use") {
  CHECK(skeletonOfText("func F() int { return v }\nvar v = 1 << 3\n") ==
        "//line :2:1\nfunc F() int { return v }\nvar v int\n");
  CHECK(skeletonOfText("func F[T any](x T) { for { helper() } }\nfunc helper() { for { println() } }\n") ==
        "//line :2:1\nfunc F[T any](x T) { for { helper() } }\nfunc helper()\n");
  // Generic code would be made anew for each body that uses it.
  CHECK(skeletonOfText("func F() { g(1) }\nfunc g[T any](T) {}\n") == "//line :2:1\nfunc F()\n");
}

TEST_CASE("what no build does is left out of bodies, unless something would be missing") {
  const std::string dead = "\tif dead {\n\t\tprintln(p)\n\t}\n";
  CHECK(skeletonOfText("func F(p *int) {\n" + dead + "\t*p = 1\n}\n\nconst dead = false\n") ==
        "//line :2:1\nfunc F(p *int) {\n\n\n\n*p = 1\n}\n");
  CHECK(skeletonOfText("func F() {\n\tp := 1\n" + dead + "}\n\nconst dead = false\n") ==
        "//line :2:1\nfunc F() {\np := 1\nif dead {\nprintln(p)\n}\n}\n\nconst dead = false\n");
}

TEST_CASE("constants keep their group where iota counts in it") {
  CHECK(skeletonOfText("const (\n\ta = iota\n\tB\n\t_\n)\n") == "//line :3:1\nconst (a = iota\nB\n_)\n");
  CHECK(skeletonOfText("const (\n\ta = 1\n\tB = c\n\tc = 2\n)\n") == "//line :4:1\nconst B = c\nconst c = 2\n");
}

TEST_CASE("variables are declared with the types that the checker found") {
  CHECK(skeletonOfText("var A, b = f()\nfunc f() ([]t, map[string]*int) { return nil, nil }\ntype t struct{}\n") ==
        "//line :2:1\nvar A []t\n//line :2:1\nvar b map[string]*int\n\ntype t struct{}\n");
  // A package that the file does not import, under a name that is free.
  std::string added = skeletonOf("-- p/p.go --\npackage p\nimport \"q\"\nvar V = q.Make()\nvar r int\nfunc R() int { return r }\n"
                                 "-- q/q.go --\npackage q\nimport \"r\"\nfunc Make() *r.T { return nil }\n"
                                 "-- r/r.go --\npackage r\ntype T int\n");
  CHECK(added.find("import r_ \"r\"\n//line :3:1\nvar V *r_.T\nvar r int\n") != std::string::npos);
  // A type that nobody else can write.
  std::string hidden = skeletonOf("-- p/p.go --\npackage p\nimport \"q\"\nvar V = q.Make()\n"
                                  "-- q/q.go --\npackage q\nfunc Make() *t { return nil }\ntype t int\n");
  CHECK(hidden.find("var V = q.Make()\n") != std::string::npos);
}

TEST_CASE("methods stay where values can get out, and where an interface asks for them") {
  const std::string text = "type I interface { m() }\ntype S struct { in inner }\nfunc (S) m() { for {} }\nfunc (S) other() {}\n"
                           "type inner struct{}\nfunc (inner) M() {}\n";
  CHECK(skeletonOfText(text) ==
        "//line :2:1\ntype I interface { m() }\ntype S struct { in inner }\nfunc (S) m()\n\ntype inner struct{}\n");
}

TEST_CASE("programs are checked against skeletons as against sources") {
  const std::string archive = "-- p/p.go --\npackage p\nimport \"q\"\ntype T struct { x int; Y q.Q }\nfunc (*T) M() {}\n"
                              "type E struct { T }\nconst C = 1 << 40\n"
                              "-- q/q.go --\npackage q\ntype Q string\n";
  CHECK(messages(archive, "package main\nimport \"p\"\nvar _ interface { M() } = &p.E{}\nvar _ [p.C >> 38]int = [4]int{}\n"
                          "func main() {}\n").empty());
  CHECK(messages(archive, "package main\nimport \"p\"\nfunc main() { var t p.T; t.x = 1; t.Y = 2 }\n") ==
        "t.x undefined (cannot refer to unexported field x)\n"
        "cannot use 2 (untyped int constant) as q.Q value in assignment\n");
}

TEST_CASE("of several archives the first that has a package counts") {
  LibraryFinder find = archiveLibrary({"-- a/b/x.go --\none\n", "-- a/b/y.go --\ntwo\n-- vendor/c/z.go --\nthree\n"});
  REQUIRE(find("a/b").sources.size() == 1);
  CHECK(find("a/b").sources[0].text == "one\n");
  CHECK(find("c").path == "vendor/c");
  CHECK(find("d").sources.empty());
}
