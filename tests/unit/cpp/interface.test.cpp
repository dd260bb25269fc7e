// The C++ interface: goroutines on stacks of their own, channels of any type, select, locks.
#include <catch2/catch.hpp>
#include <memory>
#include <mutex>
#include <numeric>
#include <string>

#include "runtime/cpp/millrace.h"
#include "runtime/sched/worker.h"

using namespace millrace;

namespace {

// Runs a program with each number of workers; it must end as programs should.
template <typename Program>
void withWorkers(Program program) {
  for (unsigned workers : {1u, 2u, 8u}) {
    INFO(workers << " workers");
    int status = run([&] { program(); }, {.workers = workers});
    CHECK(status == 0);
  }
}

__attribute__((noinline)) uint32_t workerNow() { return sched::self().id; }

}  // namespace

TEST_CASE("values of all kinds go through channels, buffered or not, in order") {
  withWorkers([] {
    for (size_t capacity : {0u, 1u, 3u}) {
      Chan<int> numbers = makeChan<int>(capacity);
      Chan<std::string> texts = makeChan<std::string>(capacity);
      Chan<std::unique_ptr<int>> owners = makeChan<std::unique_ptr<int>>(capacity);
      go([=] {
        for (int i = 0; i < 100; i++) {
          numbers.send(i);
          texts.send(std::string(static_cast<size_t>(i), 'x'));
          owners.send(std::make_unique<int>(i));
        }
        numbers.close();
        texts.close();
        owners.close();
      });
      int next = 0;
      bool right = true;
      for (int number : numbers) {
        right = right && number == next && texts.receive()->size() == static_cast<size_t>(next) && **owners.receive() == next;
        next++;
      }
      if (!right || next != 100 || texts.receive() || owners.receive()) std::abort();
    }
  });
}

TEST_CASE("what was sent and not received goes with the channel") {
  auto counted = std::make_shared<int>(7);
  withWorkers([&] {
    Chan<std::shared_ptr<int>> chan = makeChan<std::shared_ptr<int>>(10);
    for (int i = 0; i < 5; i++) chan.send(counted);
    std::optional<std::shared_ptr<int>> none;
    // A case that is not chosen gives back what it would have sent.
    Select().send(Chan<std::shared_ptr<int>>(), counted).receive(chan, none).wait();
  });
  CHECK(counted.use_count() == 1);
}

TEST_CASE("try operations do not wait") {
  withWorkers([] {
    Chan<std::string> chan = makeChan<std::string>(1);
    std::string value = "first";
    bool closed = true;
    if (chan.tryReceive(&closed) || closed) std::abort();
    if (!chan.trySend(value) || chan.size() != 1) std::abort();
    value = "second";
    if (chan.trySend(value) || value != "second") std::abort();
    if (chan.tryReceive() != "first") std::abort();
    chan.close();
    if (chan.tryReceive(&closed) || !closed) std::abort();
    Chan<int> nil;
    if (nil.tryReceive() || nil.trySend(1) || nil) std::abort();
  });
}

TEST_CASE("a select takes each case, and its default") {
  withWorkers([] {
    Chan<int> in = makeChan<int>(), out = makeChan<int>();
    Chan<bool> quit = makeChan<bool>();
    std::optional<int> value;
    if (Select().receive(in, value).send(out, 1).poll()) std::abort();
    Chan<int> sums = makeChan<int>(1);
    go([=] {
      int sum = 0;
      for (;;) {
        std::optional<int> got;
        std::optional<bool> end;
        switch (Select().receive(in, got).send(out, sum).receive(quit, end).wait()) {
          case 0: sum += *got; break;
          case 1: break;
          case 2: return sums.send(sum);
        }
      }
    });
    WaitGroup all;
    for (int i = 1; i <= 100; i++) {
      all.go([=] { in.send(i); });
      all.go([=] { out.receive(); });
    }
    all.wait();
    quit.close();
    if (*sums.receive() != 5050) std::abort();
  });
}

TEST_CASE("large selects and large values") {
  struct Large {
    int numbers[200];
  };
  withWorkers([] {
    std::vector<Chan<Large>> chans;
    for (int i = 0; i < 20; i++) chans.push_back(makeChan<Large>());
    go([=] { chans[13].send({{1, 2, 3}}); });
    std::vector<std::optional<Large>> values(chans.size());
    Select select;
    for (size_t i = 0; i < chans.size(); i++) select.receive(chans[i], values[i]);
    if (select.wait() != 13 || values[13]->numbers[2] != 3) std::abort();
  });
}

