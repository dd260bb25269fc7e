// Formatting of messages, and of operands in them.
#include "wasm/types/message.h"

#include "wasm/syntax/print.h"
#include "wasm/types/operand.h"
#include "wasm/types/predicates.h"
#include "wasm/types/text.h"

namespace millrace::types {
namespace {

std::string_view modeName(Mode mode) {
  switch (mode) {
    case Mode::None: return "invalid operand";
    case Mode::NoValue: return "no value";
    case Mode::Builtin: return "built-in";
    case Mode::TypeExpr: return "type";
    case Mode::Constant: return "constant";
    case Mode::Variable: return "variable";
    case Mode::MapIndex: return "map index expression";
    case Mode::Value: return "value";
    case Mode::NilValue: return "nil";
    case Mode::CommaOk: return "comma, ok expression";
  }
  return "";
}

// " of struct type T", " of type P constrained by C".
std::string describeType(const Naming& naming, Type* type) {
  if (!isValid(type)) return " with invalid type";
  std::string what = isGeneric(type) ? "generic " : "";
  auto* param = as<TypeParam>(unalias(type));
  if (param == nullptr && (type->kind == TypeKind::Alias || type->kind == TypeKind::Named)) {
    std::string_view kind = compositeKind(type);
    if (kind.empty()) {
      if (auto* b = under<Basic>(type)) kind = b->name;
    }
    (what += kind) += " ";
  }
  std::string out = " of " + what + "type " + naming.type(type);
  if (param != nullptr) {
    out += " constrained by " + naming.type(param->bound);
    if (hasEmptyTypeSet(param)) out += " with empty type set";
  }
  return out;
}

}  // namespace

std::string Naming::operand(const Operand& x) const {
  if (x.isNil()) {
    if (x.type == nullptr || x.type == invalidType()) return "nil (with invalid type)";
    return x.type == basic(BasicKind::UntypedNil) ? "nil" : "nil (of type " + type(x.type) + ")";
  }
  std::string text;
  if (x.expr != nullptr) {
    text = syntax::toString(x.expr);
  } else if (x.mode == Mode::Builtin) {
    text = builtinInfo(x.builtin).name;
  } else if (x.mode == Mode::TypeExpr) {
    text = type(x.type);
  } else if (x.isConstant()) {
    text = toString(x.value);
  }
  std::string out = text.empty() ? "" : text + " (";
  bool describe = false;
  switch (x.mode) {
    case Mode::None:
    case Mode::NoValue:
    case Mode::Builtin:
    case Mode::TypeExpr: break;
    default:
      if (x.type == nullptr) break;
      describe = isTyped(x.type);
      if (!describe) out += std::string(static_cast<Basic*>(x.type)->name) + " ";
  }
  out += modeName(x.mode);
  if (x.isConstant()) {
    if (std::string value = toString(x.value); value != text) out += " " + value;
  }
  if (describe) out += describeType(*this, x.type);
  return text.empty() ? out : out + ")";
}

std::string Naming::format(Pieces pieces) const {
  std::string out;
  for (const Piece& piece : pieces) {
    switch (piece.kind) {
      case Piece::Kind::Text: out += piece.text; break;
      case Piece::Kind::Number: out += std::to_string(piece.number); break;
      case Piece::Kind::Operand: out += operand(*piece.operand); break;
      case Piece::Kind::Expr: out += syntax::toString(piece.expr); break;
      case Piece::Kind::Type: out += type(piece.type); break;
      case Piece::Kind::Object: out += object(piece.object); break;
      case Piece::Kind::Package:
        out += "package " + std::string(piece.package->name.text()) + " (" + quote(piece.package->path) + ")";
        break;
      case Piece::Kind::Constant: out += toString(piece.constant); break;
      case Piece::Kind::Position: out += position(piece.pos); break;
    }
  }
  return out;
}

}  // namespace millrace::types
