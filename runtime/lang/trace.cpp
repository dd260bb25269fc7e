// Walking frames, and Go's way of printing them.
#include "runtime/lang/trace.h"

#include <algorithm>

#include "runtime/host/console.h"
#include "runtime/host/format.h"
#include "runtime/sched/scheduler.h"
#include "runtime/task/frames.h"

namespace millrace::lang {

namespace {

constexpr uint64_t kShownAtEachEnd = 50;

std::string_view viewOf(const abi::StringAbi& text) { return {text.data, static_cast<size_t>(text.length)}; }

// A site's record, with the tables of the module it is from.
struct Site {
  const abi::SiteRecord* record;
  const abi::ProgramHeader* module;

  explicit Site(uint32_t number) : record(nullptr), module(program) {
    while (number < module->firstSite) module = module->image;
    record = &module->sites[number - module->firstSite];
  }
  std::string_view function() const { return viewOf(module->functions[record->function].name); }
  std::string_view file() const { return viewOf(module->files[record->file]); }
};

// Is it a function that only calls another: of a go or defer statement, or a method value?
bool isWrapper(std::string_view function) {
  std::string_view last = function;
  last.remove_prefix(function.rfind('.') + 1);
  return last.starts_with("gowrap") || last.starts_with("deferwrap") ||
         last.ends_with(abi::kMethodValueSuffix) || last.ends_with(abi::kEntrySuffix);
}

// Go shows of its runtime only what programs can call.
bool isShown(std::string_view function) {
  if (isWrapper(function)) return false;
  constexpr std::string_view kRuntime = "runtime.";
  if (!function.starts_with(kRuntime)) return true;
  return function.size() > kRuntime.size() && function[kRuntime.size()] >= 'A' && function[kRuntime.size()] <= 'Z';
}

// Calls visit(site) for every function of a frame that was left at site `number`, those inlined there first.
template <typename Visit>
void forEachFunction(uint32_t number, Visit visit) {
  for (; number != 0; number = Site(number).record->caller) {
    Site site(number);
    if (isShown(site.function())) visit(site);
  }
}

// Calls visit(number) for the sites of the frames [begin, end), innermost first.
template <typename Visit>
void forEachFrame(const char* begin, const char* end, Visit visit) {
  // A frame's end tells its size: so they are found outermost first.
  size_t count = 0;
  for (const char* at = end; at > begin; at -= task::siteOf(at, program).frameBytes) count++;
  if (count == 0) return;
  task::BlockCache& blocks = sched::self().blocks;
  uint32_t* numbers = static_cast<uint32_t*>(blocks.allocate(count * sizeof(uint32_t)));
  uint32_t* next = numbers + count;
  for (const char* at = end; at > begin; at -= task::siteOf(at, program).frameBytes) {
    *--next = *reinterpret_cast<const uint32_t*>(at - 8);
  }
  for (size_t i = 0; i < count; i++) visit(numbers[i]);
  blocks.free(numbers, count * sizeof(uint32_t));
}

template <typename Visit>
void forEachFunction(const task::Goroutine& goroutine, Visit visit) {
  if (goroutine.entry || !goroutine.frames) return;
  // The top is an address in WebAssembly's memory.
  auto ofSite = [&](uint32_t number) { forEachFunction(number, visit); };
  forEachFrame(goroutine.frames, reinterpret_cast<const char*>(uintptr_t{goroutine.saved.top}), ofSite);
  for (task::StackPart* part = goroutine.parts; part; part = part->older) {
    forEachFrame(part->frames(), part->end(), ofSite);
  }
}

void printPlace(const Site& site) {
  host::Text<32> line;
  line.add(":").addUnsigned(site.record->line).add("\n");
  host::writeAll(2, "\t");
  host::writeAll(2, site.file());
  host::writeAll(2, line.view());
}

// Prints what walk(visit) calls visit with. `known`: of the stack.
enum class Known { All, Ends, Beginning };

template <typename Walk>
void printAll(Known known, Walk walk) {
  uint64_t count = 0, at = 0;
  walk([&](const Site&) { count++; });
  uint64_t shownAtEnd = known == Known::Beginning ? 0 : kShownAtEachEnd;
  walk([&](const Site& site) {
    bool isElided = at >= kShownAtEachEnd && at + shownAtEnd < count;
    if (isElided && at == kShownAtEachEnd && known == Known::All) {
      host::Text<64> line;
      line.add("...").addUnsigned(count - 2 * kShownAtEachEnd).add(" frames elided...\n");
      host::writeAll(2, line.view());
    }
    if (isElided && at == kShownAtEachEnd && known != Known::All) host::writeAll(2, "...additional frames elided...\n");
    at++;
    if (isElided) return;
    host::writeAll(2, site.function());
    host::writeAll(2, "(...)\n");
    printPlace(site);
  });
  if (known == Known::Beginning && count <= kShownAtEachEnd) host::writeAll(2, "...additional frames elided...\n");
}

void printCreator(const task::Goroutine& goroutine) {
  if (goroutine.createdAt == 0 || goroutine.createdAt == task::kRuntimesOwn) return;
  Site site(goroutine.createdAt);
  if (!isShown(site.function())) return;
  host::Text<64> line;
  line.add(" in goroutine ").addUnsigned(goroutine.creator).add("\n");
  host::writeAll(2, "created by ");
  host::writeAll(2, site.function());
  host::writeAll(2, line.view());
  printPlace(site);
}

}  // namespace

void printFrames(const task::Goroutine& goroutine) {
  if (!(program->flags & abi::kProgramGrowsStacks)) return;
  printAll(Known::All, [&](auto visit) { forEachFunction(goroutine, visit); });
  printCreator(goroutine);
}

uint64_t framesKey(const task::Goroutine& goroutine) {
  uint64_t key = goroutine.createdAt;
  forEachFunction(goroutine, [&](const Site& site) {
    key = (key ^ reinterpret_cast<uintptr_t>(site.record)) * 0x9e3779b97f4a7c15;
  });
  return key;
}

// ------------------------------------------------------------------------------------------------------------ notes

// Sites of frames, innermost first: all if they are few, else as many from both ends.
struct StackNote {
  static constexpr uint32_t kKept = 60;  // more than Go shows at each end
  uint32_t count;
  Known known;
  uint32_t inner[kKept];
  uint32_t outer[kKept];  // frame i at i % kKept

