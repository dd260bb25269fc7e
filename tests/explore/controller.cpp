// Deciding who goes on.
#include "tests/explore/controller.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "runtime/cpp/fiber.h"
#include "runtime/host/machine.h"
#include "runtime/sched/worker.h"

namespace millrace::explore {

bool leftHalfDone;

namespace {

constexpr int kMostThreads = 4;
constexpr size_t kStackBytes = 128 << 10;
// A run that takes more steps does not get on: two threads may wait for each other, busily.
constexpr size_t kMostSteps = 20000;
// A thread that has gone on for so many steps while others could have may be waiting for them, busily; then it is their turn.
constexpr int kPatience = 2000;

// What a thread is about to do. `waits`: looks at all watched words, and goes on when it likes what it sees.
struct Operation {
  const void* object = nullptr;
  bool writes = false, watched = false, waits = false;
};

bool dependent(const Operation& a, const Operation& b) {
  if (a.waits) return b.watched && b.writes;
  if (b.waits) return a.watched && a.writes;
  return a.object && a.object == b.object && (a.writes || b.writes);
}

using Clock = std::array<uint32_t, kMostThreads>;
void join(Clock& into, const Clock& other) {
  for (int i = 0; i < kMostThreads; i++) into[i] = std::max(into[i], other[i]);
}

struct Thread {
  std::unique_ptr<char[]> stack{new char[kStackBytes + 64]};
  alignas(cpp::Fiber) char fiberMemory[sizeof(cpp::Fiber)];
  cpp::Fiber* fiber = nullptr;
  int id = 0;
  bool ended = false;
  int unobserved = 0;
  Operation next;
  const void* sleepsOn = nullptr;
  int64_t deadlineNs = 0;
  const std::function<bool()>* waitsFor = nullptr;
  sched::Worker* self = nullptr;
  Clock clock{};
};

// Where a decision was made.
struct Decision {
  uint32_t enabled = 0, wanted = 0, tried = 0, asleep = 0;  // bits by thread
  int chosen = 0;
  Operation next[kMostThreads];
};

const Scenario* scenario;
Thread threads[kMostThreads];
Thread* current;
std::unordered_set<const void*> watchedWords;
std::string failure;
int64_t now;

// What happened to each word in this run.
struct History {
  Clock writes{}, reads{};
};
std::unordered_map<const void*, History> histories;

uint32_t bit(int thread) { return 1u << thread; }

void enter(void* argument) {
  auto& thread = *static_cast<Thread*>(argument);
  scenario->body(thread.id);
  thread.ended = true;
}

void resume(Thread& thread) {
  current = &thread;
  sched::setSelf(thread.self);
  thread.fiber->resume();
  thread.self = &sched::self();
  current = nullptr;
}

bool isEnabled(const Thread& thread) {
  return !thread.ended && !thread.sleepsOn && (!thread.waitsFor || (*thread.waitsFor)());
}

uint32_t enabledNow() {
  uint32_t enabled = 0;
  for (int i = 0; i < scenario->threads; i++) {
    if (isEnabled(threads[i])) enabled |= bit(i);
  }
  return enabled;
}

void wakeThread(Thread& thread) {
  thread.next = {thread.sleepsOn, false, false, false};
  thread.sleepsOn = nullptr;
}

// Nobody can go on: time passes until somebody's deadline. False: nobody has one.
bool letTimePass() {
  int64_t first = host::kForever;
  for (int i = 0; i < scenario->threads; i++) {
    if (threads[i].sleepsOn) first = std::min(first, threads[i].deadlineNs);
  }
  if (first == host::kForever) return false;
  now = std::max(now, first);
  for (int i = 0; i < scenario->threads; i++) {
    if (threads[i].sleepsOn && threads[i].deadlineNs <= now) wakeThread(threads[i]);
  }
  return true;
}

std::string written(const std::vector<int>& decisions) {
  std::string text;
  for (size_t i = 0; i < decisions.size();) {
    size_t end = i;
    while (end < decisions.size() && decisions[end] == decisions[i]) end++;
    text += (text.empty() ? "" : " ") + std::to_string(decisions[i]);
    if (end - i > 1) text += "*" + std::to_string(end - i);
    i = end;
  }
  return text;
}

std::vector<int> read(const std::string& text) {
  std::vector<int> decisions;
  for (const char* at = text.c_str(); *at;) {
    char* end;
    long thread = std::strtol(at, &end, 10), count = 1;
    if (end == at) break;
    if (*end == '*') count = std::strtol(end + 1, &end, 10);
    decisions.insert(decisions.end(), static_cast<size_t>(count), static_cast<int>(thread));
    at = end;
  }
  return decisions;
}

// One run. `choose(depth, enabled, before)` says who goes on, -1: stop here, the rest is known; `done(depth, thread)` is told.
struct Run {
  std::vector<int> decisions;
  bool pruned = false;
};
template <typename Choose, typename Done>
Run runOnce(Choose choose, Done done) {
  Run run;
  failure.clear();
  histories.clear();
  watchedWords.clear();
  now = 1;
  scenario->begin();
  for (int i = 0; i < scenario->threads; i++) {
    Thread& thread = threads[i];
    auto stack = (reinterpret_cast<uintptr_t>(thread.stack.get()) + 63) & ~uintptr_t{63};
    if (thread.fiber) thread.fiber->~Fiber();
    thread.fiber = new (thread.fiberMemory) cpp::Fiber(reinterpret_cast<void*>(stack), kStackBytes, &enter, &thread);
    thread.id = i;
    thread.ended = false;
    thread.unobserved = 0;
    thread.next = {};
    thread.sleepsOn = nullptr;
    thread.waitsFor = nullptr;
    thread.self = nullptr;
    thread.clock = {};
    resume(thread);  // to its first step
  }
  int before = -1;
  int inARow = 0;
  while (failure.empty()) {
    uint32_t enabled = enabledNow();
    if (!enabled) {
      if (letTimePass()) continue;
      bool stuck = std::any_of(threads, threads + scenario->threads, [](const Thread& thread) { return !thread.ended; });
      failure = scenario->verdict(stuck);
      break;
    }
    if (inARow >= kPatience && (enabled & ~bit(before))) enabled &= ~bit(before);
    int thread = run.pruned ? -1 : choose(run.decisions.size(), enabled, before);
    if (thread < 0) {
      // What follows is known. It has to be brought to an end all the same, so that nothing is left half done.
      run.pruned = true;
      thread = before >= 0 && (enabled & bit(before)) ? before : __builtin_ctz(enabled);
    }
    Operation operation = threads[thread].next;
    threads[thread].waitsFor = nullptr;
    run.decisions.push_back(thread);
    resume(threads[thread]);
    if (!run.pruned) done(run.decisions.size() - 1, thread, operation);
    inARow = thread == before ? inARow + 1 : 0;
    before = thread;
    if (run.decisions.size() > kMostSteps) failure = "it takes for ever";
  }
  leftHalfDone = !failure.empty();
  return run;
}

// ---- the methods

class Exhaustive {
 public:
  int choose(size_t depth, uint32_t enabled) {
    if (depth < decisions_.size()) return decisions_[depth].chosen;  // on the way to what is new
    Decision decision;
    decision.enabled = enabled;
    for (int i = 0; i < scenario->threads; i++) decision.next[i] = threads[i].next;
    if (depth > 0) {
      const Decision& above = decisions_[depth - 1];
      const Operation& taken = above.next[above.chosen];
      for (int i = 0; i < scenario->threads; i++) {
        bool rests = ((above.asleep | above.tried) & bit(i)) && i != above.chosen;
        if (rests && !dependent(above.next[i], taken)) decision.asleep |= bit(i);
      }
    }
    uint32_t possible = enabled & ~decision.asleep;
    if (!possible) return -1;
    // Rather the one that went on before.
    int first = depth > 0 && (possible & bit(decisions_[depth - 1].chosen)) ? decisions_[depth - 1].chosen : __builtin_ctz(possible);
    decision.chosen = first;
    decision.wanted = bit(first);
    decisions_.push_back(decision);
    return first;
  }

