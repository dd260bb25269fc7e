// Stopping the world, and whatever the collector needs of the scheduler: who marks, and when cycles begin and end.
//
// The problem. A cycle begins when all workers have left their goroutines, for then all frames lie in memory; it ends when
// nobody is about to queue anything. Both shall be over in microseconds, with workers that sleep, that are just being woken,
// or that start at this very moment.
//
// What is always true.
//  * `stopping` is odd while somebody stops the world or has stopped it; each stop has its own number.
//  * A worker that runs anything has its bit in `running`, and not in the scheduler's `asleep`. The world is stopped when
//    every such worker has its bit in `stopped`; the monitor counts when it is `monitorBusy`.
//  * A worker looks at `stopping` after it has taken back its bit in `asleep` (or somebody has for it), and before it runs a
//    goroutine. Whoever stops the world writes `stopping` before reading `asleep`. So one of the two sees the other.
//  * A worker stands still only in its loop, with no goroutine on it. The exception: marking is under way and memory is
//    exhausted. Then a worker may stop or stand still where it is, because a stop during marking only ends marking, for which
//    nobody looks at stacks (see gc/mark.h).
//
// Who marks. Workers that find no goroutine; all that allocate, in proportion; and every worker for a quarter of its time:
// the monitor raises all poll flags each millisecond, and who meets one marks for a quarter of a millisecond.
#pragma once

#include "runtime/gc/collector.h"
#include "runtime/sched/worker.h"

namespace millrace::sched {

// Bits of WorkerAbi::poll.
enum PollBits : uint32_t {
  kPollRenew = 1 << 28,   // the goroutine shall leave and be entered anew: see the head of scheduler.h
  kPollShare = 1 << 29,   // others wait, the program has ended, or GOMAXPROCS has changed
  kPollAttend = 1 << 30,  // the world is to stop, or the collector has something to do
};
static_assert(kPollRenew > abi::kStackDepth);
void raisePoll(Worker& worker, uint32_t bits);

void startWorld();

// In the loop, when the poll flag is up: stands still, begins and ends cycles, marks.
void attend(Worker& worker);
// In a goroutine whose poll flag was up: marks for a while. True: the goroutine shall leave, so that the worker can attend.
bool attendFromGoroutine(Worker& worker);
// Marking is over, or memory is low: what dies meanwhile is kept, so nobody may make more of it.
bool cycleShallEnd();
// Marks for so long, or until there is nothing left to mark.
void markFor(Worker& worker, int64_t ns);
// In the loop, when there is no goroutine: marks for a while. False: there is nothing to mark.
bool markWhenIdle(Worker& worker);
// All workers that are awake shall attend. While the collector marks this is to be done each kMarkIntervalNs.
void callAllWorkers();
inline constexpr int64_t kMarkIntervalNs = 1'000'000;

// Stops all others. False: the program has ended meanwhile. From the loop alone, and so resumeWorld.
bool stopWorld(Worker& worker);
void resumeWorld(Worker& worker);

// For last words, from anywhere: stops all others for good. False: not all of them stop soon.
bool haltWorld(Worker& worker);
// Somebody else says them: the worker counts as stopped, wherever it is.
[[noreturn]] void waitForEnd(Worker& worker);

// Stops the world for good and marks what is reachable from goroutines that can run; gc::isLeaked tells the others. False:
// the program has ended meanwhile.
bool stopAndFindLeaks(Worker& worker);

// ---- in threads builds

// The worker begins to run goroutines.
void joinWorld(Worker& worker);
// The worker has set its bit in `asleep`.
void tellAsleep();
// The monitor is awake from the first to the second. The first waits while the world stands still.
void monitorAwake(Worker& monitor);
void monitorRests();

// ---- what the operations of all rooms call

// Before a pointer in Go memory that may have been there when marking began is overwritten or cleared: one slot, or all that
// lie in `bytes` bytes.
inline void beforeWrite(const void* slot) {
  Worker& worker = self();
  if (worker.abi.barrier) [[unlikely]] worker.heap.marker.shadeRange(slot, 8);
}
inline void beforeWrite(const void* begin, size_t bytes) {
  Worker& worker = self();
  if (worker.abi.barrier) [[unlikely]] worker.heap.marker.shadeRange(begin, bytes);
}
// The object that was held by the runtime is no longer.
inline void beforeDrop(const void* object) {
  Worker& worker = self();
  if (worker.abi.barrier) [[unlikely]] worker.heap.marker.shadePointer(object);
}

}  // namespace millrace::sched
