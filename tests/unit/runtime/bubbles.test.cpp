// Bubbles: their clock, and what happens when all of their goroutines wait for each other.
#include "runtime/sched/bubbles.h"

#include "tests/unit/runtime/program.h"

using namespace millrace;
using namespace millrace::test;
namespace bubbles = sched::bubbles;
using bubbles::Rest;

namespace {

constexpr int64_t kMs = 1'000'000;

// As synctest.Run does; false: the caller is in a bubble. `last`: how it ended.
Go runBubble(std::function<Go()> body, Rest& last) {
  if (!bubbles::enter(new Body(std::move(body)))) co_return;
  do {
    co_await Step(bubbles::rest());
    last = bubbles::rested();
  } while (last == Rest::Advanced);
  bubbles::leave();
}

// As synctest.Wait does.
Go waitForRest() {
  if (!bubbles::mayWait()) co_return;
  co_await Step(bubbles::wait());
  bubbles::waited();
}

}  // namespace

TEST_CASE("the clock of a bubble stands still until all wait, and jumps to the next deadline", "[bubbles]") {
  constexpr int64_t kHour = 3600 * 1000 * kMs;
  for (unsigned workers : {0u, 1u, 2u, 4u}) {
    CAPTURE(workers);
    std::vector<int> order;
    std::vector<int64_t> hours;
    Rest last = Rest::Stuck;
    int64_t stoodAt = 0;
    bool inside = false, outside = true;
    runProgram({.workers = workers}, [&]() -> Go {
      outside = bubbles::current() != nullptr;
      co_await runBubble(
          [&]() -> Go {
            inside = bubbles::current() != nullptr && !bubbles::enter(nullptr);
            const int64_t start = bubbles::current()->now;
            Chan* done = makeChan<int>(0);
            for (int i = 0; i < 20; i++) {
              go([&, i, start, done]() -> Go {
                for (int turn = 0; turn < 100; turn++) co_await yield();
                co_await test::sleep((20 - i) * kHour);  // one wakes at a time: they need no lock
                order.push_back(i);
                hours.push_back((bubbles::current()->now - start) / kHour);
                co_await send(done, i);
              });
            }
            co_await waitForRest();
            stoodAt = bubbles::current()->now - start;
            for (int i = 0, got; i < 20; i++) co_await receive(done, got);
          },
          last);
      outside |= bubbles::current() != nullptr;
    });
    CHECK(inside);
    CHECK_FALSE(outside);
    CHECK(stoodAt == 0);
    CHECK(last == Rest::Ended);
    REQUIRE(order.size() == 20);
    for (int i = 0; i < 20; i++) {
      CHECK(order[static_cast<size_t>(i)] == 19 - i);
      CHECK(hours[static_cast<size_t>(i)] == i + 1);
    }
  }
}

TEST_CASE("a bubble whose goroutines wait for each other tells its root", "[bubbles]") {
  for (unsigned workers : {0u, 2u}) {
    for (bool mainEnds : {false, true}) {
      CAPTURE(workers, mainEnds);
      Rest last = Rest::Advanced;
      runProgram({.workers = workers, .expectLeaks = true}, [&]() -> Go {
        co_await runBubble(
            [&]() -> Go {
              Chan* never = makeChan<int>(0);
              int got;
              go([=]() -> Go {
                int got;
                co_await receive(never, got);
              });
              if (!mainEnds) co_await receive(never, got);
            },
            last);
      });
      CHECK(last == (mainEnds ? Rest::MainEnded : Rest::Stuck));
    }
  }
}

TEST_CASE("bubbles beside each other have clocks of their own, while goroutines hand values around", "[bubbles]") {
  for (unsigned workers : {0u, 1u, 2u, 4u}) {
    CAPTURE(workers);
    constexpr int kBubbles = 8, kRounds = 300;
    host::Atomic<uint32_t> ended, sum;
    runProgram({.workers = workers}, [&]() -> Go {
      for (int b = 0; b < kBubbles; b++) {
        go([&, b]() -> Go {
          Rest last = Rest::Stuck;
          co_await runBubble(
              [&, b]() -> Go {
                const int64_t start = bubbles::current()->now;
                Chan* values = makeChan<int>(b % 3);
                for (int s = 0; s < 3; s++) {
                  go([=]() -> Go {
                    for (int i = 0; i < kRounds; i++) {
                      if (i % 7 == s) co_await test::sleep((b + 1) * kMs);
                      co_await send(values, 1);
                    }
                  });
                }
                uint32_t got = 0;
                for (int i = 0, value; i < 3 * kRounds; i++) {
                  co_await receive(values, value);
                  got += static_cast<uint32_t>(value);
                }
                int64_t expected = (kRounds + 6) / 7 * (b + 1) * kMs;
                if (bubbles::current()->now - start == expected) sum.fetchAdd(got);
              },
              last);
          if (last == Rest::Ended) ended.fetchAdd(1);
        });
      }
      while (ended.load() < kBubbles) co_await yield();
    });
    CHECK(ended.load() == kBubbles);
    CHECK(sum.load() == kBubbles * 3 * kRounds);
  }
}
