// What frames hold, how sites are numbered and what is not paid for.
#include <catch2/catch.hpp>

#include "tests/support/ir/lowered.h"

using namespace millrace;
using test::Lowered;

namespace {
const lower::Options kNoPolls = {.polls = false, .inlineCalls = false};
}

TEST_CASE("a function that cannot park is left as it is") {
  Lowered lowered(R"(
    func f(n i64) i64 {
    b0: %n = i64.add(%n, 1L)
        rt printInt(%n)
        return %n
    }
  )");
  CHECK(lowered.sites.empty());
  CHECK(lowered.count("state") == 0);
}

TEST_CASE("a frame holds what is live after the call, and its end") {
  auto bytes = [](const std::string& body) {
    Lowered lowered("func f(a i64, b i64, c i32, d i32) i64 {\n local x i64\nb0:\n" + body + "\n}", kNoPolls);
    REQUIRE(lowered.sites.size() == 1);
    return lowered.sites[0].frameBytes;
  };
  CHECK(bytes("rt yield() return 0L") == 8);
  CHECK(bytes("rt yield() return %a") == 16);
  CHECK(bytes("rt yield() return i64.add(%a, %b)") == 24);
  CHECK(bytes("rt yield() return i64.extend_i32_s(%c)") == 16);  // rounded up
  CHECK(bytes("rt yield() return i64.extend_i32_s(i32.add(%c, %d))") == 16);
  // Arguments are not needed again, nor what the call itself sets.
  CHECK(bytes("%x = rt goMaxProcs(%a) return %x") == 8);
  CHECK(bytes("%a = rt goMaxProcs(%a) return %a") == 8);
  // But the table index is: settled in a local if it is not one.
  CHECK(bytes("%x = table (i64) (i64) %c (%a) return %x") == 16);
  CHECK(bytes("%x = table (i64) (i64) i32.load(%c) (%a) return %x") == 16);
  CHECK(bytes("%x = table (i64) (i64) 3 (%a) return %x") == 8);
}

TEST_CASE("locals whose lives are apart share a place in the frame") {
  Lowered lowered(R"(
    func f(p i32) i64 {
      local a i64
      local b i64
    b0: %a = i64.load(%p)
        rt yield()
        rt printInt(%a)
        %b = rt goMaxProcs(1L)
        rt yield()
        return %b
    }
  )",
                  kNoPolls);
  REQUIRE(lowered.sites.size() == 3);
  for (const lower::Site& site : lowered.sites) CHECK(site.frameBytes == 16);
}

TEST_CASE("sites are numbered on from the first, in the order of the text") {
  Lowered lowered(R"(
    func a() {
    b0: rt yield()
        rt yield()
        return
    }
    func b() {
    b0: call a()
        return
    }
  )",
                  {.polls = false, .inlineCalls = false, .firstSite = 70});
  REQUIRE(lowered.sites.size() == 3);
  CHECK(lowered.sites[0].function == 0);
  CHECK(lowered.sites[0].pos.value == 3);
  CHECK(lowered.sites[1].pos.value == 4);
  CHECK(lowered.sites[2].function == 1);
  CHECK(lowered.sites[2].pos.value == 8);
  CHECK(lowered.count("i32.add(%0, 69)") == 1);  // its numbers begin at 1
  CHECK(lowered.count("72L", 1) == 1);
}

TEST_CASE("normal flow pays one test at the entry and one after each site") {
  Lowered lowered(R"(
    func f(p i32) i64 {
      local a i64
      local b i64
    b0: %a = rt goMaxProcs(1L)
        %b = rt goMaxProcs(2L)
        return i64.add(%a, %b)
    }
  )",
                  kNoPolls);
  CHECK(lowered.count("branch i32.eqz(state)") == 3);
  // While rewinding and unwinding: which site, and is there room for the frame?
  CHECK(lowered.count("branch") == 3 + 2);
}

TEST_CASE("arguments that could trap are evaluated before the call, once") {
  Lowered lowered(R"(
    func f(p i32) {
    b0: rt sleep(i64.load(%p))
        rt sleep(i64.add(i64.extend_i32_s(%p), 1L))
        return
    }
  )",
                  kNoPolls);
  CHECK(lowered.count("rt sleep(%") == 1);
  CHECK(lowered.count("rt sleep(i64.add(") == 1);
}

TEST_CASE("a check whose function may park is a branch around a call") {
  Lowered lowered(R"(
    func fail() [no-inline] {
    b0: rt yield()
        rt panic(0, 0)
        unreachable
    }
    func f(p i32) {
    b0: check %p call fail()
        return
    }
  )",
                  kNoPolls);
  CHECK(lowered.count("check", 1) == 0);
  CHECK(lowered.count("call fail()", 1) == 1);
  CHECK(lowered.sites.size() == 2);
}
