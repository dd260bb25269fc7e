// Entry points: memory, strings, interfaces, maps, panics.
#include "runtime/edge/entries.h"
#include "runtime/edge/switch.h"
#include "runtime/gc/pools.h"
#include "runtime/gc/specials.h"
#include "runtime/host/console.h"
#include "runtime/lang/hash.h"
#include "runtime/lang/interface.h"
#include "runtime/lang/slice.h"
#include "runtime/lang/text.h"
#include "runtime/lang/trace.h"
#include "runtime/sched/deadlock.h"
#include "runtime/sched/report.h"
#include "runtime/sched/world.h"

using namespace millrace;
using abi::MapType;
using abi::StringAbi;
using abi::Type;
using edge::isResuming;
using edge::setResult;
using edge::unwindIf;
using edge::withResult;
using lang::Map;
using lang::PanicRecord;

// ---- memory

ENTRY_POINT(void*, newObject)(const Type* type) { return lang::newObject(*type); }
ENTRY_POINT(void*, newArray)(const Type* type, int64_t count) { return lang::newArray(*type, count); }
ENTRY_POINT(void*, makeSlice)(const Type* element, int64_t length, int64_t capacity) {
  return lang::makeSlice(*element, length, capacity);
}
ENTRY_POINT(void*, growSlice)(const void* old, int64_t newLength, int64_t oldCapacity, int64_t added, const Type* element) {
  return withResult(lang::growSlice(old, newLength, oldCapacity, added, *element));
}
ENTRY_POINT(void, gc)() {
  if (isResuming()) return sched::collectResumed();
  unwindIf(sched::collect());
}
ENTRY_POINT(void, memStats)(abi::MemStats* stats) { gc::readFigures(*stats); }
ENTRY_POINT(int32_t, gcPercent)(int32_t percent) { return gc::setPercent(percent); }
ENTRY_POINT(int64_t, memoryLimit)(int64_t bytes) { return static_cast<int64_t>(gc::setMemoryLimit(bytes)); }

ENTRY_POINT(int64_t, specialAdd)(uint32_t kind, const void* pointer, void* closure) {
  return gc::addSpecial(static_cast<gc::SpecialKind>(kind), pointer, closure, sched::self().blocks);
}
ENTRY_POINT(void, finalizerRemove)(const void* object) { gc::removeFinalizer(object, sched::self().blocks); }
ENTRY_POINT(void, cleanupRemove)(const void* pointer, int64_t number) {
  gc::removeCleanup(pointer, number, sched::self().blocks);
}
ENTRY_POINT(void*, weakHandle)(void* pointer) { return gc::weakHandle(pointer, sched::self().heap); }
ENTRY_POINT(void*, weakTarget)(const void* handle) { return gc::weakTarget(handle, sched::self().heap.marker); }
ENTRY_POINT(void*, objectAt)(const void* pointer) {
  gc::Object object = gc::findObject(pointer);
  setResult(static_cast<int64_t>(object.bytes));
  return reinterpret_cast<void*>(object.begin);
}
ENTRY_POINT(void, callerSet)(void* closure) { gc::setCaller(closure); }
ENTRY_POINT(uint32_t, callsAreDue)() { return gc::areCallsDue(); }
ENTRY_POINT(void*, dueCall)() {
  gc::DueCall due = gc::takeDue(sched::self().heap.marker, sched::self().blocks);
  setResult(static_cast<int64_t>(reinterpret_cast<uintptr_t>(due.object)));
  return due.call;
}
ENTRY_POINT(void, poolLists)(abi::PoolLists* lists) { gc::describePools(lists); }
ENTRY_POINT(void, writeBarrier)(void* slot) { sched::beforeWrite(slot); }
ENTRY_POINT(void, bulkBarrier)(void* begin, int64_t bytes) { sched::beforeWrite(begin, static_cast<size_t>(bytes)); }

// ---- strings

ENTRY_POINT(void*, concatStrings)(const StringAbi* parts, uint32_t count) {
  return withResult(lang::concatenate(parts, count));
}
ENTRY_POINT(int32_t, compareStrings)(const void* p, int64_t n, const void* q, int64_t m) {
  return lang::compare(p, static_cast<uint64_t>(n), q, static_cast<uint64_t>(m));
}
ENTRY_POINT(uint32_t, memEqual)(const void* p, const void* q, int64_t bytes) {
  return lang::memoryEqual(p, q, static_cast<uint64_t>(bytes));
}
ENTRY_POINT(void*, bytesToString)(const void* p, int64_t n) { return lang::copyBytes(p, n); }
ENTRY_POINT(void*, stringToBytes)(const void* p, int64_t n) { return withResult(lang::stringToBytes(p, n)); }
ENTRY_POINT(void*, stringToRunes)(const uint8_t* p, int64_t n) { return withResult(lang::stringToRunes(p, n)); }
ENTRY_POINT(void*, runesToString)(const int32_t* p, int64_t n) { return withResult(lang::runesToString(p, n)); }
ENTRY_POINT(void*, runeToString)(int64_t rune) { return withResult(lang::runeToString(rune)); }
ENTRY_POINT(int32_t, decodeRune)(const uint8_t* p, int64_t n, int64_t i) {
  lang::Decoded decoded = lang::decodeRune(p + i, static_cast<uint64_t>(n - i));
  setResult(i + decoded.length);
  return decoded.rune;
}

