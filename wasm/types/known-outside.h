// Which types that a package does not export others come to know of all the same, as parts of what it does export. Of these Go
// says that they are not exported, and of others that they are undefined.
#pragma once

#include "wasm/types/object.h"

namespace millrace::types {

bool isKnownOutside(TypeName* type);

}  // namespace millrace::types
