// What a package does not export, and others come to know of all the same: types as parts of what it does export, functions
// that are called by others whose bodies are known outside. Of these Go says that they are not exported, and of others that
// they are undefined.
#pragma once

#include "wasm/types/object.h"

namespace millrace::types {

// `object` is its package's own, and not exported.
bool isKnownOutside(Object* object);

}  // namespace millrace::types
