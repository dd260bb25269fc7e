// Memory that compiled Go and the runtime both touch: its layout is fixed here and nowhere else.
//
// Go's data has the layout of GOARCH=wasm: a pointer fills an 8-byte slot whose upper half is zero, int and uintptr have
// 64 bits. The same declarations serve the native build, where a pointer fills the slot by itself.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace millrace::abi {

// A Go pointer in memory.
template <typename T>
struct Slot {
  T* pointer;
#if UINTPTR_MAX == UINT32_MAX
  uint32_t zero = 0;
#endif
  Slot() = default;
  constexpr Slot(T* p) : pointer(p) {}
  constexpr operator T*() const { return pointer; }
  constexpr T* operator->() const { return pointer; }
};
static_assert(sizeof(Slot<void>) == 8);

struct StringAbi {
  Slot<const char> data;
  int64_t length;
};

struct SliceAbi {
  Slot<void> data;
  int64_t length, capacity;
};

// A Go function value is the address of a closure: where its code is, then what it captured. The code takes the Go
// parameters, then the closure's address.
struct Closure {
  int64_t function;  // index in the function table
};

// ------------------------------------------------------------------------------------------ per worker, per goroutine

// Where unwinding writes frames and rewinding reads them back; Asyncify's protocol.
struct FrameStack {
  uint32_t top;    // address past the last frame
  uint32_t limit;  // frames must end at or before this; if one would not, frameRoom tells where it goes
};

// __asyncify_state
enum class SwitchState : uint32_t { Running = 0, Unwinding = 1, Rewinding = 2 };

struct GoroutineAbi;

// The start of a worker's block. Its address is the program's imported global "worker", one per instance: compiled code
// reads it anew after everything that may park.
struct WorkerAbi {
  uint32_t poll;             // not 0: the goroutine is wanted at its next poll; then larger than kStackDepth, so that one
                             // comparison with depthLeft does for both. Written by any worker, atomically
  uint32_t barrier;          // not 0: the collector marks, and must see pointers before they are overwritten (writeBarrier).
                             // Changes only while the goroutine is off the worker
  Slot<GoroutineAbi> goroutine;  // the one that runs
  int64_t result;            // second result of the last entry point called
  int32_t depthLeft;         // room on the WebAssembly stack: see kStackDepth
  uint32_t reserved;
};

// Deep recursion. WebAssembly's stack is small and cannot be asked how full it is; so functions that recurse count, all
// that are polled where they are entered. Such a function reads depthLeft where it is entered, in whatever state, and writes
// it less its charge: what its frame costs, and those of uncounted functions between it and the next that counts. It writes
// what it has read where it returns, and a function with a handler when a panic arrives; frames that unwind leave it. When
// its charge was too much (depthLeft is negative), the function calls `poll`, which grows the stack.
//
// Growing: the goroutine unwinds, all its frames stay in memory, and only the innermost ones, the last *part* of the stack,
// are taken up again, on a fresh WebAssembly stack. Whenever much has been unwound it is cut into parts; a part's outermost
// function is one that counts (a SiteRecord of it has `code`), but for the last, which begins with the program's root. So
// what resuming costs does not depend on how deep the stack is. A part is taken up by a *resumer*, a function that compiled
// code has for each signature:
//
//   resume(into, code) -> record     in state Rewinding: calls the function with table index `code`, whose arguments mean
//                                    nothing, and leaves if it unwinds. When it has returned, writes its results to `into`,
//                                    8 bytes each; the record is 0. When a panic left it: the record panicCatch(0) gave.
//
// Then the next part can go on: the runtime makes a frame of that function around the results, with its site `returned`,
// next to the part's frames, and rewinds them. Their innermost call is made again, and the function finds that frame.
// There it calls stackReturn, which sets the state to Running and gives the record; 0: it returns the results in the
// frame, else it ends with panicRethrow(record).
//
// What depthLeft is at the start of a fresh stack, about bytes. No engine gives a thread less than 512 KiB (V8: 984 KiB);
// what is left is for functions that do not count, for the runtime, and for frames that are larger than they are charged.
inline constexpr int32_t kStackDepth = 256 * 1024;
// No function is charged more, so that a function never finds a fresh stack too small.
inline constexpr int32_t kLargestCharge = kStackDepth / 8;

