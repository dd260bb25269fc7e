// The chain of panics, driven as compiled functions drive it: throw, catch in a frame with deferred calls, go on.
#include "runtime/lang/panic.h"

#include "tests/unit/runtime/lang.h"

using namespace millrace;
using namespace millrace::test;
using lang::PanicRecord;

namespace {

PlainType intType(8);

struct Chain {
  LangWorld world;

  // panic(value) or Goexit somewhere below: thrown, to be caught by the next frame.
  void panics(int64_t value) {
    REQUIRE(world.faultOf([&] { lang::startPanic(&intType, reinterpret_cast<void*>(value)); }) == LangWorld::kThrown);
  }
  void exits() {
    REQUIRE(world.faultOf([&] { lang::startGoexit(); }) == LangWorld::kThrown);
  }
  int64_t recovers(bool calledByPanic = true) { return lang::asArgument(lang::recover(calledByPanic).data); }
  // Oldest first; 1000 more if recovered, -1 for Goexit.
  std::vector<int64_t> links() {
    std::vector<int64_t> result;
    for (PanicRecord* r = lang::oldestPanic(sched::self().goroutine()); r; r = r->newer) {
      bool exit = r->flags & lang::kPanicGoexit;
      result.push_back(exit ? -1 : lang::asArgument(r->data) + (r->flags & lang::kPanicRecovered ? 1000 : 0));
    }
    return result;
  }
};

}  // namespace

TEST_CASE("a recovered panic is over") {
  Chain c;
  c.panics(1);
  PanicRecord* r = lang::catchPanic(nullptr);
  CHECK(lang::nextPanic(r) == r);  // a deferred call that did not recover
  CHECK(c.recovers() == 1);
  CHECK(c.recovers() == 0);  // once only
  CHECK(lang::nextPanic(r) == nullptr);
  CHECK(c.links().empty());
  CHECK(c.recovers() == 0);
}

TEST_CASE("recover does nothing outside a deferred call made by the panic") {
  Chain c;
  CHECK(c.recovers() == 0);
  c.panics(1);
  lang::catchPanic(nullptr);
  CHECK(c.recovers(false) == 0);
}

TEST_CASE("a panic in a deferred call, recovered there, leaves the first one under way") {
  Chain c;
  c.panics(1);
  PanicRecord* outer = lang::catchPanic(nullptr);
  c.panics(2);                                      // in the deferred call,
  PanicRecord* inner = lang::catchPanic(nullptr);  // which has deferred calls itself
  CHECK(c.recovers() == 2);
  CHECK(lang::nextPanic(inner) == nullptr);
  CHECK(lang::nextPanic(outer) == outer);
  CHECK(c.links() == std::vector<int64_t>{1});
  CHECK(c.recovers() == 1);
  CHECK(lang::nextPanic(outer) == nullptr);
}

TEST_CASE("a panic that leaves a deferred call supersedes the first; recovering it ends both") {
  Chain c;
  c.panics(1);
  PanicRecord* r = lang::catchPanic(nullptr);
  c.panics(2);
  r = lang::catchPanic(r);  // the same frame: its deferred call panicked
  CHECK(c.links() == std::vector<int64_t>{1, 2});
  CHECK(c.recovers() == 2);
  CHECK(lang::nextPanic(r) == nullptr);
  CHECK(c.links().empty());
}

TEST_CASE("a panic after recover in the same deferred call is printed after the recovered one") {
  Chain c;
  c.panics(1);
  PanicRecord* r = lang::catchPanic(nullptr);
  CHECK(c.recovers() == 1);
  c.panics(2);
  r = lang::catchPanic(r);
  CHECK(c.links() == std::vector<int64_t>{1001, 2});
  // Further out it is recovered after all: both go.
  CHECK(c.recovers() == 2);
  CHECK(lang::nextPanic(r) == nullptr);
  CHECK(c.links().empty());
}

TEST_CASE("a superseded panic of an outer frame stays until the newer one is recovered") {
  Chain c;
  c.panics(1);
  PanicRecord* outer = lang::catchPanic(nullptr);  // frame G runs a deferred call
  c.panics(2);
  PanicRecord* f = lang::catchPanic(nullptr);  // frame F inside it runs a deferred call
  c.panics(3);
  f = lang::catchPanic(f);  // which panics: 2 is superseded
  CHECK(c.links() == std::vector<int64_t>{1, 2, 3});
  CHECK(c.recovers() == 3);
  CHECK(lang::nextPanic(f) == nullptr);  // 3 and 2 are over
  CHECK(c.links() == std::vector<int64_t>{1});
  CHECK(lang::nextPanic(outer) == outer);
}

TEST_CASE("Goexit cannot be recovered") {
  Chain c;
  c.exits();
  PanicRecord* r = lang::catchPanic(nullptr);
  CHECK(c.recovers() == 0);
  CHECK(lang::nextPanic(r) == r);
  CHECK(c.links() == std::vector<int64_t>{-1});
  lang::dropPanics(sched::self().goroutine());
  CHECK(c.links().empty());
}

TEST_CASE("a panic during Goexit, recovered, and Goexit goes on") {
  Chain c;
  c.exits();
  PanicRecord* exit = lang::catchPanic(nullptr);
  c.panics(1);
  PanicRecord* r = lang::catchPanic(exit);
  CHECK(c.recovers() == 1);
  CHECK(lang::nextPanic(r) == exit);  // not null: the frame carries on with Goexit
  CHECK(lang::nextPanic(exit) == exit);
  CHECK(c.links() == std::vector<int64_t>{-1});
}

TEST_CASE("a panic during Goexit, recovered only further out, and Goexit goes on from there") {
  Chain c;
  c.panics(1);
  PanicRecord* outer = lang::catchPanic(nullptr);
  c.exits();  // in a deferred call
  PanicRecord* inner = lang::catchPanic(nullptr);
  c.panics(2);
  inner = lang::catchPanic(inner);
  outer = lang::catchPanic(outer);  // rethrown
  CHECK(c.links() == std::vector<int64_t>{1, -1, 2});
  CHECK(c.recovers() == 2);
  PanicRecord* next = lang::nextPanic(outer);
  REQUIRE(next);
  CHECK(next->flags == lang::kPanicGoexit);
}

TEST_CASE("Goexit in a deferred call of a panic ends the goroutine quietly") {
  Chain c;
  c.panics(1);
  PanicRecord* r = lang::catchPanic(nullptr);
  c.exits();
  r = lang::catchPanic(r);
  CHECK(c.recovers() == 0);
  CHECK(lang::nextPanic(r) == r);
  CHECK((r->flags & lang::kPanicGoexit));  // what arrives at the root
}

TEST_CASE("panic(nil) is a fault of its own") {
  Chain c;
  CHECK(c.world.faultOf([&] { lang::startPanic(nullptr, nullptr); }) == static_cast<int>(abi::Fault::PanicNil));
}
