// Standard streams: the rings, and goroutines that wait for the host.
#include "runtime/lang/print.h"
#include "tests/unit/runtime/program.h"

using namespace millrace;
using namespace millrace::test;

namespace {

Go writeText(int stream, const std::string& text) {
  if (co_await Step(sched::write(stream, text.data(), text.size()))) {
    while (co_await Step(sched::writeResumed())) {
    }
  }
}

Go readSome(char* into, size_t count, size_t& taken) {
  if (co_await Step(sched::read(into, count, taken))) {
    while (co_await Step(sched::readResumed(taken))) {
    }
  }
}

void feedRing(const std::string& text) {
  abi::Ring& ring = host::engineState.input;
  for (size_t i = 0; i < text.size(); i++) host::ringBytes(ring)[(ring.written + i) % ring.capacity] = text[i];
  host::atomicAt(&ring.written).store(ring.written + static_cast<uint32_t>(text.size()));
}

}  // namespace

TEST_CASE("what is written comes out in order, whichever stream it is written to") {
  withWorkers([](Options options) {
    Ended ended = runProgram(options, []() -> Go {
      co_await writeText(1, "one ");
      co_await writeText(2, "error ");
      co_await writeText(1, "two");
    });
    CHECK(ended.output == "one two");
    CHECK(ended.errors == "error ");
    CHECK(ended.both == "one error two");
  });
}

TEST_CASE("a goroutine waits while the ring is full, and others run") {
  for (unsigned workers : {1u, 2u}) {
    std::string all, expected;
    for (int i = 0; i < 30000; i++) expected += "line " + std::to_string(i) + "\n";
    std::atomic<bool> writing = true, began = false, hostDone = false;
    std::atomic<int64_t> others = 0;
    std::thread host([&] {
      while (!began) std::this_thread::yield();
      while (writing) {
        all += takeOutput().output;
        sched::wakeMonitor();
        std::this_thread::yield();
      }
      hostDone = true;
    });
    Ended ended = runProgram({.workers = workers}, [&]() -> Go {
      go([&]() -> Go {
        while (writing) {
          others++;
          co_await yield();
        }
      });
      began = true;
      co_await writeText(1, expected);
      writing = false;
      while (!hostDone) co_await yield();
    });
    host.join();
    all += ended.output;
    CHECK(expected.size() > 4 * abi::kRingBytes);
    CHECK(all == expected);
    CHECK(others > 0);
  }
}

TEST_CASE("reading waits for input and ends with it") {
  for (unsigned workers : {1u, 2u}) {
    std::string got;
    std::atomic<int> asked = 0;
    std::thread host([&] {
      while (asked < 1) std::this_thread::yield();
      feedRing("hello ");
      sched::wakeMonitor();
      while (asked < 2) std::this_thread::yield();
      feedRing("world");
      host::atomicAt(&host::engineState.inputEnded).store(1);
      sched::wakeMonitor();
    });
    Ended ended = runProgram({.workers = workers}, [&]() -> Go {
      for (;;) {
        char buffer[4];
        size_t taken;
        asked = static_cast<int>(got.size() / 6) + 1;
        co_await readSome(buffer, sizeof buffer, taken);
        if (taken == 0) break;
        got.append(buffer, taken);
      }
    });
    host.join();
    CHECK(ended.status == 0);
    CHECK(got == "hello world");
  }
}

TEST_CASE("waiting for input is not a deadlock") {
  bool got = false;
  std::thread host([&] {
    while (sched::waitingForHost.load() == 0) std::this_thread::yield();
    host::atomicAt(&host::engineState.inputEnded).store(1);
    sched::wakeMonitor();
  });
  Ended ended = runProgram({.workers = 2}, [&]() -> Go {
    char byte;
    size_t taken = 1;
    co_await readSome(&byte, 1, taken);
    got = taken == 0;
  });
  host.join();
  CHECK(ended.status == 0);
  CHECK(got);
}

TEST_CASE("the host is told of output once until it has taken it") {
  static std::atomic<int> told;
  told = 0;
  host::hooks.outputReady = [] { told++; };
  runProgram({.workers = 1}, []() -> Go {
    for (int i = 0; i < 10; i++) co_await writeText(1, "x");
    takeOutput();
    for (int i = 0; i < 10; i++) co_await writeText(1, "y");
  });
  host::hooks.outputReady = nullptr;
  CHECK(told == 2);
}

TEST_CASE("print gathers its pieces") {
  Ended ended = runProgram({.workers = 0}, []() -> Go {
    lang::printSigned(-5);
    lang::print(" ");
    lang::printUnsigned(UINT64_MAX);
    lang::print(" ");
    lang::printBool(true);
    lang::print(" ");
    lang::printSlice(nullptr, 1, 2);
    lang::print(" ");
    lang::printComplex(3, -4, false);
    lang::printInterface(nullptr, nullptr);
    lang::print(std::string(1000, '.'));
    co_await Step(lang::printEnd());
  });
  CHECK(ended.errors == "-5 18446744073709551615 true [1/2]0x0 (3-4i)(0x0,0x0)" + std::string(1000, '.'));
}
