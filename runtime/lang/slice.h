// Making and growing slices and single objects.
#pragma once

#include "runtime/lang/program.h"

namespace millrace::lang {

// An address and a number that goes with it: a capacity, or a length.
struct Sized {
  void* data;
  int64_t number;
};

void* newObject(const abi::Type& type);
void* newArray(const abi::Type& element, int64_t count);
void* makeSlice(const abi::Type& element, int64_t length, int64_t capacity);
// Room for newLength elements, of which the first newLength - added are copied from `old`. number: the new capacity.
Sized growSlice(const void* old, int64_t newLength, int64_t oldCapacity, int64_t added, const abi::Type& element);

// `count` bytes without pointers; not more than memory can hold.
char* allocateBytes(uint64_t count);

}  // namespace millrace::lang
