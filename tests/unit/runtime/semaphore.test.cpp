// Semaphores and condition queues, as package sync uses them.
#include "tests/unit/runtime/program.h"

using namespace millrace;
using namespace millrace::test;

TEST_CASE("a semaphore of one is a lock") {
  withWorkers([](Options options) {
    int64_t counter = 0;
    runProgram(options, [&]() -> Go {
      auto word = std::make_shared<uint32_t>(1);
      auto group = std::make_shared<Group>(10);
      for (int g = 0; g < 10; g++) {
        go([=, &counter]() -> Go {
          for (int i = 0; i < 200; i++) {
            co_await acquire(word.get());
            int64_t before = counter;
            if (i % 16 == 0) co_await yield();
            counter = before + 1;
            co_await release(word.get(), i % 3 == 0);
          }
          co_await group->finish();
        });
      }
      co_await group->wait();
    });
    CHECK(counter == 2000);
  });
}

TEST_CASE("waiters queue first in first out, and at the front when they ask to") {
  std::vector<int> order;
  runProgram({.workers = 0}, [&]() -> Go {
    uint32_t word = 0, other = 0;
    auto waitFor = [&](int name, uint32_t* on, bool lifo) {
      go([=, &order]() -> Go {
        co_await acquire(on, lifo);
        order.push_back(name);
      });
    };
    // One by one, so that each waits before the next is started.
    waitFor(1, &word, false);
    co_await yield();
    waitFor(2, &word, false);
    co_await yield();
    waitFor(100, &other, false);
    co_await yield();
    waitFor(3, &word, true);
    co_await yield();
    waitFor(101, &other, true);
    co_await yield();
    for (int i = 0; i < 3; i++) {
      co_await release(&word);
      co_await yield();
    }
    for (int i = 0; i < 2; i++) {
      co_await release(&other);
      co_await yield();
    }
  });
  CHECK(order == std::vector<int>{3, 1, 2, 101, 100});
}

TEST_CASE("a release with handoff lets the waiter run first") {
  std::vector<int> order;
  runProgram({.workers = 0}, [&]() -> Go {
    uint32_t word = 0;
    go([&]() -> Go {
      co_await acquire(&word);
      order.push_back(1);
    });
    co_await yield();
    co_await release(&word, true);
    order.push_back(2);
    ENSURE(word == 0);
    co_await yield();
  });
  CHECK(order == std::vector<int>{1, 2});
}

TEST_CASE("semaphores at many addresses do not mix") {
  withWorkers([](Options options) {
    std::atomic<int> done = 0;
    runProgram(options, [&]() -> Go {
      auto words = std::make_shared<std::vector<uint32_t>>(1000, 0);
      auto group = std::make_shared<Group>(1000);
      for (size_t i = 0; i < 1000; i++) {
        go([=, &done]() -> Go {
          co_await acquire(&(*words)[i]);
          done++;
          co_await group->finish();
        });
      }
      for (size_t i = 1000; i-- > 0;) co_await release(&(*words)[i]);
      co_await group->wait();
    });
    CHECK(done == 1000);
  });
}

TEST_CASE("notify one wakes in the order of tickets, notify all wakes the rest") {
  std::vector<int> order;
  runProgram({.workers = 0}, [&]() -> Go {
    sync::NotifyList list{};
    for (int i = 0; i < 5; i++) {
      go([&, i]() -> Go {
        uint32_t ticket = sync::notifyAdd(list);
        co_await Step(sync::notifyWait(list, ticket));
        order.push_back(i);
      });
      co_await yield();
    }
    sync::notifyOne(list);
    co_await yield();
    sync::notifyOne(list);
    co_await yield();
    sync::notifyAll(list);
    co_await yield();
    sync::notifyOne(list);  // nobody is there
    co_await yield();
    // A ticket that was notified before its owner came to wait does not wait.
    uint32_t ticket = sync::notifyAdd(list);
    sync::notifyOne(list);
    co_await Step(sync::notifyWait(list, ticket));
    order.push_back(99);
  });
  CHECK(order == std::vector<int>{0, 1, 4, 2, 3, 99});
}

TEST_CASE("a condition queue loses no signal") {
  withWorkers([](Options options) {
    std::atomic<int64_t> taken = 0;
    runProgram(options, [&]() -> Go {
      struct Shared {
        uint32_t mutex = 1;
        sync::NotifyList list{};
        int64_t items = 0;
      };
      auto shared = std::make_shared<Shared>();
      auto group = std::make_shared<Group>(8);
      for (int g = 0; g < 4; g++) {
        go([=, &taken]() -> Go {
          for (int i = 0; i < 200; i++) {
            co_await acquire(&shared->mutex);
            while (shared->items == 0) {
              uint32_t ticket = sync::notifyAdd(shared->list);
              co_await release(&shared->mutex);
              co_await Step(sync::notifyWait(shared->list, ticket));
              co_await acquire(&shared->mutex);
            }
            shared->items--;
            taken++;
            co_await release(&shared->mutex);
          }
          co_await group->finish();
        });
        go([=]() -> Go {
          for (int i = 0; i < 200; i++) {
            co_await acquire(&shared->mutex);
            shared->items++;
            co_await release(&shared->mutex);
            sync::notifyOne(shared->list);
          }
          co_await group->finish();
        });
      }
      co_await group->wait();
    });
    CHECK(taken == 800);
  });
}
