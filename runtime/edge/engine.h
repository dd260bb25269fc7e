// What the host told the engine about the program.
#pragma once

#include "runtime/abi/host.h"

namespace millrace::edge {

extern const abi::StringAbi* arguments;
extern uint32_t argumentCount;

// Go's end of a program that recurses without end.
[[noreturn]] void stackOverflow();

}  // namespace millrace::edge
