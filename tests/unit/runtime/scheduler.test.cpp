// The scheduler: goroutines come and go, run on all workers, take turns; GOMAXPROCS; the end of a program.
#include <set>

#include "tests/unit/runtime/program.h"

using namespace millrace;
using namespace millrace::test;

TEST_CASE("a program ends with its main goroutine") {
  withWorkers([](Options options) {
    options.expectLeaks = true;
    std::atomic<bool> over = false;
    Ended ended = runProgram(options, [&]() -> Go {
      Chan* never = makeChan<int64_t>(0);
      for (int i = 0; i < 10; i++) {
        go([=]() -> Go {
          int64_t v;
          co_await receive(never, v);
        });
      }
      co_await yield();
      over = true;
    });
    CHECK(over);
    CHECK(ended.status == 0);
    CHECK(ended.errors.empty());
  });
}

TEST_CASE("goroutines are counted") {
  withWorkers([](Options options) {
    int64_t counts[3];
    runProgram(options, [&]() -> Go {
      counts[0] = sched::countGoroutines();
      Chan* c = makeChan<int64_t>(0);
      for (int i = 0; i < 7; i++) go([=]() -> Go { co_await send<int64_t>(c, 1); });
      counts[1] = sched::countGoroutines();
      for (int i = 0; i < 7; i++) {
        int64_t v;
        co_await receive(c, v);
      }
      for (int i = 0; i < 1000000 && sched::countGoroutines() > 1; i++) co_await yield();
      counts[2] = sched::countGoroutines();
    });
    CHECK(counts[0] == 1);
    CHECK(counts[1] == 8);
    CHECK(counts[2] == 1);
  });
}

TEST_CASE("a hundred thousand goroutines come and go, in a tree") {
  static constexpr int kBranches = kSlowness == 1 ? 10 : 5, kLeaves = kBranches * kBranches * kBranches * kBranches * kBranches;
  withWorkers([](Options options) {
    std::atomic<int> leaves = 0;
    struct Tree {
      static Go grow(int depth, std::shared_ptr<Group> group, std::atomic<int>& leaves) {
        if (depth == 0) {
          leaves++;
          co_await group->finish();
          co_return;
        }
        for (int i = 0; i < kBranches; i++) go([=, &leaves] { return grow(depth - 1, group, leaves); });
      }
    };
    runProgram(options, [&]() -> Go {
      auto group = std::make_shared<Group>(kLeaves);
      go([=, &leaves] { return Tree::grow(5, group, leaves); });
      co_await group->wait();
    });
    CHECK(leaves == kLeaves);
  });
}

TEST_CASE("with one worker the goroutine started last runs first, then the others in order") {
  std::vector<int> order;
  runProgram({.workers = 0}, [&]() -> Go {
    for (int i = 0; i < 5; i++) {
      go([&order, i]() -> Go {
        order.push_back(i);
        co_return;
      });
    }
    co_await yield();
  });
  CHECK(order == std::vector<int>{4, 0, 1, 2, 3});
}

TEST_CASE("two that wake each other do not starve a third") {
  int turns = 0;
  bool stop = false;
  runProgram({.workers = 0}, [&]() -> Go {
    Chan* a = makeChan<int64_t>(0);
    Chan* b = makeChan<int64_t>(0);
    go([&, a, b]() -> Go {
      while (!stop) {
        int64_t v;
        co_await send<int64_t>(a, 1);
        co_await receive(b, v);
        turns++;
      }
      sync::close(a);
    });
    go([=]() -> Go {
      for (;;) {
        int64_t v;
        bool ok;
        co_await receive(a, v, &ok);
        if (!ok) break;
        co_await send<int64_t>(b, 1);
      }
    });
    for (int i = 0; i < 3; i++) co_await yield();
    stop = true;
  });
  CHECK(turns < 1000);
}

TEST_CASE("an overfull queue keeps everybody") {
  withWorkers([](Options options) {
    std::atomic<int> ran = 0;
    runProgram(options, [&]() -> Go {
      for (int i = 0; i < 2000; i++) {
        go([&]() -> Go {
          ran++;
          co_return;
        });
      }
      for (int i = 0; i < 1000000 && ran < 2000; i++) co_await yield();
    });
    CHECK(ran == 2000);
  });
}

TEST_CASE("started goroutines move to idle workers") {
  for (unsigned workers : {2u, 8u}) {
    std::mutex mutex;
    std::set<uint32_t> seen;
    int64_t sum = 0;
    runProgram({.workers = workers}, [&]() -> Go {
      auto group = std::make_shared<Group>(16);
      Chan* results = makeChan<int64_t>(16);
      for (int g = 0; g < 16; g++) {
        go([=, &mutex, &seen]() -> Go {
          int64_t mine = 0;
          for (int i = 0; i < 200; i++) {
            for (int k = 0; k < 20000; k++) mine += k & 1;
            {
              std::lock_guard guard(mutex);
              seen.insert(sched::self().id);
            }
            co_await yield();
          }
          co_await send(results, mine);
          co_await group->finish();
        });
      }
      co_await group->wait();
      for (int g = 0; g < 16; g++) {
        int64_t v;
        co_await receive(results, v);
        sum += v;
      }
    });
    CHECK(sum == 16 * 200 * 10000);
    CHECK(seen.size() >= 2);
  }
}

