// Semaphores and condition queues.
//
// Words are hashed to buckets. A bucket holds a list of queues, one per word that is waited for; a queue is named by its
// first waiter, whose fields are used so:
//
//   next      the next waiter for the same word
//   previous  in the first waiter of a queue: the last one
//   value     in the first waiter of a queue: the first waiter of the bucket's next queue
//
// No wakeup is lost: who waits first counts itself in `waiting` and then looks at the word once more; who releases first
// adds to the word and then looks at `waiting`.
#include "runtime/sync/semaphore.h"

#include "runtime/host/console.h"
#include "runtime/host/format.h"
#include "runtime/sched/bubbles.h"
#include "runtime/sched/deadlock.h"

namespace millrace::sync {

namespace {

struct Bucket {
  host::Lock lock;
  host::Atomic<uint32_t> waiting;
  task::Waiter* queues GUARDED_BY(lock) = nullptr;
};
constexpr uint32_t kBuckets = 251;  // prime, as in Go
Bucket buckets[kBuckets];

Bucket& bucketOf(const void* word) { return buckets[reinterpret_cast<uintptr_t>(word) / 8 % kBuckets]; }

bool tryAcquire(uint32_t* word) {
  host::Atomic<uint32_t>& count = host::atomicAt(word);
  uint32_t value = count.load();
  while (value > 0) {
    if (count.compareExchange(value, value - 1)) return true;
  }
  return false;
}

task::Waiter* nextQueue(task::Waiter* first) { return static_cast<task::Waiter*>(first->value.pointer); }

// The place that points to the first waiter for `word`, or to null at the end of the bucket.
struct Place {
  task::Waiter *before, *first;
};
Place find(Bucket& bucket, const void* word) REQUIRES(bucket.lock) {
  Place place{nullptr, bucket.queues};
  while (place.first && place.first->channel.pointer != word) place = {place.first, nextQueue(place.first)};
  return place;
}
void setFirst(Bucket& bucket, const Place& place, task::Waiter* first) REQUIRES(bucket.lock) {
  if (place.before) place.before->value = first;
  else bucket.queues = first;
}

void enqueue(Bucket& bucket, task::Waiter& waiter, bool lifo) REQUIRES(bucket.lock) {
  waiter.next = nullptr;
  waiter.previous = &waiter;
  waiter.value = nullptr;
  Place place = find(bucket, waiter.channel);
  task::Waiter* first = place.first;
  if (!first) {
    setFirst(bucket, place, &waiter);
  } else if (lifo) {
    waiter.next = first;
    waiter.previous = first->previous;
    waiter.value = first->value;
    setFirst(bucket, place, &waiter);
  } else {
    first->previous->next = &waiter;
    first->previous = &waiter;
  }
}

task::Waiter* dequeue(Bucket& bucket, const void* word) REQUIRES(bucket.lock) {
  Place place = find(bucket, word);
  task::Waiter* first = place.first;
  if (!first) return nullptr;
  if (task::Waiter* second = first->next) {
    second->previous = first->previous;
    second->value = first->value;
    setFirst(bucket, place, second);
  } else {
    setFirst(bucket, place, nextQueue(first));
  }
  return first;
}

// The goroutine's waiter is filled in: waits, unless the word has become available.
sched::Outcome wait(sched::Worker& worker, task::Goroutine& goroutine, task::WaitReason reason) {
  task::Waiter& waiter = goroutine.waiter;
  uint32_t* word = static_cast<uint32_t*>(waiter.channel.pointer);
  Bucket& bucket = bucketOf(word);
  host::Guard guard(bucket.lock);
  bucket.waiting.fetchAdd(1);
  if (tryAcquire(word)) {
    bucket.waiting.fetchAdd(-1u);
    return sched::Outcome::Done;
  }
  sched::beginPark(worker, goroutine, reason);
  enqueue(bucket, waiter, waiter.isSend != 0);
  return sched::Outcome::Parked;
}

}  // namespace

sched::Outcome acquire(uint32_t* word, bool lifo, abi::SemReason reason) {
  if (tryAcquire(word)) return sched::Outcome::Done;
  sched::Worker& worker = sched::self();
  task::Goroutine& goroutine = worker.goroutine();
  goroutine.waiter.channel = word;
  goroutine.waiter.isSend = lifo;
  goroutine.waiter.flags = 0;
  goroutine.waiter.goroutine = &goroutine;
  uint32_t named = static_cast<uint32_t>(task::WaitReason::Semacquire) + static_cast<uint32_t>(reason);
  return wait(worker, goroutine, static_cast<task::WaitReason>(named));
}

sched::Outcome acquireResumed() {
  sched::Worker& worker = sched::self();
  task::Goroutine& goroutine = worker.goroutine();
  task::Waiter& waiter = goroutine.waiter;
  if (waiter.flags & task::kWaiterTicket) return sched::Outcome::Done;
  if (tryAcquire(static_cast<uint32_t*>(waiter.channel.pointer))) return sched::Outcome::Done;
  return wait(worker, goroutine, goroutine.reason.relaxed());
}

sched::Outcome release(uint32_t* word, bool handoff) {
  Bucket& bucket = bucketOf(word);
  host::atomicAt(word).fetchAdd(1);
  if (bucket.waiting.load() == 0) return sched::Outcome::Done;
  task::Waiter* waiter;
  {
    host::Guard guard(bucket.lock);
    waiter = dequeue(bucket, word);
    if (!waiter) return sched::Outcome::Done;
    bucket.waiting.fetchAdd(-1u);
  }
  bool given = handoff && tryAcquire(word);
  if (given) waiter->flags |= task::kWaiterTicket;
  sched::ready(*waiter->goroutine);
  if (!given) return sched::Outcome::Done;
  sched::self().leaving = sched::Leaving::Yielded;
  return sched::Outcome::Parked;
}

void startSemaphores() NO_THREAD_SAFETY_ANALYSIS {
  for (Bucket& bucket : buckets) bucket.queues = nullptr, bucket.waiting.store(0);
}

// ---- condition queues

// Waiting for a condition is durable: only who is in the same bubble may end it.
static void checkBubble(const task::Waiter& waiter) {
  if (!waiter.goroutine->inBubble || waiter.goroutine->bubble == sched::bubbles::current()) [[likely]] return;
  host::Text<96> line;
  line.add("semaphore wake of synctest goroutine ").addUnsigned(waiter.goroutine->id).add(" from outside bubble\n");
  host::writeAll(2, line.view());
  sched::fatal("semaphore wake of synctest goroutine from outside bubble");
}

uint32_t notifyAdd(NotifyList& list) { return list.wait.fetchAdd(1); }

// Tickets are compared as distances: they wrap around.
static bool isBefore(uint32_t a, uint32_t b) { return static_cast<int32_t>(a - b) < 0; }

sched::Outcome notifyWait(NotifyList& list, uint32_t ticket) {
  sched::Worker& worker = sched::self();
  task::Goroutine& goroutine = worker.goroutine();
  host::Guard guard(list.lock);
  if (isBefore(ticket, list.notify.relaxed())) return sched::Outcome::Done;
  task::Waiter& waiter = goroutine.waiter;
  waiter.channel = &list;
  waiter.isSend = ticket;
  waiter.flags = 0;
  waiter.goroutine = &goroutine;
  waiter.next = nullptr;
  sched::beginPark(worker, goroutine, task::WaitReason::CondWait);
  (list.last ? list.last->next : list.first.pointer) = &waiter;
  list.last = &waiter;
  return sched::Outcome::Parked;
}

void notifyAll(NotifyList& list) {
  if (list.wait.load() == list.notify.load()) return;
  task::Waiter* first;
  {
    host::Guard guard(list.lock);
    first = list.first;
    list.first = list.last = nullptr;
    list.notify.store(list.wait.load());
  }
  while (first) {
    task::Waiter* next = first->next;
    checkBubble(*first);
    sched::ready(*first->goroutine);
    first = next;
  }
}

void notifyOne(NotifyList& list) {
  if (list.wait.load() == list.notify.load()) return;
  task::Waiter* chosen = nullptr;
  {
    host::Guard guard(list.lock);
    uint32_t ticket = list.notify.relaxed();
    if (ticket == list.wait.load()) return;
    list.notify.store(ticket + 1);
    // Tickets are taken before the lock, so that the list is not quite in their order. Whoever has this one and is not in
    // the list yet will see that it has been notified.
    task::Waiter* before = nullptr;
    for (chosen = list.first; chosen && chosen->isSend != ticket; chosen = chosen->next) before = chosen;
    if (!chosen) return;
    (before ? before->next : list.first.pointer) = chosen->next;
    if (list.last == chosen) list.last = before;
  }
  checkBubble(*chosen);
  sched::ready(*chosen->goroutine);
}

}  // namespace millrace::sync
