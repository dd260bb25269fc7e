// The program's standard streams: rings in shared memory that the host empties and fills; and the ends of a program that
// nothing can come after. Both output streams share one ring, so that what is written to one stream after something else
// was written to the other is also seen after it.
#pragma once

#include <string_view>

#include "runtime/abi/host.h"
#include "runtime/host/lock.h"

namespace millrace::host {

// What the host watches; its address is EngineConfig::engine.
extern abi::EngineState engineState;

// Makes the rings. Memory for them comes from the page heap.
void startConsole();

// Appends as much of [bytes, bytes + count) as fits to stream 1 or 2 and tells how much that was. Never waits.
size_t tryWrite(int stream, const char* bytes, size_t count);
// Writes everything; the worker waits for the host where it must. For texts at the end of a program.
void writeAll(int stream, std::string_view text);

// Where a trace goes: to standard error, or into memory, where what does not fit is dropped.
class TraceOutput {
 public:
  TraceOutput() = default;
  TraceOutput(char* into, size_t room) : into_(into), room_(room) {}

  void add(std::string_view text);
  size_t length() const { return length_; }  // of what is in memory
  bool isFull() const { return into_ && length_ == room_; }

 private:
  char* into_ = nullptr;
  size_t room_ = 0, length_ = 0;
};
// Takes up to `count` bytes of standard input, 0 if there are none yet. `ended` tells whether more can come.
size_t tryRead(char* into, size_t count, bool& ended);

// The bytes of a ring of engineState: natively abi::Ring::data cannot hold an address.
char* ringBytes(const abi::Ring& ring);

bool outputHasRoom();
bool inputWaits();

// Sets how the program ends, if it has not ended already; the first one to say so wins. Does not stop anything.
bool setEnded(uint32_t status);
inline bool hasEnded() { return atomicAt(&engineState.ended).load() != 0; }

// Ends the program from wherever a worker is. In these the worker never comes back.
[[noreturn]] void endProgram(uint32_t status);
// "fatal error: TEXT" and status 2.
[[noreturn]] void fatalError(std::string_view text);
// The same for "out of memory", after Go's words about it.
[[noreturn]] void outOfMemory(uint64_t bytes);
// Who can also say where goroutines are does it in its place, `first` before the error.
extern void (*reportFatal)(std::string_view first, std::string_view text);

}  // namespace millrace::host
