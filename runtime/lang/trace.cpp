// Walking frames, and Go's way of printing them.
#include "runtime/lang/trace.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "runtime/host/format.h"
#include "runtime/sched/client.h"
#include "runtime/sched/deadlock.h"
#include "runtime/sched/report.h"
#include "runtime/sched/scheduler.h"
#include "runtime/task/frames.h"

namespace millrace::lang {

namespace {

constexpr uint64_t kShownAtEachEnd = 50;

std::string_view viewOf(const abi::StringAbi& text) { return {text.data, static_cast<size_t>(text.length)}; }
abi::StringAbi textOf(std::string_view text) { return {text.data(), static_cast<int64_t>(text.size())}; }

struct PlaceInSource {
  std::string_view function, file;
  uint64_t line;
};

// Of Go's runtime what programs look for in stacks, where Go 1.26 has it: here it is in no file.
constexpr PlaceInSource kPanicking = {"runtime.gopanic", "runtime/panic.go", 860};  // runs deferred calls
constexpr PlaceInSource kRoots[] = {{"runtime.main", "runtime/proc.go", 290}, {"runtime.goexit", "runtime/asm_wasm.s", 428}};

// In the place of a site: here are frames of which nothing is known.
constexpr uint32_t kMissing = 0;
// And: what is above was called because what is below has panicked.
constexpr uint32_t kPanickingSite = INT32_MAX;
// Added to a site's number: it is one of a go or defer statement that panics itself. Else such are not shown.
constexpr uint32_t kPanics = 1u << 31;

struct Site : PlaceInSource {
  uint32_t caller = 0;  // as SiteRecord's
  const abi::FunctionRecord* record = nullptr;
  bool isRoot = false, panics;

  explicit Site(uint32_t number) : PlaceInSource(kPanicking), panics(number & kPanics) {
    number &= ~kPanics;
    if (number == kPanickingSite) return;
    const abi::ProgramHeader* module = program;
    while (number < module->firstSite) module = module->image;
    const abi::SiteRecord& site = module->sites[number - module->firstSite];
    record = &module->functions[site.function];
    caller = site.caller;
    function = viewOf(record->name), file = viewOf(module->files[site.file]), line = site.line;
    if (!file.empty()) return;
    // The compiler has made it.
    for (const PlaceInSource& root : kRoots) {
      if (function == root.function) static_cast<PlaceInSource&>(*this) = root, isRoot = true;
    }
  }
  bool isPanicking() const { return !record; }
};

// Is it one that the compiler has made for a go or defer statement?
bool isOfStatement(std::string_view function) {
  std::string_view last = function;
  last.remove_prefix(function.rfind('.') + 1);
  return last.starts_with("gowrap") || last.starts_with("deferwrap");
}

// Is it a function that only calls another?
bool isWrapper(std::string_view function) {
  constexpr std::string_view kOfReflection = "reflect.call";  // callReflect and the like call functions that MakeFunc was given
  return isOfStatement(function) || function.ends_with(abi::kMethodValueSuffix) || function.ends_with(abi::kEntrySuffix) ||
         function.starts_with(kOfReflection);
}

// Go shows of its runtime only what programs can call.
bool isShown(std::string_view function) {
  constexpr std::string_view kRuntime = "runtime.";
  if (!function.starts_with(kRuntime)) return true;
  if (function == "runtime.Stack") return false;  // begins with its caller
  return function.size() > kRuntime.size() && function[kRuntime.size()] >= 'A' && function[kRuntime.size()] <= 'Z';
}

// Do traces show it? What else the compiler has made, such as a package's initialisation, is in no file.
bool isShown(const Site& site) {
  if (sched::tracesRuntime()) return !site.file.empty();
  if (isWrapper(site.function) && !site.panics) return false;
  return site.isPanicking() || (isShown(site.function) && !site.file.empty());
}
// Or does package runtime tell of it?
bool isTold(const Site& site) { return site.isRoot || isShown(site); }

// Calls visit(site) for every function of a frame that was left at site `number`, those inlined there first.
template <typename Visit>
void forEachFunction(uint32_t number, Visit visit) {
  while (number != 0) {
    Site site(number);
    visit(site);
    number = site.caller;
  }
}

uint32_t countShown(uint32_t number) {
  uint32_t count = 0;
  forEachFunction(number, [&](const Site& site) { count += isShown(site); });
  return count;
}

bool tellsSomething(uint32_t number) {
  bool tells = false;
  forEachFunction(number, [&](const Site& site) { tells = tells || isTold(site); });
  return tells;
}

// Memory for as long as a walk takes, which calls for none else. When the program dies there may be no more: then it is where
// frames are unwound to, behind those that still lie there. Null: that is too small.
class WalkMemory {
 public:
  explicit WalkMemory(size_t bytes) : bytes_(bytes) {
    sched::Worker& worker = sched::self();
    isOwn_ = !sched::isReporting(worker) || !worker.scratchBegin;
    if (isOwn_) memory_ = worker.blocks.allocate(bytes);
    else if (worker.scratchUsed + bytes <= worker.scratchEnd - worker.scratchBegin) {
      memory_ = reinterpret_cast<void*>(uintptr_t{worker.scratchBegin} + worker.scratchUsed);
    }
  }
  ~WalkMemory() {
    if (isOwn_) sched::self().blocks.free(memory_, bytes_);
  }
  WalkMemory(const WalkMemory&) = delete;
  WalkMemory& operator=(const WalkMemory&) = delete;

