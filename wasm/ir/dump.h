// The IR as text, for people and tests. tests/support can read it back.
//
//   func fib(n i64) i64 [no-inline] {
//     local a i64
//   b0:
//     branch i64.lt_s(%n, 2L) b1 b2
//   b1:
//     return %n
//   b2:
//     %a = call fib(i64.sub(%n, 1L))
//     ...
//
// Constants: 5 is an i32, 5L an i64, 0.5f an f32, 0.5d an f64. Offsets stand behind what they belong to: i32.load(%p)
// + 8.
#pragma once

#include <string>

#include "wasm/ir/ir.h"

namespace millrace::ir {

std::string dump(const Module& module);
std::string dump(const Module& module, const Function& function);
std::string dump(const Module& module, const Stmt& statement);
std::string dump(const Expr* expression);

}  // namespace millrace::ir