  void done(size_t depth, int thread, const Operation& operation) {
    Thread& by = threads[thread];
    if (operation.object) {
      History& history = histories[operation.object];
      join(by.clock, history.writes);
      if (operation.writes) join(by.clock, history.reads);
      by.clock[thread] = static_cast<uint32_t>(depth) + 1;
      join(operation.writes ? history.writes : history.reads, by.clock);
    } else {
      by.clock[thread] = static_cast<uint32_t>(depth) + 1;
    }
    // Who could have come before what has just been done, or what is done next before what was done earlier?
    for (int i = 0; i < scenario->threads; i++) {
      if (threads[i].ended || threads[i].sleepsOn) continue;
      if (i == thread) {
        for (size_t at = depth; at-- > 0;) {
          if (noteRace(at, i)) break;
        }
      } else {
        noteRace(depth, i);
      }
    }
  }

  // Goes back to the last decision that can be made otherwise. False: there is none.
  bool next() {
    while (!decisions_.empty()) {
      Decision& last = decisions_.back();
      last.tried |= bit(last.chosen);
      uint32_t left = last.wanted & ~last.tried & ~last.asleep;
      if (left) {
        last.chosen = __builtin_ctz(left);
        return true;
      }
      decisions_.pop_back();
    }
    return false;
  }

