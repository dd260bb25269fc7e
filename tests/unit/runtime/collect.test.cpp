// The collector: what is reachable stays, what is not comes back, in every way of running.
#include <atomic>
#include <memory>

#include "runtime/sched/report.h"
#include "runtime/sched/state.h"
#include "tests/unit/runtime/collecting.h"

using namespace millrace;
using namespace millrace::test;

TEST_CASE("what a goroutine keeps survives, and all else comes back", "[collect]") {
  inEveryWay([](Options options) {
    uint64_t bytesAfter = 0, bytesBefore = 0;
    runProgram(options, [&]() -> Go {
      Rooted<Node> kept(tree(8, 1));
      for (int i = 0; i < 20; i++) {
        tree(6, 1);
        co_await yield();
      }
      bytesBefore = gc::heapBytes();
      co_await collectGarbage();
      bytesAfter = gc::collector.marked.load();
      CHECK(count(kept.get(), 1) == 511);
    });
    CHECK(bytesAfter >= 511 * 24);
    CHECK(bytesAfter < 511 * 24 + 4096);
  });
}

TEST_CASE("the heap does not grow beyond what lives", "[collect]") {
  for (bool hasBarriers : {false, true}) {
    runProgram({.workers = 2, .heapMiB = 24, .hasBarriers = hasBarriers}, [&]() -> Go {
      Rooted<Node> kept(tree(12, 1));
      for (int i = 0; i < 3000; i++) {  // 100 MB in all
        tree(9, 1);
        if (i % 64 == 0) sched::self().heap.allocateBytes(500000);
        if (sched::self().poll().relaxed()) co_await poll();
      }
      CHECK(count(kept.get(), 1) == 8191);
    });
    CHECK(gc::collector.finished.load() >= 3);
  }
}

TEST_CASE("a program that lives at its memory limit is not marked again and again", "[collect]") {
  uint32_t cycles = 0;
  runProgram({.workers = 1, .heapMiB = 128, .hasBarriers = true}, [&]() -> Go {
    Rooted<Node> kept(nullptr);
    for (int i = 0; i < 512; i++) {  // 32 MiB that live
      Node* node = newNode();
      node->left = kept.get();
      node->right = static_cast<Node*>(sched::self().heap.allocateBytes(64 << 10));
      kept = node;
      if (sched::self().poll().relaxed()) co_await poll();
    }
    gc::setMemoryLimit(24 << 20);
    cycles = gc::collector.finished.load();
    for (int i = 0; i < 512; i++) {  // and as much that does not
      sched::self().heap.allocateBytes(64 << 10);
      if (sched::self().poll().relaxed()) co_await poll();
    }
    cycles = gc::collector.finished.load() - cycles;
  });
  CHECK(cycles > 8);
  CHECK(cycles < 40);
}

TEST_CASE("garbage goes when others than the heap need the memory", "[collect]") {
  for (unsigned workers : {0u, 1u, 2u}) {
    for (bool hasBarriers : {false, true}) {
      INFO(workers << " workers, barriers " << hasBarriers);
      size_t taken = 0, all = 0;
      runProgram({.workers = workers, .heapMiB = 16, .hasBarriers = hasBarriers}, [&]() -> Go {
        for (int i = 0; i < 300; i++) tree(7, 1);  // 2 MiB, too little for a cycle
        uint32_t cycles = gc::collector.finished.load();
        all = host::pageHeap.pagesLeft() + gc::heapBytes() / host::kPageBytes;
        while (taken < all - 64 && host::pageHeap.allocate(1).address) {
          taken++;
          if (sched::self().poll().relaxed()) co_await poll();
        }
        CHECK(gc::collector.finished.load() > cycles);
      });
      CHECK(taken == all - 64);
    }
  }
}

TEST_CASE("pointers that move while marking is under way are not lost", "[collect]") {
  inEveryWay([](Options options) {
    const int kGoroutines = 8, kRounds = (options.stress ? 100 : 3000) / kSlowness;
    options.heapMiB = 128;
    std::atomic<int> wrong = 0;
    runProgram(options, [&]() -> Go {
      auto group = std::make_shared<Group>(kGoroutines);
      for (int g = 0; g < kGoroutines; g++) {
        go([=, &wrong]() -> Go {
          // A ring of nodes, each with a tree of three below it: trees are taken from one node and hung below another, so
          // that for a moment only a C++ variable knows them, as it would be a local of Go's.
          constexpr int kRing = 16;
          Rooted<Node> ring(newNode());
          Node* last = ring.get();
          for (int i = 0; i < kRing; i++) {
            Node* node = newNode();
            set(node->right, tree(1, 1));
            set(last->left, node);
            last = node;
          }
          for (int round = 0; round < kRounds; round++) {
            Node* from = ring.get();
            for (uint32_t n = sched::self().randomBelow(kRing) + 1; n > 0; n--) from = from->left;
            Rooted<Node> taken(from->right);
            set(from->right, nullptr);
            for (int i = 0; i < 50; i++) newNode();
            co_await yield();
            Node* to = ring.get();
            for (uint32_t n = sched::self().randomBelow(kRing) + 1; n > 0; n--) to = to->left;
            Node* other = to->right;
            set(to->right, taken.get());
            if (other || to != from) {
              // Not the place it came from: what was there goes where there is room.
              set(from->right, to == from ? taken.get() : other);
            }
          }
          int trees = 0;
          for (Node* node = ring->left; node; node = node->left) {
            if (!node->right) continue;
            if (count(node->right, 1) != 3) wrong++;
            trees++;
          }
          if (trees != kRing) wrong += 100;
          co_await group->finish();
        });
      }
      co_await group->wait();
    });
    CHECK(wrong == 0);
  });
}

