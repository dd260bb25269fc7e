// Making worlds, and the loops of their threads.
#include "tests/explore/world.h"

#include <sys/mman.h>

#include "runtime/sched/queueing.h"

namespace millrace::test {
void deleteBodies();
}

namespace millrace::explore {

namespace {

constexpr size_t kMemoryBytes = 4 << 20;

sched::Worker* workers[4];
int live;  // goroutines that have not ended

void startWorld(int count) {
  static void* memory = mmap(nullptr, kMemoryBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  test::deleteBodies();
  madvise(memory, kMemoryBytes, MADV_DONTNEED);  // zeroes again
  auto begin = reinterpret_cast<uintptr_t>(memory);
  auto howMany = static_cast<uint32_t>(count);
  sched::start({.procs = howMany, .maxWorkers = howMany, .cpus = howMany, .seed = 1, .heapBegin = begin, .heapEnd = begin + kMemoryBytes});
  sync::startSemaphores();
  sched::startStreams();
  live = 0;
}

Go counted(std::function<Go()> body) {
  live++;
  auto call = [](std::function<Go()> body) -> Go {
    co_await body();
    step(&live, true);
    live--;
  };
  return call(std::move(body));
}

task::Goroutine* takeFromOthers(sched::Worker& worker, int count) {
  for (int i = 0; i < count; i++) {
    sched::Worker& victim = *workers[i];
    if (&victim == &worker) continue;
    if (victim.queue.stealInto(worker.queue)) return worker.queue.take();
    if (task::Goroutine* goroutine = victim.slot.exchange(nullptr)) return goroutine;
  }
  return nullptr;
}

void smallLoop(sched::Worker& worker, int count, bool steals) {
  std::function<bool()> mayGoOn = [=] {
    Unobserved unobserved;
    if (live == 0) return true;
    for (int i = 0; steals && i < count; i++) {
      if (workers[i]->slot.relaxed() || !workers[i]->queue.isEmpty()) return true;
    }
    return false;
  };
  sched::setSelf(&worker);
  for (task::Goroutine* next = nullptr; next || live > 0;) {
    task::Goroutine* goroutine = next ? next : sched::takeNext(worker);
    if (!goroutine && steals) goroutine = takeFromOthers(worker, count);
    next = nullptr;
    if (goroutine) next = sched::runOne(worker, goroutine);
    else waitUntil(mayGoOn);
  }
}

}  // namespace

sync::Chan* channel(int which, size_t capacity) {
  struct Place {
    sync::Chan chan;
    char buffer[64];
  };
  alignas(Place) static char memory[4][sizeof(Place)];
  __builtin_memset(memory[which], 0, sizeof(Place));
  auto* place = reinterpret_cast<Place*>(memory[which]);
  place->chan.capacity = capacity;
  place->chan.elementBytes = 8;
  place->chan.buffer = place->buffer;
  return &place->chan;
}

Scenario small(std::string name, std::string what, int count, std::function<std::vector<Start>()> begin,
               std::function<std::string()> verdict, SmallOptions options) {
  return {std::move(name), std::move(what), count, options.steals,
          [=] {
            startWorld(count);
            for (int i = 0; i < count; i++) {
              workers[i] = &sched::startWorker(static_cast<uint32_t>(i));
              if (options.steals) watch(&workers[i]->queue), watch(&workers[i]->slot);
            }
            watch(&live);
            for (Start& start : begin()) {
              sched::setSelf(workers[start.worker]);
              live++;
              sched::startAlone(new test::Body([body = std::move(start.body)] {
                live--;  // counted once more
                return counted(body);
              }), nullptr);
            }
          },
          [=](int thread) { smallLoop(*workers[thread], count, options.steals); },
          [=](bool stuck) {
            if (stuck && !options.mayStick) return std::string("goroutines wait for ever");
            return verdict();
          }};
}

Scenario whole(std::string name, std::string what, int count, bool monitor, std::function<Go()> main, uint32_t status,
               std::function<std::string()> verdict) {
  return {std::move(name), std::move(what), count + monitor, true,
          [=] {
            startWorld(count);
            for (int i = 0; i < count + monitor; i++) workers[i] = &sched::startWorker(static_cast<uint32_t>(i));
            sched::setSelf(workers[0]);
            sched::startMain(new test::Body(main));
          },
          [=](int thread) {
            sched::setSelf(workers[thread]);
            if (thread == count) sched::runMonitor(*workers[thread]);
            else sched::run(*workers[thread]);
          },
          [=](bool stuck) {
            if (stuck) return std::string("workers sleep, and nobody noticed that the program is dead");
            if (host::engineState.status != status) return "the program ended with status " + std::to_string(host::engineState.status);
            return verdict();
          }};
}

}  // namespace millrace::explore
