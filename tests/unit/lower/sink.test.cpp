// Objects that are made where they are needed.
#include <catch2/catch.hpp>

#include "tests/support/ir/lowered.h"

using namespace millrace;
using test::Lowered;

namespace {

const lower::Options unpolled = {.polls = false, .barriers = false};

// The text of a block; "" if there is no such block.
std::string blockOf(const Lowered& lowered, const std::string& name) {
  std::string text = "\n" + lowered.dump();
  size_t at = text.find("\n" + name + ":");
  return at == std::string::npos ? "" : text.substr(at, text.find("\nb", at + 1) - at);
}
bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("an object is made where a branch leads to those who need it, and filled there") {
  Lowered lowered(R"(
    func f(p i32, n i64) {
      local o i32
    b0: %o = rt newObject(8)
        i64.store(%o, 1L)
        rt printInt(%n)
        i64.store(%o, %n) + 8
        branch i32.load(%p) b1 b2
    b1: rt printPointer(%o)
        jump b2
    b2: return
    }
  )",
                  unpolled);
  INFO(lowered.dump());
  CHECK_FALSE(has(blockOf(lowered, "b0"), "newObject"));
  CHECK_FALSE(has(blockOf(lowered, "b0"), "store"));
  std::string there = blockOf(lowered, "b1");
  CHECK(has(there, "newObject"));
  CHECK(lowered.count("i64.store") == 2);
  CHECK(there.find("newObject") < there.find("i64.store"));
  CHECK(there.find("i64.store") < there.find("printPointer"));
}

TEST_CASE("what only such an object points to follows it, and both go through several branches") {
  Lowered lowered(R"(
    func f(p i32) {
      local inner i32
      local outer i32
    b0: %inner = rt newObject(8)
        i64.store(%inner, 5L)
        %outer = rt newObject(16)
        i32.store(%outer, %inner)
        branch i32.load(%p) b1 b3
    b1: rt printInt(2L)
        branch i32.load(%p) + 4 b2 b3
    b2: rt printPointer(%outer)
        jump b3
    b3: return
    }
  )",
                  unpolled);
  INFO(lowered.dump());
  CHECK(lowered.count("newObject") == 2);
  std::string there = blockOf(lowered, "b2");
  CHECK(there.find("newObject(8)") < there.find("newObject(16)"));
  CHECK(there.find("newObject(16)") < there.find("printPointer"));
}

TEST_CASE("an object stays where it is made") {
  // What follows its making.
  auto staysBefore = [](const std::string& rest) {
    Lowered lowered("func f(p i32, n i64) { local o i32 b0: %o = rt newObject(8)\n" + rest + "}", unpolled);
    INFO(lowered.dump());
    CHECK(has(blockOf(lowered, "b0"), "newObject"));
  };
  const std::string oneWayNeedsIt = R"(
        branch i32.load(%p) b1 b2
    b1: rt printPointer(%o)
        rt printInt(%n)
        return
    b2: rt printInt(%n)
        return
  )";
  SECTION("if both ways need it") {
    staysBefore(R"(
          branch i32.load(%p) b1 b2
      b1: rt printPointer(%o)
          return
      b2: rt printPointer(%o)
          rt printInt(1L)
          return
    )");
  }
  SECTION("if they meet again before") {
    staysBefore(R"(
          branch i32.load(%p) b1 b2
      b1: rt printInt(1L)
          jump b2
      b2: rt printPointer(%o)
          return
    )");
  }
  SECTION("if what is stored in it is another there") {
    staysBefore("i64.store(%o, %n)\n %n = i64.load(%p) + 8" + oneWayNeedsIt);
  }
  SECTION("if what is stored in it is read from memory") {
    staysBefore("i64.store(%o, i64.load(%p) + 8)\n i64.store(%p, 7L) + 8" + oneWayNeedsIt);
  }
  SECTION("if somebody is told of it before") { staysBefore("i32.store(%p, %o) + 8" + oneWayNeedsIt); }
  SECTION("if it is made once, and needed each turn of a loop") {
    staysBefore(R"(
          branch i32.load(%p) b1 b2
      b1: rt printPointer(%o)
          branch i32.load(%p) b1 b2
      b2: return
    )");
  }
}
