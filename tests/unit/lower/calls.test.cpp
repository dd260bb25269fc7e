// Which functions may park, and where recursion is polled.
#include "wasm/lower/calls.h"

#include <catch2/catch.hpp>

#include "tests/support/ir/lowered.h"

using namespace millrace;
using lower::Calls;

namespace {

struct Program {
  ir::Module module;
  std::unique_ptr<Calls> calls;

  Program(std::string_view text, bool wholeProgram = true) {
    test::parseIr(text, module);
    calls = std::make_unique<Calls>(module, lower::CallOptions{wholeProgram, true},
                                    std::vector<bool>(module.functions.size()));
  }
  ir::FunctionId id(std::string_view name) const {
    for (ir::FunctionId f = 0; f < module.functions.size(); f++) {
      if (module.functions[f]->name == name) return f;
    }
    FAIL("no such function");
    return 0;
  }
  bool parks(std::string_view name) const { return calls->mayPark(id(name)); }
  bool polls(std::string_view name) const { return calls->pollsAtEntry(id(name)); }
};

}  // namespace

TEST_CASE("parking spreads to callers") {
  Program p(R"(
    func a() { b0: call b() return }
    func b() { b0: call c() return }
    func c() { b0: rt yield() return }
    func d() { b0: rt numCpu() return }
  )");
  CHECK(p.parks("a"));
  CHECK(p.parks("b"));
  CHECK(p.parks("c"));
  CHECK_FALSE(p.parks("d"));
}

TEST_CASE("a call through the table parks as the functions of its signature do, if no others can be there") {
  const char* text = R"(
    func plain(i32) { b0: return }
    func parking(i64) { b0: rt yield() return }
    func callsPlain(t i32) { b0: table (i32) () %t (1) return }
    func callsParking(t i32) { b0: table (i64) () %t (1L) return }
    func callsNobody(t i32) { b0: table (f64) () %t (1d) return }
    table plain parking
  )";
  Program whole(text);
  CHECK_FALSE(whole.parks("callsPlain"));
  CHECK(whole.parks("callsParking"));
  CHECK_FALSE(whole.parks("callsNobody"));
  Program part(text, false);
  CHECK(part.parks("callsPlain"));
  CHECK(part.parks("callsNobody"));
}

TEST_CASE("an imported function may park unless it says otherwise") {
  Program p(R"(
    import unknown() from lib.unknown
    import known() [never-parks] from lib.known
    func a() { b0: call unknown() return }
    func b() { b0: call known() return }
  )");
  CHECK(p.parks("a"));
  CHECK_FALSE(p.parks("b"));
}

TEST_CASE("a function that never parks trusts what it calls through the table") {
  Program p("func hash(t i32) [never-parks] { b0: table () () %t () return }", false);
  CHECK_FALSE(p.parks("hash"));
  CHECK_FALSE(p.calls->parks(*p.module.functions[0]->blocks[0].statements[0].call, ir::kNeverParks));
}

TEST_CASE("every cycle of calls is polled, by one function") {
  Program p(R"(
    func self() { b0: call self() return }
    func even() { b0: call odd() return }
    func odd() { b0: call even() return }
    func caller() { b0: call self() call even() return }
    func quiet() [no-poll] { b0: call quiet() return }
    func mixed() [no-poll] { b0: call other() return }
    func other() { b0: call mixed() return }
  )");
  CHECK(p.polls("self"));
  CHECK(p.polls("even") + p.polls("odd") == 1);
  CHECK_FALSE(p.polls("caller"));
  CHECK_FALSE(p.polls("quiet"));
  CHECK(p.polls("other"));
  CHECK_FALSE(p.polls("mixed"));
}

TEST_CASE("recursion through the table is polled where it comes back") {
  const char* text = R"(
    func visit(t i32) { b0: call helper(%t) return }
    func helper(t i32) { b0: table (i32) () %t (%t) return }
    func leaf(t i32) { b0: return }
    func outer(t i64) { b0: table (i32) () 0 (0) return }
    table visit leaf outer
  )";
  Program whole(text);
  CHECK(whole.polls("visit"));
  CHECK_FALSE(whole.polls("helper"));  // every way round leads through visit
  CHECK_FALSE(whole.polls("leaf"));
  CHECK_FALSE(whole.polls("outer"));
  Program part(text, false);  // other modules may call outer back
  CHECK(part.polls("outer"));
  CHECK_FALSE(part.polls("leaf"));
}
