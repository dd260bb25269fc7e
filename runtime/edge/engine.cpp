// The engine as the host sees it, and how it runs compiled goroutines.
#include "runtime/edge/engine.h"

#include <cstring>

#include "runtime/base/check.h"
#include "runtime/edge/switch.h"
#include "runtime/host/console.h"
#include "runtime/host/machine.h"
#include "runtime/lang/interface.h"
#include "runtime/lang/panic.h"
#include "runtime/lang/trace.h"
#include "runtime/sched/client.h"
#include "runtime/sched/deadlock.h"
#include "runtime/sched/report.h"
#include "runtime/sched/timers.h"
#include "runtime/task/frames.h"
#include "runtime/sync/semaphore.h"
#include "runtime/sched/stream.h"

__asm__(
    ".section .globals,\"\",@\n"
    ".globl __asyncify_state\n"
    "__asyncify_state:\n"
    ".globl __asyncify_data\n"
    "__asyncify_data:\n");

#define EXPORT(name) extern "C" __attribute__((export_name(#name), used))

namespace millrace::edge {

const abi::StringAbi* arguments;
uint32_t argumentCount;
const char* outside;
uint32_t outsideBytes;

namespace {

// C++ stack of one worker. Nothing of the engine recurses but hashing of nested interface values, which needs none of it.
constexpr size_t kStackBytes = 64 * 1024;
// A goroutine's frames while it unwinds: those of functions that count are no more than abi::kStackDepth. Compiled functions
// check that they fit.
constexpr size_t kScratchBytes = 2 * 1024 * 1024, kLeastScratchBytes = 256 * 1024;

abi::EngineConfig config;
uintptr_t stacks;
size_t scratchBytes;

// What a deep stack may weigh. Go's limit is 1,000,000,000 bytes; where memory is less than twice that, half of it: a
// program that recurses without end, and perhaps allocates on the way, is to be told so, and not that memory ran out.
constexpr uint32_t kGoStackLimit = 1'000'000'000;
uint32_t stackLimit;
constexpr int32_t kStressDepth = abi::kLargestCharge;
int32_t stackDepth;             // abi::kStackDepth, or less in tests
size_t partBytes;               // task::kPartBytes, or less; none are cut off if the program cannot take them up

void* pages(size_t bytes) {
  void* memory = host::pageHeap.allocate((bytes + host::kPageBytes - 1) / host::kPageBytes).address;
  if (!memory) host::outOfMemory(bytes);
  return memory;
}

// The program's root function, which has no captured values. Kept here because every switch calls it.
using Root = void (*)(abi::Closure* entry, abi::Closure* self);
Root root;

bool isInPlace(const sched::Worker& worker, const task::Goroutine& goroutine) {
  return goroutine.saved.limit != worker.scratchEnd;
}
uint32_t bytesInPlace(const task::Goroutine& goroutine) {
  return goroutine.saved.top - static_cast<uint32_t>(reinterpret_cast<uintptr_t>(goroutine.frames));
}

// What was unwound to the goroutine's block goes to the worker's scratch memory, and so does what is still to be.
void moveToScratch(sched::Worker& worker, task::Goroutine& goroutine) {
  uint32_t bytes = bytesInPlace(goroutine);
  std::memcpy(reinterpret_cast<char*>(worker.scratchBegin), goroutine.frames, bytes);
  goroutine.saved = {worker.scratchBegin + bytes, worker.scratchEnd};
}

// Moves what was unwound from the worker's scratch memory to the goroutine's own.
__attribute__((noinline)) void keepScratch(sched::Worker& worker, task::Goroutine& goroutine) {
  uint32_t bytes = goroutine.saved.top - worker.scratchBegin;
  worker.scratchUsed = bytes;
  if (goroutine.panics) [[unlikely]] lang::keepNotes(goroutine);
  if (bytes > partBytes) [[unlikely]] {
    char* begin = reinterpret_cast<char*>(worker.scratchBegin);
    char* end = task::cutStack(goroutine, begin, begin + bytes, lang::program, partBytes, worker.blocks);
    bytes = static_cast<uint32_t>(end - begin);
  }
  if (bytes > goroutine.frameCapacity || bytes * 8 < goroutine.frameCapacity) {
    if (goroutine.frames) worker.blocks.free(goroutine.frames, goroutine.frameCapacity);
    goroutine.frameCapacity = static_cast<uint32_t>(task::blockBytes(bytes));
    goroutine.frames = static_cast<char*>(worker.blocks.allocate(bytes));
  }
  const char* from = reinterpret_cast<const char*>(worker.scratchBegin);
  if (bytes <= 256) [[likely]] {  // a call of memory.copy costs more than this loop
    for (uint32_t i = 0; i < bytes; i += 8) {
      uint64_t word;
      std::memcpy(&word, from + i, 8);
      std::memcpy(goroutine.frames + i, &word, 8);
    }
  } else {
    std::memcpy(goroutine.frames, from, bytes);
  }
  worker.scratchUsed = 0;
  goroutine.saved.top = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(goroutine.frames)) + bytes;
}

// The goroutine has been unwound: sees to it that its frames are in its own memory, in a block that is not much too large.
inline void keepFrames(sched::Worker& worker, task::Goroutine& goroutine) {
  if (isInPlace(worker, goroutine)) [[likely]] {
    if (bytesInPlace(goroutine) * 8 >= goroutine.frameCapacity && !goroutine.panics) [[likely]] return;
    moveToScratch(worker, goroutine);
  }
  keepScratch(worker, goroutine);
}

// Takes up the frames in memory that are the goroutine's newest. True: they have been returned from.
bool goOn(sched::Worker& worker, task::Goroutine& goroutine) {
  worker.abi.depthLeft = stackDepth;
  setSwitchState(abi::SwitchState::Rewinding);
  if (task::StackPart* part = goroutine.parts) [[unlikely]] {
    auto resume = reinterpret_cast<lang::PanicRecord* (*)(char*, uint32_t)>(static_cast<uintptr_t>(part->resumer));
    goroutine.leftBy = resume(part->room(), part->code);
  } else {
    root(nullptr, nullptr);
  }
  return switchState() == abi::SwitchState::Running;
}

}  // namespace

