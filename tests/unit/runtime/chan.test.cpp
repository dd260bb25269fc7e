// Channels: handing over, buffering, closing, order, many goroutines.
#include "tests/unit/runtime/program.h"

using namespace millrace;
using namespace millrace::test;

TEST_CASE("an unbuffered channel hands values over in order") {
  withWorkers([](Options options) {
    int64_t sum = 0, inOrder = 0;
    Ended ended = runProgram(options, [&]() -> Go {
      Chan* c = makeChan<int64_t>(0);
      go([=]() -> Go {
        for (int64_t i = 1; i <= 1000; i++) co_await send(c, i);
        sync::close(c);
      });
      for (int64_t last = 0;;) {
        int64_t v;
        bool ok;
        co_await receive(c, v, &ok);
        if (!ok) break;
        if (v == last + 1) inOrder++;
        last = v;
        sum += v;
      }
    });
    CHECK(ended.status == 0);
    CHECK(inOrder == 1000);
    CHECK(sum == 500500);
  });
}

TEST_CASE("a buffered channel lets senders run ahead by its capacity") {
  withWorkers([](Options options) {
    std::vector<int64_t> lengths;
    int64_t capacity = -1;
    runProgram(options, [&]() -> Go {
      Chan* c = makeChan<int64_t>(3);
      capacity = sync::capacity(c);
      for (int64_t i = 0; i < 3; i++) {
        co_await send(c, i);
        lengths.push_back(sync::length(c));
      }
      int64_t extra = 99;
      lengths.push_back(sync::trySend(c, &extra) == sync::ChanOutcome::WouldBlock ? -1 : 0);
      for (int64_t i = 0; i < 3; i++) {
        int64_t v;
        co_await receive(c, v);
        lengths.push_back(v);
      }
    });
    CHECK(capacity == 3);
    CHECK(lengths == std::vector<int64_t>{1, 2, 3, -1, 0, 1, 2});
  });
}

TEST_CASE("values of any size pass, through the buffer and from hand to hand") {
  struct Big {
    int64_t words[13];
  };
  withWorkers([](Options options) {
    for (int64_t capacity : {0, 1, 2}) {
      int bad = 0;
      runProgram(options, [&]() -> Go {
        Chan* big = makeChan<Big>(capacity);
        Chan* small = makeChan<uint8_t>(capacity);
        go([=]() -> Go {
          for (int i = 0; i < 50; i++) {
            Big value;
            for (int64_t& word : value.words) word = i;
            co_await send(big, value);
            co_await send(small, static_cast<uint8_t>(i));
          }
        });
        for (int i = 0; i < 50; i++) {
          Big value;
          co_await receive(big, value);
          for (int64_t word : value.words) bad += word != i;
          uint8_t byte;
          co_await receive(small, byte);
          bad += byte != i;
        }
      });
      CHECK(bad == 0);
    }
  });
}

TEST_CASE("elements of no size are counted, not stored") {
  withWorkers([](Options options) {
    int64_t received = 0;
    int64_t length = 0;
    runProgram(options, [&]() -> Go {
      static abi::Type empty{};
      static abi::ChanType type{};
      type.element = &empty;
      Chan* c = sync::makeChan(type, int64_t{1} << 40);
      for (int i = 0; i < 5; i++) co_await Step(sync::send(c, nullptr));
      length = sync::length(c);
      sync::close(c);
      while (sync::tryReceive(c, nullptr) == sync::ChanOutcome::Done) received++;
    });
    CHECK(length == 5);
    CHECK(received == 5);
  });
}

TEST_CASE("sizes out of range make no channel") {
  runProgram({.workers = 0}, []() -> Go {
    ENSURE(!sync::makeChan(chanTypeOf<int64_t>(), -1));
    ENSURE(!sync::makeChan(chanTypeOf<int64_t>(), INT64_MAX));
    co_return;
  });
}

TEST_CASE("close wakes every receiver with a zero value and every sender with a fault") {
  withWorkers([](Options options) {
    std::atomic<int> zeros = 0, faults = 0;
    sync::CloseOutcome again{}, nil{};
    bool sendFaults = false;
    runProgram(options, [&]() -> Go {
      Chan* receivers = makeChan<int64_t>(0);
      Chan* senders = makeChan<int64_t>(0);
      auto group = std::make_shared<Group>(20);
      for (int i = 0; i < 10; i++) {
        go([=, &zeros]() -> Go {
          int64_t v = 7;
          bool ok = true;
          co_await receive(receivers, v, &ok);
          if (!ok && v == 0) zeros++;
          co_await group->finish();
        });
        go([=, &faults]() -> Go {
          bool closed = false;
          co_await send<int64_t>(senders, 1, &closed);
          if (closed) faults++;
          co_await group->finish();
        });
      }
      for (int i = 0; i < 100; i++) co_await yield();
      sync::close(receivers);
      sync::close(senders);
      co_await group->wait();
      again = sync::close(receivers);
      nil = sync::close(nullptr);
      co_await send<int64_t>(senders, 1, &sendFaults);
    });
    CHECK(zeros == 10);
    CHECK(faults == 10);
    CHECK(again == sync::CloseOutcome::Closed);
    CHECK(nil == sync::CloseOutcome::Nil);
    CHECK(sendFaults);
  });
}