TEST_CASE("a goroutine that only polls lets others run") {
  for (unsigned workers : {1u, 2u}) {
    std::atomic<bool> stop = false;
    std::atomic<int> spinning = 0;
    Ended ended = runProgram({.workers = workers}, [&]() -> Go {
      for (unsigned i = 0; i < workers; i++) {
        go([&]() -> Go {
          spinning++;
          while (!stop) co_await poll();
        });
      }
      while (spinning < static_cast<int>(workers)) co_await yield();
      // All workers may be taken now; being here again takes a share at most.
      for (int i = 0; i < 3; i++) co_await yield();
      co_await test::sleep(1000000);
      stop = true;
    });
    CHECK(ended.status == 0);
  }
}

TEST_CASE("GOMAXPROCS moves while the program runs") {
  for (unsigned workers : {2u, 8u}) {
    std::mutex mutex;
    std::set<uint32_t> allowed, limited, again;
    std::vector<int64_t> answers;
    runProgram({.workers = workers}, [&]() -> Go {
      auto work = [&](std::set<uint32_t>& seen) -> Go {
        auto group = std::make_shared<Group>(16);
        for (int g = 0; g < 16; g++) {
          go([=, &mutex, &seen]() -> Go {
            for (int i = 0; i < 300; i++) {
              for (volatile int k = 0; k < 3000; k = k + 1) {
              }
              {
                std::lock_guard guard(mutex);
                seen.insert(sched::self().id);
              }
              co_await yield();
            }
            co_await group->finish();
          });
        }
        co_await group->wait();
      };
      // A machine with other things to do may not let a second worker on in time.
      auto workUntilTwo = [&](std::set<uint32_t>& seen) -> Go {
        for (int round = 0; round < 100 && seen.size() < 2; round++) co_await work(seen);
      };
      co_await workUntilTwo(allowed);
      int64_t before;
      co_await Step(sched::setProcs(1, before));
      answers.push_back(before);
      // The others finish what they have taken, then no more; on a busy machine each may take long over that.
      for (unsigned late = 0; late < workers && limited != std::set<uint32_t>{0}; late++) {
        limited.clear();
        co_await work(limited);
      }
      co_await Step(sched::setProcs(workers, before));
      answers.push_back(before);
      co_await Step(sched::setProcs(0, before));
      answers.push_back(before);
      co_await workUntilTwo(again);
    });
    CHECK(answers == std::vector<int64_t>{workers, 1, workers});
    CHECK(allowed.size() >= 2);
    CHECK(limited == std::set<uint32_t>{0});
    CHECK(again.size() >= 2);
  }
}

TEST_CASE("the host moves GOMAXPROCS by its lever") {
  int64_t seen = 0;
  static std::atomic<uint32_t> wanted;
  wanted = 0;
  host::hooks.wantWorkers = [](uint32_t count) { wanted = count; };
  runProgram({.workers = 2, .procs = 1}, [&]() -> Go {
    host::atomicAt(&host::engineState.wantedProcs).store(2);
    sched::wakeMonitor();
    for (int i = 0; i < 100000 && seen != 2; i++) {
      co_await test::sleep(100000);
      co_await Step(sched::setProcs(0, seen));
    }
  });
  host::hooks.wantWorkers = nullptr;
  CHECK(seen == 2);
  CHECK(wanted == 2);
}

TEST_CASE("Goexit of the main goroutine lets the others finish, and then the program is dead") {
  withWorkers([](Options options) {
    std::atomic<bool> finished = false;
    Ended ended = runProgram(options, [&]() -> Go {
      go([&]() -> Go {
        for (int i = 0; i < 10; i++) co_await yield();
        finished = true;
      });
      co_await Exit();
    });
    CHECK(finished);
    CHECK(ended.status == 2);
    CHECK(ended.errors == "fatal error: no goroutines (main called runtime.Goexit) - deadlock!\n");
  });
}

TEST_CASE("a program in which nobody can ever run again is told so, in Go's words") {
  withWorkers([](Options options) {
    options.expectLeaks = true;
    Ended ended = runProgram(options, []() -> Go {
      int64_t v;
      co_await receive(makeChan<int64_t>(0), v);
    });
    CHECK(ended.status == 2);
    CHECK(ended.errors == "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\n");
  });
}

