// Arithmetic on constants, for the checker. Results live in the arena given.
//
// Every operation takes Unknown operands and gives Unknown; operands of the wrong kinds too, so that no fault of the
// user's program can stop us here.
#pragma once

#include "wasm/types/constant.h"

namespace millrace::types {

const Constant* unknownConstant();
const Constant* makeBool(bool value);
const Constant* makeString(Arena& arena, std::string_view text);  // copies
const Constant* makeInt64(Arena& arena, int64_t value);
const Constant* makeFloat64(Arena& arena, double value);  // exact; Unknown when not finite
const Constant* makeImaginary(Arena& arena, const Constant* value);
// The value of a literal as written; Unknown when it is malformed or out of all bounds.
const Constant* fromLiteral(Arena& arena, std::string_view text, syntax::LiteralKind kind);

// The same value as another kind; Unknown when it has none there.
const Constant* toInt(Arena& arena, const Constant* value);
const Constant* toFloat(Arena& arena, const Constant* value);
const Constant* toComplex(Arena& arena, const Constant* value);
// Rounded to the type's precision; null when it overflows.
const Constant* roundedToFloat32(Arena& arena, const Constant* value);
const Constant* roundedToFloat64(Arena& arena, const Constant* value);

// op is Add, Sub, Xor or Not; `bits` is the width for ^ of an unsigned type, 0 for any other.
const Constant* unaryOp(Arena& arena, syntax::Operator op, const Constant* x, unsigned bits);
// Arithmetic and logic, no shifts and comparisons. `integer` makes Div truncate.
const Constant* binaryOp(Arena& arena, const Constant* x, syntax::Operator op, const Constant* y, bool integer = false);
const Constant* shiftOp(Arena& arena, const Constant* x, syntax::Operator op, unsigned count);
bool compareOp(const Constant* x, syntax::Operator op, const Constant* y);

size_t bitLength(const Constant* value);  // of an Int
// 0 only for zero; of a Complex too. Kinds Int, Float, Complex; 1 for Unknown, against false reports of division by
// zero.
int signOf(const Constant* value);
// Do both have the same value as map keys and switch cases compare them? For hashing: hashConstant.
bool sameValue(const Constant* x, const Constant* y);
uint64_t hashConstant(const Constant* value);

}  // namespace millrace::types
