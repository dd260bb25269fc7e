// Values of string and rune literals. Numbers are the constant evaluator's business: they need exact arithmetic.
#pragma once

#include <string>
#include <string_view>

namespace millrace::syntax {

// The bytes that a string literal, quotes included, stands for. Whatever is malformed (its BasicLit is `bad`) gives
// some string, never a crash.
std::string stringLiteralValue(std::string_view literal);

// The value of a rune literal. One byte only (0 to 255) for '\x..' and octal escapes; kRuneError if malformed.
char32_t runeLiteralValue(std::string_view literal);

}  // namespace millrace::syntax