  void add(uint32_t site) {
    if (count < kKept) inner[count] = site;
    else outer[count % kKept] = site;
    count++;
  }
  uint32_t operator[](uint32_t i) const { return i < kKept ? inner[i] : outer[i % kKept]; }
  bool has(uint32_t i) const { return i < kKept || i + kKept >= count; }
};

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
  task::BlockCache& blocks = sched::self().blocks;
  const size_t bytes = capacity * sizeof(client::CodePlace);
  auto places = static_cast<client::CodePlace*>(blocks.allocate(bytes));
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
  blocks.free(places, bytes);
  return isAll;
}

StackNote& noteOf(PanicRecord& record) {
  if (record.note) return *record.note;
  record.note = static_cast<StackNote*>(sched::self().blocks.allocate(sizeof(StackNote)));
  record.note->count = 0, record.note->known = Known::All;
  auto read = [&](client::CodePlace* into, uint32_t capacity) { return client::stackOf(&record, into, capacity); };
  bool isAll = forEachPlace(kMostPlaces, read, [&](uint32_t site) { record.note->add(site); });
  if (!isAll) record.note->known = Known::Beginning;
  return *record.note;
}

// The function that has a frame, and where in it the frame was left: the last of those that were inlined there.
Site frameOf(uint32_t number) {
  Site site(number);
  while (site.record->caller) site = Site(site.record->caller);
  return site;
}

// How many of the newer panic's outermost frames are also the older one's: it began in a call deferred by a function that
// the older one had come to.
uint32_t commonFrames(const StackNote& newer, const StackNote& older) {
  uint32_t common = 0;
  while (common < newer.count && common < older.count) {
    uint32_t i = newer.count - 1 - common, k = older.count - 1 - common;
    if (!newer.has(i) || !older.has(k)) break;
    Site a = frameOf(newer[i]), b = frameOf(older[k]);
    if (a.module != b.module || a.record->function != b.record->function) break;
    common++;
    if (a.record->line != b.record->line) break;
  }
  return common;
}

}  // namespace

