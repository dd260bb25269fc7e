// The end of a program in which nobody can ever run again, or that has done what cannot be recovered from.
#pragma once

#include <string_view>

#include "runtime/host/console.h"
#include "runtime/sched/scheduler.h"

namespace millrace::sched {

// Prints "fatal error: TEXT" and, if it is a goroutine's doing, that one's trace; ends with status 2.
[[noreturn]] void fatal(std::string_view text);
// The same for what is no fault of the program's, after what is to be said `first`: Go shows all goroutines then.
[[noreturn]] void fatalOfRuntime(std::string_view first, std::string_view text);
// Its stack is too deep. All of it is in memory, and Go shows all other goroutines as well.
[[noreturn]] void stackOverflow();

// Around the report of a panic that nobody recovered, which compiled code and the client write. Parked for good: somebody else
// says already why the program ends. In between the goroutine may park. The second shows other goroutines if that is wanted,
// else those of a bubble unless that is 0, and ends with status 2.
Outcome beginPanicReport();
[[noreturn]] void endPanicReport(uint32_t bubble);

// debug.SetTraceback: what whoever ends the program by a fault shows. Level 0: no goroutine; 1: where one is; 2: in the runtime,
// too. All: also where the others are.
void setTraceback(uint32_t level, bool all);

// Only one worker may say why the program ends; it is the one for good.
bool tryBeginReport(Worker& worker);
// It may find that memory is used up, or whatever else ended the program before.
bool isReporting(const Worker& worker);

// Prints goroutines that can never run again, those that wait at the same place once, and ends the program. From the loop.
void tellLeaks(Worker& worker);

// All workers sleep: if nothing can wake a goroutine any more, reports it as Go does and ends the program.
void allAsleep();

}  // namespace millrace::sched
