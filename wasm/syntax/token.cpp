// How tokens and operators are written.
#include "wasm/syntax/token.h"

#include <iterator>

namespace millrace::syntax {

std::string_view text(Token token) {
  static constexpr std::string_view kTexts[] = {
      "EOF",    "name",   "literal", "op",     "op=",   "opop",     "=",         ":=",    "<-",      "*",
      "(",      "[",      "{",       ")",      "]",     "}",        ",",         ";",     ":",       ".",
      "...",    "break",  "case",    "chan",   "const", "continue", "default",   "defer", "else",    "fallthrough",
      "for",    "func",   "go",      "goto",   "if",    "import",   "interface", "map",   "package", "range",
      "return", "select", "struct",  "switch", "type",  "var",
  };
  static_assert(std::size(kTexts) == static_cast<size_t>(Token::Var) + 1);
  return kTexts[static_cast<size_t>(token)];
}

std::string_view text(Operator op) {
  static constexpr std::string_view kTexts[] = {
      "",   ":=", "!", "<-", "~", "||", "&&", "==", "!=", "<",  "<=", ">",
      ">=", "+",  "-", "|",  "^", "*",  "/",  "%",  "&",  "&^", "<<", ">>",
  };
  static_assert(std::size(kTexts) == static_cast<size_t>(Operator::ShiftRight) + 1);
  return kTexts[static_cast<size_t>(op)];
}

int precedence(Operator op) {
  if (op < Operator::OrOr) return 0;
  if (op == Operator::OrOr) return 1;
  if (op == Operator::AndAnd) return 2;
  if (op <= Operator::GreaterEqual) return 3;
  if (op <= Operator::Xor) return 4;
  return 5;
}

}  // namespace millrace::syntax
