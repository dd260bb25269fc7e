// The end of a program in which nobody can ever run again, or that has done what cannot be recovered from.
#pragma once

#include <string_view>

#include "runtime/sched/worker.h"

namespace millrace::sched {

// Prints "fatal error: TEXT" and, if it is a goroutine's doing, that one's trace; ends with status 2.
[[noreturn]] void fatal(std::string_view text);
// Its stack is too deep. All of it is in memory, and Go shows all other goroutines as well.
[[noreturn]] void stackOverflow();

// Prints goroutines that can never run again, those that wait at the same place once, and ends the program. From the loop.
void tellLeaks(Worker& worker);

// All workers sleep: if nothing can wake a goroutine any more, reports it as Go does and ends the program.
void allAsleep();

}  // namespace millrace::sched
