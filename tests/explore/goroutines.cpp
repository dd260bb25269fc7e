// Goroutines of the unit tests' kind, watched: nobody may be resumed while he runs, before all of him has been written to
// memory, or after he has ended.
#include <unordered_map>

#include "tests/explore/controller.h"
#include "tests/unit/runtime/program.h"

namespace millrace::test {

namespace {
enum class Whereabouts { Waits, Runs, Leaves };
std::unordered_map<Body*, Whereabouts> bodies;
}  // namespace

bool scansBodies;

Body::Body(std::function<Go()> function) : abi::Closure{0}, function(std::move(function)) { bodies[this] = Whereabouts::Waits; }
Body::~Body() { bodies.erase(this); }

// Those that an earlier run has left.
void deleteBodies() {
  if (explore::leftHalfDone) bodies.clear();
  while (!bodies.empty()) delete bodies.begin()->first;
}

}  // namespace millrace::test

namespace millrace::sched::client {

Leaving resume(Worker& worker, task::Goroutine& goroutine) {
  auto* body = static_cast<test::Body*>(goroutine.entry);
  auto found = test::bodies.find(body);
  if (found == test::bodies.end()) explore::fail("a goroutine was resumed that had ended");
  if (found->second == test::Whereabouts::Runs) explore::fail("a goroutine runs twice");
  if (found->second == test::Whereabouts::Leaves) explore::fail("a goroutine was resumed whose frames were still being written");
  if (&sched::self() != &worker) explore::fail("a goroutine was resumed on a worker that is not the thread's");
  found->second = test::Whereabouts::Runs;
  if (!body->outermost) {
    body->outermost.emplace(body->function());
    body->resumeAt = body->outermost->handle;
  }
  body->resumeAt.resume();
  if (body->outermost->handle.done() || body->exited) {
    delete body;
    return Leaving::Ended;
  }
  Leaving leaving = worker.leaving;
  if (leaving == Leaving::Parked) {
    // Writing frames takes time, in which others may do anything.
    test::bodies[body] = test::Whereabouts::Leaves;
    explore::step(body, true);
  }
  test::bodies[body] = test::Whereabouts::Waits;
  return leaving;
}

void printFrames(host::TraceOutput&, const task::Goroutine&) {}
void printRunningFrames(host::TraceOutput&, task::Goroutine&) {}
void printPanicFrames(host::TraceOutput&, task::Goroutine&) {}
void printCreator(host::TraceOutput&, const task::Goroutine&) {}
uint32_t sitesOf(const task::Goroutine&, uint64_t*, uint32_t) { return 0; }
uint64_t framesKey(const task::Goroutine& goroutine) { return goroutine.createdAt; }

}  // namespace millrace::sched::client

namespace millrace::gc::client {

void scanGoroutine(task::Goroutine&, Marker&) {}
bool scanOtherRoots(Marker&, bool) { return false; }
void forgetUnreachable() {}

}  // namespace millrace::gc::client
