// Expressions and simple statements as Go's messages show them.
#pragma once

#include <string>

#include "wasm/syntax/ast.h"

namespace millrace::syntax {

// `node` (an expression, type, field or simple statement) on one line, as Go's compiler shows it in messages: the
// bodies of functions and composite literals are shortened to {…}. What is not in the source is not added, but spacing
// is normal: `a+b` gives "a + b".
std::string toString(const Node* node);

}  // namespace millrace::syntax
