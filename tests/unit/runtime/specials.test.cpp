// Finalizers, cleanups and weak pointers, in every way of running.
#include <array>
#include <set>

#include "runtime/gc/specials.h"
#include "tests/unit/runtime/collecting.h"

using namespace millrace;
using namespace millrace::test;
using gc::SpecialKind;

namespace {

// Calls that are due, by the numbers that stand in place of closures. The objects of finalizers count as reachable from
// here on only if they are rooted.
std::vector<int64_t> takeAll(std::vector<Node*>* objects = nullptr) {
  std::vector<int64_t> numbers;
  for (;;) {
    gc::DueCall due = gc::takeDue(sched::self().heap.marker, sched::self().blocks);
    if (!due.call) return numbers;
    numbers.push_back(static_cast<Node*>(due.call)->value);
    if (objects) objects->push_back(static_cast<Node*>(due.object));
  }
}

int64_t attach(SpecialKind kind, Node* object, int64_t number) {
  Node* call = newNode();
  call->value = number;
  return gc::addSpecial(kind, object, call, sched::self().blocks);
}

}  // namespace

TEST_CASE("a finalizer is due once, with its object and all below it whole", "[specials]") {
  inEveryWay([](Options options) {
    runProgram(options, [&]() -> Go {
      Rooted<Node> kept(tree(2, 1));
      CHECK(attach(SpecialKind::Finalizer, kept.get(), 1) > 0);
      CHECK(attach(SpecialKind::Finalizer, tree(4, 1), 2) > 0);
      CHECK(attach(SpecialKind::Finalizer, kept.get(), 3) == gc::kHasFinalizer);
      co_await collectGarbage();
      co_await collectGarbage();
      std::vector<Node*> objects;
      CHECK(takeAll(&objects) == std::vector<int64_t>{2});
      CHECK(count(objects.at(0), 1) == 31);
      objects.clear();
      co_await collectGarbage();
      co_await collectGarbage();
      CHECK(takeAll().empty());
      gc::removeFinalizer(kept.get(), sched::self().blocks);
      kept = nullptr;
      co_await collectGarbage();
      co_await collectGarbage();
      CHECK(takeAll().empty());
    });
  });
}

TEST_CASE("what points to another is finalized before it", "[specials]") {
  runProgram({.workers = 1, .hasBarriers = true}, []() -> Go {
    Node* first = newNode();
    set(first->left, newNode());
    attach(SpecialKind::Finalizer, first, 1);
    attach(SpecialKind::Finalizer, first->left, 2);
    first = nullptr;
    std::vector<int64_t> order;
    for (int i = 0; i < 6; i++) {
      co_await collectGarbage();
      for (int64_t number : takeAll()) order.push_back(number);
    }
    CHECK(order == std::vector<int64_t>{1, 2});
  });
}

TEST_CASE("cleanups: several of an object, any of its addresses, taken back", "[specials]") {
  inEveryWay([](Options options) {
    runProgram(options, [&]() -> Go {
      Node* object = newNode();
      attach(SpecialKind::Cleanup, object, 1);
      Node* inside = reinterpret_cast<Node*>(&object->value);
      attach(SpecialKind::Cleanup, inside, 2);
      int64_t third = attach(SpecialKind::Cleanup, object, 3);
      gc::removeCleanup(object, third, sched::self().blocks);
      object = inside = nullptr;
      co_await collectGarbage();
      co_await collectGarbage();
      std::vector<int64_t> due = takeAll();
      CHECK(std::set<int64_t>(due.begin(), due.end()) == std::set<int64_t>{1, 2});
      CHECK(due.size() == 2);
    });
  });
}

TEST_CASE("a weak pointer is nil when its object has died, and keeps nothing alive", "[specials]") {
  inEveryWay([](Options options) {
    runProgram(options, [&]() -> Go {
      Rooted<Node> kept(newNode());
      auto weak = [](void* pointer) { return static_cast<Node*>(gc::weakHandle(pointer, sched::self().heap)); };
      auto target = [](const Rooted<Node>& handle) { return gc::weakTarget(handle.get(), sched::self().heap.marker); };
      Rooted<Node> live(weak(kept.get())), dead(weak(newNode())), inside(weak(&kept.get()->value));
      CHECK(weak(kept.get()) == live.get());
      CHECK(weak(&kept.get()->value) == inside.get());
      CHECK(inside.get() != live.get());
      static uint64_t variable;
      Rooted<Node> outside(weak(&variable));
      co_await collectGarbage();
      co_await collectGarbage();
      CHECK(target(live) == kept.get());
      CHECK(target(inside) == &kept.get()->value);
      CHECK(target(dead) == nullptr);
      CHECK(target(outside) == &variable);
      kept = nullptr;
      co_await collectGarbage();
      co_await collectGarbage();
      CHECK(target(live) == nullptr);
      CHECK(target(inside) == nullptr);
    });
  });
}

TEST_CASE("many of them, while others allocate", "[specials]") {
  inEveryWay([](Options options) {
    const int kEach = options.stress ? 50 : 2000;
    runProgram(options, [&]() -> Go {
      std::atomic<int> running = 4, broken = 0;  // checks are for one thread at a time
      std::array<Rooted<Node>, 4> kept;
      for (int g = 0; g < 4; g++) {
        go([&, g]() -> Go {
          for (int i = 0; i < kEach; i++) {
            Node* object = tree(2, 1);
            attach(i % 2 ? SpecialKind::Finalizer : SpecialKind::Cleanup, object, g * kEach + i);
            Rooted<Node> handle(static_cast<Node*>(gc::weakHandle(object, sched::self().heap)));
            if (i == 0) kept[static_cast<size_t>(g)] = object;
            object = nullptr;
            co_await yield();
            if (Node* back = static_cast<Node*>(gc::weakTarget(handle.get(), sched::self().heap.marker))) {
              broken += count(back, 1) != 7;
            }
          }
          running--;
        });
      }
      while (running) co_await yield();
      CHECK(broken == 0);
      std::set<int64_t> seen;
      for (int i = 0; i < 4; i++) {
        co_await collectGarbage();
        std::vector<Node*> objects;
        for (int64_t number : takeAll(&objects)) CHECK(seen.insert(number).second);
        for (Node* object : objects) CHECK((!object || count(object, 1) == 7));
      }
      // Those that are kept are left, and nothing else.
      CHECK(seen.size() == static_cast<size_t>(4 * kEach - 4));
    });
  });
}