  template <typename T>
  T* as() const { return static_cast<T*>(memory_); }

 private:
  void* memory_ = nullptr;
  size_t bytes_;
  bool isOwn_;
};

// Calls visit(number) for the sites of the frames [begin, end), innermost first.
template <typename Visit>
void forEachFrame(const char* begin, const char* end, Visit visit) {
  // A frame's end tells its size: so they are found outermost first.
  size_t count = 0;
  for (const char* at = end; at > begin; at -= task::siteOf(at, program).frameBytes) count++;
  if (count == 0) return;
  WalkMemory memory(count * sizeof(uint32_t));
  uint32_t* numbers = memory.as<uint32_t>();
  if (!numbers) return;
  uint32_t* next = numbers + count;
  for (const char* at = end; at > begin; at -= task::siteOf(at, program).frameBytes) {
    *--next = *reinterpret_cast<const uint32_t*>(at - 8);
  }
  for (size_t i = 0; i < count; i++) visit(numbers[i]);
}

// The same for those that a goroutine left in memory last.
template <typename Visit>
void forEachSavedFrame(const task::Goroutine& goroutine, Visit visit) {
  if (goroutine.entry || !goroutine.frames) return;
  // The top is an address in WebAssembly's memory.
  forEachFrame(goroutine.frames, reinterpret_cast<const char*>(uintptr_t{goroutine.saved.top}), visit);
}

void printPlace(host::TraceOutput& out, const PlaceInSource& place) {
  host::Text<32> text;
  text.add(":").addUnsigned(place.line).add("\n");
  out.add("\t");
  out.add(place.file);
  out.add(text.view());
}

void printCall(host::TraceOutput& out, const PlaceInSource& place) {
  out.add(place.function == kPanicking.function ? "panic" : place.function);
  out.add("(...)\n");
  printPlace(out, place);
}

}  // namespace

// Sites of frames, innermost first: all if they are few, else as many from both ends. Without those that tell nothing; some of
// these are on the engine's stack alone.
struct StackNote {
  static constexpr uint32_t kKept = 60;  // more than Go shows at each end
  uint32_t count = 0;
  uint32_t elided = 0;    // functions at the frames between both ends
  uint32_t outerFrom = kKept;  // frames before this one are not among the outer ones
  bool isAll = true;      // none were missing
  bool beginsHidden = false;  // in a wrapper
  uint32_t inner[kKept];
  uint32_t outer[kKept];  // frame i at i % kKept

