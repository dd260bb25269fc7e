// Go's tokens and operators.
#pragma once

#include <cstdint>
#include <string_view>

namespace millrace::syntax {

enum class Token : uint8_t {
  EndOfFile,
  Name,       // identifier
  Literal,    // LiteralKind tells which
  Operator,   // any Operator that is only binary or unary, not `*`; its Operator and precedence are beside it
  AssignOp,   // op=
  IncOp,      // ++ or --
  Assign,     // =
  Define,     // :=
  Arrow,      // <-
  Star,       // *
  LeftParen,
  LeftBracket,
  LeftBrace,
  RightParen,
  RightBracket,
  RightBrace,
  Comma,
  Semicolon,  // also an automatic one: its text is "newline" or "EOF" then
  Colon,
  Dot,
  DotDotDot,
  // keywords
  Break, Case, Chan, Const, Continue, Default, Defer, Else, Fallthrough, For, Func, Go, Goto, If, Import, Interface,
  Map, Package, Range, Return, Select, Struct, Switch, Type, Var,
};

// As written in messages: "(", "name", "break".
std::string_view text(Token token);

enum class LiteralKind : uint8_t { Int, Float, Imaginary, Rune, String };

enum class Operator : uint8_t {
  None,
  Define,  // := ; only as the operator of an AssignStmt
  Not,     // !
  Receive, // <-x
  Tilde,   // ~T in constraints
  OrOr, AndAnd,
  Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual,
  Add, Sub, Or, Xor,
  Mul, Div, Rem, And, AndNot, ShiftLeft, ShiftRight,
};

// As written in Go: "&&", "<<".
std::string_view text(Operator op);

// Binding strength of a binary operator: 1 (||) to 5 (*, /, …); 0 for what is not binary.
int precedence(Operator op);

}  // namespace millrace::syntax
