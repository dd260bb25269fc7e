// Sleeping and timers, on a clock that jumps to the next deadline when every goroutine waits.
#include "tests/unit/runtime/program.h"

using namespace millrace;
using namespace millrace::test;

namespace {

constexpr int64_t kMs = 1'000'000;

// As package time lays out a time.Time.
struct Time {
  uint64_t wall;
  int64_t ext;
  void* location;
};

abi::TimerRecord channelTimer(Chan* chan, int64_t when, int64_t period = 0) {
  abi::TimerRecord record{};
  record.when = when;
  record.period = period;
  record.target = chan;
  record.kind = abi::TimerKind::SendTime;
  return record;
}

}  // namespace

TEST_CASE("sleepers wake in the order of their deadlines") {
  withWorkers([](Options options) {
    host::FakeClock clock(true);
    std::vector<int> order;
    int64_t ended = 0;
    runProgram(options, [&]() -> Go {
      auto group = std::make_shared<Group>(50);
      auto mutex = std::make_shared<uint32_t>(1);
      for (int i = 0; i < 50; i++) {
        go([=, &order]() -> Go {
          co_await test::sleep((1 + i * 37 % 50) * kMs);
          co_await acquire(mutex.get());
          order.push_back(1 + i * 37 % 50);
          co_await release(mutex.get());
          co_await group->finish();
        });
      }
      co_await group->wait();
      ended = host::nanotime();
    });
    REQUIRE(order.size() == 50);
    CHECK(std::is_sorted(order.begin(), order.end()));
    CHECK(ended >= 50 * kMs);
    CHECK(ended < 60 * kMs);
  });
}

TEST_CASE("no sleep is shorter than asked for, and none below 1 ns parks") {
  withWorkers([](Options options) {
    int64_t slept = 0;
    bool parked = true;
    runProgram(options, [&]() -> Go {
      int64_t before = host::nanotime();
      co_await test::sleep(2 * kMs);
      slept = host::nanotime() - before;
      parked = co_await Step(sched::timers::sleep(0));
      parked |= co_await Step(sched::timers::sleep(-5));
    });
    CHECK(slept >= 2 * kMs);
    CHECK(!parked);
  });
}