 private:
  // Does thread `later` next do something that depends on decision `at`, and is not ordered after it?
  bool noteRace(size_t at, int later) {
    Decision& decision = decisions_[at];
    if (decision.chosen == later || !dependent(decision.next[decision.chosen], threads[later].next)) return false;
    if (threads[later].clock[decision.chosen] > at) return true;
    decision.wanted |= decision.enabled & bit(later) ? bit(later) : decision.enabled;
    return true;
  }

  std::vector<Decision> decisions_;
};

class Bounded {
 public:
  explicit Bounded(int preemptions) : most_(preemptions) {}

  int choose(size_t depth, uint32_t enabled, int before) {
    if (depth < decisions_.size()) return decisions_[depth].chosen;
    Choice choice;
    bool goesOn = before >= 0 && (enabled & bit(before));
    choice.used = decisions_.empty() ? 0 : decisions_.back().used + decisions_.back().preempts();
    choice.kept = goesOn ? before : -1;
    choice.chosen = goesOn ? before : __builtin_ctz(enabled);
    choice.left = (!goesOn || choice.used < most_) ? enabled & ~bit(choice.chosen) : 0;
    decisions_.push_back(choice);
    return choice.chosen;
  }

  bool next() {
    while (!decisions_.empty()) {
      Choice& last = decisions_.back();
      if (last.left) {
        last.chosen = __builtin_ctz(last.left);
        last.left &= ~bit(last.chosen);
        return true;
      }
      decisions_.pop_back();
    }
    return false;
  }

 private:
  struct Choice {
    int chosen, kept, used;
    uint32_t left;
    int preempts() const { return kept >= 0 && chosen != kept; }
  };
  int most_;
  std::vector<Choice> decisions_;
};

class Priorities {
 public:
  Priorities(uint64_t seed, size_t length) : random_(seed | 1) {
    for (int i = 0; i < kMostThreads; i++) priorities_[i] = 1000 + below(1000);
    for (auto& change : changes_) change = below(static_cast<uint32_t>(length) + 1);
  }
  int choose(size_t depth, uint32_t enabled, int before) {
    for (size_t i = 0; i < std::size(changes_); i++) {
      if (changes_[i] == depth && before >= 0) priorities_[before] = static_cast<uint32_t>(i);
    }
    int best = -1;
    for (int i = 0; i < kMostThreads; i++) {
      if ((enabled & bit(i)) && (best < 0 || priorities_[i] > priorities_[best])) best = i;
    }
    return best;
  }

