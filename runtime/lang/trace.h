// Where goroutines are, as Go's traces show it: from the frames they left in memory, and of panics from notes.
//
// The problem. What a panic leaves is gone when nobody recovers it in the end; most are recovered, and must not pay for a
// trace that nobody reads.
//
// The idea. Where a panic begins, the host notes the worker's stack in whatever form costs the engine least, and is asked to
// read it only when the trace is to be printed, or the goroutine parks in a deferred call: it may go on elsewhere. Older
// parts of a deep stack are added when the panic comes to them. Noting costs as much as all else about a recovered panic, so
// the host notes the first ones and then as many as a fiftieth of the time allows (`makeStackNotes` has the rule). A
// panic without a note is printed with what is known: "...additional frames elided...".
#pragma once

#include "runtime/host/console.h"
#include "runtime/lang/panic.h"
#include "runtime/task/goroutine.h"

namespace millrace::lang {

// The lines of a trace for a goroutine whose frames are all in memory: a pair for each function, innermost first, and who
// started the goroutine. Of very many frames Go shows fifty at both ends.
void printFrames(host::TraceOutput& out, const task::Goroutine& goroutine);
// Who started it alone.
void printCreator(host::TraceOutput& out, const task::Goroutine& goroutine);
// The same number for goroutines of which the same is printed, but for the numbers of goroutines.
uint64_t framesKey(const task::Goroutine& goroutine);

// As printFrames, for the goroutine that runs on this worker.
void printRunningFrames(host::TraceOutput& out, task::Goroutine& goroutine);
// As printFrames, for one that has just left the worker and whose newest frames lie at [begin, end).
void printUnwoundFrames(host::TraceOutput& out, const task::Goroutine& goroutine, const char* begin, const char* end);

// Gets the notes of all panics of a goroutine that is about to leave its worker.
void keepNotes(task::Goroutine& goroutine);
// The newest panic has left everything that ran, and comes to the goroutine's newest part.
void addPart(task::Goroutine& goroutine);
void dropNote(PanicRecord& record);

// Heading and frames of the running goroutine, as far as there is room. Returns the length.
int64_t writeRunningStack(task::Goroutine& goroutine, char* into, size_t room);

// The lines of a trace for a goroutine that dies of its newest panic.
void printPanicFrames(host::TraceOutput& out, task::Goroutine& goroutine);

// Writes the numbers of the sites where the running goroutine is in the functions that it has called, innermost first, without
// the first `skip`. Returns how many there are; none where frames do not tell their sites.
uint32_t callers(task::Goroutine& goroutine, uint32_t skip, uint64_t* into, uint32_t capacity);

// The same for a goroutine whose frames are all in memory; see sched::client::sitesOf.
uint32_t sitesOf(const task::Goroutine& goroutine, uint64_t* into, uint32_t capacity);

// As package runtime reads it.
struct Place {
  abi::StringAbi function, file;
  int64_t line;
};
// What a site's number means. False: there is no such site.
bool sitePlace(uint32_t site, Place& place);
// The function at a place of the function table, and where it is declared. False: it is not the program's.
bool functionPlace(uint32_t index, Place& place);

}  // namespace millrace::lang