// The start of a goroutine's block.
struct GoroutineAbi {
  Slot<void> stage;     // 16-byte aligned memory for values handed to and from channels and select; see kStageBytes
  uint32_t armed;       // recover, compiled code's alone: the table index of the function that a panicking goroutine is just
                        // calling as a deferred one, so that it and no other may recover; that function leaves 0
  uint32_t received;    // outcome of the last receive or select: 1 a value came, 0 the channel was closed
};

// Size of every goroutine's own stage; stageGrow gives more.
inline constexpr size_t kStageBytes = 128;

// What a go statement captures lies in the goroutine itself if it is no more than so many 8-byte words; see goStart.
inline constexpr size_t kStartWords = 3;

// --------------------------------------------------------------------------------------------------------- select

struct SelectCase {
  Slot<void> chan;   // null: never ready
  Slot<void> value;  // in the stage: what is sent, or where what is received goes (null: dropped)
  uint32_t isSend;
  uint32_t reserved[7];  // the runtime's, while the goroutine waits
};
static_assert(sizeof(SelectCase) == 48);

// ------------------------------------------------------------------------------------------------------ semaphores

// What semAcquire waits for, shifted left by one in its second argument.
enum class SemReason : uint32_t { Semacquire, MutexLock, RWMutexRLock, RWMutexLock, WaitGroupWait, WaitGroupWaitDurable, Coroutine };

// --------------------------------------------------------------------------------------------------------- timers

enum class TimerKind : uint32_t {
  // target is a chan time.Time of capacity 1: sends the time without blocking. From timerStart on len and cap of the
  // channel are 0, and what was sent before timerStop or timerReset is never received (Go 1.23). The time's monotonic
  // part is nanotime() itself, which begins near 1: package time's startNano must be 0.
  SendTime,
  Start,     // target is a closure without parameters: starts a goroutine for it
};

// A timer, in Go memory; package time allocates it. A pending one is kept alive: for SendTime by its channel, else always.
struct TimerRecord {
  int64_t when;    // nanotime
  int64_t period;  // ns; 0: once
  Slot<void> target;
  Slot<void> location;  // *time.Location that a sent time.Time carries
  TimerKind kind;
  uint32_t reserved[9];  // the runtime's
};
static_assert(sizeof(TimerRecord) == 72);

// ------------------------------------------------------------------------------------------- package sync's pools

struct PoolAbi;

// Values that were put into a pool between the beginnings of two cycles; what follows is package sync's.
struct PoolPart {
  Slot<PoolPart> next;  // in a list
  Slot<PoolAbi> pool;
};

// How a Pool begins. Both parts are in the list of their name, or about to be.
struct PoolAbi {
  Slot<PoolPart> young, old;
};

// All parts of all pools.
struct PoolLists {
  Slot<PoolPart> young, old;
};

// ----------------------------------------------------------------------------------------------------------- maps

struct MapHeader {
  int64_t count;  // len(m); the rest is the runtime's
};

struct MapIterator {
  Slot<void> key;    // null: at the end
  Slot<void> value;
  uint64_t reserved[14];  // the runtime's; may hold pointers
};

// --------------------------------------------------------------------------------------------------------- panics

// Faults the runtime finds, told to the program's `raise`, a Go function of package runtime that makes the error value and
// panics with it. It never parks and never returns. a and b as each kind says, else 0.
enum class Fault : uint32_t {
  SendOnClosed,
  CloseOfClosed,
  CloseOfNil,
  MakeChanSize,
  MakeSliceLen,
  MakeSliceCap,
  GrowSliceLen,
  AssignToNilMap,
  Unhashable,     // a: Type
  Uncomparable,   // a: Type
  MissingMethod,  // a: Type had, b: InterfaceType wanted: an assertion failed; `raise` finds the method's name
  StringTooLong,
  PanicNil,       // panic(nil)
  UnhashableKey,  // a: Type, of a key that is looked for in a map without entries
};

