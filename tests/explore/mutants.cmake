# Faults that the explorer must find, each in the scenarios that tests/explore/explore.mjs names.

# A waker queues a goroutine although its frames are still being written.
mutant(unwound sched/scheduler.cpp
  "} else if (goroutine.state.exchange(task::State::Woken) != task::State::Parked) {
    return;  // its own worker will find it
  }"
  "} else {
    goroutine.state.exchange(task::State::Woken);
  }")
# Nobody queues a goroutine that was woken while its frames were being written.
mutant(woken sched/queueing.h
  "if (goroutine->state.exchange(task::State::Parked) == task::State::Woken) {"
  "if (goroutine->state.exchange(task::State::Parked) == task::State::Free) {")
# Who waits for a semaphore does not look at it again once others can see him.
mutant(semaphore sync/semaphore.cpp
  "  if (tryAcquire(word)) {
    bucket.waiting.fetchAdd(-1u)"
  "  if (false) {
    bucket.waiting.fetchAdd(-1u)")
# A thief does not notice that the owner was faster.
mutant(thief sched/run-queue.cpp
  "    if (!move(ends, {ends.head + count, ends.tail})) continue;
    to.ends_.fetchAdd"
  "    move(ends, {ends.head + count, ends.tail});
    to.ends_.fetchAdd")
# Two channels choose the same select.
mutant(select sync/wait-queue.h
  "if (waiter->goroutine->selectDone.compareExchange(waits, 1)) return waiter"
  "if (waiter->goroutine->selectDone.compareExchange(waits, 1) || true) return waiter")
# Who unlocks a lock does not wake who sleeps for it.
mutant(lock host/lock.cpp
  "{ wake(word_, 1); }"
  "{}")
# A worker that falls asleep forgets that it has just been woken.
mutant(asleep sched/parallel.cpp
  "  worker.woken.store(0);
  state.asleep.fetchOr(bit);"
  "  state.asleep.fetchOr(bit);
  worker.woken.store(0);")
