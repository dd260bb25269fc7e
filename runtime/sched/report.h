// Traces of goroutines in Go's form: for programs that ask where theirs are, and in a program's last words.
#pragma once

#include <string_view>

#include "runtime/host/console.h"
#include "runtime/sched/scheduler.h"

namespace millrace::sched {

// Are frames of Go's runtime to be shown, and addresses of goroutines?
bool tracesRuntime();

// The collector looks at a goroutine. Of one that waits then, headings tell for how many minutes it has been seen to: as in Go,
// where parking asks for no time either.
void noteWaiting(task::Goroutine& goroutine);

// The line above a goroutine's frames.
void printHeading(host::TraceOutput& out, const task::Goroutine& goroutine, std::string_view state);
// Heading and frames of one that does not run, or of one that runs elsewhere and did not stop: of that there are none.
// `stopped`: the world is. Else those that wait are still where they are, for whoever has not stopped yet attends before it
// runs another goroutine; but it may be just beginning one of those that can run, and of them there are no frames either.
void printGoroutine(host::TraceOutput& out, const task::Goroutine& goroutine, bool stopped);
// The same with an empty line before each: all but one, which may be null, and the runtime's own.
void printOthers(host::TraceOutput& out, const task::Goroutine* shown, bool stopped);

// Those of a bubble that rests, and so needs no stopped world.
void printBubble(host::TraceOutput& out, const task::Goroutine* shown, uint32_t bubble);

// runtime.Stack of all goroutines: parks, writes into memory while the world stands still, and leaves the length in
// Goroutine::answer.
Outcome writeAllStacks(char* into, size_t room);
// The same for where all are, as numbers: for each goroutine how many follow, and then what client::sitesOf tells. The answer is
// how many there are altogether; what does not fit into `room` is not written.
Outcome writeAllSites(uint64_t* into, size_t room);
// In the loop, for the goroutine that asked.
void writeWantedStacks(Worker& worker);

}  // namespace millrace::sched
