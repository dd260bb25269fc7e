// What the host told the engine about the program.
#pragma once

#include "runtime/abi/host.h"

namespace millrace::edge {

extern const abi::StringAbi* arguments;
extern uint32_t argumentCount;
extern const char* outside;  // OutsideRecords
extern uint32_t outsideBytes;

}  // namespace millrace::edge
