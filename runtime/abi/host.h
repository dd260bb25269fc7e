// What the engine's wasm module and the TypeScript host share: memory the host reads and writes, the engine's other
// exports, and what it imports.
//
// Order of events. The host makes the memory, all zero, and in worker 0: instantiates the engine, copies the program's data
// to its place, writes an EngineConfig to where engineConfig() says and calls engineStart with that address. Then in every
// worker, 0 too: instantiates the engine, calls workerStart(id), which returns the worker's WorkerAbi; instantiates the
// program with that address as global "worker"; calls workerRun(). Worker maxWorkers is the monitor, which runs no
// goroutines and needs no program: threads builds must have one.
//
//   exports   engineConfig() -> address     room for an EngineConfig
//             engineStart(config)           once
//             workerStart(id) -> address
//             workerRun() -> RunResult      threads: returns when the program has ended. single: also to let the event
//                                           loop turn; call it again as RunResult says
//             idleUntil() -> f64            single, after Idle: when the next timer is due, in ms of host.now, or infinity
//             __indirect_function_table, __asyncify_state, __asyncify_data, rt_*
//             __heap_base                   where a program's data may begin
//   imports   env.memory
//             host.now() -> f64             monotonic, ms, with all the precision there is
//             host.wall() -> f64            ms since 1970
//             host.exit(status)             throws: this worker is done; the host ends the others
//             host.wantWorkers(n)           asks the host to have n workers started (asynchronously; none is taken away)
//             host.noteStack(key)           remembers the stack as it is now
//             host.stackOf(key, into, n)    writes what was remembered to into[n], lang::client::CodePlace; tells how many
//             host.stackNow(into, n)        the same of the stack as it is now; n bounds how much of it is looked at, too
//             host.outputReady(waits)       there is output; called at most once until the host has drained the ring. Waits:
//                                           not 0 if the worker does nothing else until there is room
//             host.call(what, x, y, text, textBytes, buffer, bufferBytes) -> f64   a HostCall, answered at once
//             glue.throwPanic()             throws the panic tag
#pragma once

#include "runtime/abi/layout.h"

