// What is explored: small programs, each with what must be true at its end whatever the order.
#include <algorithm>

#include "tests/explore/world.h"

namespace millrace::explore {

namespace {

using test::receive;
using test::send;
using test::Chan;

// What goroutines have found out. Plain: one real thread runs all.
std::vector<int64_t> got;
int inside, entered, closedSeen;
uint32_t semaphore;
sync::NotifyList list;
int ran[8];

void forget() {
  got.clear();
  inside = entered = closedSeen = 0;
  semaphore = 0;
  new (&list) sync::NotifyList();
  std::fill(std::begin(ran), std::end(ran), 0);
}

Go sender(Chan* chan, int64_t first, int64_t last) {
  for (int64_t v = first; v <= last; v++) co_await send(chan, v);
}
Go receiver(Chan* chan, int count) {
  for (int i = 0; i < count; i++) {
    int64_t value;
    bool ok;
    co_await receive(chan, value, &ok);
    if (ok) got.push_back(value);
    else closedSeen++;
  }
}
Go untilClosed(Chan* chan) {
  for (;;) {
    int64_t value;
    bool ok;
    co_await receive(chan, value, &ok);
    if (!ok) break;
    got.push_back(value);
  }
  closedSeen++;
}

std::string expect(std::vector<int64_t> values, bool inOrder) {
  if (!inOrder) std::sort(got.begin(), got.end());
  if (got == values) return "";
  std::string text = "received";
  for (int64_t value : got) text += " " + std::to_string(value);
  return text;
}

Go selecter(std::vector<test::Case> cases, int times) {
  for (int i = 0; i < times; i++) {
    int index;
    bool ok;
    std::vector<test::Case> now = cases;
    co_await test::select(now, false, index, &ok);
    if (index < 0 || static_cast<size_t>(index) >= now.size()) fail("a select chose no case");
    if (!now[static_cast<size_t>(index)].isSend) {
      if (ok) got.push_back(now[static_cast<size_t>(index)].value);
      else closedSeen++;
    }
  }
}

// A section that one may be in at a time.
Go critical(bool handoff) {
  co_await test::acquire(&semaphore);
  if (++inside != 1) fail("two have the semaphore's one");
  step(&inside, true);
  inside--;
  entered++;
  co_await test::release(&semaphore, handoff);
}

Go waitForNotice(uint32_t ticket) {
  co_await test::Step(sync::notifyWait(list, ticket));
  entered++;
}

std::vector<Scenario> smallOnes() {
  return {
      small("unbuffered", "a sender and a receiver of two values", 2,
            [] {
              forget();
              Chan* c = channel(0, 0);
              return std::vector<Start>{{0, [=] { return sender(c, 1, 2); }}, {1, [=] { return receiver(c, 2); }}};
            },
            [] { return expect({1, 2}, true); }),
      small("buffered", "three values through a buffer of one, then closed", 2,
            [] {
              forget();
              Chan* c = channel(0, 1);
              auto sends = [](Chan* c) -> Go {
                co_await sender(c, 1, 3);
                sync::close(c);
              };
              return std::vector<Start>{{0, [=] { return sends(c); }}, {1, [=] { return untilClosed(c); }}};
            },
            [] { return closedSeen == 1 ? expect({1, 2, 3}, true) : "not closed"; }),
      small("two-senders", "two senders, one receiver, unbuffered", 2,
            [] {
              forget();
              Chan* c = channel(0, 0);
              return std::vector<Start>{
                  {0, [=] { return sender(c, 1, 1); }}, {1, [=] { return sender(c, 2, 2); }}, {1, [=] { return receiver(c, 2); }}};
            },
            [] { return expect({1, 2}, false); }),
      small("two-receivers", "two receivers, one sender of two values", 2,
            [] {
              forget();
              Chan* c = channel(0, 0);
              return std::vector<Start>{
                  {0, [=] { return receiver(c, 1); }}, {1, [=] { return receiver(c, 1); }}, {0, [=] { return sender(c, 1, 2); }}};
            },
            [] { return expect({1, 2}, false); }),
      small("close", "closing wakes all who receive", 2,
            [] {
              forget();
              Chan* c = channel(0, 0);
              auto closes = [](Chan* c) -> Go {
                sync::close(c);
                co_return;
              };
              return std::vector<Start>{
                  {0, [=] { return receiver(c, 1); }}, {1, [=] { return closes(c); }}, {1, [=] { return receiver(c, 1); }}};
            },
            [] { return closedSeen == 2 ? expect({}, true) : "closed was seen " + std::to_string(closedSeen) + " times"; }),
      small("close-sender", "a sender waits, or finds its channel closed", 2,
            [] {
              forget();
              Chan* c = channel(0, 0);
              auto closes = [](Chan* c) -> Go {
                sync::close(c);
                co_return;
              };
              auto sends = [](Chan* c) -> Go {
                bool closed = false;
                co_await send<int64_t>(c, 1, &closed);
                closedSeen += closed;
              };
              return std::vector<Start>{{0, [=] { return sends(c); }}, {1, [=] { return closes(c); }}};
            },
            [] { return closedSeen == 1 ? "" : "the send went through"; }),
      small("select-receive", "a select of two receives, a sender for each", 2,
            [] {
              forget();
              Chan *a = channel(0, 0), *b = channel(1, 0);
              return std::vector<Start>{{0, [=] { return selecter({{a, false, 0}, {b, false, 0}}, 2); }},
                                        {1, [=] { return sender(a, 1, 1); }},
                                        {1, [=] { return sender(b, 2, 2); }}};
            },
            [] { return expect({1, 2}, false); }),
      small("select-select", "two selects that meet", 2,
            [] {
              forget();
              Chan *a = channel(0, 0), *b = channel(1, 0);
              return std::vector<Start>{{0, [=] { return selecter({{a, false, 0}, {b, true, 7}}, 1); }},
                                        {1, [=] { return selecter({{a, true, 8}, {b, false, 0}}, 1); }}};
            },
            [] { return got.size() == 1 && (got[0] == 7 || got[0] == 8) ? "" : "not one value went over"; }),
      small("select-close", "a select of two channels that are closed", 2,
            [] {
              forget();
              Chan *a = channel(0, 0), *b = channel(1, 0);
              auto closes = [](Chan* a, Chan* b) -> Go {
                sync::close(a);
                sync::close(b);
                co_return;
              };
              return std::vector<Start>{{0, [=] { return selecter({{a, false, 0}, {b, false, 0}}, 1); }},
                                        {1, [=] { return closes(a, b); }}};
            },
            [] { return closedSeen == 1 ? "" : "closed was not seen"; }),
      small("semaphore", "two enter a section one at a time", 2,
            [] {
              forget();
              semaphore = 1;
              return std::vector<Start>{{0, [] { return critical(false); }}, {1, [] { return critical(false); }}};
            },
            [] { return entered == 2 && semaphore == 1 ? "" : "not both came through"; }),
      small("handoff", "the same, handed over", 2,
            [] {
              forget();
              semaphore = 1;
              return std::vector<Start>{{0, [] { return critical(true); }}, {1, [] { return critical(true); }}};
            },
            [] { return entered == 2 && semaphore == 1 ? "" : "not both came through"; }),
      small("notify", "two wait for a notice each, in the order of their tickets", 2,
            [] {
              forget();
              uint32_t first = sync::notifyAdd(list), second = sync::notifyAdd(list);
              auto notifies = []() -> Go {
                sync::notifyOne(list);
                sync::notifyOne(list);
                co_return;
              };
              return std::vector<Start>{
                  {0, [=] { return waitForNotice(first); }}, {1, [=] { return waitForNotice(second); }}, {1, [=] { return notifies(); }}};
            },
            [] { return entered == 2 ? "" : "a notice was lost"; }),
      small("steal", "four goroutines in one queue, two workers", 2,
            [] {
              forget();
              std::vector<Start> all;
              for (int i = 0; i < 4; i++) {
                all.push_back({0, [=] {
                                 auto once = [](int i) -> Go {
                                   ran[i]++;
                                   co_return;
                                 };
                                 return once(i);
                               }});
              }
              return all;
            },
            [] { return std::all_of(ran, ran + 4, [](int n) { return n == 1; }) ? "" : "not each ran once"; }, {.steals = true}),
      small("yield", "two goroutines that yield, and a thief", 2,
            [] {
              forget();
              auto yields = [](int i) -> Go {
                co_await test::yield();
                ran[i]++;
              };
              return std::vector<Start>{{0, [=] { return yields(0); }}, {0, [=] { return yields(1); }}};
            },
            [] { return ran[0] == 1 && ran[1] == 1 ? "" : "not each ran once"; }, {.steals = true}),
      small("park-steal", "a sender and a receiver, and who is woken may be stolen", 2,
            [] {
              forget();
              Chan* c = channel(0, 0);
              return std::vector<Start>{{0, [=] { return sender(c, 1, 1); }}, {1, [=] { return receiver(c, 1); }}};
            },
            [] { return expect({1}, true); }, {.steals = true}),
      small("deadlock", "a receiver nobody sends to is never woken", 2,
            [] {
              forget();
              Chan *a = channel(0, 0), *b = channel(1, 0);
              return std::vector<Start>{{0, [=] { return receiver(a, 1); }}, {1, [=] { return sender(b, 1, 1); }}};
            },
            [] { return expect({}, true); }, {.mayStick = true}),
  };
}

std::vector<Scenario> wholeOnes() {
  auto hops = [](bool buffered) {
    return [=]() -> Go {
      forget();
      Chan* c = channel(0, buffered);
      test::go([=] { return sender(c, 1, 2); });
      co_await receiver(c, 2);
    };
  };
  return {
      whole("run-unbuffered", "two workers and their whole loop: a value to and fro", 2, false, hops(false), 0,
            [] { return expect({1, 2}, true); }),
      whole("run-monitor", "the same, with the monitor", 2, true, hops(true), 0, [] { return expect({1, 2}, true); }),
      whole("run-three", "three workers: two senders, one receiver", 3, false,
            []() -> Go {
              forget();
              Chan* c = channel(0, 0);
              test::go([=] { return sender(c, 1, 1); });
              test::go([=] { return sender(c, 2, 2); });
              co_await receiver(c, 2);
            },
            0, [] { return expect({1, 2}, false); }),
      whole("run-sleep", "a goroutine sleeps, main waits for it", 2, true,
            []() -> Go {
              forget();
              Chan* c = channel(0, 0);
              auto sleeps = [](Chan* c) -> Go {
                co_await test::sleep(1000);
                co_await send<int64_t>(c, 1);
              };
              test::go([=] { return sleeps(c); });
              co_await receiver(c, 1);
            },
            0, [] { return expect({1}, true); }),
      whole("run-deadlock", "all wait: the program is told, and only then", 2, false,
            []() -> Go {
              forget();
              Chan* c = channel(0, 0);
              test::go([=] { return sender(c, 1, 1); });
              co_await receiver(c, 2);
            },
            2, [] { return expect({1}, true); }),
  };
}

}  // namespace

std::vector<Scenario> scenarios() {
  std::vector<Scenario> all = smallOnes();
  for (Scenario& scenario : wholeOnes()) all.push_back(std::move(scenario));
  return all;
}

}  // namespace millrace::explore
