// A goroutine: its block of memory, its states, and who may change them.
//
// The problem. A goroutine parks by unwinding: it first puts itself where a waker will find it (a channel's queue, say),
// and only then do its frames leave the worker's stack. A waker on another worker may find it in between. If it were
// resumed there and then, half a stack would be rewound.
//
// What is always true. A goroutine in a run queue, or running on a worker, is there once; its saved frames are complete
// whenever it is in a run queue; each park is ended by exactly one waker.
//
// The idea: one word per goroutine, and each side exchanges its own news for the other's.
//
//        Free ──start──▶ Woken ──a worker takes it──▶ Running ──parks──▶ Parking ──unwound──▶ Parked
//                          ▲                             │ yields           │                  │
//                          ├─────────────────────────────┘                  │waker             │ waker: queues it
//                          ├──unwound: the worker it ran on queues it── Woken ◀────────────────┤
//                          └────────────────────────────────────────────────────────────────────┘
//
//   Running  on a worker, or ended and about to be freed. The worker's alone.
//   Parking  has queued itself for a waker, its frames are still being written. Set before it becomes visible there.
//   Parked   all of it is in memory, it waits. Set by the worker, after the unwind.
//   Woken    shall run: in a run queue, or (found by the worker at the end of an unwind) about to be put into one.
//   Free     in a list of blocks to use again.
//
// The waker exchanges Woken for what was there: Parked means the goroutine is the waker's to queue; Parking means that its
// worker will find Woken when it exchanges Parked for it, and queues it itself. One atomic exchange on each side; a waker on
// the worker that the goroutine parked on knows that it has long been Parked, and just says Woken.
//
// Rejected: holding the channel's lock until the unwind has ended (as the first proof did, and in spirit Go's gopark with
// its unlock function): a select would hold many locks for the time it takes to write a deep stack.
#pragma once

#include "runtime/abi/layout.h"
#include "runtime/abi/type.h"
#include "runtime/host/atomics.h"
#include "runtime/task/blocks.h"

namespace millrace::lang {
struct PanicRecord;
}

namespace millrace::task {

enum class State : uint8_t { Free, Running, Parking, Parked, Woken };

// Why a goroutine waits, in the words of Go's traces.
enum class WaitReason : uint8_t {
  None,
  ChanReceive,
  ChanSend,
  ChanReceiveNil,
  ChanSendNil,
  Select,
  SelectNoCases,
  Sleep,
  Semacquire,  // from here on in the order of abi::SemReason
  MutexLock,
  RWMutexRLock,
  RWMutexLock,
  WaitGroupWait,
  WaitGroupWaitDurable,  // durable: see sched/bubbles.h
  Coroutine,
  CondWait,
  InputOutput,
  CollectorCycle,
  ChanReceiveDurable,
  ChanSendDurable,
  SelectDurable,
  SynctestRun,
  SynctestWait,
  Signal,
};
const char* waitReasonText(WaitReason reason);

// Why a goroutine waits, and whether it has been seen at it, at Goroutine::seenAt: the next reason makes that false again.
class AtomicWaitReason {
 public:
  WaitReason relaxed() const { return static_cast<WaitReason>(value_.relaxed() & ~kSeen); }
  void setRelaxed(WaitReason reason) { value_.setRelaxed(static_cast<uint8_t>(reason)); }
  bool isSeen() const { return value_.relaxed() & kSeen; }
  void setSeen() { value_.setRelaxed(value_.relaxed() | kSeen); }

 private:
  static constexpr uint8_t kSeen = 0x80;
  host::Atomic<uint8_t> value_;
};

struct Bubble;
struct Goroutine;
struct StackPart;

inline constexpr size_t kCacheLine = 64;

// A goroutine in a queue of waiters. Laid out like abi::SelectCase, so that the cases of a select are its waiters.
struct Waiter {
  abi::Slot<void> channel;  // or the address of a semaphore's word or a condition's queue
  abi::Slot<void> value;    // in the stage or a heap object: what is sent, or where what is received goes; may be null
  uint32_t isSend;          // a condition queue keeps the ticket here
  uint32_t flags;
  Goroutine* goroutine;
  Waiter *next, *previous;
};
static_assert(sizeof(Waiter) <= sizeof(abi::SelectCase));
static_assert(offsetof(Waiter, isSend) == offsetof(abi::SelectCase, isSend));

enum WaiterFlags : uint32_t {
  kWaiterInSelect = 1,   // wake its goroutine only after winning Goroutine::selectDone
  kWaiterSucceeded = 2,  // a value was handed over; else the channel was closed
  kWaiterTicket = 4,     // a semaphore's count was handed over, there is no need to take one
};

// What a goroutine that waits for the host has still to move.
struct Transfer {
  char* bytes;
  size_t count;
  int stream;
};

// What a goroutine costs that just starts, runs and ends is mostly its cache misses: all that this needs lies in its first
// line, and what has not been used is as it was.
struct alignas(kCacheLine) Goroutine : abi::GoroutineAbi {
  host::Atomic<State> state;
  AtomicWaitReason reason;
  uint8_t ranOn;         // worker that ran it last
  bool inBubble : 1;
  bool lockedToThread : 1;
  bool hasLabels : 1;
  Goroutine* next;       // in a run queue or a list of free ones
  uint64_t id;           // as traces show it; the main goroutine has 1
  uint64_t creator;      // id of the goroutine that started it; 0: none
  uint32_t createdAt;    // number of the site of the go statement; 0: unknown; kRuntimesOwn; see kStartedAtLiteral
  host::Atomic<uint32_t> scannedIn;  // the collector's: which of its cycles has looked at it
  abi::Closure* entry;   // what it was started with; null once it has begun
  char* frames;          // see below
  StackPart* parts;      // of a deep stack, the older frames; newest first
  lang::PanicRecord* panics;         // newest first