  void add(uint32_t site) {
    if (site == kMissing) isAll = false;
    else if (!tellsSomething(site)) return void(beginsHidden |= count == 0 && isWrapper(Site(site).function));
    if (count < kKept) {
      inner[count] = site;
    } else {
      if (count >= outerFrom + kKept) elided += countShown(outer[count % kKept]);
      outer[count % kKept] = site;
    }
    count++;
  }
  // Frames of another note between its ends, with this many functions. Its inner ones have been added.
  void skip(uint32_t frames, uint32_t functions) {
    for (uint32_t i = gapEnd(); i < count; i++) elided += countShown((*this)[i]);
    elided += functions;
    outerFrom = count += frames;
  }
  uint32_t operator[](uint32_t i) const { return i < kKept ? inner[i] : outer[i % kKept]; }
  // Those from kKept on, to here, it does not have.
  uint32_t gapEnd() const { return std::max(outerFrom, count - std::min(count, kKept)); }
  bool has(uint32_t i) const { return i < kKept || i >= gapEnd(); }
  // Of the first `n` those it has, and skip(frames, functions) for those it has not.
  template <typename Visit, typename Skip>
  void forEach(uint32_t n, Visit visit, Skip skip) const {
    for (uint32_t i = 0; i < n; i++) {
      if (has(i)) {
        visit((*this)[i]);
      } else {
        uint32_t end = std::min(n, gapEnd());
        skip(end - i, end == gapEnd() ? elided : end - i);
        i = end - 1;
      }
    }
  }
};

namespace {

// Calls visit(site, at) for the functions of a note; `at` counts frames that it does not have, too. And miss() where some are
// missing. Returns how many there are.
template <typename Visit, typename Miss>
uint64_t forEachFunctionOf(const StackNote& note, Visit visit, Miss miss) {
  uint64_t at = 0;
  auto visitAll = [&](uint32_t site) {
    if (site == kMissing) return miss();
    forEachFunction(site, [&](const Site& function) {
      if (isShown(function)) visit(function, at++);
    });
  };
  note.forEach(note.count, visitAll, [&](uint32_t, uint32_t functions) { at += functions; });
  return at;
}

void printNote(host::TraceOutput& out, const StackNote& note) {
  uint64_t count = forEachFunctionOf(note, [](const Site&, uint64_t) {}, [] {});
  bool endIsKnown = note.count == 0 || note[note.count - 1] != kMissing;
  uint64_t shownAtEnd = endIsKnown ? kShownAtEachEnd : 0;
  bool told = note.isAll && count <= 2 * kShownAtEachEnd;
  auto tell = [&] {
    host::Text<64> line;
    line.add("...");
    if (note.isAll) line.addUnsigned(count - 2 * kShownAtEachEnd);
    else line.add("additional");
    if (!told) out.add(line.add(" frames elided...\n").view());
    told = true;
  };
  auto show = [&](const Site& site, uint64_t at) {
    if (at >= kShownAtEachEnd && count > 2 * kShownAtEachEnd) {
      if (at + shownAtEnd < count) return;
      tell();
    }
    printCall(out, site);
  };
  forEachFunctionOf(note, show, tell);
  tell();
}

// One that has not begun is where its function begins.
void printEntry(host::TraceOutput& out, const abi::Closure& entry) {
  Place place;
  if (!functionPlace(static_cast<uint32_t>(entry.function), place) || !isShown(viewOf(place.function))) return;
  printCall(out, {viewOf(place.function), viewOf(place.file), static_cast<uint64_t>(place.line)});
  // Go shows frames that it else does not when there are no others.
  if (isWrapper(viewOf(place.function))) printCall(out, kRoots[1]);
}

}  // namespace

static std::optional<PlaceInSource> creatorOf(const task::Goroutine& goroutine) {
  uint32_t at = goroutine.createdAt;
  if (at == 0 || at == task::kRuntimesOwn) return {};
  if (at & task::kStartedAtLiteral) {
    Place literal;
    if (!functionPlace(at & ~task::kStartedAtLiteral, literal)) return {};
    std::string_view function = viewOf(literal.function);
    function.remove_suffix(function.size() - std::min(function.size(), function.rfind(".func")));
    return PlaceInSource{function, viewOf(literal.file), static_cast<uint64_t>(literal.line)};
  }
  Site site(at);
  if (!isShown(site)) return {};
  return site;
}

void printCreator(host::TraceOutput& out, const task::Goroutine& goroutine) {
  if (!(program->flags & abi::kProgramGrowsStacks)) return;
  std::optional<PlaceInSource> place = creatorOf(goroutine);
  if (!place) return;
  host::Text<64> line;
  line.add(" in goroutine ").addUnsigned(goroutine.creator).add("\n");
  out.add("created by ");
  out.add(place->function);
  out.add(line.view());
  printPlace(out, *place);
}

// ------------------------------------------------------------------------------------------------------------ notes

namespace {

constexpr uint32_t kMostPlaces = 4096;

// The site of a place in a module's code; 0: there is none.
uint32_t siteOfCode(const abi::ProgramHeader& module, uint32_t offset) {
  uint32_t begin = 0, end = static_cast<uint32_t>(module.codeCount);
  while (begin < end) {
    uint32_t middle = begin + (end - begin) / 2;
    if (module.code[middle].offset < offset) begin = middle + 1;
    else end = middle;
  }
  bool found = begin < module.codeCount && module.code[begin].offset == offset;
  return found ? module.code[begin].site : 0;
}

// Which of the program's modules the host means by a number: the one that has calls at all its places.
const abi::ProgramHeader* moduleNumbered(uint32_t number, const client::CodePlace* places, uint32_t count) {
  const abi::ProgramHeader* module = program;
  for (; module; module = module->image) {
    bool fits = true;
    for (uint32_t i = 0; i < count && fits; i++) {
      fits = places[i].module != number || siteOfCode(*module, places[i].offset) != 0;
    }
    if (fits) break;
  }
  return module;
}

// Calls visit(site) for the places that read(into, capacity) tells. Returns whether those were all frames.
template <typename Read, typename Visit>
bool forEachPlace(uint32_t capacity, Read read, Visit visit) {
  WalkMemory memory(capacity * sizeof(client::CodePlace));
  auto places = memory.as<client::CodePlace>();
  if (!places) return false;
  uint32_t count = read(places, capacity);
  constexpr uint32_t kMostModules = 8;
  const abi::ProgramHeader* modules[kMostModules] = {};
  bool known[kMostModules] = {}, isAll = true;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t number = places[i].module;
    if (number == client::kMoreFrames) isAll = false;
    if (number >= kMostModules) continue;
    if (!known[number]) modules[number] = moduleNumbered(number, places, count), known[number] = true;
    if (modules[number]) visit(siteOfCode(*modules[number], places[i].offset));
  }
  return isAll;
}

StackNote& noteOf(PanicRecord& record) {
  if (record.note) return *record.note;
  record.note = static_cast<StackNote*>(sched::self().blocks.allocate(sizeof(StackNote)));
  *record.note = {};
  auto read = [&](client::CodePlace* into, uint32_t capacity) { return client::stackOf(&record, into, capacity); };
  bool isFirst = true;
  bool isAll = forEachPlace(kMostPlaces, read, [&](uint32_t site) {
    bool panics = std::exchange(isFirst, false) && site != kMissing && isOfStatement(Site(site).function);
    record.note->add(panics ? site | kPanics : site);
  });
  if (!isAll) record.note->add(kMissing);
  return *record.note;
}

// The function that has a frame, and where in it the frame was left: the last of those that were inlined there.
Site frameOf(uint32_t number) {
  Site site(number);
  while (site.caller) site = Site(site.caller);
  return site;
}

// How many of the newer panic's outermost frames are also the older one's: it began in a call deferred by a function that
// the older one had come to. Those that a note does not have are taken to be alike.
uint32_t commonFrames(const StackNote& newer, const StackNote& older) {
  uint32_t common = 0;
  const uint32_t own = newer.count > 0 && !newer.beginsHidden;  // of the deferred call at least
  while (common < newer.count - own && common < older.count) {
    uint32_t i = newer.count - 1 - common, k = older.count - 1 - common;
    bool isLast = false;
    if (newer.has(i) && older.has(k)) {
      if (newer[i] == kMissing || older[k] == kMissing) break;
      Site a = frameOf(newer[i]), b = frameOf(older[k]);
      if (a.record != b.record) break;
      isLast = a.line != b.line;
    }
    common++;
    if (isLast) break;
  }
  return common;
}

}  // namespace

