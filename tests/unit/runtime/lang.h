// A world for testing the rooms that compiled code calls without parking: a heap, a worker, a running goroutine, and
// panics that come back as a value.
#pragma once

#include <catch2/catch.hpp>
#include <csetjmp>
#include <functional>
#include <string>
#include <vector>

#include "runtime/lang/panic.h"
#include "runtime/lang/program.h"
#include "runtime/sched/scheduler.h"

namespace millrace::test {

class LangWorld {
 public:
  LangWorld();
  ~LangWorld();

  // Runs action, which may raise: the fault, -1 if it did not, kThrown if it panicked otherwise, kFatal if it ended the
  // program.
  static constexpr int kThrown = 1000, kFatal = 1001;
  int faultOf(const std::function<void()>& action);
  int64_t faultA = 0, faultB = 0;
  // What was written to standard error.
  std::string errors();

  std::jmp_buf escape;
  int outcome = 0;

 private:
  void* memory_;
  abi::Closure raise_;
  abi::ProgramHeader header_{};
};

// Types made by hand. They must live as long as what is made of them.
struct PlainType : abi::Type {
  explicit PlainType(uint64_t bytes, abi::Kind kindOf = abi::Kind::Int64);
};
// One whose every word is a pointer.
struct PointersType : abi::Type {
  std::vector<uint8_t> bits;
  explicit PointersType(uint64_t words);
};
struct StringType : abi::Type {
  StringType();
};
struct Float64Type : abi::Type {
  Float64Type();
};

abi::StringAbi goString(const std::string& text);

}  // namespace millrace::test
