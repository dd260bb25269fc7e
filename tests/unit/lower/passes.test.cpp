// Simplifying, inlining, and making graphs reducible.
#include <catch2/catch.hpp>

#include "tests/support/ir/lowered.h"
#include "wasm/ir/graph.h"

using namespace millrace;
using test::Lowered;

TEST_CASE("copies and constants are followed") {
  Lowered lowered(R"(
    func f(a i64) i64 {
      local b i64
      local c i64
      local k i64
    b0: %b = %a
        %k = 2L
        branch i64.eqz(%b) b1 b2
    b1: %c = i64.add(%k, 3L)
        return %c
    b2: %c = %b
        return i64.add(%c, %b)
    }
  )");
  CHECK(lowered.count("return 5L") == 1);
  CHECK(lowered.count("return i64.add(%0, %0)") == 1);
  CHECK(lowered.count(" = ") == 0);
}

TEST_CASE("a copy ends when what it was made of is set") {
  Lowered lowered(R"(
    func f(a i64) i64 {
      local b i64
    b0: %b = %a
        %a = i64.add(%a, 1L)
        return i64.sub(%a, %b)
    }
  )");
  CHECK(lowered.count("return i64.sub(%0, %1)") == 1);
}

TEST_CASE("a local that is read before its only set is 0 there") {
  Lowered lowered(R"(
    func f(n i64) i64 {
      local seen i64
      local last i64
    b0: jump b1
    b1: %last = %seen
        %seen = 7L
        %n = i64.sub(%n, 1L)
        branch i64.eqz(%n) b2 b1
    b2: return %last
    }
  )",
                  {.polls = false});
  CHECK(lowered.count("%2 = %1") == 1);
  CHECK(lowered.count("return %2") == 1);
}

TEST_CASE("decided branches go, and what only they led to") {
  Lowered lowered(R"(
    func f() i64 {
      local k i32
    b0: %k = 3
        branch i32.eq(%k, 3) b1 b2
    b1: return 1L
    b2: rt printInt(2L)
        jump b1
    }
  )");
  CHECK(lowered.count("branch") == 0);
  CHECK(lowered.count("printInt") == 0);
}

TEST_CASE("a check made before is not made again") {
  const char* text = R"(
    func fail() [no-inline] { b0: rt panic(0, 0) unreachable }
    func f(i i64, n i64, p i32) {
    b0: check i64.ge_u(%i, %n) call fail()
        branch %p b1 b2
    b1: check i64.ge_u(%i, %n) call fail()
        jump b3
    b2: %i = i64.add(%i, 1L)
        check i64.ge_u(%i, %n) call fail()
        jump b3
    b3: check i64.ge_u(%i, %n) call fail()
        check i64.eqz(%n) call fail()
        check i64.eqz(%n) call fail()
        check i64.eqz(i64.load(%p)) call fail()
        check i64.eqz(i64.load(%p)) call fail()
        return
    }
  )";
  Lowered lowered(text, {.polls = false});
  CHECK(lowered.count("check i64.ge_u(%0, %1)", 1) == 3);
  CHECK(lowered.count("check i64.eqz(%1)", 1) == 1);
  CHECK(lowered.count("check i64.eqz(i64.load", 1) == 2);  // memory may change
}

TEST_CASE("small functions are put in the place of calls, and say where they were called") {
  Lowered lowered(R"(
    func add(a i64, b i64) i64 {
    b0: check i64.eqz(%b) rt panic(1, 2)
        return i64.add(%a, %b)
    }
    func twice(a i64) i64 {
      local x i64
    b0: %x = call add(%a, %a)
        return %x
    }
    func f(a i64) i64 {
      local x i64
    b0: rt printInt(%a)
        %x = call twice(%a)
        return %x
    }
  )");
  CHECK(lowered.count("call", 2) == 0);
  CHECK(lowered.count("i64.add(%0, %0)", 2) == 1);
  const ir::Function& f = *lowered.module.functions[2];
  const ir::Stmt& check = f.blocks[0].statements[1];
  REQUIRE(check.kind == ir::StmtKind::Check);
  CHECK(check.pos.value == 3);
  auto frames = ir::sourceFrames(lowered.module, 2, check.pos, check.inlined);
  REQUIRE(frames.size() == 3);
  CHECK((frames[0].function == 0 && frames[0].pos.value == 3));
  CHECK((frames[1].function == 1 && frames[1].pos.value == 8));
  CHECK((frames[2].function == 2 && frames[2].pos.value == 14));
}