void keepNotes(task::Goroutine& goroutine) {
  for (PanicRecord* record = goroutine.panics; record; record = record->older) {
    if (!(record->flags & kPanicGoexit)) noteOf(*record);
  }
}

void addPart(PanicRecord& record, task::Goroutine& goroutine) {
  if (record.flags & kPanicGoexit) return;
  StackNote& note = noteOf(record);
  forEachFrame(goroutine.parts->frames(), goroutine.parts->end(), [&](uint32_t site) { note.add(site); });
  if (note.known == Known::Beginning) note.known = Known::Ends;
}

void dropNote(PanicRecord& record) {
  if (record.note) sched::self().blocks.free(record.note, sizeof(StackNote));
}

// The frames of a panic that began while another was on its way stand on those of that one.
void printPanicFrames(task::Goroutine& goroutine) {
  if (!(program->flags & abi::kProgramGrowsStacks)) return;
  keepNotes(goroutine);
  Known known = Known::All;
  for (PanicRecord* record = goroutine.panics; record; record = record->older) {
    if (record->note && record->note->known > known) known = record->note->known;
  }
  printAll(known, [&](auto visit) {
    for (PanicRecord* record = goroutine.panics; record; record = record->older) {
      if (!record->note) continue;
      const StackNote& note = *record->note;
      const PanicRecord* older = record->older;
      uint32_t count = note.count - (older && older->note ? commonFrames(note, *older->note) : 0);
      for (uint32_t i = 0; i < count; i++) {
        if (note.has(i)) forEachFunction(note[i], visit);
      }
    }
  });
  printCreator(goroutine);
}

void printRunningFrames(const task::Goroutine& goroutine) {
  if (!(program->flags & abi::kProgramGrowsStacks)) return;
  StackNote note = {0, Known::All, {}, {}};
  auto add = [&](uint32_t site) { note.add(site); };
  bool isAll = forEachPlace(kMostPlaces, client::stackNow, add);
  if (!isAll) note.known = goroutine.parts ? Known::Ends : Known::Beginning;
  for (task::StackPart* part = goroutine.parts; part; part = part->older) forEachFrame(part->frames(), part->end(), add);
  printAll(note.known, [&](auto visit) {
    for (uint32_t i = 0; i < note.count; i++) {
      if (note.has(i)) forEachFunction(note[i], visit);
    }
  });
  printCreator(goroutine);
}

// -------------------------------------------------------------------------------------------------- package runtime

uint32_t callers(const task::Goroutine& goroutine, uint32_t skip, uint64_t* into, uint32_t capacity) {
  if (!(program->flags & abi::kProgramGrowsStacks)) return 0;
  uint64_t wanted = uint64_t{skip} + capacity;
  uint64_t count = 0;
  auto visit = [&](uint32_t number) {
    for (; number != 0 && count < wanted; number = Site(number).record->caller) {
      if (!isShown(Site(number).function())) continue;
      if (count >= skip) into[count - skip] = number;
      count++;
    }
  };
  // At most one frame in between is not shown; the engine has a few.
  constexpr uint32_t kMore = 16;
  bool isAll = forEachPlace(static_cast<uint32_t>(std::min<uint64_t>(2 * wanted + kMore, kMostPlaces)), client::stackNow, visit);
  for (task::StackPart* part = goroutine.parts; part && isAll && count < wanted; part = part->older) {
    forEachFrame(part->frames(), part->end(), visit);
  }
  return static_cast<uint32_t>(count > skip ? count - skip : 0);
}

bool sitePlace(uint32_t number, Place& place) {
  const abi::ProgramHeader* module = program;
  while (module && number < module->firstSite) module = module->image;
  if (number == 0 || !module || number - module->firstSite >= static_cast<uint64_t>(module->siteCount)) return false;
  const Site site(number);
  place.function = site.module->functions[site.record->function].name;
  place.file = site.module->files[site.record->file];
  place.line = site.record->line;
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
