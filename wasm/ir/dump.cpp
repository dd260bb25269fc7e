// Printing of the IR.
#include "wasm/ir/dump.h"

#include <cstdio>

#include "wasm/ir/op-names.h"

namespace millrace::ir {
namespace {

const char* typeName(ValueType type) {
  constexpr const char* kNames[] = {"i32", "i64", "f32", "f64"};
  return kNames[static_cast<size_t>(type)];
}

std::string types(const std::vector<ValueType>& list) {
  std::string out;
  for (ValueType type : list) out += std::string(out.empty() ? "" : ", ") + typeName(type);
  return out;
}

std::string offset(uint32_t bytes) { return bytes == 0 ? "" : " + " + std::to_string(bytes); }

std::string constant(const Expr* e) {
  char text[40];
  switch (e->type) {
    case ValueType::I32: return std::to_string(static_cast<int32_t>(e->bits));
    case ValueType::I64: return std::to_string(static_cast<int64_t>(e->bits)) + "L";
    case ValueType::F32:
      std::snprintf(text, sizeof text, "%.9gf",
                    static_cast<double>(__builtin_bit_cast(float, static_cast<uint32_t>(e->bits))));
      return text;
    case ValueType::F64: std::snprintf(text, sizeof text, "%.17gd", __builtin_bit_cast(double, e->bits)); return text;
  }
  return "";
}

void expr(std::string& out, const Expr* e) {
  auto operands = [&](const char* name, std::initializer_list<const Expr*> list) {
    out += std::string(name) + "(";
    bool first = true;
    for (const Expr* operand : list) {
      if (!first) out += ", ";
      first = false;
      expr(out, operand);
    }
    out += ")";
  };
  switch (e->kind) {
    case ExprKind::Const: out += constant(e); break;
    case ExprKind::Local: out += "%" + std::to_string(e->offset); break;
    case ExprKind::Worker: out += "worker"; break;
    case ExprKind::SwitchState: out += "state"; break;
    case ExprKind::FrameStack: out += "frames"; break;
    case ExprKind::Unary: operands(opName(e->op).data(), {e->a}); break;
    case ExprKind::Binary: operands(opName(e->op).data(), {e->a, e->b}); break;
    case ExprKind::Load:
      operands(opName(e->op).data(), {e->a});
      out += offset(e->offset);
      break;
    case ExprKind::Select: operands("select", {e->c, e->a, e->b}); break;
  }
}

std::string local(LocalId id) { return id == kNone ? "_" : "%" + std::to_string(id); }

template <typename List>
void exprs(std::string& out, const List& list) {
  bool first = true;
  for (const Expr* e : list) {
    if (!first) out += ", ";
    first = false;
    expr(out, e);
  }
}

void call(std::string& out, const Module& module, const Call& c) {
  switch (c.callee) {
    case CalleeKind::Function: out += "call " + module.functions[c.function]->name; break;
    case CalleeKind::Entry: out += "rt " + std::string(abi::entryPoint(c.entry).name.substr(3)); break;
    case CalleeKind::Table: {
      const SignatureType& type = module.signatures[c.signature];
      out += "table (" + types(type.parameters) + ") (" + types(type.results) + ") ";
      expr(out, c.tableIndex);
      out += " ";
      break;
    }
  }
  out += "(";
  exprs(out, c.arguments);
  out += ")";
}

void statement(std::string& out, const Module& module, const Stmt& s) {
  if (s.pointers) out += "pointers ";
  switch (s.kind) {
    case StmtKind::Set:
      out += local(s.local) + " = ";
      expr(out, s.value);
      break;
    case StmtKind::Store:
      out += std::string(opName(s.op)) + "(";
      exprs(out, std::initializer_list<const Expr*>{s.address, s.value});
      out += ")" + offset(s.offset);
      break;
    case StmtKind::Call:
      for (size_t i = 0; i < s.call->results.size(); i++) {
        out += (i == 0 ? "" : ", ") + local(s.call->results[i]) + (i + 1 == s.call->results.size() ? " = " : "");
      }
      call(out, module, *s.call);
      break;
    case StmtKind::Check:
    case StmtKind::Guard:
      out += s.kind == StmtKind::Check ? "check " : "guard ";
      expr(out, s.value);
      out += " ";
      call(out, module, *s.call);
      break;
    case StmtKind::MemoryCopy:
    case StmtKind::MemoryFill:
      out += s.kind == StmtKind::MemoryCopy ? "copy(" : "fill(";
      exprs(out, std::initializer_list<const Expr*>{s.address, s.value, s.size});
      out += ")";
      break;
    case StmtKind::Atomic:
      if (s.local != kNone) out += local(s.local) + " = ";
      out += std::string(opName(s.op)) + "(";
      expr(out, s.address);
      for (const Expr* operand : {s.value, s.size}) {
        if (operand == nullptr) continue;
        out += ", ";
        expr(out, operand);
      }
      out += ")" + offset(s.offset);
      break;
  }
}

void terminator(std::string& out, const Terminator& t) {
  switch (t.kind) {
    case TerminatorKind::None: out += "open"; break;
    case TerminatorKind::Jump: out += "jump"; break;
    case TerminatorKind::Branch: out += "branch "; break;
    case TerminatorKind::Switch: out += "switch "; break;
    case TerminatorKind::Return: out += "return "; break;
    case TerminatorKind::Unreachable: out += "unreachable"; break;
    case TerminatorKind::Rethrow: out += "rethrow "; break;
  }
  if (t.value != nullptr) expr(out, t.value);
  exprs(out, t.values);
  for (BlockId target : t.targets) out += " b" + std::to_string(target);
  if (t.resumes) out += " resumes";
}

}  // namespace

std::string dump(const Expr* expression) {
  std::string out;
  expr(out, expression);
  return out;
}

std::string dump(const Module& module, const Stmt& s) {
  std::string out;
  statement(out, module, s);
  return out;
}

std::string dump(const Module& module, const Function& function) {
  const SignatureType& type = module.signatures[function.signature];
  std::string out = (function.imported ? "import " : "func ") + function.name + "(";
  for (size_t i = 0; i < type.parameters.size(); i++) {
    out += (i == 0 ? "" : ", ") + std::to_string(i) + " " + typeName(type.parameters[i]);
  }
  out += ") " + types(type.results);
  constexpr const char* kFlags[] = {"never-parks", "no-inline", "closure", "no-poll"};
  for (size_t i = 0; i < std::size(kFlags); i++) {
    if (function.flags & (1u << i)) out += std::string(" [") + kFlags[i] + "]";
  }
  if (function.handler != kNone) out += " handler b" + std::to_string(function.handler);
  if (function.imported) return out + "\n";
  out += " {\n";
  for (size_t i = type.parameters.size(); i < function.locals.size(); i++) {
    out += "  local " + std::to_string(i) + " " + typeName(function.locals[i].type) + "\n";
  }
  for (size_t b = 0; b < function.blocks.size(); b++) {
    out += "b" + std::to_string(b) + ":\n";
    for (const Stmt& s : function.blocks[b].statements) {
      out += "  ";
      statement(out, module, s);
      out += "\n";
    }
    out += "  ";
    terminator(out, function.blocks[b].terminator);
    out += "\n";
  }
  return out + "}\n";
}

std::string dump(const Module& module) {
  std::string out;
  for (const Function* function : module.functions) out += dump(module, *function) + "\n";
  return out;
}

}  // namespace millrace::ir