TEST_CASE("what must not be inlined is not") {
  auto calls = [](const std::string& flags) {
    return Lowered("func g() i64 " + flags +
                   " { b0: return 1L b1: return 2L }\n"
                   "func f() i64 { local x i64 b0: %x = call g() return %x }")
        .count("call g", 1);
  };
  CHECK(calls("") == 0);
  CHECK(calls("[no-inline]") == 1);
  CHECK(calls("handler b1") == 1);
}

TEST_CASE("an inlined local that is read first is 0 each time") {
  Lowered lowered(R"(
    func g(p i32) i64 {
      local x i64
    b0: branch %p b1 b2
    b1: %x = 5L
        jump b2
    b2: return %x
    }
    func f(p i32) {
      local r i64
    b0: jump b1
    b1: %r = call g(%p)
        rt printInt(%r)
        jump b1
    }
  )",
                  {.polls = false});
  CHECK(lowered.count("call g", 1) == 0);
  CHECK(lowered.count("= 0L", 1) == 1);
}

TEST_CASE("a small recursive function is put into itself three levels deep") {
  Lowered lowered(R"(
    func fib(n i64) i64 {
      local a i64
      local b i64
    b0: branch i64.lt_s(%n, 2L) b1 b2
    b1: return %n
    b2: %a = call fib(i64.sub(%n, 1L))
        %b = call fib(i64.sub(%n, 2L))
        return i64.add(%a, %b)
    }
  )",
                  {.polls = false});
  CHECK(lowered.count("call fib") == 16);
  CHECK(lowered.module.functions[0]->inlinings.size() == 2 + 4 + 8);
}

TEST_CASE("a function is put into itself no deeper than its size allows") {
  std::string calls;
  for (int i = 0; i < 6; i++) calls += "%a = i64.add(%a, 1L)\n%a = call f(%a)\n";
  Lowered lowered("func f(n i64) i64 { local a i64 b0: %a = %n branch i64.lt_s(%n, 2L) b1 b2 b1: return %n b2: " +
                      calls + "return %a }",
                  {.polls = false});
  CHECK(lowered.count("call f") == 6 * 6);
}

TEST_CASE("cycles with several ways in get a head") {
  Lowered lowered(R"(
    func f(n i32) {
    b0: branch %n b1 b2
    b1: rt printInt(1L)
        branch i32.load(%n) b2 b3
    b2: rt printInt(2L)
        branch i32.load(%n) b1 b3
    b3: return
    }
  )",
                  {.polls = false});
  CHECK(ir::Graph(*lowered.module.functions[0]).reducible);
  CHECK(lowered.count("printInt(1L)") == 1);  // nothing is copied
  CHECK(lowered.count("printInt(2L)") == 1);
}

// ------------------------------------------------------------------------------------------------ what is known

TEST_CASE("a counter below a length needs no bounds check") {
  auto checks = [](const std::string& first, const std::string& bound, const std::string& index) {
    return Lowered(R"(
      func fail() [no-inline] { b0: rt panic(0, 0) unreachable }
      func f(p i32, n i64) {
        local i i64
        local j i64
      b0: %i = )" + first + R"(
          jump b1
      b1: branch )" + bound + R"( b2 b5
      b2: %j = 0L
          jump b3
      b3: branch i64.lt_s(%j, i64.load(%p)) b4 b6
      b4: check i64.ge_u()" + index + R"(, %n) call fail()
          i64.store(%p, %j)
          %j = i64.add(%j, 1L)
          jump b3
      b6: %i = i64.add(%i, 1L)
          jump b1
      b5: return
      }
    )",
                   {.polls = false})
        .count("check", 1);
  };
  CHECK(checks("0L", "i64.lt_s(%i, %n)", "%i") == 0);
  CHECK(checks("0L", "i64.gt_s(%n, %i)", "%i") == 0);
  CHECK(checks("1L", "i64.lt_s(%i, %n)", "i64.sub(%i, 1L)") == 0);
  CHECK(checks("0L", "i64.lt_s(%i, %n)", "i64.sub(%i, 1L)") == 1);
  CHECK(checks("0L", "i64.lt_s(%i, %n)", "i64.add(%i, 1L)") == 1);
  CHECK(checks("0L", "i64.le_s(%i, %n)", "%i") == 1);
  CHECK(checks("-1L", "i64.lt_s(%i, %n)", "%i") == 1);
  CHECK(checks("%n", "i64.lt_s(%i, %n)", "%i") == 1);
}

TEST_CASE("a counter that may overflow is none") {
  Lowered lowered(R"(
    func fail() [no-inline] { b0: rt panic(0, 0) unreachable }
    func f(n i64) {
      local i i64
    b0: %i = 0L
        jump b1
    b1: branch i64.lt_s(%i, %n) b2 b3
    b2: check i64.ge_u(%i, %n) call fail()
        jump b3
    b3: %i = i64.add(%i, 1L)
        jump b1
    }
  )",
                  {.polls = false});
  CHECK(lowered.count("check", 1) == 1);
}

