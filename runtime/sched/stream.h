// Goroutines that wait for the host: to take output, to bring input.
#pragma once

#include "runtime/sched/scheduler.h"

namespace millrace::sched {

// Writes all of [bytes, bytes + count) to stream 1 or 2. The bytes must stay until it is done. When it parked, writeResumed
// goes on, and may park again.
Outcome write(int stream, const char* bytes, size_t count);
Outcome writeResumed();

// Takes up to `count` bytes (1 or more) of standard input; 0 at its end. When it parked, readResumed goes on.
Outcome read(char* into, size_t count, size_t& taken);
Outcome readResumed(size_t& taken);

// Forgets all waiters; for a new start.
void startStreams();

}  // namespace millrace::sched