 private:
  uint32_t below(uint32_t n) {
    random_ ^= random_ >> 12, random_ ^= random_ << 25, random_ ^= random_ >> 27;
    return static_cast<uint32_t>(((random_ * 0x2545f4914f6cdd1d) >> 32) * n >> 32);
  }
  uint64_t random_;
  uint32_t priorities_[kMostThreads];
  size_t changes_[4];
};

void note(Report& report, const Run& run) {
  if (run.pruned) report.pruned++;
  else report.runs++;
  report.steps += run.decisions.size();
  report.longest = std::max<uint64_t>(report.longest, run.decisions.size());
  if (failure.empty()) return;
  report.failure = failure;
  report.decisions = written(run.decisions);
}

}  // namespace

Report explore(const Scenario& what, const Method& method) {
  scenario = &what;
  Report report;
  auto began = std::chrono::steady_clock::now();
  auto goesOn = [&] {
    if (!report.failure.empty() || report.runs >= method.most) return false;
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count() < method.seconds;
  };
  auto nothing = [](size_t, int, const Operation&) {};
  Exhaustive exhaustive;
  Bounded bounded(method.preemptions);
  for (uint64_t n = 0; goesOn(); n++) {
    switch (method.kind) {
      case Method::Exhaustive:
        note(report, runOnce([&](size_t depth, uint32_t enabled, int) { return exhaustive.choose(depth, enabled); },
                             [&](size_t depth, int thread, const Operation& done) { exhaustive.done(depth, thread, done); }));
        report.complete = report.failure.empty() && !exhaustive.next();
        break;
      case Method::Bounded:
        note(report, runOnce([&](size_t depth, uint32_t enabled, int before) { return bounded.choose(depth, enabled, before); }, nothing));
        report.complete = report.failure.empty() && !bounded.next();
        break;
      case Method::Random: {
        Priorities priorities((method.seed + n) * 0x9e3779b97f4a7c15, report.longest ? report.longest : 300);
        note(report, runOnce([&](size_t depth, uint32_t enabled, int before) { return priorities.choose(depth, enabled, before); }, nothing));
        break;
      }
    }
    if (report.complete) break;
  }
  return report;
}

Report replay(const Scenario& what, const std::string& decisions) {
  scenario = &what;
  Report report;
  std::vector<int> wanted = read(decisions);
  note(report, runOnce(
                   [&](size_t depth, uint32_t enabled, int before) {
                     if (depth < wanted.size() && (enabled & bit(wanted[depth]))) return wanted[depth];
                     return before >= 0 && (enabled & bit(before)) ? before : __builtin_ctz(enabled);
                   },
                   [](size_t, int, const Operation&) {}));
  return report;
}

// ---- what threads call

void step(const void* object, bool writes) {
  if (!current || current->unobserved) return;
  current->next = {object, writes, watchedWords.contains(object), false};
  current->fiber->leave();
}

void fail(const std::string& what) {
  if (failure.empty()) failure = what;
  if (!current) std::abort();
  for (;;) {
    current->sleepsOn = current;  // for good
    current->deadlineNs = host::kForever;
    current->fiber->leave();
  }
}

void waitUntil(const std::function<bool()>& ready) {
  current->waitsFor = &ready;
  current->next = {nullptr, false, false, true};
  current->fiber->leave();
}

void watch(const void* object) { watchedWords.insert(object); }

Unobserved::Unobserved() {
  if (current) current->unobserved++;
}
Unobserved::~Unobserved() {
  if (current) current->unobserved--;
}

}  // namespace millrace::explore

// ---- the machine beneath, as threads see it

namespace millrace::host {

using namespace explore;

Hooks hooks;

void startClock() {}
int64_t nanotime() { return now; }
int64_t walltime() { return now; }

void sleepOn(Atomic<uint32_t>& word, uint32_t expected, int64_t deadlineNs) {
  step(&word, true);
  if (!current || word.std().load() != expected || now >= deadlineNs) return;
  current->sleepsOn = &word;
  current->deadlineNs = deadlineNs;
  current->fiber->leave();
}

void wake(Atomic<uint32_t>& word, uint32_t howMany) {
  step(&word, true);
  for (Thread& thread : threads) {
    if (howMany > 0 && thread.sleepsOn == &word) wakeThread(thread), howMany--;
  }
}

void nothingUntil(int64_t deadlineNs) { now = std::max(now, deadlineNs); }

void wantWorkers(uint32_t) {}
void outputReady(bool) {}
void exit(uint32_t) { explore::fail("the program ended by itself"); }

}  // namespace millrace::host
