// Which loops are polled, and where.
#include "wasm/lower/polls.h"

#include <catch2/catch.hpp>

#include "tests/support/ir/lowered.h"

using namespace millrace;

namespace {

// Is the only loop of the function, whose statements and conditions are given, polled?
bool polled(const std::string& condition, const std::string& body, const std::string& step) {
  ir::Module module;
  test::parseIr(R"(
    func g() { b0: return }
    func f(n i64, p i32) {
      local i i64
      local k i32
      local x i64
    b0: jump b1
    b1: branch )" + condition +
                    R"( b2 b4
    b2: )" + body + R"(
        jump b3
    b3: )" + step + R"(
        jump b1
    b4: return
    }
  )",
                module);
  const ir::Function& f = *module.functions[1];
  ir::Graph graph(f);
  REQUIRE(graph.loops.size() == 1);
  return lower::loopsToPoll(f, graph)[0];
}

const std::string kUp = "%i = i64.add(%i, 1L)";

}  // namespace

TEST_CASE("a counted loop that calls nothing is not polled") {
  CHECK_FALSE(polled("i64.lt_s(%i, %n)", "i64.store(%p, %i)", kUp));
  CHECK_FALSE(polled("i64.lt_s(%i, 10L)", "%x = i64.add(%x, %i)", "%i = i64.add(%i, 2L)"));
  CHECK_FALSE(polled("i64.gt_s(%n, %i)", "", kUp));
  CHECK_FALSE(polled("i32.eqz(i64.ge_s(%i, %n))", "", kUp));
  CHECK_FALSE(polled("i64.ne(%i, %n)", "", kUp));
  CHECK_FALSE(polled("i64.ge_s(%i, 0L)", "", "%i = i64.sub(%i, 1L)"));
  CHECK_FALSE(polled("i64.lt_s(%i, i64.mul(%n, 2L))", "", kUp));
  CHECK_FALSE(polled("i32.lt_s(%k, %p)", "", "%k = i32.add(%k, 1)"));
  CHECK_FALSE(polled("i64.lt_s(%i, %n)", "check i64.eqz(%x) call g()", kUp));
}

TEST_CASE("a loop whose end depends on more than counting is polled") {
  CHECK(polled("1", "", ""));
  CHECK(polled("i32.load(%p)", "", kUp));
  CHECK(polled("i64.lt_s(%i, i64.load(%p))", "", kUp));
  CHECK(polled("i64.lt_s(%i, %n)", "", ""));
  CHECK(polled("i64.lt_s(%i, %n)", "", "%i = i64.sub(%i, 1L)"));
  CHECK(polled("i64.lt_s(%i, %n)", "%n = i64.add(%n, 1L)", kUp));
  CHECK(polled("i64.lt_s(%i, %n)", "%i = i64.load(%p)", kUp));
  CHECK(polled("i64.ne(%i, %n)", "", "%i = i64.add(%i, 2L)"));
  CHECK(polled("i64.ge_u(%i, 0L)", "", "%i = i64.sub(%i, 1L)"));
  CHECK(polled("i64.le_s(%i, 9223372036854775807L)", "", kUp));
  CHECK(polled("i64.eq(%i, %n)", "", kUp));
  CHECK(polled("i64.lt_s(%i, %n)", "%x = i64.atomic.load(%p)", "%i = i64.add(%x, 1L)"));
  CHECK(polled("i32.load(worker)", "", kUp));
}

TEST_CASE("a loop that calls is polled") {
  CHECK(polled("i64.lt_s(%i, %n)", "call g()", kUp));
  CHECK(polled("i64.lt_s(%i, %n)", "rt printInt(%i)", kUp));
}

TEST_CASE("a step that is not taken on every turn does not count") {
  ir::Module module;
  test::parseIr(R"(
    func f(n i64, p i32) {
      local i i64
    b0: jump b1
    b1: branch i64.lt_s(%i, %n) b2 b4
    b2: branch i32.load(%p) b3 b1
    b3: %i = i64.add(%i, 1L)
        jump b1
    b4: return
    }
  )",
                module);
  const ir::Function& f = *module.functions[0];
  CHECK(lower::loopsToPoll(f, ir::Graph(f))[0]);
}

TEST_CASE("the loop around a counted one is polled on its way back") {
  const char* text = R"(
    func f(n i64, p i32) {
      local i i64
      local j i64
    b0: jump b1
    b1: branch i64.lt_s(%i, %n) b2 b6
    b2: %j = 0L
        jump b3
    b3: branch i64.lt_s(%j, %n) b4 b5
    b4: i64.store(%p, %j)
        %j = i64.add(%j, 1L)
        jump b3
    b5: %i = i64.add(%i, 1L)
        jump b1
    b6: return
    }
    table f
  )";
  test::Lowered lowered(text);
  // One test, and two calls: in the loop, and on the way back into it.
  CHECK(lowered.count("i32.load(worker)") == 1);
  CHECK(lowered.count("rt poll()") == 2);
  CHECK(lowered.sites.size() == 1);
  test::Lowered without(text, {.polls = false});
  CHECK(without.count("poll") == 0);
  CHECK(without.sites.empty());
  test::Lowered plain(text, {.suspension = lower::Suspension::Asyncify});
  CHECK(plain.count("rt poll()") == 1);
  CHECK(plain.count("state") == 0);
}

TEST_CASE("a loop in which something parks is polled at its head, in one test with resuming") {
  test::Lowered lowered(R"(
    func f(n i64) {
    b0: jump b1
    b1: branch i64.eqz(%n) b3 b2
    b2: rt yield()
        jump b1
    b3: return
    }
  )");
  CHECK(lowered.count("i32.or(i32.load(worker), %") == 1);
  CHECK(lowered.count("rt poll()") == 1);
  CHECK(lowered.count("rt yield()") == 1);
  CHECK(lowered.sites.size() == 2);
}

TEST_CASE("functions that must not be polled are not") {
  const char* loop = "{ b0: jump b1 b1: jump b1 }";
  CHECK(test::Lowered(std::string("func f() ") + loop).count("rt poll()") == 2);
  CHECK(test::Lowered(std::string("func f() [no-poll] ") + loop).count("rt poll()") == 0);
  CHECK(test::Lowered(std::string("func f() [never-parks] ") + loop).count("rt poll()") == 0);
}
