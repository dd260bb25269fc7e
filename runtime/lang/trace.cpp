// Walking frames, and Go's way of printing them.
#include "runtime/lang/trace.h"

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
  return last.starts_with("gowrap") || last.starts_with("deferwrap") || last.ends_with("-fm");
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

// Calls visit(site) for every function of the frames [begin, end), innermost first.
template <typename Visit>
void forEachFunction(const char* begin, const char* end, Visit visit) {
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
  for (size_t i = 0; i < count; i++) forEachFunction(numbers[i], visit);
  blocks.free(numbers, count * sizeof(uint32_t));
}

template <typename Visit>
void forEachFunction(const task::Goroutine& goroutine, Visit visit) {
  if (goroutine.entry || !goroutine.frames) return;
  // The top is an address in WebAssembly's memory.
  forEachFunction(goroutine.frames, reinterpret_cast<const char*>(uintptr_t{goroutine.saved.top}), visit);
  for (task::StackPart* part = goroutine.parts; part; part = part->older) {
    forEachFunction(part->frames(), part->end(), visit);
  }
}

void printPlace(const Site& site) {
  host::Text<32> line;
  line.add(":").addUnsigned(site.record->line).add("\n");
  host::writeAll(2, "\t");
  host::writeAll(2, site.file());
  host::writeAll(2, line.view());
}

}  // namespace

void printFrames(const task::Goroutine& goroutine) {
  if (!(program->flags & abi::kProgramGrowsStacks)) return;
  uint64_t count = 0, at = 0;
  forEachFunction(goroutine, [&](const Site&) { count++; });
  forEachFunction(goroutine, [&](const Site& site) {
    bool isElided = at >= kShownAtEachEnd && at + kShownAtEachEnd < count;
    if (isElided && at == kShownAtEachEnd) {
      host::Text<64> line;
      line.add("...").addUnsigned(count - 2 * kShownAtEachEnd).add(" frames elided...\n");
      host::writeAll(2, line.view());
    }
    at++;
    if (isElided) return;
    host::writeAll(2, site.function());
    host::writeAll(2, "(...)\n");
    printPlace(site);
  });
  if (goroutine.createdAt == 0) return;
  Site site(goroutine.createdAt);
  if (!isShown(site.function())) return;
  host::Text<64> line;
  line.add(" in goroutine ").addUnsigned(goroutine.creator).add("\n");
  host::writeAll(2, "created by ");
  host::writeAll(2, site.function());
  host::writeAll(2, line.view());
  printPlace(site);
}

}  // namespace millrace::lang
