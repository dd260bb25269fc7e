// How fast lowering and emission are, and whether they stay linear: time at n, 2n and 4n for programs of many shapes; a
// ratio to the shape before of much more than 2 is a fault.
//
//   bench-lowering           the table
//   bench-lowering FOLDER    writes the modules that tests/bench/lowering.mjs measures
#include <chrono>
#include <cstdio>
#include <fstream>
#include <functional>
#include <string>

#include "tests/support/ir/random.h"
#include "tests/support/ir/text.h"
#include "wasm/emit/emit.h"
#include "wasm/lower/asyncify.h"
#include "wasm/lower/lower.h"

using namespace millrace;

namespace {

using Build = std::function<void(ir::Module&, int)>;

std::string number(int n) { return std::to_string(n); }
std::string block(int n) { return "b" + std::to_string(n); }

// A function of the given blocks; `more` declares locals.
void parse(ir::Module& module, const std::string& body, const std::string& more = "") {
  test::parseIr("func f(n i64, p i32) i64 [no-inline] { local a i64 local b i64 " + more + "\n" + body + "}\ntable f",
                module);
}

void statements(ir::Module& module, int n) {
  std::string body = "b0:\n";
  for (int i = 0; i < n / 2; i++) {
    body += "%a = i64.add(i64.mul(%a, " + number(i % 100) + "L), %n)\n";
    body += "i64.store(%p, %a) + " + number(i % 8 * 8) + "\n";
  }
  parse(module, body + "return %a\n");
}

void calls(ir::Module& module, int n) {
  std::string body = "b0:\n";
  for (int i = 0; i < n; i++) body += "rt sleep(%n)\n";
  parse(module, body + "return %n\n");
}

void ifs(ir::Module& module, int n) {
  std::string body;
  for (int i = 0; i < n; i++) {
    body += block(2 * i) + ": branch i32.load(%p) " + block(2 * i + 1) + " " + block(2 * i + 2) + "\n";
    body += block(2 * i + 1) + ": rt sleep(%a)\n %a = i64.add(%a, %n) jump " + block(2 * i + 2) + "\n";
  }
  parse(module, body + block(2 * n) + ": return %a\n");
}

void nestedIfs(ir::Module& module, int n) {
  std::string body;
  for (int i = 0; i < n; i++) {
    body += block(i) + ": branch i32.load(%p) " + block(i + 1) + " " + block(2 * n - i) + "\n";
  }
  body += block(n) + ": rt sleep(%n) jump " + block(n + 1) + "\n";
  for (int i = 1; i < n; i++) body += block(n + i) + ": %a = i64.add(%a, 1L) jump " + block(n + i + 1) + "\n";
  parse(module, body + block(2 * n) + ": return %a\n");
}

void loops(ir::Module& module, int n) {
  std::string body = "b0: jump b1\n";
  for (int i = 1; i <= n; i++) {
    body += block(i) + ": rt sleep(%n) branch i32.load(%p) " + block(i) + " " + block(i + 1) + "\n";
  }
  parse(module, body + block(n + 1) + ": return %n\n");
}

void nestedLoops(ir::Module& module, int n) {
  std::string body = "b0: jump b1\n";
  for (int i = 1; i <= n; i++) body += block(i) + ": %a = i64.add(%a, 1L) jump " + block(i + 1) + "\n";
  body += block(n + 1) + ": rt sleep(%n) jump " + block(n + 2) + "\n";
  for (int i = 1; i <= n; i++) {
    body += block(n + 1 + i) + ": branch i32.load(%p) " + block(n + 1 - i) + " " + block(n + 2 + i) + "\n";
  }
  parse(module, body + block(2 * n + 2) + ": return %a\n");
}

void cases(ir::Module& module, int n) {
  std::string body = "b0: switch %p";
  for (int i = 1; i <= n; i++) body += " " + block(i);
  for (int i = 1; i <= n; i++) body += "\n" + block(i) + ": rt sleep(" + number(i) + "L) jump " + block(n + 1);
  parse(module, body + "\n" + block(n + 1) + ": return %n\n");
}

void elseIfs(ir::Module& module, int n) {
  std::string body, end = block(2 * n + 1);
  for (int i = 0; i < n; i++) {
    body += block(2 * i) + ": branch i32.eq(%p, " + number(i) + ") " + block(2 * i + 1) + " " + block(2 * i + 2) + "\n";
    body += block(2 * i + 1) + ": %a = " + number(i) + "L jump " + end + "\n";
  }
  parse(module, body + block(2 * n) + ": jump " + end + "\n" + end + ": return %a\n");
}

void locals(ir::Module& module, int n) {
  std::string more, body = "b0:\n";
  for (int i = 0; i < n; i++) {
    more += " local v" + number(i) + " i64";
    body += "%v" + number(i) + " = i64.load(%p)\n rt sleep(%v" + number(i) + ")\n";
    if (i >= 5) body += "i64.store(%p, %v" + number(i - 5) + ")\n";
  }
  parse(module, body + "return %n\n", more);
}

void functions(ir::Module& module, int n) {
  test::randomModule({.seed = 1, .functions = static_cast<uint32_t>(n), .blocks = 8}, module);
}

struct Figures {
  double milliseconds = 0;
  size_t statements = 0, bytes = 0;
};

Figures measure(const Build& build, int n) {
  Figures best;
  for (int round = 0; round < 3; round++) {
    ir::Module module;
    build(module, n);
    Figures figures;
    for (const ir::Function* function : module.functions) {
      for (const ir::Block& b : function->blocks) figures.statements += b.statements.size() + 1;
    }
    auto start = std::chrono::steady_clock::now();
    lower::lower(module, {});
    figures.bytes = emit::emit(module, {}).bytes.size();
    std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    figures.milliseconds = took.count();
    if (round == 0 || figures.milliseconds < best.milliseconds) best = figures;
  }
  return best;
}

void table() {
  constexpr struct {
    const char* name;
    void (*build)(ir::Module&, int);
    int n;
  } kShapes[] = {
      {"statements in one block", statements, 50'000},
      {"parking calls in one block", calls, 25'000},
      {"ifs in a row", ifs, 10'000},
      {"ifs, nested", nestedIfs, 2'500},
      {"loops in a row", loops, 5'000},
      {"loops, nested", nestedLoops, 500},
      {"cases of a switch", cases, 10'000},
      {"else-ifs", elseIfs, 10'000},
      {"locals, each across five calls", locals, 10'000},
      {"random functions", functions, 2'500},
  };
  std::printf("%-32s%8s%10s%10s%10s%8s%8s%16s%10s\n", "", "n", "n, ms", "2n", "4n", "2n/n", "4n/2n", "statements/s",
              "MB/s");
  for (const auto& shape : kShapes) {
    Figures figures[3];
    for (int i = 0; i < 3; i++) figures[i] = measure(shape.build, shape.n << i);
    double seconds = figures[2].milliseconds / 1000;
    std::printf("%-32s%8d%10.1f%10.1f%10.1f%8.2f%8.2f%16.0f%10.1f\n", shape.name, shape.n, figures[0].milliseconds,
                figures[1].milliseconds, figures[2].milliseconds, figures[1].milliseconds / figures[0].milliseconds,
                figures[2].milliseconds / figures[1].milliseconds, static_cast<double>(figures[2].statements) / seconds,
                static_cast<double>(figures[2].bytes) / 1e6 / seconds);
  }
}

// ------------------------------------------------------------------------------------- programs for lowering.mjs

constexpr const char* kFib = R"(
  func fib(n i64) i64 {
    local a i64
    local b i64
  b0: branch i64.lt_s(%n, 2L) b1 b2
  b1: return %n
  b2: %a = call fib(i64.sub(%n, 1L))
      %b = call fib(i64.sub(%n, 2L))
      return i64.add(%a, %b)
  }
  table fib
)";

// The inner loop counts, the outer one is polled; with a call in it, the loop is polled and resumed into.
constexpr const char* kLoops = R"(
  func nested(n i64) i64 {
    local i i64
    local j i64
    local sum i64
  b0: jump b1
  b1: branch i64.lt_s(%i, %n) b2 b6
  b2: %j = 0L
      jump b3
  b3: branch i64.lt_s(%j, 16L) b4 b5
  b4: %sum = i64.add(i64.xor(%sum, %j), %i)
      %j = i64.add(%j, 1L)
      jump b3
  b5: %i = i64.add(%i, 1L)
      jump b1
  b6: return %sum
  }
  func rare(n i64) i64 {
    local i i64
    local sum i64
  b0: jump b1
  b1: branch i64.lt_s(%i, %n) b2 b5
  b2: %sum = i64.add(i64.xor(%sum, %i), 7L)
      branch i64.eq(%sum, -1L) b3 b4
  b3: rt yield()
      jump b4
  b4: %i = i64.add(%i, 1L)
      jump b1
  b5: return %sum
  }
  func uncounted(n i64) i64 {
    local sum i64
  b0: jump b1
  b1: branch i64.gt_u(%n, 1L) b2 b3
  b2: %sum = i64.add(%sum, %n)
      %n = i64.shr_u(i64.mul(%n, 1023L), 10L)
      jump b1
  b3: return %sum
  }
  table nested rare uncounted
)";

void writeModules(const std::string& folder) {
  auto write = [&](const std::string& name, const Build& build, const lower::Options& lowering) {
    ir::Module module;
    build(module, 0);
    lower::lower(module, lowering);
    emit::Options emission;
    emission.sharedMemory = true, emission.memoryPages = 1, emission.memoryMaximumPages = 16;
    auto bytes = emit::emit(module, emission).bytes;
    std::ofstream(folder + "/" + name + ".wasm", std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    std::ofstream(folder + "/" + name + ".asyncify") << lower::asyncifyArguments(module);
  };
  auto program = [&](const std::string& name, const Build& build) {
    write(name, build, {.wholeProgram = true});
    write(name + "-plain", build,
          {.suspension = lower::Suspension::Asyncify, .polls = false, .inlineCalls = false, .wholeProgram = true});
    write(name + "-unsuspended", build, {.suspension = lower::Suspension::Asyncify, .wholeProgram = true});
  };
  program("fib", [](ir::Module& module, int) { test::parseIr(kFib, module); });
  program("loops", [](ir::Module& module, int) { test::parseIr(kLoops, module); });
  program("random", [](ir::Module& module, int) { functions(module, 300); });
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1) {
    writeModules(argv[1]);
  } else {
    table();
  }
}