// ---- interfaces

ENTRY_POINT(const abi::ITab*, itabFor)(const abi::InterfaceType* interface, const Type* type, uint32_t mayFail) {
  return lang::itabFor(*interface, *type, mayFail != 0);
}
ENTRY_POINT(uint32_t, ifaceEqual)(const Type* type, void* a, void* b) { return lang::equalInterfaces(*type, a, b); }

// ---- maps

ENTRY_POINT(Map*, mapMake)(const MapType* type, int64_t hint) { return lang::makeMap(*type, hint); }
ENTRY_POINT(const void*, mapAccess1)(const MapType* type, Map* map, const void* key) {
  return lang::mapAccess1(*type, map, key);
}
ENTRY_POINT(void*, mapAccess2)(const MapType* type, Map* map, const void* key) { return lang::mapAccess2(*type, map, key); }
ENTRY_POINT(void*, mapAssign)(const MapType* type, Map* map, const void* key) { return lang::mapAssign(*type, map, key); }
ENTRY_POINT(void, mapDelete)(const MapType* type, Map* map, const void* key) { lang::mapDelete(*type, map, key); }
ENTRY_POINT(const void*, mapAccess1Fast64)(const MapType* type, Map* map, uint64_t key) {
  return lang::mapAccess1(*type, map, key);
}
ENTRY_POINT(void*, mapAccess2Fast64)(const MapType* type, Map* map, uint64_t key) {
  return lang::mapAccess2(*type, map, key);
}
ENTRY_POINT(void*, mapAssignFast64)(const MapType* type, Map* map, uint64_t key) {
  return lang::mapAssign(*type, map, key);
}
ENTRY_POINT(void, mapDeleteFast64)(const MapType* type, Map* map, uint64_t key) { lang::mapDelete(*type, map, key); }
static StringAbi stringKey(const char* p, int64_t n) { return {const_cast<char*>(p), n}; }
ENTRY_POINT(const void*, mapAccess1FastStr)(const MapType* type, Map* map, const char* p, int64_t n) {
  return lang::mapAccess1(*type, map, stringKey(p, n));
}
ENTRY_POINT(void*, mapAccess2FastStr)(const MapType* type, Map* map, const char* p, int64_t n) {
  return lang::mapAccess2(*type, map, stringKey(p, n));
}
ENTRY_POINT(void*, mapAssignFastStr)(const MapType* type, Map* map, const char* p, int64_t n) {
  return lang::mapAssign(*type, map, stringKey(p, n));
}
ENTRY_POINT(void, mapDeleteFastStr)(const MapType* type, Map* map, const char* p, int64_t n) {
  lang::mapDelete(*type, map, stringKey(p, n));
}
ENTRY_POINT(void, mapClear)(const MapType* type, Map* map) { lang::mapClear(*type, map); }
ENTRY_POINT(void, mapIterStart)(const MapType* type, Map* map, abi::MapIterator* iterator) {
  lang::mapIterStart(*type, map, *iterator);
}
ENTRY_POINT(void, mapIterNext)(abi::MapIterator* iterator) { lang::mapIterNext(*iterator); }

static int64_t asHash(uint64_t hash) { return static_cast<int64_t>(hash); }
static uint64_t asSeed(int64_t seed) { return static_cast<uint64_t>(seed); }
ENTRY_POINT(int64_t, hashMemory)(const void* p, uint32_t bytes, int64_t seed) {
  return asHash(lang::hashMemory(p, bytes, asSeed(seed)));
}
ENTRY_POINT(int64_t, hashString)(const StringAbi* s, int64_t seed) { return asHash(lang::hashString(*s, asSeed(seed))); }
ENTRY_POINT(int64_t, hashFloat32)(const float* p, int64_t seed) { return asHash(lang::hashFloat(*p, asSeed(seed))); }
ENTRY_POINT(int64_t, hashFloat64)(const double* p, int64_t seed) { return asHash(lang::hashFloat(*p, asSeed(seed))); }
ENTRY_POINT(int64_t, hashEface)(const abi::Slot<void>* value, int64_t seed) {
  auto type = static_cast<const Type*>(value[0].pointer);
  return asHash(lang::hashInterface(type, &value[1].pointer, asSeed(seed)));
}
ENTRY_POINT(int64_t, hashIface)(const abi::Slot<void>* value, int64_t seed) {
  auto itab = static_cast<const abi::ITab*>(value[0].pointer);
  return asHash(lang::hashInterface(itab ? itab->type.pointer : nullptr, &value[1].pointer, asSeed(seed)));
}

