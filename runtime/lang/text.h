// Strings, and their conversions to and from bytes and runes.
#pragma once

#include "runtime/lang/slice.h"

namespace millrace::lang {

// number: the length of the result.
Sized concatenate(const abi::StringAbi* parts, uint32_t count);
// -1, 0, 1
int32_t compare(const void* a, uint64_t aLength, const void* b, uint64_t bLength);

char* copyBytes(const void* data, int64_t count);
// number: the capacity.
Sized stringToBytes(const void* data, int64_t count);
// number: how many runes.
Sized stringToRunes(const uint8_t* data, int64_t count);
Sized runesToString(const int32_t* runes, int64_t count);
Sized runeToString(int64_t rune);

struct Decoded {
  int32_t rune;
  uint32_t length;  // in bytes; 1 for an invalid byte, which decodes as U+FFFD
};
Decoded decodeRune(const uint8_t* data, uint64_t available);  // available > 0

}  // namespace millrace::lang
