// The coroutine client, and running a program on native threads.
#include "tests/unit/runtime/program.h"

#include <set>

#include "runtime/sched/report.h"

namespace millrace::sched::client {

Leaving resume(Worker& worker, task::Goroutine& goroutine) {
  test::Body& body = *static_cast<test::Body*>(goroutine.entry);
  if (!body.outermost) {
    body.outermost.emplace(body.function());
    body.resumeAt = body.outermost->handle;
  }
  body.resumeAt.resume();
  if (!body.outermost->handle.done() && !body.exited) return worker.leaving;
  delete &body;
  return Leaving::Ended;
}

void printFrames(host::TraceOutput&, const task::Goroutine&) {}
void printRunningFrames(host::TraceOutput&, task::Goroutine&) {}
void printPanicFrames(host::TraceOutput&, task::Goroutine&) {}
void printCreator(host::TraceOutput&, const task::Goroutine&) {}
uint32_t sitesOf(const task::Goroutine&, uint64_t*, uint32_t) { return 0; }
uint64_t framesKey(const task::Goroutine& goroutine) { return goroutine.createdAt; }

}  // namespace millrace::sched::client

namespace millrace::gc::client {

void scanGoroutine(task::Goroutine& goroutine, Marker& marker) {
  sched::noteWaiting(goroutine);
  if (!goroutine.entry || !test::scansBodies) return;
  test::Body& body = *static_cast<test::Body*>(goroutine.entry);
  for (test::Root* root = body.roots; root; root = root->next) marker.shadePointer(root->pointer.relaxed());
}

bool scanOtherRoots(Marker& marker, bool isFirst) {
  static uint32_t nextTimer;
  if (isFirst) nextTimer = 0;
  return sched::timers::scanPart(marker, nextTimer);
}

void forgetUnreachable() { sched::timers::dropUnreachable(); }

}  // namespace millrace::gc::client

namespace millrace::test {

bool scansBodies;

namespace {

std::mutex bodiesMutex;
std::set<Body*> bodies;

}  // namespace

Body::Body(std::function<Go()> function) : abi::Closure{0}, function(std::move(function)) {
  std::lock_guard guard(bodiesMutex);
  bodies.insert(this);
}

Body::~Body() {
  std::lock_guard guard(bodiesMutex);
  bodies.erase(this);
}

Ended runProgram(const Options& options, std::function<Go()> body) {
  // Others may still be on their last steps when the body ends: give them time, but not for ever.
  bool settle = !options.expectLeaks;
  auto main = [body = std::move(body), settle]() -> Go {
    co_await body();
    for (int i = 0; settle && sched::countGoroutines() > 1 && i < 1000000; i++) co_await yield();
  };
  size_t bytes = options.heapMiB << 20;
  void* heap = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  REQUIRE(heap != MAP_FAILED);
  uintptr_t begin = reinterpret_cast<uintptr_t>(heap);
  unsigned workers = options.workers ? options.workers : 1;
  sched::start({.procs = options.procs ? options.procs : workers,
                .maxWorkers = workers,
                .cpus = workers,
                .seed = options.seed,
                .heapBegin = begin,
                .heapEnd = begin + bytes,
                .stress = options.stress});
  gc::describeProgram({}, options.hasBarriers);
  scansBodies = true;
  sync::startSemaphores();
  sched::startStreams();
  if (options.workers == 0) {
    sched::Worker& worker = sched::startWorker(0);
    sched::startMain(new Body(main));
    sched::run(worker);
  } else {
    std::vector<std::thread> threads;
    std::atomic<bool> mainStarted = false;
    for (unsigned id = 0; id <= workers; id++) {
      threads.emplace_back([&, id] {
        sched::Worker& worker = sched::startWorker(id);
        if (id == workers) {
          sched::runMonitor(worker);
          return;
        }
        if (id == 0) {
          sched::startMain(new Body(main));
          mainStarted = true;
        }
        while (!mainStarted) std::this_thread::yield();
        sched::run(worker);
      });
    }
    for (std::thread& thread : threads) thread.join();
  }
  Ended ended{takeOutput(), host::engineState.status};
  sched::Leaks leaks = sched::countLeaks();
  if (!options.expectLeaks) {
    CHECK(leaks.goroutines == 0);
    CHECK(sched::timers::countPending() == 0);
  }
  scansBodies = false;
  while (!bodies.empty()) delete *bodies.begin();
  munmap(heap, bytes);
  return ended;
}

}  // namespace millrace::test
