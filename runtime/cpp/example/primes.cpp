// Counts primes with as many goroutines as there are workers, each of which takes ranges from one channel and sends what it
// found into another; then lets a chain of goroutines sift the first ones, as in Go's oldest example.
#include <mutex>
#include <string>

#include "runtime/cpp/millrace.h"

using namespace millrace;

struct Range {
  int from, to;
};

static bool isPrime(int n) {
  for (int d = 2; d * d <= n; d++) {
    if (n % d == 0) return false;
  }
  return n >= 2;
}

static int countPrimes(Range range) {
  int count = 0;
  for (int n = range.from; n < range.to; n++) count += isPrime(n);
  return count;
}

static int countInParallel(int limit) {
  Chan<Range> ranges = makeChan<Range>(4);
  Chan<int> counts = makeChan<int>();
  WaitGroup workers;
  for (unsigned i = 0; i < countWorkers(); i++) {
    workers.go([=] {
      for (Range range : ranges) counts.send(countPrimes(range));
    });
  }
  go([=] {
    constexpr int kStep = 1000;
    for (int from = 0; from < limit; from += kStep) ranges.send({from, std::min(from + kStep, limit)});
    ranges.close();
  });
  go([&workers, counts] {
    workers.wait();
    counts.close();
  });
  int sum = 0;
  for (int count : counts) sum += count;
  return sum;
}

// Each goroutine lets through what its own prime does not divide. `enough` is closed when no more are wanted.
static void sift(int howMany) {
  Chan<bool> enough = makeChan<bool>();
  auto through = [enough](Chan<int> to, int n) {
    std::optional<bool> never;
    return Select().send(to, n).receive(enough, never).wait() == 0;
  };
  Chan<int> numbers = makeChan<int>();
  go([=] {
    for (int n = 2; through(numbers, n); n++) {
    }
    numbers.close();
  });
  for (int i = 0; i < howMany; i++) {
    int prime = *numbers.receive();
    print(std::to_string(prime) + (i + 1 < howMany ? " " : "\n"));
    Chan<int> sifted = makeChan<int>();
    go([=] {
      for (int n : numbers) {
        if (n % prime != 0 && !through(sifted, n)) break;
      }
      sifted.close();
    });
    numbers = sifted;
  }
  enough.close();
}

int main() {
  return run([] {
    print(std::to_string(countInParallel(100000)) + " primes below 100000\n");
    sift(20);

    Mutex mutex;
    WaitGroup all;
    std::string longest;
    for (int i = 0; i < 1000; i++) {
      all.go([&, i] {
        std::string name(static_cast<size_t>(i % 100), 'x');
        sleepFor(std::chrono::microseconds(i % 7));
        std::lock_guard guard(mutex);
        if (name.size() > longest.size()) longest = name;
      });
    }
    all.wait();
    print(std::to_string(longest.size()) + " is the longest of 1000\n");
  });
}
