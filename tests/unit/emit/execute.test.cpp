// What emitted modules do under node: as they are, and parked and moved to another worker wherever they can be.
#include "tests/support/ir/execute.h"

#include <catch2/catch.hpp>

#include "tests/support/ir/random.h"
#include "tests/support/ir/text.h"

using namespace millrace;
using test::Execution;

namespace {

// Runs table entry 0 of the program with the arguments, in all variants; they must agree. What the first did.
std::string run(const std::string& text, std::vector<std::string> arguments = {},
                const test::ExecuteOptions& options = {}) {
  Execution execution;
  execution.add(
      "test", [&](ir::Module& module) { test::parseIr(text, module); }, {{0, std::move(arguments)}}, 0, options);
  std::string output;
  std::string fault = execution.run(&output);
  CHECK(fault == "");
  return output.substr(0, output.find('\n'));
}

}  // namespace

TEST_CASE("several results") {
  CHECK(run(R"(
    func f() i64, i32 {
      local a i64
      local b i32
    b0: %b, %a = call g(7L)
        return %a, %b
    }
    func g(x i64) i32, i64 [no-inline] {
    b0: rt yield()
        return 3, i64.add(%x, 1L)
    }
    table f
  )") == "8,3 yield");
}

TEST_CASE("loops with parking calls, nested, keep their locals") {
  CHECK(run(R"(
    func f(n i64) i64 {
      local i i64
      local j i64
      local sum i64
    b0: %i = 0L
        jump b1
    b1: branch i64.lt_s(%i, %n) b2 b6
    b2: %j = 0L
        jump b3
    b3: branch i64.lt_s(%j, %i) b4 b5
    b4: rt yield()
        %sum = i64.add(%sum, i64.add(%i, i64.mul(%j, 100L)))
        %j = i64.add(%j, 1L)
        jump b3
    b5: %i = i64.add(%i, 1L)
        jump b1
    b6: return %sum
    }
    table f
  )",
            {"4L"}) == "414 yield; yield; yield; yield; yield; yield");
}

TEST_CASE("a switch") {
  const char* text = R"(
    func f(n i32) i64 {
    b0: switch %n b1 b2 b1 b3
    b1: rt printInt(1L)
        jump b3
    b2: rt yield()
        return 2L
    b3: return 3L
    }
    table f
  )";
  CHECK(run(text, {"0"}) == "3 printInt 1");
  CHECK(run(text, {"1"}) == "2 yield");
  CHECK(run(text, {"2"}) == "3 printInt 1");
  CHECK(run(text, {"3"}) == "3");
  CHECK(run(text, {"-1"}) == "3");
}

TEST_CASE("calls through the table find their callee again") {
  CHECK(run(R"(
    func f() i64 {
      local x i64
      local t i32
    b0: i32.store(4096, 2)
        %t = i32.load(4096)
        %x = table (i64) (i64) %t (5L)
        i32.store(4096, 1)
        %x = table (i64) (i64) i32.load(4096) (%x)
        return %x
    }
    func g(x i64) i64 { b0: rt yield() return i64.mul(%x, 3L) }
    func h(x i64) i64 { b0: rt yield() i32.store(4096, 99) return i64.add(%x, 1L) }
    table f g h
  )") == "18 yield; yield");
}

TEST_CASE("a handler sees locals as they were, parks, and returns or passes the panic on") {
  const char* text = R"(
    func f(again i32) i64 handler b3 {
      local x i64
      local r i32
    b0: jump b1
    b1: %x = 5L
        %x = call g(0)
        rt printInt(%x)
        %x = call g(1)
        rt printInt(%x)
        return 0L
    b3: %r = rt panicCatch(%r)
        rt yield()
        rt printInt(%x)
        %x = 50L
        branch i32.and(%again, i32.eq(%r, 1)) b4 b5
    b4: rt panic(2, 2)
        unreachable
    b5: branch i32.eq(%r, 3) b6 b7
    b6: return %x
    b7: %x = rt goMaxProcs(%x)
        rethrow %r
    }
    func g(n i32) i64 [no-inline] {
    b0: rt yield()
        branch %n b1 b2
    b1: rt panic(1, 1)
        unreachable
    b2: return 8L
    }
    table f
  )";
  CHECK(run(text, {"0"}) ==
        "panic yield; printInt 8; yield; panic 1 1; panicCatch 0; yield; printInt 8; goMaxProcs 50; panicRethrow 1");
  CHECK(run(text, {"1"}) ==
        "panic yield; printInt 8; yield; panic 1 1; panicCatch 0; yield; printInt 8; panic 2 2; "
        "panicCatch 1; yield; printInt 50; goMaxProcs 50; panicRethrow 2");
}

TEST_CASE("a panic passes frames that have parked") {
  CHECK(run(R"(
    func f() i64 handler b2 {
      local r i32
    b0: jump b1
    b1: call g(3)
        return 0L
    b2: %r = rt panicCatch(%r)
        rt yield()
        return 77L
    }
    func g(n i32) [no-inline] {
    b0: rt yield()
        branch %n b1 b2
    b1: call g(i32.sub(%n, 1))
        rt yield()
        return
    b2: rt panic(0, 9)
        unreachable
    }
    table f
  )") == "77 yield; yield; yield; yield; panic 0 9; panicCatch 0; yield");
}

TEST_CASE("ways into the middle of a loop") {
  CHECK(run(R"(
    func f(n i32) i64 {
      local sum i64
    b0: branch %n b1 b2
    b1: rt yield()
        %sum = i64.add(%sum, 1L)
        branch i64.gt_s(%sum, 100L) b3 b2
    b2: %sum = i64.add(%sum, 30L)
        rt yield()
        jump b1
    b3: return %sum
    }
    table f
  )",
            {"0"}) == "124 yield; yield; yield; yield; yield; yield; yield; yield");
}

