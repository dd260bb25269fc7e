// Formatting for print and println.
#include "runtime/lang/print.h"

#include <cstring>

#include "runtime/lang/float-text.h"
#include "runtime/sched/stream.h"

namespace millrace::lang {

void print(std::string_view text) {
  sched::Worker& worker = sched::self();
  size_t wanted = worker.printLength + text.size();
  if (wanted > worker.printCapacity) {
    size_t capacity = task::blockBytes(wanted < 256 ? 256 : wanted * 2);
    char* larger = static_cast<char*>(worker.blocks.allocate(capacity));
    if (worker.printText) {
      std::memcpy(larger, worker.printText, worker.printLength);
      worker.blocks.free(worker.printText, worker.printCapacity);
    }
    worker.printText = larger;
    worker.printCapacity = static_cast<uint32_t>(capacity);
  }
  std::memcpy(worker.printText + worker.printLength, text.data(), text.size());
  worker.printLength = static_cast<uint32_t>(wanted);
}

void printBool(bool value) { print(value ? "true" : "false"); }
void printSigned(int64_t value) { print(host::Text<24>().addSigned(value).view()); }
void printUnsigned(uint64_t value) { print(host::Text<24>().addUnsigned(value).view()); }
void printFloat(double value, bool single) { print(floatText(value, single).view()); }

void printComplex(double real, double imaginary, bool single) {
  FloatText second = floatText(imaginary, single);
  print("(");
  printFloat(real, single);
  if (second.view()[0] != '-' && second.view()[0] != '+') print("+");
  print(second.view());
  print("i)");
}

void printPointer(const void* address) {
  print(host::Text<24>().add("0x").addUnsigned(reinterpret_cast<uintptr_t>(address), 16).view());
}

void printSlice(const void* data, int64_t length, int64_t capacity) {
  print(host::Text<64>().add("[").addSigned(length).add("/").addSigned(capacity).add("]").view());
  printPointer(data);
}

void printInterface(const void* typeWord, const void* data) {
  print("(");
  printPointer(typeWord);
  print(",");
  printPointer(data);
  print(")");
}

// When the ring is full the goroutine takes the text along while it waits.
sched::Outcome printEnd() {
  sched::Worker& worker = sched::self();
  sched::Outcome outcome = sched::write(2, worker.printText, worker.printLength);
  if (outcome == sched::Outcome::Parked) {
    task::Goroutine& goroutine = worker.goroutine();
    goroutine.waitingText = worker.printText;
    goroutine.waitingTextBytes = worker.printCapacity;
    worker.printText = nullptr;
    worker.printCapacity = 0;
  }
  worker.printLength = 0;
  return outcome;
}

sched::Outcome printEndResumed() {
  sched::Outcome outcome = sched::writeResumed();
  if (outcome == sched::Outcome::Done) {
    sched::Worker& worker = sched::self();
    task::Goroutine& goroutine = worker.goroutine();
    worker.blocks.free(goroutine.waitingText, goroutine.waitingTextBytes);
    goroutine.waitingText = nullptr;
  }
  return outcome;
}

}  // namespace millrace::lang
