// The collector's write barrier: where it stands, and where it need not.
#include <catch2/catch.hpp>

#include "tests/support/ir/lowered.h"

using namespace millrace;
using test::Lowered;

namespace {
Lowered body(const std::string& statements, const std::string& flags = "") {
  return Lowered("func f(p i32, q i32, n i64) " + flags + " {\n local o i32\n local x i32\n b0:\n" + statements +
                     "\n return\n}",
                 {.polls = false});
}
}  // namespace

TEST_CASE("a store of a pointer is guarded, others are not") {
  Lowered lowered = body("pointers i64.store(%p, i64.extend_i32_u(%q)) + 8\n i64.store(%p, %n)");
  CHECK(lowered.count("guard i32.load(worker) + 4 rt writeBarrier(i32.add(%0, 8))") == 1);
  CHECK(lowered.count("guard") == 1);
  CHECK(Lowered("func f(p i32) { b0: pointers i64.store(%p, 0L) return }", {.barriers = false}).count("guard") == 0);
}

TEST_CASE("stores to one object share a guard") {
  Lowered lowered = body(R"(
    pointers i64.store(%p, i64.extend_i32_u(%q)) + 16
    i64.store(%p, %n) + 8
    pointers i64.store(%p, i64.extend_i32_u(%q))
    pointers i64.store(%q, i64.extend_i32_u(%p))
    pointers i64.store(%p, 0L) + 200
    pointers i64.store(%p, 0L) + 300
  )");
  CHECK(lowered.count("rt bulkBarrier(%0, 24L)") == 1);
  CHECK(lowered.count("rt writeBarrier(%1)") == 1);
  CHECK(lowered.count("rt writeBarrier(i32.add(%0, 200))") == 1);  // too far apart for one
  CHECK(lowered.count("rt writeBarrier(i32.add(%0, 300))") == 1);
  CHECK(lowered.count("guard") == 4);
}

TEST_CASE("an object made since the goroutine could park needs no guard") {
  const char* make = "%o = rt newObject(8)\n";
  const char* store = "pointers i64.store(%o, i64.extend_i32_u(%p))\n";
  auto guards = [&](const std::string& between) { return body(make + between + store).count("guard"); };
  CHECK(guards("") == 0);
  CHECK(guards("rt printInt(%n)\n") == 0);
  CHECK(guards("i64.store(%p, i64.extend_i32_u(%o))\n") == 0);  // known to others: no matter
  CHECK(guards("rt yield()\n") == 1);
  CHECK(guards("%o = %p\n") == 1);
  CHECK(guards("%x = i32.load(%o)\n pointers i64.store(%x, 0L)\n") == 1);
}

TEST_CASE("what is fresh stays so where ways part, and not in loops that may park") {
  Lowered lowered(R"(
    func f(p i32, n i64) {
      local o i32
    b0: %o = rt newObject(8)
        branch i64.eqz(%n) b1 b2
    b1: pointers i64.store(%o, i64.extend_i32_u(%p))
        return
    b2: pointers i64.store(%o, i64.extend_i32_u(%p)) + 8
        rt yield()
        jump b3
    b3: pointers i64.store(%o, i64.extend_i32_u(%p)) + 16
        %n = i64.load(%p)
        branch i64.eqz(%n) b4 b3
    b4: return
    }
  )");
  CHECK(lowered.count("guard") == 1);
  CHECK(lowered.count("writeBarrier(i32.add(%2, 16))") == 1);
}

TEST_CASE("copies, clears and atomics are guarded; an address is computed once") {
  Lowered lowered = body(R"(
    pointers copy(i32.add(%p, %q), %q, i32.wrap_i64(%n))
    pointers fill(%p, 0, 64)
    pointers i32.atomic.store(%p, %q)
  )");
  CHECK(lowered.count("i32.add(%0, %1)") == 1);
  CHECK(lowered.count("i32.wrap_i64(%2)") == 1);
  CHECK(lowered.count("rt bulkBarrier(%0, 64L)") == 1);
  CHECK(lowered.count("rt bulkBarrier(") == 2);
  CHECK(lowered.count("rt writeBarrier(%0)") == 1);
}