// ---- panics

ENTRY_POINT(void, panic)(const Type* type, void* data) { lang::startPanic(type, data); }
ENTRY_POINT(void, goExit)() { lang::startGoexit(); }
ENTRY_POINT(void, panicRethrow)(PanicRecord*) { lang::client::throwPanic(); }

__attribute__((noinline)) static PanicRecord* caught(PanicRecord* record) { return lang::catchPanic(record); }
// The C++ frames that the exception went through are still on the C++ stack. Compiled code runs on top of none but the
// loop's (what the runtime calls back never catches), so that is where the stack continues.
ENTRY_POINT(PanicRecord*, panicCatch)(PanicRecord* record) {
  edge::setStackPointer(sched::self().loopStack);
  return caught(record);
}
ENTRY_POINT(PanicRecord*, panicNext)(PanicRecord* record) { return lang::nextPanic(record); }
ENTRY_POINT(const Type*, recover)(uint32_t calledByPanic) {
  lang::Any value = lang::recover(calledByPanic != 0);
  setResult(lang::asArgument(value.data));
  return value.type;
}

ENTRY_POINT(uint32_t, panicFlags)(const PanicRecord* record) {
  return record->flags & (lang::kPanicRecovered | lang::kPanicGoexit);
}
ENTRY_POINT(PanicRecord*, panicFirst)() { return lang::oldestPanic(sched::self().goroutine()); }
ENTRY_POINT(PanicRecord*, panicLater)(const PanicRecord* record) { return record->newer; }
ENTRY_POINT(const Type*, panicValue)(const PanicRecord* record) {
  setResult(lang::asArgument(record->data));
  return record->type;
}
ENTRY_POINT(void, panicBegin)() {
  if (!isResuming()) unwindIf(sched::beginPanicReport());
}
ENTRY_POINT(void, panicExit)(int64_t bubble) {
  sched::endPanicReport(static_cast<uint32_t>(bubble));
}

ENTRY_POINT(uint32_t, callers)(uint32_t skip, uint64_t* into, uint32_t capacity) {
  return lang::callers(sched::self().goroutine(), skip, into, capacity);
}
ENTRY_POINT(int64_t, stacks)(char* into, int64_t room, uint32_t all) {
  if (isResuming()) return sched::self().goroutine().answer;
  if (!all) return lang::writeRunningStack(sched::self().goroutine(), into, static_cast<size_t>(room));
  unwindIf(sched::writeAllStacks(into, static_cast<size_t>(room)));
  return 0;
}
ENTRY_POINT(int64_t, goroutineSites)(uint64_t* into, int64_t room) {
  if (isResuming()) return sched::self().goroutine().answer;
  unwindIf(sched::writeAllSites(into, static_cast<size_t>(room)));
  return 0;
}
ENTRY_POINT(void, traceback)(uint32_t level, uint32_t all) { sched::setTraceback(level, all != 0); }
ENTRY_POINT(uint32_t, sitePlace)(uint32_t site, lang::Place* into) { return lang::sitePlace(site, *into); }
ENTRY_POINT(uint32_t, functionPlace)(uint32_t index, lang::Place* into) { return lang::functionPlace(index, *into); }

namespace millrace::lang::client {

extern "C" __attribute__((import_module("glue"), import_name("throwPanic"))) void glueThrowPanic(void);
extern "C" __attribute__((import_module("host"), import_name("noteStack"))) void hostNoteStack(const void* key, uint32_t isFamiliar);
extern "C" __attribute__((import_module("host"), import_name("stackOf"))) uint32_t hostStackOf(const void* key, CodePlace* into,
                                                                                            uint32_t capacity);

extern "C" __attribute__((import_module("host"), import_name("stackNow"))) uint32_t hostStackNow(CodePlace* into, uint32_t capacity);

void noteStack(const void* key, bool isFamiliar) { hostNoteStack(key, isFamiliar); }
uint32_t stackOf(const void* key, CodePlace* into, uint32_t capacity) { return hostStackOf(key, into, capacity); }
uint32_t stackNow(CodePlace* into, uint32_t capacity) { return hostStackNow(into, capacity); }

void throwPanic() {
  glueThrowPanic();
  __builtin_trap();
}

}  // namespace millrace::lang::client
