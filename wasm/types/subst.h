// Putting types in place of type parameters.
#pragma once

#include "wasm/types/owner.h"

namespace millrace::types {

// What stands for which parameter. A null argument leaves its parameter as it is.
struct Substitution {
  std::span<TypeParam* const> params;
  std::span<Type* const> args;

  Type* lookup(TypeParam* param) const {
    size_t i = param->index;
    if (i >= params.size() || params[i] != param) {  // lists of several signatures put together
      for (i = 0; i < params.size() && params[i] != param;) i++;
      if (i == params.size()) return param;
    }
    return args[i] != nullptr ? args[i] : param;
  }
};

// `type` with the substitution done in it; `type` itself when it does not change. New types belong to `owner`. `pos` is
// where instances are said to have been made.
Type* substitute(Owner* owner, Type* type, const Substitution& substitution, Pos pos = {});

// Does the type mention any of the parameters?
bool isParameterized(std::span<TypeParam* const> params, Type* type);

// Copies with another type, that remember where they come from.
Var* withType(Arena& arena, Var* var, Type* type);
Func* withType(Arena& arena, Func* function, Type* type);
// The methods of `from` with `to` as their receiver's type; the same list when none had `from` there.
std::span<Func*> replaceReceiver(Arena& arena, std::span<Func*> methods, Type* from, Type* to);

// The instance of a generic Named, Alias or Signature, made new unless there is an identical one. Reports a wrong
// number of arguments and gives an invalid type then; constraints are not verified here.
Type* instantiateType(Owner* owner, Type* generic, std::span<Type* const> args, Pos pos);

}  // namespace millrace::types
