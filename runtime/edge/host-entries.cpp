// Entry points: print, the standard streams, and the end of the program.
#include "runtime/edge/engine.h"
#include "runtime/edge/entries.h"
#include "runtime/edge/switch.h"
#include "runtime/host/console.h"
#include "runtime/host/machine.h"
#include "runtime/lang/print.h"
#include "runtime/sched/deadlock.h"
#include "runtime/sched/stream.h"

using namespace millrace;
using edge::isResuming;
using edge::unwindIf;

ENTRY_POINT(void, printBool)(uint32_t value) { lang::printBool(value != 0); }
ENTRY_POINT(void, printInt)(int64_t value) { lang::printSigned(value); }
ENTRY_POINT(void, printUint)(uint64_t value) { lang::printUnsigned(value); }
ENTRY_POINT(void, printFloat)(double value) { lang::printFloat(value, false); }
ENTRY_POINT(void, printFloat32)(float value) { lang::printFloat(value, true); }
ENTRY_POINT(void, printComplex)(double real, double imaginary) { lang::printComplex(real, imaginary, false); }
ENTRY_POINT(void, printComplex64)(float real, float imaginary) { lang::printComplex(real, imaginary, true); }
ENTRY_POINT(void, printString)(const char* p, int64_t n) { lang::print({p, static_cast<size_t>(n)}); }
ENTRY_POINT(void, printPointer)(const void* p) { lang::printPointer(p); }
ENTRY_POINT(void, printSlice)(const void* p, int64_t length, int64_t capacity) { lang::printSlice(p, length, capacity); }
ENTRY_POINT(void, printInterface)(const void* typeWord, const void* data) { lang::printInterface(typeWord, data); }
ENTRY_POINT(void, printEnd)() { unwindIf(isResuming() ? lang::printEndResumed() : lang::printEnd()); }

ENTRY_POINT(int64_t, write)(const char* p, int64_t n, int64_t file) {
  task::Goroutine& goroutine = sched::self().goroutine();
  if (isResuming()) {
    unwindIf(sched::writeResumed());
    return goroutine.answer;
  }
  goroutine.answer = n;
  unwindIf(sched::write(static_cast<int>(file), p, static_cast<size_t>(n)));
  return n;
}
ENTRY_POINT(int64_t, read)(char* p, int64_t n, int64_t) {
  size_t taken = 0;
  unwindIf(isResuming() ? sched::readResumed(taken) : sched::read(p, static_cast<size_t>(n), taken));
  return static_cast<int64_t>(taken);
}

ENTRY_POINT(uint32_t, signalSend)(int64_t number) {
  if (number > 0) sched::sendSignal(static_cast<uint32_t>(number));
  return !sched::signalsAreDone();
}
ENTRY_POINT(int64_t, signalNext)() {
  uint32_t number = 0;
  isResuming();
  unwindIf(sched::nextSignal(number));
  return number;
}

ENTRY_POINT(void, exit)(int64_t status) { host::endProgram(static_cast<uint32_t>(status) & 0xff); }
ENTRY_POINT(uint32_t, othersMayRun)() { return sched::findsLeaks() && sched::othersMayRun(); }
ENTRY_POINT(void, endWithLeaks)(int64_t status) {
  if (!isResuming()) unwindIf(sched::endWithLeaks(static_cast<uint32_t>(status) & 0xff));
}
ENTRY_POINT(void, fatal)(const char* p, int64_t n) { sched::fatal({p, static_cast<size_t>(n)}); }
ENTRY_POINT(int64_t, random)() { return static_cast<int64_t>(sched::self().nextRandom()); }
ENTRY_POINT(const char*, outside)() {
  edge::setResult(edge::outsideBytes);
  return edge::outside;
}
ENTRY_POINT(int64_t, hostCall)
(uint32_t what, int64_t x, int64_t y, const char* text, int64_t textBytes, char* buffer, int64_t bufferBytes) {
  return host::call(what, x, y, {text, static_cast<size_t>(textBytes)}, buffer, static_cast<size_t>(bufferBytes));
}
ENTRY_POINT(const abi::StringAbi*, arguments)() {
  edge::setResult(edge::argumentCount);
  return edge::arguments;
}