  // What a go statement captured, if that is little. Then `entry` is its address; once the goroutine has begun, what is here
  // counts as long as one of its frames has the address.
  struct {
    abi::Closure closure;
    uint64_t captured[abi::kStartWords];
  } start;

  // Saved frames. A client of the core that keeps them elsewhere (a C++ coroutine) uses `frames` as it likes.
  uint32_t frameCapacity;
  uint32_t stageBytes;
  abi::FrameStack saved;
  uint32_t stackWeight;               // how large the parts are, see kFrameWeight
  lang::PanicRecord* leftBy;          // while a part is taken up: the panic that left the one after it

  Bubble* bubble;                     // only if inBubble
  uint32_t threadLocks;               // only if lockedToThread: how often
  const void* labels;                 // only if hasLabels: package runtime/pprof's, in the heap

  // While it waits.
  host::Atomic<int64_t> seenAt;       // nanotime
  host::Atomic<uint32_t> selectDone;  // 0 while a select waits; who makes it 1 chooses the case
  Waiter* fired;                      // select: the waiter through which it was woken
  abi::SelectCase* cases;             // select: its cases
  uint32_t caseCount;
  int64_t answer;                     // what the second call of a parking operation returns
  char* waitingText;                  // print: a block with what is still to be written
  uint32_t waitingTextBytes;
  union {
    Waiter waiter;            // for operations that wait in one queue
    abi::TimerRecord timer;   // sleep
    Transfer transfer;        // input and output
  };

  alignas(16) char ownStage[abi::kStageBytes];
};
#if defined(__wasm__)
static_assert(offsetof(Goroutine, start) == kCacheLine);
#endif

// A goroutine that no go statement started: it calls finalizers.
inline constexpr uint32_t kRuntimesOwn = UINT32_MAX;
// Or the runtime started it for a function literal, as iter.Pull's: and that one's table index.
inline constexpr uint32_t kStartedAtLiteral = 1u << 31;

// What is known of a goroutine when it is made.
struct Origin {
  uint64_t creator;
  uint32_t createdAt;
  uint32_t scannedIn;
};

// The goroutines of one worker that can be used again. New ones are made in slabs that are never given back, so that all
// goroutines there are can be found.
class GoroutineCache {
 public:
  // A goroutine in state Woken with an empty stage, no frames and a new id.
  Goroutine* make(abi::Closure* entry, const Origin& origin);
  // Takes back one that has ended, with its frames and stage.
  void free(Goroutine* goroutine, BlockCache& blocks);
  void flush();
  // From now on it is the runtime's own.
  void disregard(Goroutine& goroutine);

  // Started less ended here, without the runtime's own.
  int64_t balance() const { return balance_.read(); }

 private:
  __attribute__((noinline)) void refill();
  __attribute__((noinline)) void takeIds();
  void giveBack(uint32_t howMany);

  Goroutine* free_ = nullptr;
  uint32_t count_ = 0;
  uint64_t nextId_ = 0, idsEnd_ = 0;
  host::OwnedCounter<int64_t> balance_;
};

// Inline, as it is most of what a go statement does.
inline Goroutine* GoroutineCache::make(abi::Closure* entry, const Origin& origin) {
  if (!free_) [[unlikely]] refill();
  if (nextId_ == idsEnd_) [[unlikely]] takeIds();
  balance_.add(origin.createdAt != kRuntimesOwn);
  Goroutine* goroutine = free_;
  free_ = goroutine->next;
  count_--;
  goroutine->entry = entry;
  goroutine->id = nextId_++;
  goroutine->creator = origin.creator;
  goroutine->createdAt = origin.createdAt;
  goroutine->scannedIn.setRelaxed(origin.scannedIn);  // before the collector can see it
  goroutine->armed = 0;
  goroutine->inBubble = false, goroutine->lockedToThread = false, goroutine->hasLabels = false;
  goroutine->reason.setRelaxed(WaitReason::None);
  goroutine->state.setRelaxed(State::Woken);
  return goroutine;
}

// Forgets all goroutines; for a new start.
void startGoroutines();

// Calls visit for every goroutine that is not Free. Others may come and go meanwhile.
void forEachGoroutine(void (*visit)(Goroutine& goroutine, void* context), void* context);

// The same by parts: goroutines lie in slabs; new ones come before the first.
struct Slab {
  Slab* next;
};
Slab* firstSlab();
void forEachGoroutineIn(Slab* slab, void (*visit)(Goroutine& goroutine, void* context), void* context);

// Memory for at least `bytes` of stage; what was in the stage is not kept.
void growStage(Goroutine& goroutine, size_t bytes, BlockCache& blocks);

}  // namespace millrace::task