TEST_CASE("a deadlock names what each goroutine waits for") {
  using Wait = std::function<Go()>;
  struct Expectation {
    const char* text;
    Wait wait;
  };
  static uint32_t word;
  const std::vector<Expectation> expectations = {
      {"chan send", []() -> Go { co_await send<int64_t>(makeChan<int64_t>(0), 1); }},
      {"chan receive (nil chan)",
       []() -> Go {
         int64_t v;
         co_await receive(nullptr, v);
       }},
      {"chan send (nil chan)", []() -> Go { co_await send<int64_t>(nullptr, 1); }},
      {"select",
       []() -> Go {
         std::vector<Case> cases{{makeChan<int64_t>(0), false, 0}};
         int index;
         co_await select(cases, false, index);
       }},
      {"select (no cases)", []() -> Go { co_await Step(sched::parkForever(task::WaitReason::SelectNoCases)); }},
      {"semacquire", []() -> Go { co_await acquire(&word); }},
      {"sync.Mutex.Lock", []() -> Go { co_await acquire(&word, true, abi::SemReason::MutexLock); }},
      {"sync.RWMutex.RLock", []() -> Go { co_await acquire(&word, true, abi::SemReason::RWMutexRLock); }},
      {"sync.RWMutex.Lock", []() -> Go { co_await acquire(&word, true, abi::SemReason::RWMutexLock); }},
      {"sync.WaitGroup.Wait", []() -> Go { co_await acquire(&word, true, abi::SemReason::WaitGroupWait); }},
      {"sync.Cond.Wait",
       []() -> Go {
         static sync::NotifyList list;
         list.first = list.last = nullptr;
         co_await Step(sync::notifyWait(list, sync::notifyAdd(list)));
       }},
  };
  for (const Expectation& expectation : expectations) {
    for (unsigned workers : {0u, 2u}) {
      word = 0;
      Ended ended = runProgram({.workers = workers, .expectLeaks = true}, expectation.wait);
      CHECK(ended.status == 2);
      CHECK(ended.errors == std::string("fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [") +
                                expectation.text + "]:\n");
    }
  }
}

TEST_CASE("while a timer is pending nothing is dead") {
  withWorkers([](Options options) {
    host::FakeClock clock(true);
    bool woke = false;
    Ended ended = runProgram(options, [&]() -> Go {
      Chan* c = makeChan<int64_t>(0);
      go([=]() -> Go {
        co_await test::sleep(1'000'000'000);
        co_await send<int64_t>(c, 1);
      });
      int64_t v;
      co_await receive(c, v);
      woke = true;
    });
    CHECK(ended.status == 0);
    CHECK(woke);
  });
}

TEST_CASE("a last timer that wakes nobody is no reason to wait for ever") {
  withWorkers([](Options options) {
    host::FakeClock clock(true);
    options.expectLeaks = true;
    Ended ended = runProgram(options, []() -> Go {
      struct Time {
        int64_t words[3];
      };
      Chan* full = makeChan<Time>(1);
      co_await send(full, Time{});
      static abi::TimerRecord record;
      record = {};
      record.when = host::nanotime() + 1'000'000;
      record.target = full;
      record.kind = abi::TimerKind::SendTime;
      sync::startTimer(record);
      int64_t v;
      co_await receive(makeChan<int64_t>(0), v);
    });
    CHECK(ended.status == 2);
    CHECK(ended.errors == "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\n");
  });
}

TEST_CASE("programs begin and end again and again") {
  for (int i = 0; i < 30; i++) {
    withWorkers([](Options options) {
      int64_t got = 0;
      Ended ended = runProgram(options, [&]() -> Go {
        Chan* c = makeChan<int64_t>(0);
        go([=]() -> Go { co_await send<int64_t>(c, 5); });
        co_await receive(c, got);
      });
      REQUIRE(ended.status == 0);
      REQUIRE(got == 5);
    });
  }
}

TEST_CASE("ping-pong between pairs on all workers") {
  for (unsigned workers : {2u, 8u}) {
    std::atomic<int64_t> sum = 0;
    constexpr int64_t kHops = 20000 / kSlowness;
    runProgram({.workers = workers}, [&]() -> Go {
      auto group = std::make_shared<Group>(20);
      for (int pair = 0; pair < 10; pair++) {
        Chan* there = makeChan<int64_t>(0);
        Chan* back = makeChan<int64_t>(0);
        go([=, &sum]() -> Go {
          int64_t mine = 0;
          for (int64_t i = 0; i < kHops; i++) {
            int64_t v;
            co_await send(there, i);
            co_await receive(back, v);
            mine += v;
          }
          sum += mine;
          co_await group->finish();
        });
        go([=]() -> Go {
          for (int64_t i = 0; i < kHops; i++) {
            int64_t v;
            co_await receive(there, v);
            co_await send(back, v + 1);
          }
          co_await group->finish();
        });
      }
      co_await group->wait();
    });
    CHECK(sum == 10 * (kHops * (kHops + 1) / 2));
  }
}