namespace {

bool readsStacks() { return program->flags & abi::kProgramGrowsStacks; }

// Calls visit(number) for the sites of the frames in parts: in `part`, and in those that are older, but not from `end` on.
template <typename Visit>
void forEachInParts(task::StackPart* part, const task::StackPart* end, Visit visit) {
  for (; part != end; part = part->older) forEachFrame(part->frames(), part->end(), visit);
}

// Calls visit(number) for the sites where a goroutine is, innermost first; newest(visit) does that for what is not in parts.
// What goes on while panics are on their way goes on in deferred calls: under it lies what the panics came from, for Go has
// that still on its stack. A panic's note ends where the part begins that is `below` it, as does what lies above there now.
// Of those that notes do not have skip(frames, functions) tells. Once there is enough() the oldest parts are left out.
template <typename Newest, typename Visit, typename Skip, typename Enough>
void forEachSite(const task::Goroutine& goroutine, Newest newest, Visit visit, Skip skip, Enough enough) {
  task::StackPart* below = goroutine.parts;
  StackNote above;  // once a panic was found: what lies above the next one
  bool isFirst = true;
  for (const PanicRecord* record = goroutine.panics; record; record = record->older) {
    if (!record->note) continue;
    const StackNote& note = *record->note;
    auto add = [&](uint32_t site) { above.add(site); };
    if (isFirst) newest(add);
    forEachInParts(below, record->below, add);
    uint32_t left = above.count - commonFrames(above, note);
    bool calls = left > 0 && !(record->flags & kPanicGoexit);
    if (isFirst) {
      auto visitLeft = [&](uint32_t site) {
        if (left > 0 && (site == kMissing || tellsSomething(site))) left--, visit(site);
      };
      newest(visitLeft);
      forEachInParts(below, record->below, visitLeft);
    } else {
      above.forEach(left, visit, skip);
    }
    if (calls) visit(kPanickingSite);
    above = note, below = record->below, isFirst = false;
  }
  if (isFirst) newest(visit);
  above.forEach(above.count, visit, skip);
  for (; below && !enough(); below = below->older) forEachInParts(below, below->older, visit);
}
constexpr auto kAll = [] { return false; };

template <typename Newest>
StackNote noteOfAll(const task::Goroutine& goroutine, Newest newest) {
  StackNote note;
  auto skip = [&](uint32_t frames, uint32_t functions) { note.skip(frames, functions); };
  forEachSite(goroutine, newest, [&](uint32_t site) { note.add(site); }, skip, kAll);
  return note;
}

auto savedFrames(const task::Goroutine& goroutine) {
  return [&](auto visit) { forEachSavedFrame(goroutine, visit); };
}

// The engine's own frames are among those it looks at.
auto runningFrames(uint32_t capacity) {
  return [=](auto visit) {
    if (!forEachPlace(capacity, client::stackNow, visit)) visit(kMissing);
  };
}

}  // namespace

