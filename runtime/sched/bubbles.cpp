// Bubbles: who belongs to one, and what happens when it is at rest.
#include "runtime/sched/bubbles.h"

#include <new>

#include "runtime/base/check.h"
#include "runtime/sched/timers.h"
#include "runtime/sched/worker.h"

namespace millrace::sched::bubbles {

namespace {

// Midnight UTC 2000-01-01, as package testing/synctest says.
constexpr int64_t kBeginning = 946684800000000000;

host::Atomic<uint32_t> lastId;

}  // namespace

void start() { lastId.store(0); }

task::Bubble* current() {
  Worker& worker = self();
  if (!worker.abi.goroutine || !worker.goroutine().inBubble) return nullptr;
  return worker.goroutine().bubble;
}

uint32_t currentId() {
  task::Bubble* bubble = current();
  return bubble ? bubble->id : 0;
}

void join(task::Goroutine& goroutine, task::Bubble& bubble) {
  goroutine.inBubble = true;
  goroutine.bubble = &bubble;
  bubble.total.fetchAdd(1);
  bubble.running.fetchAdd(1);
  if (!bubble.main && &goroutine != bubble.root) bubble.main = &goroutine;
}

bool enter(abi::Closure* entry) {
  Worker& worker = self();
  task::Goroutine& root = worker.goroutine();
  if (root.inBubble) return false;
  auto* bubble = new (worker.blocks.allocate(sizeof(task::Bubble))) task::Bubble();
  bubble->id = lastId.fetchAdd(1) + 1;
  bubble->now = kBeginning;
  bubble->root = &root;
  timers::addBubble(*bubble);
  join(root, *bubble);
  go(entry);
  return true;
}

void part(task::Goroutine& goroutine) {
  task::Bubble& bubble = *goroutine.bubble;
  if (&goroutine == bubble.main) bubble.mainEnded = true;
  goroutine.inBubble = false;
  bubble.total.fetchAdd(-1u);
  blocked(bubble);
}

void blocked(task::Bubble& bubble) {
  if (bubble.running.fetchAdd(-1u) != 1) return;
  task::Goroutine* waiter = bubble.waiter.load();
  ready(waiter ? *waiter : *bubble.root);
}

Outcome rest() { return parkForever(task::WaitReason::SynctestRun); }

Rest rested() {
  task::Bubble& bubble = *current();
  if (!bubble.mainEnded && timers::advance(bubble)) return Rest::Advanced;
  if (bubble.total.load() == 1) return Rest::Ended;
  return bubble.mainEnded ? Rest::MainEnded : Rest::Stuck;
}

void leave() {
  Worker& worker = self();
  task::Goroutine& root = worker.goroutine();
  task::Bubble* bubble = root.bubble;
  root.inBubble = false;
  timers::dropBubble(*bubble);
  // What is left in it will never run, but keeps its bubble.
  if (bubble->total.load() == 1) worker.blocks.free(bubble, sizeof(task::Bubble));
}

bool mayWait() {
  task::Goroutine* nobody = nullptr;
  return current()->waiter.compareExchange(nobody, &self().goroutine());
}

Outcome wait() { return parkForever(task::WaitReason::SynctestWait); }

void waited() { current()->waiter.store(nullptr); }

}  // namespace millrace::sched::bubbles