TEST_CASE("a channel timer sends its time, as package time would build it") {
  withWorkers([](Options options) {
    host::FakeClock clock(true);
    Time time{};
    int64_t due = 0, length = -1, capacity = -1;
    runProgram(options, [&]() -> Go {
      Chan* c = makeChan<Time>(1);
      due = host::nanotime() + 5 * kMs;
      abi::TimerRecord record = channelTimer(c, due);
      sync::startTimer(record);
      co_await test::sleep(20 * kMs);
      length = sync::length(c);
      capacity = sync::capacity(c);
      co_await receive(c, time);
    });
    // The fake wall clock begins at 2009-11-10 23:00 UTC: 1257894000 s after 1970, 3939... s after 1885.
    int64_t sinceEpoch = 1'257'894'000'000'000'000 + due;
    int64_t seconds = sinceEpoch / 1'000'000'000 + 2682288000;
    CHECK(time.wall == (uint64_t{1} << 63 | static_cast<uint64_t>(seconds) << 30 |
                        static_cast<uint64_t>(sinceEpoch % 1'000'000'000)));
    CHECK(time.ext == due);
    CHECK(length == 0);
    CHECK(capacity == 0);
  });
}

TEST_CASE("a stopped or reset channel timer leaves no stale value") {
  withWorkers([](Options options) {
    host::FakeClock clock(true);
    std::vector<int> facts;
    Time time{};
    int64_t second = 0;
    runProgram(options, [&]() -> Go {
      Chan* c = makeChan<Time>(1);
      abi::TimerRecord record = channelTimer(c, host::nanotime() + kMs);
      sync::startTimer(record);
      co_await test::sleep(5 * kMs);
      facts.push_back(sched::timers::remove(record));  // sent, but not received: it counts as pending
      facts.push_back(sync::tryReceive(c, stage<Time>()) == sync::ChanOutcome::WouldBlock);
      facts.push_back(!sched::timers::remove(record));
      second = host::nanotime() + kMs;
      facts.push_back(!sched::timers::reset(record, second, 0));
      co_await test::sleep(5 * kMs);
      second = host::nanotime() + kMs;
      facts.push_back(sched::timers::reset(record, second, 0));
      co_await receive(c, time);
      facts.push_back(!sched::timers::remove(record));
    });
    CHECK(facts == std::vector<int>(6, 1));
    CHECK(time.ext == second);
  });
}

TEST_CASE("a ticker keeps its pace and drops what nobody takes") {
  withWorkers([](Options options) {
    host::FakeClock clock(true);
    std::vector<int64_t> ticks;
    int64_t start = 0;
    runProgram(options, [&]() -> Go {
      Chan* c = makeChan<Time>(1);
      start = host::nanotime();
      abi::TimerRecord record = channelTimer(c, start + 10 * kMs, 10 * kMs);
      sync::startTimer(record);
      for (int i = 0; i < 3; i++) {
        Time time;
        co_await receive(c, time);
        ticks.push_back((time.ext - start) / kMs);
      }
      co_await test::sleep(35 * kMs);
      for (int i = 0; i < 2; i++) {
        Time time;
        co_await receive(c, time);
        ticks.push_back((time.ext - start) / kMs);
      }
      sched::timers::remove(record);
    });
    // 40 is kept while the receiver sleeps until 65, 50 and 60 are dropped.
    CHECK(ticks == std::vector<int64_t>{10, 20, 30, 40, 70});
  });
}

TEST_CASE("a timer can start goroutines, and be stopped before") {
  withWorkers([](Options options) {
    host::FakeClock clock(true);
    std::atomic<int> ran = 0;
    bool stopped = false, late = true;
    runProgram(options, [&]() -> Go {
      auto timer = [&](int64_t when) {
        abi::TimerRecord record{};
        record.when = when;
        record.target = new Body([&]() -> Go {
          ran++;
          co_return;
        });
        record.kind = abi::TimerKind::Start;
        return record;
      };
      abi::TimerRecord first = timer(host::nanotime() + kMs), second = timer(host::nanotime() + 2 * kMs);
      sync::startTimer(first);
      sync::startTimer(second);
      stopped = sched::timers::remove(second);
      delete static_cast<Body*>(second.target.pointer);
      co_await test::sleep(10 * kMs);
      late = sched::timers::remove(first);
    });
    CHECK(ran == 1);
    CHECK(stopped);
    CHECK(!late);
  });
}

TEST_CASE("a timer that is due counts although nobody has looked at the clock") {
  host::FakeClock clock(false);
  bool got = false;
  runProgram({.workers = 0}, [&]() -> Go {
    Chan* c = makeChan<Time>(1);
    abi::TimerRecord record = channelTimer(c, host::nanotime() + kMs);
    sync::startTimer(record);
    clock.advance(2 * kMs);
    got = sync::tryReceive(c, stage<Time>()) == sync::ChanOutcome::Done;
    co_return;
  });
  CHECK(got);
}

TEST_CASE("thousands of timers, started and stopped at random") {
  withWorkers([](Options options) {
    host::FakeClock clock(true);
    std::atomic<int> fired = 0;
    int stopped = 0;
    runProgram(options, [&]() -> Go {
      std::vector<abi::TimerRecord> records(3000);
      auto counter = [&]() -> Go {
        fired++;
        co_return;
      };
      for (size_t i = 0; i < records.size(); i++) {
        records[i].when = host::nanotime() + static_cast<int64_t>(i * 7919 % 3000 + 1) * kMs;
        records[i].target = new Body(counter);
        records[i].kind = abi::TimerKind::Start;
        sync::startTimer(records[i]);
      }
      for (size_t i = 0; i < records.size(); i += 3) {
        if (!sched::timers::remove(records[i])) continue;
        stopped++;
        delete static_cast<Body*>(records[i].target.pointer);
      }
      co_await test::sleep(4000 * kMs);
    });
    CHECK(stopped == 1000);
    CHECK(fired == 2000);
  });
}