void printFrames(host::TraceOutput& out, const task::Goroutine& goroutine) {
  if (!readsStacks()) return;
  if (goroutine.entry) printEntry(out, *goroutine.entry);
  else printNote(out, noteOfAll(goroutine, savedFrames(goroutine)));
  printCreator(out, goroutine);
}

uint64_t framesKey(const task::Goroutine& goroutine) {
  uint64_t key = 0;
  auto add = [&](uint32_t site) { key = (key ^ site) * 0x9e3779b97f4a7c15; };
  add(goroutine.createdAt);
  forEachSite(goroutine, savedFrames(goroutine), add, [&](uint32_t frames, uint32_t) { add(frames); }, kAll);
  return key;
}

void printUnwoundFrames(host::TraceOutput& out, const task::Goroutine& goroutine, const char* begin, const char* end) {
  if (!readsStacks()) return;
  printNote(out, noteOfAll(goroutine, [=](auto visit) { forEachFrame(begin, end, visit); }));
  printCreator(out, goroutine);
}

void printRunningFrames(host::TraceOutput& out, task::Goroutine& goroutine) {
  if (!readsStacks()) return;
  keepNotes(goroutine);
  printNote(out, noteOfAll(goroutine, runningFrames(kMostPlaces)));
  printCreator(out, goroutine);
}

int64_t writeRunningStack(task::Goroutine& goroutine, char* into, size_t room) {
  host::TraceOutput out(into, room);
  sched::printHeading(out, goroutine, "running");
  printRunningFrames(out, goroutine);
  return static_cast<int64_t>(out.length());
}