// What a slice expression did wrong, as compiled code tells runtime.panicSlice (panicSliceU for an unsigned value): value is
// beyond bound. The bound's name decides the text.
enum class SliceFault : uint32_t {
  HighLength,    // s[?:x] beyond len (strings, arrays)
  HighCapacity,  // s[?:x] beyond cap
  Low,           // s[x:y], x > y
  MaxLength,     // s[::x] beyond len (arrays)
  MaxCapacity,   // s[::x] beyond cap
  High3,         // s[:x:y], x > y
  Low3,          // s[x:y:], x > y
};

// -------------------------------------------------------------------------------------------------------- programs

// A saved frame ends with 8 bytes: the number of the site at which it was left, then zero. A site's record tells how large
// the frame is and where in the source it is.
struct SiteRecord {
  uint32_t frameBytes;  // including the 8 bytes of its end; 0: only a position, no frame is left there
  uint32_t function;    // index of a FunctionRecord: the one whose source this is
  uint32_t line;
  uint32_t file;        // index in ProgramHeader::files
  uint32_t caller;      // not 0: that function was put in the place of a call, and this is the number of a record for the
                        // call's own position
  // Of the function that has the frame, if it counts (see kStackDepth), else 0: table indices of its resumer and of itself,
  // and the number of its site `returned`.
  uint32_t resumer, code, returned;
  // Bit i: word i of the frame (4 bytes each, from its beginning) may hold what is needed when the goroutine goes on; the last
  // bit stands for all words from there on. The others hold anything at all.
  uint32_t live;
};

// Where in a module's bytes a call stands, for traces made from an engine's stack.
struct CodeRecord {
  uint32_t offset;
  uint32_t site;  // number of the record that tells its place in the source
};

struct FunctionRecord {
  StringAbi name;  // as traces show it: "main.worker.func1"
};

// A function that can be called as a value or through an interface may need a second entry for that. It is named like the
// function, with this behind it; programs never see it.
inline constexpr std::string_view kEntrySuffix = "-entry";
// Behind the name of a method value's function, as Go calls it.
inline constexpr std::string_view kMethodValueSuffix = "-fm";

// What stands at a place of the function table, and where it is declared.
struct TableRecord {
  uint32_t function;  // index of a FunctionRecord
  uint32_t line;
  uint32_t file;      // index in ProgramHeader::files
};

struct DataRange {
  Slot<void> begin, end;
};

// At the start of every program's data. All addresses are final: a program is linked to one place.
struct ProgramHeader {
  uint32_t magic;  // kProgramMagic
  uint32_t version;
  Slot<Closure> main;   // () : runs package initialisation, then main.main
  Slot<Closure> root;   // (closure) : what every goroutine starts in: calls the closure and ends an unrecovered panic
  Slot<Closure> raise;  // (Fault, i64 a, i64 b)
  Slot<DataRange> roots;  // where the program's data can point into the heap
  int64_t rootCount;
  Slot<void> dataEnd;     // past everything of the program
  Slot<SiteRecord> sites;
  Slot<FunctionRecord> functions;
  Slot<StringAbi> files;
  int64_t siteCount, functionCount, fileCount;
  uint32_t flags;       // ProgramFlags
  uint32_t firstSite;   // the number of sites[0]: after those of the image. No site has number 0
  // The library that the program is linked to, compiled beforehand: its header has its own sites, functions and files, and
  // names the image below it; main, root and raise are the program's, as are the roots of all. Null: none.
  Slot<const ProgramHeader> image;
  Slot<CodeRecord> code;  // by offset
  int64_t codeCount;
  Slot<TableRecord> table;  // of the program's own part of the function table, which begins at firstInTable
  uint32_t tableCount, firstInTable;
};

enum ProgramFlags : uint32_t {
  kProgramHasBarriers = 1,  // compiled code calls writeBarrier and bulkBarrier wherever it must: the world need not stop
                            // while the collector marks. Without it, it does
  kProgramGrowsStacks = 2,  // every frame ends with a site's number: stacks can be cut into parts. Without it nothing counts
};

inline constexpr uint32_t kProgramMagic = 0x6c6c696d;  // "mill"
inline constexpr uint32_t kProgramVersion = 7;  // changes with anything here or in entry-points.def that old programs break on

}  // namespace millrace::abi
