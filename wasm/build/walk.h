// Visits the direct parts of a syntax node, in the order of the text.
#pragma once

#include <functional>

#include "wasm/syntax/ast.h"

namespace millrace::build {

// Calls `visit` for every direct child; null parts are skipped. Types inside expressions are children too.
void forEachChild(const syntax::Node* node, const std::function<void(const syntax::Node*)>& visit);

}  // namespace millrace::build