TEST_CASE("a mutex lets one in at a time, and leaves nobody out") {
  withWorkers([] {
    Mutex mutex;
    WaitGroup all;
    int count = 0, inside = 0;
    for (int g = 0; g < 20; g++) {
      all.go([&] {
        for (int i = 0; i < 500; i++) {
          std::lock_guard guard(mutex);
          if (++inside != 1) std::abort();
          count++;
          if (i % 50 == 0) yield();
          inside--;
        }
      });
    }
    all.wait();
    if (count != 20 * 500 || !mutex.tryLock() || mutex.tryLock()) std::abort();
  });
}

TEST_CASE("readers read together, writers alone") {
  withWorkers([] {
    RWMutex mutex;
    WaitGroup all;
    std::atomic<int> readers = 0, together = 0;
    int written = 0;
    for (int g = 0; g < 8; g++) {
      all.go([&] {
        for (int i = 0; i < 200; i++) {
          mutex.rLock();
          if (++readers > 1) together++;
          int before = written;
          yield();
          if (written != before) std::abort();
          readers--;
          mutex.rUnlock();
        }
      });
    }
    for (int g = 0; g < 2; g++) {
      all.go([&] {
        for (int i = 0; i < 100; i++) {
          mutex.lock();
          if (readers != 0) std::abort();
          written++;
          mutex.unlock();
          yield();
        }
      });
    }
    all.wait();
    if (written != 200 || together == 0) std::abort();
  });
}

TEST_CASE("conditions, once, sleeping") {
  withWorkers([] {
    Mutex mutex;
    Cond changed(mutex);
    Once once;
    WaitGroup all;
    int turn = 0, calls = 0;
    for (int g = 0; g < 10; g++) {
      all.go([&, g] {
        once.call([&] {
          sleepFor(std::chrono::milliseconds(1));
          calls++;
        });
        if (calls != 1) std::abort();
        std::lock_guard guard(mutex);
        while (turn != g) changed.wait();
        turn++;
        changed.broadcast();
      });
    }
    all.wait();
    auto before = std::chrono::steady_clock::now();
    sleepFor(std::chrono::milliseconds(3));
    if (turn != 10 || std::chrono::steady_clock::now() - before < std::chrono::milliseconds(3)) std::abort();
  });
}

TEST_CASE("goroutines move between workers, with what lies on their stacks") {
  std::atomic<int> moved = 0;
  int status = run([&] {
    WaitGroup all;
    for (int g = 0; g < 100; g++) {
      all.go([&, g] {
        int numbers[64];
        std::iota(std::begin(numbers), std::end(numbers), g);
        std::string text = "goroutine " + std::to_string(g);
        double sum = 0.5, expected = 0.5;
        // The other workers take their time to wake up.
        for (int i = 0; i < 200 || (moved == 0 && i < 1000000); i++) {
          uint32_t before = workerNow();
          yield();
          moved += workerNow() != before;
          sum += numbers[i % 64];
          expected += g + i % 64;
        }
        if (sum != expected || text != "goroutine " + std::to_string(g)) std::abort();
      });
    }
    all.wait();
  }, {.workers = 4});
  CHECK(status == 0);
  CHECK(moved > 0);
}

TEST_CASE("twenty thousand goroutines wait at once") {
#if __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
  // ThreadSanitizer knows no more than 8128 threads, and their frames are larger.
  constexpr int kCount = 1000;
  constexpr size_t kStackBytes = 64 << 10;
#else
  constexpr int kCount = 20000;
  constexpr size_t kStackBytes = 8 << 10;
#endif
  int status = run([] {
    Chan<bool> gate = makeChan<bool>();
    WaitGroup all;
    std::atomic<int> passed = 0;
    for (int i = 0; i < kCount; i++) {
      all.go([&, gate] {
        gate.receive();
        passed++;
      });
    }
    if (countGoroutines() != kCount + 1) std::abort();
    gate.close();
    all.wait();
    if (passed != kCount) std::abort();
  }, {.workers = 2, .stackBytes = kStackBytes});
  CHECK(status == 0);
}

TEST_CASE("a program whose goroutines all wait ends") {
  for (unsigned workers : {1u, 3u}) {
    int status = run([] { makeChan<int>().receive(); }, {.workers = workers});
    CHECK(status == 2);
  }
}