TEST_CASE("what two ways agree on is known where they meet, and nothing else") {
  Lowered lowered(R"(
    func fail() [no-inline] { b0: rt panic(0, 0) unreachable }
    func f(i i64, j i64, n i64, p i32) {
    b0: %i = i64.add(%i, 1L)
        %j = i64.add(%j, 1L)
        check i64.ge_u(%i, %n) call fail()
        check i64.ge_u(%j, %n) call fail()
        branch %p b1 b2
    b1: %i = i64.add(%i, 1L)
        jump b3
    b2: jump b3
    b3: check i64.ge_u(%j, %n) call fail()
        check i64.ge_u(%i, %n) call fail()
        return
    }
  )",
                  {.polls = false});
  CHECK(lowered.count("check i64.ge_u(%0", 1) == 2);
  CHECK(lowered.count("check i64.ge_u(%1", 1) == 1);
}

TEST_CASE("a branch decides checks behind it") {
  Lowered lowered(R"(
    func fail() [no-inline] { b0: rt panic(0, 0) unreachable }
    func f(p i32, i i64) i64 {
    b0: branch i32.eqz(%p) b1 b2
    b1: return 0L
    b2: check i32.eqz(%p) call fail()
        check i64.ge_u(i64.and(%i, 63L), 64L) call fail()
        check i64.ge_u(i64.and(%i, 64L), 64L) call fail()
        return i64.load(%p)
    }
  )",
                  {.polls = false});
  CHECK(lowered.count("check", 1) == 1);
}

TEST_CASE("memory is read once, if nothing is written and no loop is entered") {
  Lowered lowered(R"(
    func f(p i32, q i32) i64 {
      local a i64
      local b i64
      local c i64
      local d i64
    b0: %a = i64.load(%p)
        %b = i64.load(%p)
        rt printInt(i64.add(%a, %b))
        %c = i64.load(%p)
        i64.store(%q, 5L)
        %d = i64.load(%q)
        rt printInt(i64.add(%c, %d))
        jump b1
    b1: %a = i64.load(%p)
        branch i64.eqz(%a) b1 b2
    b2: return 0L
    }
  )",
                  {.polls = false});
  CHECK(lowered.count("i64.add(%2, %2)") == 1);
  CHECK(lowered.count("i64.add(%4, 5L)") == 1);
  CHECK(lowered.count("i64.load(%0)") == 3);  // the loop's own, each turn
  CHECK(lowered.count("i64.load(%1)") == 0);
}

TEST_CASE("the call of a closure made here becomes direct") {
  Lowered lowered(R"(
    func g(n i64, self i32) [no-inline] { b0: rt printInt(%n) return }
    func f(n i64) {
      local c i32
      local w i32
    b0: %c = rt newObject(8)
        i64.store(%c, 1L)
        i64.store(%c, %n) + 8
        jump b1
    b1: %w = i32.load(%c)
        table (i64 i32) () %w (%n, %c)
        branch i64.eqz(%n) b2 b1
    b2: return
    }
    table f g
  )",
                  {.polls = false});
  INFO(lowered.dump(1));
  CHECK(lowered.count("call g(", 1) == 1);
}

TEST_CASE("what was computed before is not computed again, unless it had to outlive a call") {
  Lowered lowered(R"(
    func fail() [no-inline] { b0: rt panic(0, 0) unreachable }
    func f(i i64, k i64, n i64) i64 {
      local a i64
      local b i64
      local c i64
    b0: %a = i64.add(%i, %k)
        check i64.ge_u(%a, %n) call fail()
        %b = i64.add(%i, %k)
        check i64.ge_u(%b, %n) call fail()
        rt printInt(i64.mul(%a, %b))
        %c = i64.add(%i, %k)
        check i64.ge_u(%c, %n) call fail()
        return i64.mul(%c, %c)
    }
  )",
                  {.polls = false});
  CHECK(lowered.count("i64.add", 1) == 2);
  CHECK(lowered.count("check", 1) == 1);
}

TEST_CASE("a local that was set again on another way is not taken for what it was") {
  Lowered lowered(R"(
    func f(p i32) i64 {
      local x i64
      local y i64
    b0: %y = i64.load(%p)
        rt printInt(%y)
        %x = %y
        branch %p b1 b2
    b1: %y = i64.load(%p) + 8
        rt printInt(%y)
        jump b2
    b2: return %x
    }
  )",
                  {.polls = false});
  CHECK(lowered.count("return %1") == 1);
}
