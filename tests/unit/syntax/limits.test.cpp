// Nothing that a user can type crashes or takes long: depth is bounded, stack is counted, flat code is linear.
#include <catch2/catch.hpp>
#include <ctime>

#include "tests/unit/syntax/nestings.h"
#include "tests/unit/syntax/parsed.h"
#include "tests/unit/syntax/stack-use.h"
#include "wasm/syntax/print.h"

using namespace millrace::syntax;

TEST_CASE("nesting a hundred thousand deep is an error and nothing more") {
  for (const Nesting& nesting : kNestings) {
    INFO(nesting.prefix << nesting.open << nesting.close);
    Parsed parsed(nesting.program(100'000));
    REQUIRE(parsed.diagnostics.size() == 1);
    CHECK(parsed.diagnostics[0].message == "syntax error: nesting is more than 1000 levels deep");
    CHECK(parsed.file->packageName != nullptr);
    // So it is when the text ends before it has closed what it opened.
    if (*nesting.open != '\0') {
      CHECK(Parsed("package p\n" + std::string(nesting.prefix) + repeat(nesting.open, 100'000)).diagnostics.size() ==
            1);
    }
  }
}

TEST_CASE("nesting as deep as people write it is fine") {
  for (const Nesting& nesting : kNestings) {
    INFO(nesting.prefix << nesting.open << nesting.close);
    CHECK(Parsed(nesting.program(200)).errors().find("levels deep") == std::string::npos);
  }
}

// The arguments of many calls in a row lie below all the calls that come after.
TEST_CASE("chains that nest in each other add up") {
  const Nesting calls = {"var x = ", "f(", "1", ")()()()()", ""};
  CHECK(Parsed(calls.program(150)).errors() == "");
  CHECK(Parsed(calls.program(300)).errors().find("levels deep") != std::string::npos);
}

TEST_CASE("sums and else-ifs may be as long as one likes") {
  Parsed sum("package p\nvar x = " + repeat("a + ", 100'000) + "b\n");
  CHECK(sum.errors() == "");
  const Expr* x = static_cast<VarDecl*>(sum.file->declarations[0])->values;
  CHECK(toString(x) == repeat("a + ", 100'000) + "b");
  CHECK(sum.at(startPos(x)) == "2:9");
  CHECK(Parsed("package p\ntype T[P " + repeat("~a | ", 100'000) + "b] int\n").errors() == "");
  CHECK(Parsed("package p\ntype T[P *a | " + repeat("a | ", 100'000) + "~b] int\n").errors() == "");
  CHECK(Parsed("package p\ntype T interface { " + repeat("a | ", 100'000) + "b }\n").errors() == "");

  Parsed chain("package p\nfunc f() { L: " + repeat("if x { } else ", 100'000) + "{ goto L }\n}\n");
  CHECK(chain.errors() == "");
}

// Time for n and 8n of the same: linear is 8 times; 40 leaves room for a busy machine, and quadratic would be 64.
TEST_CASE("flat code takes time in proportion to its length") {
  struct {
    const char *prefix, *unit, *end;
  } cases[] = {
      {"", "var x = a\n", ""},
      {"", "func f() { goto L; L: }\n", ""},
      {"func f() {", "x = f(1, 2)\n", "}"},
      {"func f() {", "goto L; x := 1;\n", "L: }"},
      {"func f() {", "{ goto L }; goto M; var x int\n", "}"},
      {"func f() { goto M; ", "L: ", "; }"},
      {"func f() { switch {", "case x: fallthrough\n", "default: } }"},
      {"var x = T{", "1, ", "}"},
      {"var x = ", "\"a\" + ", "\"b\""},
      {"var x = `", "\n", "`"},
      {"", "/* */", ""},
      {"", "@", ""},
      {"", "}", ""},
      {"func f() {", ")\n", "}"},
      {"func f() {", "x y\n", "}"},
      {"", "//go:noinline\n", ""},
      {"", "//line a.go:1\n", ""},
  };
  auto seconds = [](const std::string& program) {
    double best = 1e9;
    for (int i = 0; i < 3; i++) {
      const std::clock_t start = std::clock();  // the processor's time: others may want it, too
      Parsed parsed(program);
      best = std::min(best, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    return best;
  };
  for (const auto& c : cases) {
    INFO(c.prefix << c.unit);
    auto program = [&](int count) {
      return std::string("package p\n") + c.prefix + repeat(c.unit, count) + c.end + "\n";
    };
    const double small = seconds(program(2'000)), large = seconds(program(16'000));
    CHECK(large < 40 * small + 0.01);
  }
}

#ifdef MILLRACE_MEASURES_STACK
TEST_CASE("the deepest nesting fits into half a megabyte of stack") {
  for (const Nesting& nesting : kNestings) {
    INFO(nesting.prefix << nesting.open << nesting.close);
    const std::string program = nesting.program(100'000);
    CHECK(stackUse([&] { Parsed parsed(program); }) < 512 * 1024);
  }
}
#endif
