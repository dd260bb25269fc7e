// What the scheduler asks of its client, the side that can suspend code: compiled Go (room edge), or C++ coroutines
// in tests.
#pragma once

#include "runtime/host/console.h"
#include "runtime/sched/worker.h"

namespace millrace::sched::client {

// Runs a goroutine from its beginning or from where it was left, until it ends or leaves; then all of it is in memory.
Leaving resume(Worker& worker, task::Goroutine& goroutine);

// Prints where a goroutine is whose frames are all in memory, and who started it.
void printFrames(host::TraceOutput& out, const task::Goroutine& goroutine);
// As printFrames, of the one that runs on this worker.
void printRunningFrames(host::TraceOutput& out, task::Goroutine& goroutine);
// As printFrames, of the one that runs on this worker and dies of its newest panic.
void printPanicFrames(host::TraceOutput& out, task::Goroutine& goroutine);
// Who started it alone.
void printCreator(host::TraceOutput& out, const task::Goroutine& goroutine);
// Writes the numbers of the sites where a goroutine is whose frames are all in memory, innermost first, at most `capacity`.
// Returns how many. For one that has not begun that is kEntrySite and its function's index in the function table.
uint32_t sitesOf(const task::Goroutine& goroutine, uint64_t* into, uint32_t capacity);
inline constexpr uint64_t kEntrySite = uint64_t{1} << 32;
// The same number for goroutines that are at the same place and were started at the same place.
uint64_t framesKey(const task::Goroutine& goroutine);

}  // namespace millrace::sched::client
