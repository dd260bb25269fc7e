// Which method a type lacks to have all those of an interface.
#pragma once

#include <functional>
#include <string>

#include "wasm/types/owner.h"

namespace millrace::types {

// Does `type` have all methods of the interface `target`? `isStatic`: an interface must have them itself; else what it
// holds may. `equivalent` compares signatures (identical() if null). `cause`, if not null, is told what is missing.
bool hasAllMethods(Owner* owner, Type* type, Type* target, bool isStatic, std::string* cause,
                   const std::function<bool(Type*, Type*)>* equivalent = nullptr);

}  // namespace millrace::types