size_t mostInPlace;

uint32_t roomForFrame(uint32_t bytes) {
  sched::Worker& worker = sched::self();
  task::Goroutine& goroutine = worker.goroutine();
  if (isInPlace(worker, goroutine)) moveToScratch(worker, goroutine);
  // It holds what the engine's stack can, which a frame is less than.
  ENSURE(goroutine.saved.limit - goroutine.saved.top >= bytes);
  return goroutine.saved.top;
}

// Where the host is to write the EngineConfig.
EXPORT(engineConfig) abi::EngineConfig* engineConfig() { return &config; }

EXPORT(engineStart) void engineStart(abi::EngineConfig* given) {
  config = *given;
  auto header = reinterpret_cast<const abi::ProgramHeader*>(config.program);
  ENSURE(header->magic == abi::kProgramMagic && header->version == abi::kProgramVersion);
  lang::program = header;
  root = reinterpret_cast<Root>(static_cast<uintptr_t>(header->root->function));
  arguments = reinterpret_cast<const abi::StringAbi*>(config.arguments);
  argumentCount = config.argumentCount;
  outside = reinterpret_cast<const char*>(config.outside);
  outsideBytes = config.outsideBytes;
  sched::start({.procs = config.procs,
                .maxWorkers = config.maxWorkers,
                .cpus = config.cpus,
                .seed = config.randomSeed[0] | uint64_t{config.randomSeed[1]} << 32,
                .heapBegin = config.heapBegin,
                .heapEnd = config.heapEnd,
                .stress = config.stress,
                .findsLeaks = config.findsLeaks != 0});
  sync::startSemaphores();
  sched::startStreams();
  lang::startInterfaces();
  gc::describeProgram({header->roots, header->rootCount}, (header->flags & abi::kProgramHasBarriers) && !(config.stress & abi::kStressStop));
  stackLimit = (config.heapEnd - config.heapBegin) / 2;
  if (stackLimit > kGoStackLimit) stackLimit = kGoStackLimit;
  bool stress = config.stress & abi::kStressStack;
  stackDepth = stress ? kStressDepth : abi::kStackDepth;
  partBytes = !(header->flags & abi::kProgramGrowsStacks) ? SIZE_MAX : stress ? 0 : task::kPartBytes;
  mostInPlace = partBytes == task::kPartBytes ? partBytes : 0;
  stacks = reinterpret_cast<uintptr_t>(pages(kStackBytes * (config.maxWorkers + 1)));
  scratchBytes = (config.heapEnd - config.heapBegin) / 8 / config.maxWorkers;
  if (scratchBytes > kScratchBytes) scratchBytes = kScratchBytes;
  if (scratchBytes < kLeastScratchBytes) scratchBytes = kLeastScratchBytes;
  given->engine = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(&host::engineState));
}

__attribute__((noinline)) static sched::Worker* startWorker(uint32_t id) {
  sched::Worker& worker = sched::startWorker(id);
  if (id < config.maxWorkers) {
    worker.scratchBegin = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(pages(scratchBytes)));
    worker.scratchEnd = worker.scratchBegin + static_cast<uint32_t>(scratchBytes);
  }
  if (id == 0) sched::startMain(lang::program->main);
  return &worker;
}

