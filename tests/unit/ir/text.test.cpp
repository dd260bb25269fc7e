// The IR as text, there and back; which locals are live where.
#include "tests/support/ir/text.h"

#include <catch2/catch.hpp>
#include <set>

#include "tests/support/ir/random.h"
#include "wasm/ir/dump.h"
#include "wasm/ir/live.h"
#include "wasm/ir/op-names.h"

using namespace millrace;

TEST_CASE("what is dumped can be read and dumped again") {
  for (uint32_t seed = 1; seed <= 40; seed++) {
    ir::Module module, again;
    test::randomModule({.seed = seed}, module);
    std::string text = ir::dump(module);
    test::parseIr(text, again);
    CHECK(ir::dump(again) == text);
  }
}

TEST_CASE("operations have names and widths") {
  CHECK(ir::opName(ir::Op::I64Extend32S) == "i64.extend32_s");
  CHECK(ir::opName(ir::Op::I32TruncSatF64U) == "i32.trunc_sat_f64_u");
  CHECK(ir::opName(ir::Op::I64AtomicRmw16CmpxchgU) == "i64.atomic.rmw16.cmpxchg_u");
  CHECK(ir::opNamed("f64.promote_f32") == ir::Op::F64PromoteF32);
  CHECK(ir::opNamed("i64.nonsense") == ir::Op::None);
  CHECK(ir::accessLog2(ir::Op::I64Load16U) == 1);
  CHECK(ir::accessLog2(ir::Op::F64Store) == 3);
  CHECK(ir::accessLog2(ir::Op::I64Store32) == 2);
  CHECK(ir::accessLog2(ir::Op::I64AtomicRmw32XorU) == 2);
  CHECK(ir::accessLog2(ir::Op::I32AtomicRmw8CmpxchgU) == 0);
  CHECK(ir::accessLog2(ir::Op::I64AtomicLoad) == 3);
}

namespace {

// For every local, the blocks at whose end it is live, as text.
std::string liveAtEnds(std::string_view text) {
  ir::Module module;
  test::parseIr(text, module);
  const ir::Function& function = *module.functions[0];
  std::vector<std::set<ir::BlockId>> ends(function.locals.size());
  ir::Graph graph(function);
  ir::Liveness liveness(function, graph, module.signatures[function.signature].parameters.size(),
                        [&](ir::BlockId block, ir::LocalId first, uint64_t locals) {
                          for (uint32_t i = 0; i < 64; i++) {
                            if (locals >> i & 1) ends[first + i].insert(block);
                          }
                        });
  std::string out;
  for (ir::LocalId local = 0; local < function.locals.size(); local++) {
    out += std::to_string(local) + ":";
    for (ir::BlockId block : ends[local]) out += " " + std::to_string(block);
    out += "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("a local is live from its set to its last read, round loops too") {
  CHECK(liveAtEnds(R"(
    func f(n i32) i32 {
      local i i32
      local once i32
    b0: %once = i32.load(%n)
        %i = 0
        jump b1
    b1: branch i32.lt_s(%i, %n) b2 b3
    b2: %i = i32.add(%i, 1)
        jump b1
    b3: return %once
    }
  )") == "0: 0 1 2\n1: 0 1 2\n2: 0 1 2\n");
}

TEST_CASE("what the handler reads is live everywhere") {
  CHECK(liveAtEnds(R"(
    func f(n i32) i32 handler b2 {
      local r i32
      local x i32
    b0: jump b1
    b1: %r = 1
        rt yield()
        %x = 2
        return %x
    b2: %r = rt panicCatch(%r)
        return %r
    }
  )") == "0:\n1: 0 1 2\n2:\n");
}

TEST_CASE("edges that resume keep only what frames hold") {
  ir::Module module;
  test::parseIr(R"(
    func f() i32 {
      local kept i32
      local other i32
    b0: branch state b1 b2
    b1: jump b3
    b2: %kept = 1
        %other = 2
        jump b3
    b3: return i32.add(%kept, %other)
    }
  )",
                module);
  ir::Function& function = *module.functions[0];
  function.blocks[1].terminator.resumes = true;
  function.locals[0].inFrame = true;
  ir::Graph graph(function);
  uint64_t atResume = 0;
  ir::Liveness liveness(function, graph, 0, [&](ir::BlockId block, ir::LocalId, uint64_t locals) {
    if (block == 1) atResume = locals;
  });
  CHECK(atResume == 1);
  CHECK(liveness.range(0).first == 0);
  CHECK(liveness.range(1).first > 0);
}

TEST_CASE("locals share when their lives are apart and their types the same") {
  ir::Module module;
  test::parseIr(R"(
    func f(p i32) i32 {
      local a i32
      local b i32
      local c i64
      local d i32
    b0: %a = i32.load(%p)
        %b = i32.add(%a, %p)
        %c = i64.extend_i32_s(%b)
        %d = i32.wrap_i64(%c)
        return i32.add(%d, %b)
    }
  )",
                module);
  const ir::Function& function = *module.functions[0];
  ir::Graph graph(function);
  ir::Liveness liveness(function, graph, 1);
  auto shared = ir::shareLocals(function, liveness, std::vector<bool>(5, true));
  CHECK(shared == std::vector<ir::LocalId>{0, 1, 0, 3, 1});
}
