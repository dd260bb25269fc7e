// A world for testing the rooms of language support.
#include "tests/unit/runtime/lang.h"

#include <sys/mman.h>

#include "runtime/host/console.h"
#include "runtime/host/machine.h"
#include "runtime/lang/interface.h"
#include "tests/unit/runtime/output.h"

namespace millrace::test {

namespace {

constexpr size_t kHeapBytes = 256 << 20;
LangWorld* world;

void leave(int outcome) {
  world->outcome = outcome;
  std::longjmp(world->escape, 1);
}

void raiseFault(uint32_t fault, int64_t a, int64_t b, const abi::Closure*) {
  world->faultA = a;
  world->faultB = b;
  leave(static_cast<int>(fault));
}

const uint8_t kOnePointer[] = {1};

}  // namespace

LangWorld::LangWorld() {
  memory_ = mmap(nullptr, kHeapBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  uintptr_t begin = reinterpret_cast<uintptr_t>(memory_);
  sched::start({.procs = 1, .maxWorkers = 1, .cpus = 1, .seed = 7, .heapBegin = begin, .heapEnd = begin + kHeapBytes});
  lang::startInterfaces();
  raise_.function = static_cast<int64_t>(reinterpret_cast<uintptr_t>(&raiseFault));
  header_.raise = &raise_;
  lang::program = &header_;
  sched::Worker& worker = sched::startWorker(0);
  task::Goroutine* goroutine = worker.goroutines.make(nullptr, {});
  goroutine->state.store(task::State::Running);
  worker.abi.goroutine = goroutine;
  world = this;
  host::hooks.exit = [](uint32_t) { leave(kFatal); };
}

LangWorld::~LangWorld() {
  host::hooks.exit = nullptr;
  world = nullptr;
  munmap(memory_, kHeapBytes);
}

int LangWorld::faultOf(const std::function<void()>& action) {
  outcome = -1;
  if (setjmp(escape) == 0) action();
  return outcome;
}

std::string LangWorld::errors() { return takeOutput().errors; }

PlainType::PlainType(uint64_t bytes, abi::Kind kindOf) : abi::Type{} {
  static abi::Closure neverCalled{};
  size = bytes;
  kind = kindOf;
  flags = abi::kTypeRegularMemory;
  equal = &neverCalled;
}

PointersType::PointersType(uint64_t words) : abi::Type{}, bits(words / 8 + 1, 0xff) {
  size = pointerBytes = words * 8;
  gcData = bits.data();
}

StringType::StringType() : abi::Type{} {
  static abi::Closure neverCalled{};
  size = 16;
  pointerBytes = 8;
  kind = abi::Kind::String;
  gcData = const_cast<uint8_t*>(kOnePointer);
  equal = &neverCalled;
}

Float64Type::Float64Type() : abi::Type{} {
  static abi::Closure closure;
  closure.function = static_cast<int64_t>(reinterpret_cast<uintptr_t>(+[](const void* p, const void* q, const abi::Closure*) {
    return static_cast<int32_t>(*static_cast<const double*>(p) == *static_cast<const double*>(q));
  }));
  size = 8;
  kind = abi::Kind::Float64;
  equal = &closure;
}

abi::StringAbi goString(const std::string& text) {
  return {const_cast<char*>(text.data()), static_cast<int64_t>(text.size())};
}

}  // namespace millrace::test

namespace millrace::lang::client {

void noteStack(const void*, bool) {}
uint32_t stackOf(const void*, CodePlace*, uint32_t) { return 0; }
uint32_t stackNow(CodePlace*, uint32_t) { return 0; }

void throwPanic() {
  test::leave(test::LangWorld::kThrown);
  __builtin_unreachable();
}

}  // namespace millrace::lang::client
