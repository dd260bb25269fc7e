// What the host told the engine about the program.
#pragma once

#include "runtime/abi/host.h"

namespace millrace::edge {

extern const abi::StringAbi* arguments;
extern uint32_t argumentCount;
extern const char* outside;  // OutsideRecords
extern uint32_t outsideBytes;

// While the goroutine unwinds, to its block or to scratch memory, a frame does not fit there: the address where it goes.
uint32_t roomForFrame(uint32_t bytes);

}  // namespace millrace::edge