TEST_CASE("values in channels, stages and sleeping timers live", "[collect]") {
  inEveryWay([](Options options) {
    const int kValues = (options.stress ? 30 : 600) / kSlowness + 1;
    int64_t sum = 0;
    runProgram(options, [&]() -> Go {
      static abi::ChanType type{};
      static const uint8_t kOne[] = {1};
      static abi::Type element{};
      element.size = element.pointerBytes = 8;
      element.gcData = const_cast<uint8_t*>(kOne);
      type.element = &element;
      for (int64_t capacity : {0, 3}) {
        Rooted<Chan> chan(sync::makeChan(type, capacity));
        for (int g = 0; g < 3; g++) {
          go([=, raw = chan.get()]() -> Go {
            Rooted<Chan> chan(raw);
            for (int i = 0; i < kValues; i++) {
              co_await send(chan.get(), tree(2, 1));
              tree(3, 5);
              if (i % 10 == 0) co_await test::sleep(1000);
            }
          });
        }
        for (int i = 0; i < 3 * kValues; i++) {
          Node* node;
          co_await receive(chan.get(), node);
          sum += count(node, 1);
        }
      }
    });
    CHECK(sum == 7 * 6 * kValues);
  });
}

TEST_CASE("large arrays are marked in parts, objects with headers by their type", "[collect]") {
  inEveryWay([](Options options) {
    options.heapMiB = 128;
    int64_t sum = 0;
    constexpr size_t kLong = 100000;
    runProgram(options, [&]() -> Go {
      static const uint8_t kOne[] = {1};
      static abi::Type pointer{};
      pointer.size = pointer.pointerBytes = 8;
      pointer.gcData = const_cast<uint8_t*>(kOne);
      Rooted<abi::Slot<Node>> longArray(
          static_cast<abi::Slot<Node>*>(sched::self().heap.allocate(pointer, kLong, kLong * 8)));
      Rooted<Node> nodes(static_cast<Node*>(sched::self().heap.allocate(kNodeType, 100, 100 * sizeof(Node))));
      for (size_t i = 0; i < kLong; i += 100) longArray.get()[i] = tree(0, 1);
      for (int i = 0; i < 100; i++) set(nodes.get()[i].right, tree(0, 1));
      for (int round = 0; round < 3; round++) {
        tree(10, 1);
        co_await collectGarbage();
      }
      for (size_t i = 0; i < kLong; i += 100) sum += count(longArray.get()[i], 1);
      for (int i = 0; i < 100; i++) sum += count(nodes.get()[i].right, 1);
    });
    CHECK(sum == kLong / 100 + 100);
  });
}

TEST_CASE("marking gets along without memory for its queue", "[collect]") {
  for (unsigned workers : {0u, 2u}) {
    bool whole = false;
    runProgram({.workers = workers, .heapMiB = 24}, [&]() -> Go {
      Rooted<Node> kept(tree(15, 1));
      while (workers > 0 && (std::popcount(sched::state.started.load()) < 2 || !sched::state.monitorUp.load())) {
        co_await yield();  // they take memory when they start
      }
      std::vector<std::pair<void*, size_t>> taken;
      for (size_t pages = 64; pages > 0; pages /= 2) {
        while (void* run = host::pageHeap.allocate(pages).address) taken.push_back({run, pages});
      }
      co_await collectGarbage();
      for (auto [run, pages] : taken) host::pageHeap.free(run, pages);
      whole = count(kept.get(), 1) == 65535;
    });
    CHECK(whole);
  }
}

TEST_CASE("a trace tells for how many minutes a goroutine has waited since the collector saw it", "[collect]") {
  withWorkers([](Options options) {
    host::FakeClock clock(false);
    const auto traceAfter = [&](std::string& into) -> Go {
      char text[1000];
      if (co_await Step(sched::writeAllStacks(text, sizeof text))) into = {text, static_cast<size_t>(sched::self().goroutine().answer)};
    };
    constexpr int64_t kSecond = 1'000'000'000;
    std::string unseen, seen, again;
    runProgram(options, [&]() -> Go {
      Chan* c = makeChan<int64_t>(0);
      auto group = std::make_shared<Group>(1);
      go([=]() -> Go {
        for (int64_t v = 0; v < 2;) co_await receive(c, v);
        co_await group->finish();
      });
      for (int i = 0; i < 1000; i++) co_await yield();
      clock.advance(200 * kSecond);
      co_await traceAfter(unseen);
      co_await collectGarbage();
      clock.advance(179 * kSecond);
      co_await traceAfter(seen);
      co_await send<int64_t>(c, 1);
      for (int i = 0; i < 1000; i++) co_await yield();
      co_await traceAfter(again);
      co_await send<int64_t>(c, 2);
      co_await group->wait();
    });
    CHECK_THAT(unseen, Catch::EndsWith(" [chan receive]:\n"));
    CHECK_THAT(seen, Catch::EndsWith(" [chan receive, 2 minutes]:\n"));
    CHECK_THAT(again, Catch::EndsWith(" [chan receive]:\n"));
  });
}
