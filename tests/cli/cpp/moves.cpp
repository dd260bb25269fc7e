// Goroutines that come back on other workers than they left, with all they had on their stacks.
#include <atomic>
#include <string>

#include "runtime/cpp/millrace.h"
#include "runtime/sched/worker.h"

using namespace millrace;

__attribute__((noinline)) static uint32_t workerNow() { return sched::self().id; }

int main(int count, char** arguments) {
  std::atomic<int> moved = 0;
  return run([&] {
    Chan<std::string> results = makeChan<std::string>();
    constexpr int kGoroutines = 50;
    for (int g = 0; g < kGoroutines; g++) {
      go([&, g] {
        int numbers[16];
        for (int i = 0; i < 16; i++) numbers[i] = g + i;
        double sum = 0.5, expected = 0.5;
        // So often that a word of the stack lost each time would show. And the other workers take their time to start.
        for (int i = 0; i < 4000 || (countWorkers() > 1 && moved == 0 && i < 10000000); i++) {
          uint32_t before = workerNow();
          yield();
          moved += workerNow() != before;
          sum += numbers[i % 16];
          expected += g + i % 16;
        }
        results.send(std::string(static_cast<size_t>(sum == expected ? g : 10000), 'x'));
      });
    }
    int sum = 0;
    for (int g = 0; g < kGoroutines; g++) sum += static_cast<int>(results.receive()->size());
    print("sum " + std::to_string(sum) + (moved > 0 ? ", moved" : ", stayed") + "\n");
    if (count > 1) print(std::string(arguments[1]) + "\n");
    if (count > 2) makeChan<int>().receive();
  });
}
