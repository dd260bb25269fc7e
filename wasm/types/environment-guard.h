// Guards for what a checker changes on its way down and restores on its way up.
#pragma once

#include "wasm/types/checker.h"

namespace millrace::types {

struct EnvironmentGuard {
  explicit EnvironmentGuard(Checker::Environment& env) : env(env), saved(env) {}
  ~EnvironmentGuard() { env = saved; }
  EnvironmentGuard(const EnvironmentGuard&) = delete;

  Checker::Environment& env;
  Checker::Environment saved;
};

// Keeps count of how deep the checker is in the tree, so that it stops before the machine's stack ends. The parser
// bounds the nesting of one expression, statement or type; but declarations lead to declarations.
class DepthGuard {
 public:
  DepthGuard(Checker& checker, int weight) : checker_(checker), weight_(weight) { checker_.depth_ += weight; }
  ~DepthGuard() { checker_.depth_ -= weight_; }
  DepthGuard(const DepthGuard&) = delete;

  bool tooDeep() const { return checker_.depth_ > Checker::kMaxDepth; }

 private:
  Checker& checker_;
  int weight_;
};

}  // namespace millrace::types
