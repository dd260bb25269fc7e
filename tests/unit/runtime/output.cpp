// The output ring as the host reads it.
#include "tests/unit/runtime/output.h"

#include <cstring>

#include "runtime/host/console.h"

namespace millrace::test {

Printed takeOutput() {
  abi::Ring& ring = host::engineState.output;
  const char* bytes = host::ringBytes(ring);
  uint32_t written = host::atomicAt(&ring.written).load();
  Printed printed;
  for (uint32_t at = ring.read; at != written;) {
    uint32_t head;
    std::memcpy(&head, bytes + at % ring.capacity, sizeof head);
    at += sizeof head;
    uint32_t count = head & ((1u << abi::kRecordStreamShift) - 1);
    std::string text;
    for (uint32_t i = 0; i < count; i++) text += bytes[(at + i) % ring.capacity];
    (head >> abi::kRecordStreamShift == 1 ? printed.output : printed.errors) += text;
    printed.both += text;
    at += (count + 3) & ~3u;
  }
  host::atomicAt(&ring.read).store(written);
  return printed;
}

}  // namespace millrace::test
