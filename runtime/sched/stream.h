// Goroutines that wait for the host: to take output, to bring input or signals.
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

// Signals wait, each once, until they are taken. Takes the next, 1 to 64; when it parked, the call is made again. Only one goroutine
// does that, and it has done with the signal before when it comes back.
Outcome nextSignal(uint32_t& number);
void sendSignal(uint32_t number);
// Waits none, and has the one that was taken last been done with?
bool signalsAreDone();

// Forgets all waiters; for a new start.
void startStreams();

}  // namespace millrace::sched