TEST_CASE("what is buffered is still received after close") {
  withWorkers([](Options options) {
    std::vector<int64_t> got;
    runProgram(options, [&]() -> Go {
      Chan* c = makeChan<int64_t>(2);
      co_await send<int64_t>(c, 1);
      co_await send<int64_t>(c, 2);
      sync::close(c);
      for (int i = 0; i < 4; i++) {
        int64_t v;
        bool ok;
        co_await receive(c, v, &ok);
        got.push_back(ok ? v : -v - 1);
      }
    });
    CHECK(got == std::vector<int64_t>{1, 2, -1, -1});
  });
}

TEST_CASE("waiting senders and receivers are served first come, first served") {
  std::vector<int64_t> got, order;
  runProgram({.workers = 0}, [&]() -> Go {
    Chan* c = makeChan<int64_t>(1);
    for (int64_t i = 0; i < 6; i++) go([=]() -> Go { co_await send(c, i); });
    co_await yield();
    for (int i = 0; i < 6; i++) {
      int64_t v;
      co_await receive(c, v);
      got.push_back(v);
    }
    for (int64_t i = 0; i < 4; i++) {
      go([=, &order]() -> Go {
        int64_t v;
        co_await receive(c, v);
        order.push_back(i * 10 + v);
      });
    }
    co_await yield();
    for (int64_t i = 0; i < 4; i++) co_await send(c, i);
    co_await yield();
    co_await yield();
  });
  // Goroutines started one after the other: the last one has the slot, the others are queued behind it.
  CHECK(got == std::vector<int64_t>{5, 0, 1, 2, 3, 4});
  // Receivers 3, 0, 1, 2 came in this order and got 0, 1, 2, 3; the one woken last runs first.
  CHECK(order == std::vector<int64_t>{23, 30, 1, 12});
}

TEST_CASE("try operations never wait") {
  withWorkers([](Options options) {
    std::vector<int> outcomes;
    runProgram(options, [&]() -> Go {
      Chan* c = makeChan<int64_t>(1);
      auto note = [&](sync::ChanOutcome outcome) { outcomes.push_back(static_cast<int>(outcome)); };
      int64_t v = 5;
      note(sync::tryReceive(c, &v));
      note(sync::trySend(c, &v));
      note(sync::trySend(c, &v));
      note(sync::tryReceive(c, &v));
      note(sync::trySend(nullptr, &v));
      note(sync::tryReceive(nullptr, &v));
      sync::close(c);
      note(sync::tryReceive(c, &v));
      note(sync::trySend(c, &v));
      co_return;
    });
    using enum sync::ChanOutcome;
    std::vector<int> expected;
    for (auto outcome : {WouldBlock, Done, WouldBlock, Done, WouldBlock, WouldBlock, Closed, Closed}) {
      expected.push_back(static_cast<int>(outcome));
    }
    CHECK(outcomes == expected);
  });
}

TEST_CASE("a chain of goroutines sieves primes") {
  withWorkers([](Options options) {
    std::vector<int64_t> primes;
    Ended ended = runProgram({.workers = options.workers, .expectLeaks = true}, [&]() -> Go {
      Chan* numbers = makeChan<int64_t>(0);
      go([=]() -> Go {
        for (int64_t i = 2;; i++) co_await send(numbers, i);
      });
      for (int i = 0; i < 60; i++) {
        int64_t prime;
        co_await receive(numbers, prime);
        primes.push_back(prime);
        Chan* passed = makeChan<int64_t>(0);
        go([=]() -> Go {
          for (;;) {
            int64_t n;
            co_await receive(numbers, n);
            if (n % prime) co_await send(passed, n);
          }
        });
        numbers = passed;
      }
    });
    CHECK(ended.status == 0);
    CHECK(primes.back() == 281);
  });
}

TEST_CASE("many senders and receivers lose nothing") {
  withWorkers([](Options options) {
    for (int64_t capacity : {0, 1, 16}) {
      std::atomic<int64_t> sum = 0, count = 0;
      runProgram(options, [&, capacity]() -> Go {
        Chan* c = makeChan<int64_t>(capacity);
        auto senders = std::make_shared<Group>(8);
        auto receivers = std::make_shared<Group>(8);
        for (int g = 0; g < 8; g++) {
          go([=]() -> Go {
            for (int64_t i = 0; i < 500; i++) co_await send(c, g * 1000 + i);
            co_await senders->finish();
          });
          go([=, &sum, &count]() -> Go {
            for (;;) {
              int64_t v;
              bool ok;
              co_await receive(c, v, &ok);
              if (!ok) break;
              sum += v;
              count++;
            }
            co_await receivers->finish();
          });
        }
        co_await senders->wait();
        sync::close(c);
        co_await receivers->wait();
      });
      CHECK(count == 4000);
      CHECK(sum == 8 * 499 * 500 / 2 + 500 * 28000);
    }
  });
}
