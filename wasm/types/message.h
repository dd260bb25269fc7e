// Putting messages together from texts and from things of the program, each written as Go's messages write it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "wasm/types/object.h"

namespace millrace::types {

class Checker;
struct Operand;

// A piece of a message. Refers to what it was made from: use it at once.
class Piece {
 public:
  enum class Kind : uint8_t { Text, Number, Operand, Expr, Type, Object, Package, Constant, Position };

  Piece(const char* text) : kind(Kind::Text), text(text) {}
  Piece(std::string_view text) : kind(Kind::Text), text(text) {}
  Piece(const std::string& text) : kind(Kind::Text), text(text) {}
  Piece(Symbol name) : kind(Kind::Text), text(name.text()) {}
  Piece(syntax::Operator op) : kind(Kind::Text), text(syntax::text(op)) {}
  Piece(int64_t number) : kind(Kind::Number), number(number) {}
  Piece(size_t number) : kind(Kind::Number), number(static_cast<int64_t>(number)) {}
  Piece(int number) : kind(Kind::Number), number(number) {}
  Piece(const Operand* operand) : kind(Kind::Operand), operand(operand) {}
  Piece(const syntax::Expr* expr) : kind(Kind::Expr), expr(expr) {}
  Piece(Type* type) : kind(Kind::Type), type(type) {}
  Piece(const Object* object) : kind(Kind::Object), object(object) {}
  Piece(const Package* package) : kind(Kind::Package), package(package) {}
  Piece(const Constant* constant) : kind(Kind::Constant), constant(constant) {}
  Piece(Pos pos) : kind(Kind::Position), pos(pos) {}

  Kind kind;
  std::string_view text;
  union {
    int64_t number = 0;
    const Operand* operand;
    const syntax::Expr* expr;
    Type* type;
    const Object* object;
    const Package* package;
    const Constant* constant;
    Pos pos;
  };
};

using Pieces = std::initializer_list<Piece>;

// How packages and positions are written: as seen from the package that a checker checks, or, without one, packages by
// their full path and positions not at all.
class Naming {
 public:
  Naming() = default;
  explicit Naming(Checker* checker) : checker_(checker) {}

  bool isPlain() const { return checker_ == nullptr; }
  // What to write before a name of `package`, with the dot; empty for the universe and the package itself.
  std::string prefix(const Package* package) const;
  std::string position(Pos pos) const;

  std::string format(Pieces pieces) const;
  std::string type(Type* type) const;
  // "name(params) results", without parameter names; with packageInfo, the package of unexported fields is told.
  std::string function(const Func* function, bool packageInfo) const;
  std::string operand(const Operand& operand) const;
  std::string object(const Object* object) const;

 private:
  Checker* checker_ = nullptr;
};

// "defined type", "local variable", ...
std::string_view objectKind(const Object* object);

}  // namespace millrace::types
