// print and println: pieces are gathered in the worker's buffer (nothing parks between them) and go out together.
#pragma once

#include <string_view>

#include "runtime/sched/scheduler.h"

namespace millrace::lang {

void print(std::string_view text);
void printBool(bool value);
void printSigned(int64_t value);
void printUnsigned(uint64_t value);
void printFloat(double value, bool single);
void printComplex(double real, double imaginary, bool single);
void printPointer(const void* address);
void printSlice(const void* data, int64_t length, int64_t capacity);
void printInterface(const void* typeWord, const void* data);

// Writes what was gathered to standard error. When it parked, printEndResumed goes on.
sched::Outcome printEnd();
sched::Outcome printEndResumed();

}  // namespace millrace::lang
