// The shape of emitted code: how deep it nests, what it leaves out, where its calls are, and what is too large.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/support/ir/execute.h"
#include "tests/support/ir/lowered.h"
#include "tests/support/ir/random.h"
#include "wasm/emit/emit.h"
#include "wasm/emit/structure.h"

using namespace millrace;
using emit::Item;
using emit::ItemKind;

namespace {

// How deep the structure of function 0 nests.
int depthOf(const std::string& body, bool lowered = false) {
  ir::Module module;
  test::parseIr("func f(n i64, p i32) i64 { local a i64\n" + body + "}\ntable f", module);
  lower::lower(module,
               {.suspension = lowered ? lower::Suspension::Lowered : lower::Suspension::Asyncify, .polls = lowered});
  const ir::Function& function = *module.functions[0];
  int depth = 0, most = 0;
  for (const Item& item : emit::structure(function, ir::Graph(function))) {
    if (item.kind == ItemKind::Block || item.kind == ItemKind::Loop || item.kind == ItemKind::If)
      most = std::max(most, ++depth);
    if (item.kind == ItemKind::End) depth--;
  }
  CHECK(depth == 0);
  return most;
}

std::string block(int n) { return "b" + std::to_string(n); }

}  // namespace

TEST_CASE("sequences nest shallowly") {
  std::string ifs, loops = "b0: jump b1\n", chain, guards;
  constexpr int kMany = 2000;
  for (int i = 0; i < kMany; i++) {
    std::string here = block(2 * i), inner = block(2 * i + 1), next = block(2 * i + 2), end = block(2 * kMany + 1);
    ifs += here + ": branch i32.load(%p) " + inner + " " + next + "\n" + inner + ": %a = i64.add(%a, %n) jump " + next +
           "\n";
    chain += here + ": branch i32.eq(i32.load(%p), " + std::to_string(i) + ") " + inner + " " + next + "\n" + inner +
             ": %a = " + std::to_string(i) + "L jump " + end + "\n";
    guards +=
        here + ": branch i32.load(%p) " + inner + " " + next + "\n" + inner + ": return " + std::to_string(i) + "L\n";
    loops += block(i + 1) + ": i64.store(%p, %n) branch i32.load(%p) " + block(i + 1) + " " + block(i + 2) + "\n";
  }
  std::string last = block(2 * kMany);
  CHECK(depthOf(ifs + last + ": return %a\n") <= 2);
  CHECK(depthOf(guards + last + ": return %a\n") <= 12);
  CHECK(depthOf(chain + last + ": jump " + block(2 * kMany + 1) + "\n" + block(2 * kMany + 1) + ": return %a\n") <= 12);
  CHECK(depthOf(loops + block(kMany + 1) + ": return %a\n") <= 3);
}

TEST_CASE("a switch with many cases nests by parts") {
  constexpr int kMany = 10'000;
  std::string body = "b0: switch %p";
  for (int i = 1; i <= kMany; i++) body += " " + block(i);
  for (int i = 1; i <= kMany; i++)
    body += "\n" + block(i) + ": %a = " + std::to_string(i) + "L jump " + block(kMany + 1);
  CHECK(depthOf(body + "\n" + block(kMany + 1) + ": return %a\n") < 600);
}

TEST_CASE("a switch with very many cases finds each of them") {
  constexpr int kMany = 1500;
  std::string body = "func f(p i32) i64 { b0: switch %p";
  for (int i = 1; i <= kMany; i++) body += " " + block(i);
  for (int i = 1; i <= kMany; i++) body += "\n" + block(i) + ": rt yield() return " + std::to_string(i) + "L";
  body += "}\ntable f";
  test::Execution execution;
  std::vector<test::Execution::Call> calls;
  std::string want;
  for (int value : {0, 1, 511, 512, 513, 1023, 1024, 1498, 1499, 1500, 1535, 1536, 70'000, -1}) {
    calls.push_back({0, {std::to_string(value)}});
    want += std::to_string(value >= 0 && value < kMany ? value + 1 : kMany) + " yield\n";
  }
  execution.add(
      "switch", [&](ir::Module& module) { test::parseIr(body, module); }, calls);
  std::string output;
  CHECK(execution.run(&output) == "");
  CHECK(output == want);
}

TEST_CASE("what leaves a loop stands behind it") {
  ir::Module module;
  test::parseIr(R"(
    func f(p i32) i64 {
    b0: jump b1
    b1: branch i32.load(%p) b2 b3
    b2: branch i32.load(%p) b1 b4
    b3: return 3L
    b4: return 4L
    }
  )",
                module);
  const ir::Function& function = *module.functions[0];
  int loops = 0;
  for (const Item& item : emit::structure(function, ir::Graph(function))) {
    if (item.kind == ItemKind::Loop) loops++;
    if (item.kind == ItemKind::End && item.target == ir::kNone) loops--;
    if (item.kind == ItemKind::Leave) CHECK(loops == 0);
  }
}

