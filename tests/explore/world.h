// Small worlds to explore: a few workers whose queues hold goroutines, each worker a thread.
#pragma once

#include <functional>
#include <vector>

#include "tests/explore/controller.h"
#include "tests/unit/runtime/program.h"

namespace millrace::explore {

using test::Go;

// Goroutines that a worker has in its queue at the beginning; the last one added is taken first (it has the slot).
struct Start {
  int worker;
  std::function<Go()> body;
};

// A channel of int64 outside the collected heap, made anew by each call; `which`: 0 to 3.
sync::Chan* channel(int which, size_t capacity);

// The loop of a worker cut to what park, ready, queues and stealing need: no falling asleep and no searching, so that few steps
// are left and all interleavings can be tried.
// A thread that has nothing to run waits; who is woken runs on the worker that woke him. `steals`: or on one that takes him from
// there, which makes for many times as many interleavings.
struct SmallOptions {
  bool steals = false;
  bool mayStick = false;  // goroutines may wait for ever
};
Scenario small(std::string name, std::string what, int workers, std::function<std::vector<Start>()> begin,
               std::function<std::string()> verdict, SmallOptions options = {});

// The scheduler's whole loop, with the monitor if `monitor`. The main goroutine begins on worker 0; `status` is how the program
// must end.
Scenario whole(std::string name, std::string what, int workers, bool monitor, std::function<Go()> main, uint32_t status,
               std::function<std::string()> verdict);

std::vector<Scenario> scenarios();

}  // namespace millrace::explore
