// Select: which case, what happens to the others, and the odd forms.
#include "tests/unit/runtime/program.h"

using namespace millrace;
using namespace millrace::test;

TEST_CASE("select takes the only case that is ready") {
  withWorkers([](Options options) {
    int first = -2, second = -2, none = -2;
    int64_t value = 0;
    runProgram(options, [&]() -> Go {
      Chan* a = makeChan<int64_t>(1);
      Chan* b = makeChan<int64_t>(1);
      co_await send<int64_t>(b, 42);
      std::vector<Case> cases{{a, false, 0}, {b, false, 0}, {nullptr, true, 1}};
      co_await select(cases, false, first);
      value = cases[1].value;
      co_await select(cases, true, none);
      cases = {{a, true, 7}, {b, false, 0}};
      co_await select(cases, false, second);
    });
    CHECK(first == 1);
    CHECK(value == 42);
    CHECK(none == -1);
    CHECK(second == 0);
  });
}

TEST_CASE("among ready cases each is taken about as often") {
  int counts[4] = {};
  runProgram({.workers = 0}, [&]() -> Go {
    Chan* chans[4];
    for (Chan*& c : chans) c = makeChan<int64_t>(1);
    for (int i = 0; i < 4000; i++) {
      std::vector<Case> cases;
      for (Chan* c : chans) {
        cases.push_back({c, false, 0});
        int64_t v = i;
        sync::trySend(c, &v);
      }
      int index;
      co_await select(cases, false, index);
      counts[index]++;
    }
  });
  for (int count : counts) {
    CHECK(count > 850);
    CHECK(count < 1150);
  }
}

TEST_CASE("a select that waits is woken once, whichever case fires, and leaves every queue") {
  withWorkers([](Options options) {
    std::atomic<int64_t> sum = 0, wakes = 0;
    runProgram(options, [&]() -> Go {
      Chan* chans[5];
      for (Chan*& c : chans) c = makeChan<int64_t>(0);
      auto group = std::make_shared<Group>(6);
      for (int g = 0; g < 5; g++) {
        go([=, c = chans[g]]() -> Go {
          for (int64_t i = 0; i < 200; i++) co_await send<int64_t>(c, 1);
          co_await group->finish();
        });
      }
      go([=, &sum, &wakes]() -> Go {
        for (int i = 0; i < 1000; i++) {
          std::vector<Case> cases;
          for (Chan* c : chans) cases.push_back({c, false, 0});
          int index;
          co_await select(cases, false, index);
          sum += cases[index].value;
          wakes++;
        }
        co_await group->finish();
      });
      co_await group->wait();
    });
    CHECK(wakes == 1000);
    CHECK(sum == 1000);
  });
}

TEST_CASE("a channel may stand in several cases, to send and to receive") {
  withWorkers([](Options options) {
    std::atomic<int64_t> sent = 0, received = 0;
    runProgram(options, [&]() -> Go {
      Chan* c = makeChan<int64_t>(0);
      auto group = std::make_shared<Group>(2);
      for (int g = 0; g < 2; g++) {
        go([=, &sent, &received]() -> Go {
          for (int i = 0; i < 500; i++) {
            std::vector<Case> cases{{c, true, 1}, {c, false, 0}, {c, true, 1}, {c, false, 0}};
            int index;
            co_await select(cases, false, index);
            if (cases[index].isSend) sent++;
            else received += cases[index].value;
          }
          co_await group->finish();
        });
      }
      co_await group->wait();
    });
    CHECK(sent + received == 1000);
    CHECK(sent == received);
  });
}

TEST_CASE("closing wakes selects: a receive gets a zero value, a send a fault") {
  withWorkers([](Options options) {
    int receiveIndex = -2, sendIndex = -2;
    bool ok = true, closedReceive = true, closedSend = false;
    runProgram(options, [&]() -> Go {
      Chan* a = makeChan<int64_t>(0);
      Chan* b = makeChan<int64_t>(0);
      auto group = std::make_shared<Group>(2);
      go([=, &receiveIndex, &ok, &closedReceive]() -> Go {
        std::vector<Case> cases{{nullptr, false, 0}, {a, false, 9}};
        co_await select(cases, false, receiveIndex, &ok, &closedReceive);
        co_await group->finish();
      });
      go([=, &sendIndex, &closedSend]() -> Go {
        std::vector<Case> cases{{b, true, 9}, {nullptr, false, 0}};
        co_await select(cases, false, sendIndex, nullptr, &closedSend);
        co_await group->finish();
      });
      for (int i = 0; i < 50; i++) co_await yield();
      sync::close(a);
      sync::close(b);
      co_await group->wait();
    });
    CHECK(receiveIndex == 1);
    CHECK(!ok);
    CHECK(!closedReceive);
    CHECK(sendIndex == 0);
    CHECK(closedSend);
  });
}

TEST_CASE("more cases than fit on the stack") {
  withWorkers([](Options options) {
    int64_t sum = 0;
    runProgram(options, [&]() -> Go {
      std::vector<Chan*> chans;
      for (int i = 0; i < 300; i++) chans.push_back(makeChan<int64_t>(0));
      for (int64_t i = 0; i < 300; i++) go([=, c = chans[i]]() -> Go { co_await send(c, i); });
      for (int i = 0; i < 300; i++) {
        std::vector<Case> cases;
        for (Chan* c : chans) cases.push_back({c, false, 0});
        int index;
        co_await select(cases, false, index);
        sum += cases[index].value;
      }
    });
    CHECK(sum == 300 * 299 / 2);
  });
}

TEST_CASE("selects on both sides of shared channels make progress together") {
  withWorkers([](Options options) {
    std::atomic<int64_t> balance = 0;
    runProgram(options, [&]() -> Go {
      Chan* a = makeChan<int64_t>(0);
      Chan* b = makeChan<int64_t>(0);
      auto group = std::make_shared<Group>(8);
      for (int g = 0; g < 8; g++) {
        bool sender = g % 2 == 0;
        go([=, &balance]() -> Go {
          for (int i = 0; i < 300; i++) {
            std::vector<Case> cases{{a, sender, 1}, {b, sender, 1}};
            int index;
            co_await select(cases, false, index);
            balance += sender ? 1 : -1;
          }
          co_await group->finish();
        });
      }
      co_await group->wait();
    });
    CHECK(balance == 0);
  });
}
