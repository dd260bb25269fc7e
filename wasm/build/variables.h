// Writes initial values into a program's data where no code needs to run for them: constants, functions, literals made of
// such, and the addresses of these.
#pragma once

#include "wasm/build/program-builder.h"

namespace millrace::build {

class StaticInitializer {
 public:
  // `withObjects`: literals that make new objects (&T{}, []T{}) become objects in the program's variables: right for what is
  // evaluated once.
  StaticInitializer(ProgramBuilder& program, const types::Info& info, bool withObjects)
      : program_(program), info_(info), withObjects_(withObjects) {}

  // Can `e`, converted to `target`, be written?
  bool isStatic(const syntax::Expr* e, Type* target);
  // The elements of a struct or array literal of `type`, or of a slice literal with elements of `type`.
  bool areStatic(const syntax::CompositeLit* literal, Type* type);

  // Only what isStatic.
  void write(Address at, const syntax::Expr* e, Type* target);
  void writeElements(Address at, const syntax::CompositeLit* literal, Type* type);

 private:
  Func* functionOf(const syntax::Expr* e);
  Type* elementType(const syntax::CompositeLit* literal, types::Struct* fields, const syntax::KeyValueExpr* pair, size_t i);
  size_t fieldIndex(types::Struct* fields, types::Symbol name);
  int64_t lengthOf(const syntax::CompositeLit* literal);
  void writeObject(Address at, const syntax::CompositeLit* literal, Type* type);
  void writeConstant(Address at, Type* type, const types::Constant* value, Type* target);

  ProgramBuilder& program_;
  const types::Info& info_;
  bool withObjects_;
};

}  // namespace millrace::build