TEST_CASE("functions and imports that nothing leads to are left out") {
  ir::Module module;
  test::parseIr(R"(
    import used() from lib.used
    import unused() from lib.unused
    func f() { b0: call used() return }
    func lost() { b0: rt yield() return }
    table f
  )",
                module);
  auto bytes = emit::emit(module, {.nameSection = true}).bytes;
  std::string text(bytes.begin(), bytes.end());
  CHECK(text.find("unused") == std::string::npos);
  CHECK(text.find("lost") == std::string::npos);
  CHECK(text.find("rt_yield") == std::string::npos);
  CHECK(text.find("__asyncify") == std::string::npos);
  CHECK(text.find("used") != std::string::npos);
}

TEST_CASE("positions are where the engine says calls are") {
  ir::Module module;
  test::parseIr(R"(
    func f() i64 {
      local x i64
    b0: %x = call g(3L)
        return %x
    }
    func g(n i64) i64 [no-inline] {
      local x i64
    b0: %x = call small(%n)
        return %x
    }
    func small(n i64) i64 {
    b0: check i64.eq(%n, 3L) call fail(%n)
        return %n
    }
    func fail(n i64) [no-inline] {
    b0: rt printInt(%n)
        unreachable
    }
    table f
  )",
                module);
  lower::lower(module, {});
  emit::Output output = emit::emit(module, {.memoryPages = 1, .memoryMaximumPages = 1024});
  std::string folder = (std::filesystem::temp_directory_path() / "millrace-XXXXXX").string();
  REQUIRE(mkdtemp(folder.data()) != nullptr);
  std::ofstream(folder + "/m.wasm", std::ios::binary)
      .write(reinterpret_cast<const char*>(output.bytes.data()), static_cast<std::streamsize>(output.bytes.size()));
  int status = 0;
  std::string printed =
      test::outputOf("node " MILLRACE_SOURCE_DIR "/tests/support/ir/stack.mjs " + folder + "/m.wasm", &status);
  std::filesystem::remove_all(folder);
  std::vector<std::pair<uint32_t, ir::FunctionId>> places;  // line and function of each frame
  std::vector<uint32_t> inlined;
  for (const char* at = printed.c_str(); *at >= '0' && *at <= '9';) {
    char* end;
    auto offset = static_cast<uint32_t>(std::strtoul(at, &end, 10));
    at = *end == ' ' ? end + 1 : end;
    for (const emit::CodePosition& position : output.positions) {
      if (position.offset != offset) continue;
      places.push_back({position.pos.value, position.function});
      inlined.push_back(position.inlined);
    }
  }
  REQUIRE(places.size() == 3);
  CHECK(places[0] == std::pair<uint32_t, ir::FunctionId>{17, 3});
  CHECK(places[1] == std::pair<uint32_t, ir::FunctionId>{13, 1});  // the check of `small`, in g
  CHECK(places[2] == std::pair<uint32_t, ir::FunctionId>{4, 0});
  REQUIRE(inlined[1] != ir::kNone);
  CHECK(module.functions[1]->inlinings[inlined[1]].callee == 2);
  CHECK(module.functions[1]->inlinings[inlined[1]].pos.value == 9);
  CHECK(inlined[2] == ir::kNone);
}

TEST_CASE("positions are in order and at calls") {
  ir::Module module;
  test::randomModule({.seed = 5, .functions = 20}, module);
  lower::lower(module, {});
  emit::Output output = emit::emit(module, {});
  REQUIRE(output.positions.size() > 100);
  for (size_t i = 0; i < output.positions.size(); i++) {
    uint8_t code = output.bytes[output.positions[i].offset];
    CHECK((code == 0x10 || code == 0x11));
    if (i > 0) CHECK(output.positions[i - 1].offset < output.positions[i].offset);
  }
}

TEST_CASE("a function beyond the limits of engines is told of") {
  ir::Module module;
  std::string locals, sets, uses;
  for (int i = 0; i <= 50'000; i++) {
    std::string name = "v" + std::to_string(i);
    locals += " local " + name + " i64\n";
    sets += "%" + name + " = i64.load(i32.add(%p, " + std::to_string(8 * i) + "))\n";
    uses += "i64.store(%p, %" + name + ")\n";
  }
  test::parseIr("func f(p i32) {" + locals + "b0:\n" + sets + uses + "return }\nfunc g() { b0: return }\ntable f g",
                module);
  lower::lower(module, {});
  emit::Output output = emit::emit(module, {});
  CHECK(output.oversized == std::vector<ir::FunctionId>{0});
  CHECK(output.bytes.size() < 200);
}

TEST_CASE("any number of locals fits if their lives are apart") {
  ir::Module module;
  std::string locals, body;
  for (int i = 0; i <= 50'000; i++) {
    std::string name = "v" + std::to_string(i);
    locals += " local " + name + " i64\n";
    body += "%" + name + " = i64.load(%p)\ni64.store(%p, i64.add(%" + name + ", %" + name + "))\n";
  }
  test::parseIr("func f(p i32) {" + locals + "b0:\n" + body + "return }\ntable f", module);
  lower::lower(module, {});
  CHECK(emit::emit(module, {}).oversized.empty());
}
