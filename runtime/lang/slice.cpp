// Allocation as Go's make, new and append see it.
#include "runtime/lang/slice.h"

#include <cstring>

#include "runtime/host/console.h"

namespace millrace::lang {

namespace {

// What Go allows on a 64-bit machine. Between this and the memory there is lies the end of the program: out of memory.
constexpr uint64_t kMaxAlloc = uint64_t{1} << 48;

// count * size, or more than kMaxAlloc if it is that.
uint64_t product(uint64_t count, uint64_t size) {
  if ((count | size) >> 32 && size && count > kMaxAlloc / size) return kMaxAlloc + 1;  // a division only if it may matter
  uint64_t bytes = count * size;
  return bytes > kMaxAlloc ? kMaxAlloc + 1 : bytes;
}

void* allocate(const abi::Type& type, uint64_t count, uint64_t bytes) {
  if (bytes == 0) return gc::zeroSized;
  if (bytes > host::pageHeap.pageCount() * host::kPageBytes) host::outOfMemory(bytes);
  return sched::self().heap.allocate(type, static_cast<size_t>(count), static_cast<size_t>(bytes));
}

// Go's rule: twice as much while it is little, then a quarter more and something each time, with a smooth change between.
int64_t grownCapacity(int64_t wanted, int64_t old) {
  constexpr int64_t kSmall = 256;
  if (wanted > 2 * old) return wanted;
  if (old < kSmall) return 2 * old;
  uint64_t grown = static_cast<uint64_t>(old);
  do grown += (grown + 3 * kSmall) >> 2;
  while (grown < static_cast<uint64_t>(wanted));
  return static_cast<int64_t>(grown) > 0 ? static_cast<int64_t>(grown) : wanted;
}

}  // namespace

void* newObject(const abi::Type& type) { return allocate(type, 1, type.size); }

void* newArray(const abi::Type& element, int64_t count) {
  uint64_t bytes = product(static_cast<uint64_t>(count), element.size);
  if (count < 0 || bytes > kMaxAlloc) raise(abi::Fault::MakeSliceLen);
  return allocate(element, static_cast<uint64_t>(count), bytes);
}

void* makeSlice(const abi::Type& element, int64_t length, int64_t capacity) {
  uint64_t bytes = product(static_cast<uint64_t>(capacity), element.size);
  if (bytes > kMaxAlloc || length < 0 || length > capacity) {
    // make([]T, n) with a bad n is a bad length, although the capacity is bad too.
    bool badLength = length < 0 || product(static_cast<uint64_t>(length), element.size) > kMaxAlloc;
    raise(badLength ? abi::Fault::MakeSliceLen : abi::Fault::MakeSliceCap);
  }
  return allocate(element, static_cast<uint64_t>(capacity), bytes);
}

Sized growSlice(const void* old, int64_t newLength, int64_t oldCapacity, int64_t added, const abi::Type& element) {
  if (newLength < 0) raise(abi::Fault::GrowSliceLen);
  if (element.size == 0) return {gc::zeroSized, newLength};
  int64_t capacity = grownCapacity(newLength, oldCapacity);
  uint64_t wanted = product(static_cast<uint64_t>(capacity), element.size);
  if (wanted > kMaxAlloc) raise(abi::Fault::GrowSliceLen);
  uint64_t bytes = gc::roundUpSize(wanted, element.pointerBytes != 0);
  capacity = static_cast<int64_t>(bytes / element.size);
  bytes = static_cast<uint64_t>(capacity) * element.size;
  void* data = allocate(element, static_cast<uint64_t>(capacity), bytes);
  uint64_t oldBytes = static_cast<uint64_t>(newLength - added) * element.size;
  if (oldBytes) std::memcpy(data, old, static_cast<size_t>(oldBytes));
  return {data, capacity};
}

char* allocateBytes(uint64_t count) {
  if (count == 0) return reinterpret_cast<char*>(gc::zeroSized);
  if (count > host::pageHeap.pageCount() * host::kPageBytes) host::outOfMemory(count);
  return static_cast<char*>(sched::self().heap.allocateBytes(static_cast<size_t>(count)));
}

}  // namespace millrace::lang
