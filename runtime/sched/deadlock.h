// The end of a program in which nobody can ever run again.
#pragma once

#include "runtime/task/goroutine.h"

namespace millrace::sched {

// What Go shows of all goroutines where a program dies, `first` first, unless it is null.
void printGoroutines(task::Goroutine* first);

// All workers sleep: if nothing can wake a goroutine any more, reports it as Go does and ends the program.
void allAsleep();

}  // namespace millrace::sched
