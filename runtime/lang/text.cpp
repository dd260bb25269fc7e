// Strings and UTF-8.
#include "runtime/lang/text.h"

#include <cstring>

namespace millrace::lang {

namespace {

constexpr int32_t kRuneError = 0xFFFD, kMaxRune = 0x10FFFF;

bool isSurrogate(uint32_t rune) { return rune >= 0xD800 && rune <= 0xDFFF; }
bool continues(uint8_t byte) { return (byte & 0xC0) == 0x80; }

// Writes up to four bytes, tells how many.
uint32_t encodeRune(char* into, uint32_t rune) {
  if (rune > static_cast<uint32_t>(kMaxRune) || isSurrogate(rune)) rune = kRuneError;
  auto byte = [&](uint32_t mark, uint32_t bits) { *into++ = static_cast<char>(mark | bits); };
  if (rune < 0x80) {
    byte(0, rune);
    return 1;
  }
  if (rune < 0x800) {
    byte(0xC0, rune >> 6), byte(0x80, rune & 0x3F);
    return 2;
  }
  if (rune < 0x10000) {
    byte(0xE0, rune >> 12), byte(0x80, rune >> 6 & 0x3F), byte(0x80, rune & 0x3F);
    return 3;
  }
  byte(0xF0, rune >> 18), byte(0x80, rune >> 12 & 0x3F), byte(0x80, rune >> 6 & 0x3F), byte(0x80, rune & 0x3F);
  return 4;
}

uint32_t encodedLength(uint32_t rune) {
  char scratch[4];
  return encodeRune(scratch, rune);
}

}  // namespace

Sized concatenate(const abi::StringAbi* parts, uint32_t count) {
  uint64_t length = 0;
  const abi::StringAbi* only = nullptr;
  uint32_t nonEmpty = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (parts[i].length == 0) continue;
    length += static_cast<uint64_t>(parts[i].length);
    if (length > INT64_MAX) raise(abi::Fault::StringTooLong);
    only = &parts[i];
    nonEmpty++;
  }
  if (nonEmpty == 0) return {nullptr, 0};
  if (nonEmpty == 1) return {const_cast<char*>(only->data.pointer), only->length};
  char* data = allocateBytes(length);
  char* at = data;
  for (uint32_t i = 0; i < count; i++) {
    size_t n = static_cast<size_t>(parts[i].length);
    if (n) std::memcpy(at, parts[i].data, n);
    at += n;
  }
  return {data, static_cast<int64_t>(length)};
}

int32_t compare(const void* a, uint64_t aLength, const void* b, uint64_t bLength) {
  size_t common = static_cast<size_t>(aLength < bLength ? aLength : bLength);
  int order = common ? std::memcmp(a, b, common) : 0;
  if (order) return order < 0 ? -1 : 1;
  return aLength < bLength ? -1 : aLength > bLength;
}

char* copyBytes(const void* data, int64_t count) {
  char* copy = allocateBytes(static_cast<uint64_t>(count));
  if (count) std::memcpy(copy, data, static_cast<size_t>(count));
  return copy;
}

Sized stringToBytes(const void* data, int64_t count) {
  if (count == 0) return {gc::zeroSized, 0};
  uint64_t capacity = gc::roundUpSize(static_cast<uint64_t>(count), false);
  char* copy = allocateBytes(capacity);
  std::memcpy(copy, data, static_cast<size_t>(count));
  return {copy, static_cast<int64_t>(capacity)};
}

Decoded decodeRune(const uint8_t* s, uint64_t available) {
  uint8_t first = s[0];
  if (first < 0x80) return {first, 1};
  if (first >= 0xC0 && first < 0xE0) {
    if (available > 1 && continues(s[1])) {
      int32_t rune = (first & 0x1F) << 6 | (s[1] & 0x3F);
      if (rune >= 0x80) return {rune, 2};
    }
  } else if (first >= 0xE0 && first < 0xF0) {
    if (available > 2 && continues(s[1]) && continues(s[2])) {
      int32_t rune = (first & 0x0F) << 12 | (s[1] & 0x3F) << 6 | (s[2] & 0x3F);
      if (rune >= 0x800 && !isSurrogate(static_cast<uint32_t>(rune))) return {rune, 3};
    }
  } else if (first >= 0xF0 && first < 0xF8) {
    if (available > 3 && continues(s[1]) && continues(s[2]) && continues(s[3])) {
      int32_t rune = (first & 0x07) << 18 | (s[1] & 0x3F) << 12 | (s[2] & 0x3F) << 6 | (s[3] & 0x3F);
      if (rune >= 0x10000 && rune <= kMaxRune) return {rune, 4};
    }
  }
  return {kRuneError, 1};
}

Sized stringToRunes(const uint8_t* data, int64_t count) {
  uint64_t length = static_cast<uint64_t>(count), runes = 0;
  for (uint64_t at = 0; at < length; runes++) at += decodeRune(data + at, length - at).length;
  int32_t* result = reinterpret_cast<int32_t*>(allocateBytes(runes * 4));
  uint64_t at = 0;
  for (uint64_t i = 0; i < runes; i++) {
    Decoded decoded = decodeRune(data + at, length - at);
    result[i] = decoded.rune;
    at += decoded.length;
  }
  return {result, static_cast<int64_t>(runes)};
}

Sized runesToString(const int32_t* runes, int64_t count) {
  uint64_t length = 0;
  for (int64_t i = 0; i < count; i++) length += encodedLength(static_cast<uint32_t>(runes[i]));
  char* data = allocateBytes(length + 3);  // another goroutine may change a rune meanwhile: it must not write beyond
  uint64_t at = 0;
  for (int64_t i = 0; i < count && at < length; i++) at += encodeRune(data + at, static_cast<uint32_t>(runes[i]));
  return {data, static_cast<int64_t>(at)};
}

Sized runeToString(int64_t rune) {
  char* data = allocateBytes(4);
  bool valid = rune == static_cast<int32_t>(rune);
  return {data, encodeRune(data, valid ? static_cast<uint32_t>(rune) : kRuneError)};
}

}  // namespace millrace::lang