TEST_CASE("atomics, with shared memory and without") {
  const char* text = R"(
    func f() i64 {
      local a i32
      local b i64
      local c i32
      local d i64
      local e i32
    b0: i32.atomic.store(4096, 5)
        %a = i32.atomic.rmw.add(4096, 2)
        %b = i64.atomic.rmw.cmpxchg(4104, 0L, 9L)
        %c = i32.atomic.rmw8.xchg_u(4096, 200)
        i64.atomic.store32(4112, 77L) + 4
        %d = i64.atomic.load(4104)
        %e = i32.atomic.load(4096)
        rt printInt(%d)
        rt printInt(i64.load32_u(4116))
        rt printInt(i64.extend_i32_u(%e))
        return i64.add(%b, i64.extend_i32_s(i32.add(%a, i32.mul(%c, 10))))
    }
    table f
  )";
  CHECK(run(text) == "75 printInt 9; printInt 77; printInt 200");
  CHECK(run(text, {}, {.sharedMemory = false}) == "75 printInt 9; printInt 77; printInt 200");
}

TEST_CASE("copies and fills") {
  CHECK(run(R"(
    func f() i64 {
    b0: i64.store(4096, 81985529216486895L)
        copy(4100, 4096, 8)
        fill(4096, 1, 2)
        return i64.load(4096)
    }
    table f
  )") == "-8526495040805338879");
}

TEST_CASE("constants at the edges of their encodings") {
  for (const char* value : {"0", "63", "64", "-64", "-65", "8191", "8192", "2147483647", "-2147483648",
                            "9223372036854775807", "-9223372036854775808", "-1"}) {
    CHECK(run(std::string("func f() i64 { b0: return ") + value + "L }\ntable f") == value);
  }
  CHECK(run("func f() f64, f32 { b0: return 0.1d, -1.5f }\ntable f") == "0.1,-1.5");
}

TEST_CASE("random programs do the same parked anywhere or nowhere") {
  // MILLRACE_FUZZ=N runs N more, MILLRACE_SEED=S begins there.
  const char* more = std::getenv("MILLRACE_FUZZ");
  const char* from = std::getenv("MILLRACE_SEED");
  uint32_t seed = from != nullptr ? static_cast<uint32_t>(std::atoi(from)) : 1;
  uint32_t end = seed + 60 + (more != nullptr ? static_cast<uint32_t>(std::atoi(more)) : 0);
  while (seed < end) {
    Execution execution;
    for (int i = 0; i < 100 && seed < end; i++, seed++) {
      test::RandomOptions options = {.seed = seed, .functions = 6, .blocks = seed % 10 == 0 ? 25u : 8u};
      execution.add("seed " + std::to_string(seed), [=](ir::Module& module) { test::randomModule(options, module); },
                    {{0}}, 300, {.wholeProgram = seed % 2 == 0, .sharedMemory = seed % 3 != 0});
    }
    CHECK(execution.run() == "");
  }
}

TEST_CASE("lowered and instrumented modules call each other, park in each other and panic through each other") {
  if (Execution::wasmOpt().empty()) {
    WARN("wasm-opt is not installed: nothing was compared");
    return;
  }
  // Functions 0 and 1 are the first module's, 2 and 3 the second's.
  auto first = [](ir::Module& module) {
    test::parseIr(R"(
      func f(n i64) i64 handler b2 {
        local r i32
        local x i64
      b0: jump b1
      b1: rt yield()
          %x = table (i64, i32) (i64) 2 (%n, 1)
          rt printInt(%x)
          %x = table (i64, i32) (i64) 3 (%x, 1)
          return %x
      b2: %r = rt panicCatch(%r)
          rt yield()
          return i64.add(%x, 1000L)
      }
      func down(n i64, t i32) i64 {
        local x i64
      b0: rt yield()
          branch i64.eqz(%n) b1 b2
      b1: return 1L
      b2: %x = table (i64, i32) (i64) i32.add(%t, 1) (i64.sub(%n, 1L), %t)
          return i64.add(%x, %n)
      }
      table f down
    )",
                  module);
  };
  auto second = [](ir::Module& module) {
    test::parseIr(R"(
      func down(n i64, t i32) i64 {
        local x i64
      b0: branch i64.eqz(%n) b1 b2
      b1: return 2L
      b2: %x = table (i64, i32) (i64) %t (i64.sub(%n, 1L), %t)
          rt yield()
          return i64.mul(%x, 3L)
      }
      func fail(n i64, t i32) i64 {
      b0: rt yield()
          rt panic(1, 2)
          unreachable
      }
      table down fail
    )",
                  module);
  };
  Execution execution;
  execution.addPair("pair", first, second, {{0, {"7L"}}});
  std::string output;
  CHECK(execution.run(&output) == "");
  CHECK(output.find("panic 1 2; panicCatch 0; yield") != std::string::npos);
}

TEST_CASE("random programs do the same with Binaryen's pass in place of our lowering") {
  if (Execution::wasmOpt().empty()) {
    WARN("wasm-opt is not installed: nothing was compared");
    return;
  }
  const char* more = std::getenv("MILLRACE_FUZZ");
  uint32_t end = 1001 + 2 + (more != nullptr ? static_cast<uint32_t>(std::atoi(more)) / 50 : 0);
  for (uint32_t seed = 1001; seed < end; seed++) {
    Execution execution;
    test::RandomOptions options = {.seed = seed, .functions = 20, .blocks = 12};
    execution.add("seed " + std::to_string(seed), [=](ir::Module& module) { test::randomModule(options, module); },
                  {{0}}, 300, {.asyncify = true});
    CHECK(execution.run() == "");
  }
}