namespace millrace::abi {

// A byte queue with one reader and many writers that take turns. Positions grow without wrapping (modulo 2^32); the byte
// at position p is data[p % capacity].
struct Ring {
  uint32_t written;   // moved by the writer, atomically, after the bytes are there
  uint32_t read;      // moved by the reader, atomically, after it has taken them
  uint32_t capacity;  // a power of two
  uint32_t data;      // address
};

// In the output ring lie records, in the order in which they were written to whichever stream: a word that holds the
// stream (1 standard output, 2 standard error) in its highest bit pair and the count of bytes below, those bytes, and
// zeroes up to the next word.
inline constexpr uint32_t kRecordStreamShift = 30;

struct EngineConfig {
  uint32_t program;      // address of the ProgramHeader
  uint32_t heapBegin;    // first byte after the program's data
  uint32_t heapEnd;      // first byte the heap may not use: the memory's size at most
  uint32_t procs;        // GOMAXPROCS at the start
  uint32_t maxWorkers;   // most workers the host can start; at most kMaxWorkers
  uint32_t cpus;         // runtime.NumCPU
  uint32_t randomSeed[2];
  uint32_t arguments;    // address of StringAbi[argumentCount], os.Args
  uint32_t argumentCount;
  uint32_t engine;       // out: address of EngineState
  uint32_t hostWord;     // the host's own: how its workers tell each other that worker 0 has started the engine
  uint32_t stress;       // StressBits
  uint32_t findsLeaks;   // 1: when main has returned, goroutines that can never run again are told; then status 0 is 1
  uint32_t outside;      // address of outsideBytes bytes: OutsideRecords, one after the other
  uint32_t outsideBytes;
};

// What a program is told of the world when it starts: a record is this, then both texts, then zeroes up to the next word.
// Package runtime reads them.
struct OutsideRecord {
  uint32_t kind;  // OutsideKind
  uint32_t nameBytes, valueBytes;
};

enum class OutsideKind : uint32_t {
  Variable = 1,  // of the environment: its name and value
  Folder,        // name: where the program starts
  File,          // name: path from there; value: what is in it
  Mount,         // name: where the host's folder is seen; value: a MountKind's letter. HostCalls say which by counting them
  Zone,          // name: of the local time zone, "" if it is not known
  HostName,
  Stream,        // name: "0" to "2", a standard stream; value: a u32, its mode as stat tells it. Left out: a terminal's
  BuildInfo,     // name: the main package's path; value: its module's, "": it is in none
};

// w: what is written goes to the host's folder. r: nothing can be written. c: the program has a copy, made file by file as
// it looks.

// What hostCall can ask for. Paths are a mount's, without "." and ".." and slashes at either end; "" is the mount itself.
// Symbolic links are never followed. x is the mount or the file's number, unless it says otherwise; what is to be put into
// the buffer is not, if it is larger than that: then its size alone is told.
enum class HostCall : uint32_t {
  ZoneData = 1,  // text: a zone's name; into the buffer: what a file of the time zone database holds
  Status,        // path; into the buffer: a HostStatus
  List,          // path; into the buffer: per entry a HostStatus, a word with the length of its name, and that
  Link,          // path; into the buffer: where the symbolic link leads
  Open,          // path; y: flags as Linux numbers them, and above 32 bits the permissions of a new file; the file's number
  Close,
  Read,          // y: from where; into the buffer: how much there was
  Write,         // y: where to, -1 at the end; from the buffer: how much was written
  OpenStatus,    // of an open file
  OpenTruncate,  // y: length
  Sync,
  MakeFolder,    // path; y: permissions
  Remove,        // path of what is no folder
  RemoveFolder,
  Rename,        // path, a zero byte, the new path
  HardLink,      // likewise
  SymbolicLink,  // where it leads, a zero byte, its path
  Permissions,   // path; y
  Times,         // path; from the buffer: when it was read and written, f64 each, ms since 1970; NaN: left as it is
  Truncate,      // path; y: length
  Signals,       // y: the signals from 0 to 31 that the program handles, a bit for each; x: how often it has changed its mind
};

struct HostStatus {
  double inode, size;
  double readMs, writtenMs, changedMs;  // since 1970
  uint32_t mode, links, user, group;
};

// For tests: what happens now and then happens all the time.
enum StressBits : uint32_t {
  kStressCollect = 1,  // a collection begins at every poll and switch
  kStressPoll = 2,     // every poll lets others run
  kStressSteal = 4,    // workers rather run what they find elsewhere
  kStressStop = 8,     // collections mark with the world stopped, although the program has barriers
  kStressStack = 16,   // stacks have room for a few frames only, and are cut wherever they can be
};

inline constexpr uint32_t kMaxWorkers = 64;
inline constexpr uint32_t kRingBytes = 64 * 1024;

// What the host watches and sets while the program runs.
struct EngineState {
  Ring output;          // of records; the host reads
  Ring input;           // standard input, plain bytes; the host writes
  uint32_t inputEnded;  // the host has seen the end of standard input
  uint32_t ended;       // 1: the program has ended with `status`
  uint32_t status;
  uint32_t wantedProcs; // the page's lever: written by the host; 0: nothing new
  uint32_t procs;       // GOMAXPROCS as it is now
  uint32_t wake;        // the host adds 1 and notifies after writing input, wantedProcs or signals, or draining output
  uint32_t signals[2];  // that were sent, a bit for each from 1 on: set by the host and the program, taken by the program
};

// What workerRun returns.
enum class RunResult : uint32_t {
  Ended,      // EngineState::status is set
  Idle,       // single: all goroutines wait; call again at the deadline that idleUntil() -> f64 (host.now ms, or infinity)
              // tells, or when `wake` was moved
  Breathe,    // single: ran long enough; call again after the event loop has turned
};

}  // namespace millrace::abi
