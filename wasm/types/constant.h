// Values of constant expressions: exact integers, rationals and big floats, strings, booleans, complex numbers.
//
// Limits are those of Go's compiler: integers of more than 512 bits overflow, floats carry 512 bits of mantissa.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/base/arena.h"
#include "wasm/syntax/token.h"

namespace millrace::types {

enum class ConstantKind : uint8_t { Unknown, Bool, String, Int, Float, Complex };  // Unknown: after an error

// Immutable; owned by the arena of the session that made it. The representation is private to constant.cpp; small
// integers carry no big number.
class Constant;

ConstantKind kindOf(const Constant* value);

bool boolValue(const Constant* value);                // kind Bool
std::string_view stringValue(const Constant* value);  // kind String; may hold any bytes
// The value as an int64 or uint64 and whether it is exactly that. Kinds Int, and Float or Complex with an integral value.
bool exactInt64(const Constant* value, int64_t* out);
bool exactUint64(const Constant* value, uint64_t* out);
// Nearest value, ties to even; infinite when out of range. Kinds Int and Float.
double float64Value(const Constant* value);
float float32Value(const Constant* value);
// Parts of a Complex; of an Int or Float: itself and zero.
const Constant* realPart(const Constant* value);
const Constant* imaginaryPart(const Constant* value);
// -1, 0 or 1. Kinds Int and Float; a Complex by its real part.
int sign(const Constant* value);

// As Go's messages show it: "1e+100", "\"text\"", "(1 + 2i)"; long strings and numbers shortened as there.
std::string toString(const Constant* value);

}  // namespace millrace::types