void printPanicFrames(host::TraceOutput& out, task::Goroutine& goroutine) {
  if (!readsStacks()) return;
  keepNotes(goroutine);
  printNote(out, noteOfAll(goroutine, [](auto) {}));
  printCreator(out, goroutine);
}

// Panics that began before one that has a note have theirs. There may be hundreds of thousands, when each begins in a call
// that the one before was to be recovered in.
void keepNotes(task::Goroutine& goroutine) {
  for (PanicRecord* record = goroutine.panics; record && !record->note; record = record->older) noteOf(*record);
}

void addPart(task::Goroutine& goroutine) {
  keepNotes(goroutine);
  task::StackPart& part = *goroutine.parts;
  for (PanicRecord* record = goroutine.panics; record; record = record->older) {
    if (record->below != &part) continue;
    forEachFrame(part.frames(), part.end(), [&](uint32_t site) { record->note->add(site); });
    record->below = part.older;
  }
}

void dropNote(PanicRecord& record) {
  if (record.note) sched::self().blocks.free(record.note, sizeof(StackNote));
}

// -------------------------------------------------------------------------------------------------- package runtime

namespace {

// Writes the numbers of what is shown, innermost first, without the first `skip`, as far as there is room and frames are known.
// Returns how many there are.
template <typename Newest>
uint32_t writeSites(const task::Goroutine& goroutine, Newest newest, uint32_t skip, uint64_t* into, uint32_t capacity) {
  uint64_t wanted = uint64_t{skip} + capacity;
  uint64_t count = 0;
  bool isMissing = false;
  auto visit = [&](uint32_t number) {
    isMissing = isMissing || number == kMissing;
    for (; !isMissing && number != 0 && count < wanted; number = Site(number).caller) {
      if (!isTold(Site(number))) continue;
      if (count >= skip) into[count - skip] = number & ~kPanics;
      count++;
    }
  };
  auto stop = [&](uint32_t, uint32_t) { isMissing = true; };
  forEachSite(goroutine, newest, visit, stop, [&] { return isMissing || count >= wanted; });
  return static_cast<uint32_t>(count > skip ? count - skip : 0);
}

}  // namespace

uint32_t callers(task::Goroutine& goroutine, uint32_t skip, uint64_t* into, uint32_t capacity) {
  if (!readsStacks()) return 0;
  keepNotes(goroutine);
  // At most one frame in between is not shown; the engine has a few.
  constexpr uint32_t kMore = 16;
  uint64_t wanted = uint64_t{skip} + capacity;
  uint64_t places = goroutine.panics ? kMostPlaces : std::min<uint64_t>(2 * wanted + kMore, kMostPlaces);
  return writeSites(goroutine, runningFrames(static_cast<uint32_t>(places)), skip, into, capacity);
}

uint32_t sitesOf(const task::Goroutine& goroutine, uint64_t* into, uint32_t capacity) {
  if (!readsStacks() || capacity == 0) return 0;
  if (!goroutine.entry) return writeSites(goroutine, savedFrames(goroutine), 0, into, capacity);
  into[0] = sched::client::kEntrySite | static_cast<uint32_t>(goroutine.entry->function);
  return 1;
}

bool sitePlace(uint32_t number, Place& place) {
  const abi::ProgramHeader* module = program;
  while (module && number < module->firstSite) module = module->image;
  bool isKnown = number == kPanickingSite || (module && number - module->firstSite < static_cast<uint64_t>(module->siteCount));
  if (number == 0 || !isKnown) return false;
  const Site site(number);
  place = {textOf(site.function), textOf(site.file), static_cast<int64_t>(site.line)};
  return true;
}

bool functionPlace(uint32_t index, Place& place) {
  const abi::ProgramHeader* module = program;
  while (module && index - module->firstInTable >= module->tableCount) module = module->image;
  if (!module) return false;
  const abi::TableRecord& record = module->table[index - module->firstInTable];
  place.function = module->functions[record.function].name;
  if (viewOf(place.function).ends_with(abi::kEntrySuffix)) place.function.length -= abi::kEntrySuffix.size();
  place.file = module->files[record.file];
  place.line = record.line;
  return true;
}

}  // namespace millrace::lang
