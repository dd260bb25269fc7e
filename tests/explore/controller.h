// Explores interleavings of the runtime's own code.
//
// Each *thread* of a scenario is a fiber, and all of them run on one real thread. Before every access to an atomic word
// (host/atomics.h built with MILLRACE_EXPLORE), before sleeping on a word and before waking who sleeps there, a thread says
// what it is about to do and comes back to the controller, which decides who goes on. So a run is a list of decisions, and the
// same list gives the same run.
//
// What is explored. Interleavings that are sequentially consistent: a word that is written with relaxed order is seen by all
// at once. What weaker orders allow is not covered (ThreadSanitizer looks at that with the unit tests). Time stands still
// while anybody can go on.
//
//   exhaustive  all interleavings that differ in the order of two accesses to one word of which one writes: dynamic
//               partial-order reduction (Flanagan and Godefroid 2005) with sleep sets
//   bounded     all in which a thread that could go on is made to wait at most so often (as CHESS does)
//   random      priorities that change at a few random places (PCT), for as long as one likes
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace millrace::explore {

// ---- for what is explored

// The running thread has found that something is wrong: the run ends with this.
[[noreturn]] void fail(const std::string& what);
// Waits until `ready` holds; it looks only at watched words, without steps.
void waitUntil(const std::function<bool()>& ready);
// Words of this size that waitUntil looks at.
void watch(const void* object);
// A step that is no access to a word.
void step(const void* object, bool writes);
// The run before has been broken off: what its threads had on their stacks is still in use.
extern bool leftHalfDone;
// While it lives, the thread's accesses are no steps: for checks.
struct Unobserved {
  Unobserved();
  ~Unobserved();
};

// ---- scenarios

struct Scenario {
  std::string name, what;
  int threads;
  // There are interleavings without end (two that steal from each other, say): only some can be tried.
  bool endless;
  // Makes the world anew, alone.
  std::function<void()> begin;
  std::function<void(int thread)> body;
  // All threads have ended: "" if all is well. `stuck`: some wait for ever.
  std::function<std::string(bool stuck)> verdict;
};

struct Method {
  enum Kind { Exhaustive, Bounded, Random } kind;
  int preemptions = 2;        // Bounded
  uint64_t seed = 1;          // Random
  uint64_t most = UINT64_MAX;  // runs
  double seconds = 1e9;
};

struct Report {
  uint64_t runs = 0, pruned = 0, steps = 0, longest = 0;
  bool complete = false;
  std::string failure;         // empty: none
  std::string decisions;       // of the failing run
};

Report explore(const Scenario& scenario, const Method& method);
// One run by its decisions ("0*12 1 0*3": threads, how often in a row); afterwards as a thread can.
Report replay(const Scenario& scenario, const std::string& decisions);

}  // namespace millrace::explore
