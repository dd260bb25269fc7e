// Nothing that a user can type crashes the checker or takes long.
#include <catch2/catch.hpp>

#include "tests/unit/syntax/nestings.h"
#include "tests/unit/syntax/stack-use.h"
#include "tests/unit/types/checked.h"

using namespace millrace::syntax;
using millrace::types::Checked;

namespace {

// A chain of declarations, each made from the one before: `first`, then `link` with # for its number and @ for the one
// before; in this order, or the other way round, where each declaration leads to all that follow.
struct Chain {
  const char *first, *link, *last;
};

std::string program(const Chain& chain, int length, bool backwards) {
  std::string out = std::string("package p\nimport \"unsafe\"\nvar _ unsafe.Pointer\n");
  auto link = [&](int number, const char* text) {
    for (; *text != '\0'; text++) {
      if (*text == '#') {
        out += std::to_string(number);
      } else if (*text == '@') {
        out += std::to_string(number - 1);
      } else {
        out += *text;
      }
    }
    out += "\n";
  };
  link(0, chain.first);
  for (int i = 1; i < length; i++) link(backwards ? length - i : i, chain.link);
  link(length, chain.last);
  return out;
}

const Chain kChains[] = {
    {"type T0 int", "type T# struct { a T@ }", "const c = unsafe.Sizeof(T@{})"},
    {"type T0 int", "type T# struct { a T@ }", "var x, y T@; var z = x == y"},
    {"type T0 int", "type T# struct { a, b T@ }", "var m map[T@]int"},
    {"type T0 int", "type T# [2]T@", "const c = unsafe.Sizeof(T@{})"},
    {"type T0 int", "type T# T@", "var x T@ = 1"},
    {"type T0 = int", "type T# = T@", "var x T@ = 1"},
    {"type T0 = int", "type T# = *T@", "var x T@ = 1"},
    {"type T0 = int", "type T# = []T@", "var x T@ = 1"},
    {"type T0 int", "type T# *T@", "var x T@ = 1"},
    {"type T0 int", "type T# func(T@)", "var x T@ = 1"},
    {"type T0 interface { m() }", "type T# interface { T@; m#() }", "var x T@; func f() { x.m() }"},
    {"type T0 struct { x int }", "type T# struct { T@ }", "var t T@; var u = t.x"},
    {"type T0 struct { x int }", "type T# struct { *T@ }", "var t T@; var u = t.x"},
    {"type T0[P any] struct { x P }", "type T#[P any] struct { x T@[P] }", "var t T@[int]; var u = t.x"},
    {"type T0[P any] struct { x P }", "type T#[P any] struct { x *T@[P] }", "var t T@[int]; var u = t.x"},
    {"type T0[P any] struct { x P }", "type T#[P any] T@[[]P]", "var t T@[int]; var u = t.x"},
    {"type T0[P any] []P", "type T#[P T@[P]] []P", "var t T@[int]"},
    {"type T0[P any] = []P", "type T#[P any] = T@[[]P]", "var t T@[int]; var u = t.x"},
    {"type T0 = int", "type T# = *T@", "var x T@; var y any = x"},
    {"type T0 = int", "type T# = func(T@)", "var x T@; var y any = x"},
    {"type T0 = int", "type T# = struct { a T@ }", "var x T@; var y any = x; var z = y == any(x)"},
    {"const c0 = 1", "const c# = c@ + 1", "var x = c@"},
    {"const c0 = 1", "const c# = c@ * 3", "var x = c@"},
    {"const c0 = \"a\"", "const c# = c@ + \"b\"", "var x = len(c@)"},
    {"var v0 = 1", "var v# = v@ + 1", ""},
    {"var v0 = 1", "var v# = f#(); func f#() int { return v@ }", ""},
    {"func f0() int { return 1 }", "func f#() int { return f@() }", "var x = f@()"},
    {"func f0[P any](p P) {}", "func f#[P any](p P) { f@(p) }", "func g() { f@(1) }"},
};

}  // namespace

TEST_CASE("checking the deepest nesting is an error at most") {
  for (const Nesting& nesting : kNestings) {
    for (int depth : {100, 300, 999}) {
      Checked checked(nesting.program(depth));
    }
  }
}

TEST_CASE("long chains of declarations are errors at most") {
  for (const Chain& chain : kChains) {
    for (bool backwards : {false, true}) {
      INFO(chain.link << (backwards ? " backwards" : ""));
      Checked checked(program(chain, 100, backwards));
      CHECK(checked.errors().find("too many") == std::string::npos);
      CHECK(checked.errors().find("too deep") == std::string::npos);
      Checked longer(program(chain, 2'000, backwards));
    }
  }
}

#ifdef MILLRACE_MEASURES_STACK
TEST_CASE("checking fits into half a megabyte of stack") {
  for (const Nesting& nesting : kNestings) {
    for (int depth : {300, 500, 800, 990}) {
      const std::string text = nesting.program(depth);
      size_t used = stackUse([&] { Checked checked(text); });
      INFO(nesting.prefix << nesting.open << " " << depth);
      CHECK(used < 544 * 1024);
    }
  }
  for (const Chain& chain : kChains) {
    for (bool backwards : {false, true}) {
      const std::string text = program(chain, 2'000, backwards);
      size_t used = stackUse([&] { Checked checked(text); });
      INFO(chain.link << (backwards ? " backwards" : ""));
      CHECK(used < 544 * 1024);
    }
  }
}
#endif
