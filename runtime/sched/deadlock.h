// The end of a program in which nobody can ever run again.
#pragma once

namespace millrace::sched {

// All workers sleep: if nothing can wake a goroutine any more, reports it as Go does and ends the program.
void allAsleep();

}  // namespace millrace::sched