// From here on the worker has its own C++ stack.
EXPORT(workerStart) sched::Worker* workerStart(uint32_t id) {
  setStackPointer(stacks + (id + 1) * kStackBytes);
  return startWorker(id);
}

EXPORT(workerRun) uint32_t workerRun() {
  sched::Worker& worker = sched::self();
  if (worker.id == config.maxWorkers) return static_cast<uint32_t>(sched::runMonitor(worker));
  return static_cast<uint32_t>(sched::run(worker));
}

EXPORT(idleUntil) double idleUntil() { return host::hostTime(sched::timers::nextDeadline()); }

}  // namespace millrace::edge

namespace millrace::gc::client {

void scanGoroutine(task::Goroutine& goroutine, Marker& marker) {
  sched::noteWaiting(goroutine);
  const bool hasSites = lang::program->flags & abi::kProgramGrowsStacks;
  const auto& start = goroutine.start;
  bool needsStart = false;
  auto shade = [&](const char* from, const char* to) {
    marker.shadeWords(from, to);
    for (; from < to; from += sizeof(uintptr_t)) {
      needsStart = needsStart || *reinterpret_cast<const uintptr_t*>(from) == reinterpret_cast<uintptr_t>(&start);
    }
  };
  auto scan = [&](const char* begin, const char* end) {
    if (!hasSites) return shade(begin, end);
    task::forEachLiveWord(begin, end, lang::program, shade);
  };
  if (goroutine.frames && !goroutine.entry) scan(goroutine.frames, reinterpret_cast<const char*>(goroutine.saved.top));
  for (task::StackPart* part = goroutine.parts; part; part = part->older) scan(part->frames(), part->end());
  if (needsStart) marker.shadeSlots(start.captured, &start + 1);
  for (const lang::PanicRecord* record = goroutine.panics; record; record = record->older) marker.shadePointer(record->data);
}

bool scanOtherRoots(Marker& marker, bool isFirst) {
  static uint32_t nextTimer;
  if (isFirst) nextTimer = 0;
  return sched::timers::scanPart(marker, nextTimer);
}

void forgetUnreachable() { sched::timers::dropUnreachable(); }

}  // namespace millrace::gc::client

namespace millrace::sched::client {

Leaving resume(Worker& worker, task::Goroutine& goroutine) {
  worker.loopStack = edge::stackPointer();
  edge::setFrameStack(&goroutine.saved);
  bool returned;
  if (abi::Closure* entry = goroutine.entry) {
    goroutine.entry = nullptr;
    worker.abi.depthLeft = edge::stackDepth;
    edge::root(entry, nullptr);
    returned = edge::switchState() == abi::SwitchState::Running;
  } else {
    returned = edge::goOn(worker, goroutine);
  }
  for (;;) {
    if (returned) {
      if (!goroutine.parts) break;
      if (goroutine.leftBy) lang::addPart(goroutine);
      task::takeUpPart(goroutine, worker.blocks);
    } else {
      edge::setSwitchState(abi::SwitchState::Running);
      edge::keepFrames(worker, goroutine);
      if (worker.leaving != Leaving::Deeper) [[likely]] return worker.leaving;
      if (goroutine.stackWeight > edge::stackLimit) stackOverflow();
    }
    returned = edge::goOn(worker, goroutine);
  }
  if (goroutine.panics) [[unlikely]] lang::dropPanics(goroutine);
  return Leaving::Ended;
}

void printFrames(host::TraceOutput& out, const task::Goroutine& goroutine) { lang::printFrames(out, goroutine); }
void printPanicFrames(host::TraceOutput& out, task::Goroutine& goroutine) { lang::printPanicFrames(out, goroutine); }
void printCreator(host::TraceOutput& out, const task::Goroutine& goroutine) { lang::printCreator(out, goroutine); }

void printRunningFrames(host::TraceOutput& out, task::Goroutine& goroutine) {
  Worker& worker = self();
  if (!worker.scratchUsed) return lang::printRunningFrames(out, goroutine);
  const char* begin = reinterpret_cast<const char*>(worker.scratchBegin);
  lang::printUnwoundFrames(out, goroutine, begin, begin + worker.scratchUsed);
}

uint32_t sitesOf(const task::Goroutine& goroutine, uint64_t* into, uint32_t capacity) {
  return lang::sitesOf(goroutine, into, capacity);
}
uint64_t framesKey(const task::Goroutine& goroutine) { return lang::framesKey(goroutine); }

}  // namespace millrace::sched::client
