// Interfaces: the method table of a concrete type for an interface.
#pragma once

#include "runtime/lang/program.h"

namespace millrace::lang {

// The table; null if the type lacks a method and that may be, else a panic.
const abi::ITab* itabFor(const abi::InterfaceType& interface, const abi::Type& type, bool mayFail);

// Forgets all tables; for a new start.
void startInterfaces();

}  // namespace millrace::lang
