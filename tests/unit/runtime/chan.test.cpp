// Channels: handing over, buffering, closing, order, many goroutines.
#include "tests/unit/runtime/program.h"

using namespace millrace;
using namespace millrace::test;

TEST_CASE("an unbuffered channel hands values over in order") {
  withWorkers([](Options options) {
    int64_t sum = 0, count = 0;
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
        if (v == last + 1) count++;
        last = v;
        sum += v;
      }
    });
    CHECK(ended.status == 0);
    CHECK(count == 1000);
    CHECK(sum == 500500);
  });
}
