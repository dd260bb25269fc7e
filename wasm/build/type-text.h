// Types as package reflect shows them.
#pragma once

#include <string>

#include "wasm/types/type.h"

namespace millrace::build {

// "map[string]interface {}", "*main.List[int]": packages by name. Between the brackets of a type's arguments packages stand
// by path, and what is not exported says which package it is from, as in the names that Go's linker knows types by.
std::string reflectText(types::Type* type);

}  // namespace millrace::build
