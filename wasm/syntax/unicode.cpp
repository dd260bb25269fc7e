// Runes: UTF-8 and the display of single characters. The tables of classes are in unicode-tables.cpp.
#include "wasm/syntax/unicode.h"

#include <cstdio>

namespace millrace::syntax {

DecodedRune decodeRune(std::string_view text) {
  constexpr DecodedRune kInvalid = {kRuneError, 1};
  auto byteAt = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  auto continues = [&](size_t i) { return i < text.size() && (byteAt(i) & 0xC0) == 0x80; };

  const uint8_t lead = byteAt(0);
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xC2 || !continues(1)) return kInvalid;  // a continuation byte, or an overlong form
  if (lead < 0xE0) return {char32_t(lead & 0x1F) << 6 | (byteAt(1) & 0x3F), 2};
  if (!continues(2)) return kInvalid;
  if (lead < 0xF0) {
    char32_t rune = char32_t(lead & 0x0F) << 12 | char32_t(byteAt(1) & 0x3F) << 6 | (byteAt(2) & 0x3F);
    bool surrogate = rune >= 0xD800 && rune < 0xE000;
    return rune < 0x800 || surrogate ? kInvalid : DecodedRune{rune, 3};
  }
  if (lead > 0xF4 || !continues(3)) return kInvalid;
  char32_t rune = char32_t(lead & 0x07) << 18 | char32_t(byteAt(1) & 0x3F) << 12 | char32_t(byteAt(2) & 0x3F) << 6 |
                  (byteAt(3) & 0x3F);
  return rune < 0x10000 || rune > kMaxRune ? kInvalid : DecodedRune{rune, 4};
}

void appendRune(std::string& out, char32_t rune) {
  if (rune > kMaxRune || (rune >= 0xD800 && rune < 0xE000)) rune = kRuneError;
  auto tail = [&](int shift) { out += static_cast<char>(0x80 | (rune >> shift & 0x3F)); };
  if (rune < 0x80) {
    out += static_cast<char>(rune);
  } else if (rune < 0x800) {
    out += static_cast<char>(0xC0 | rune >> 6);
    tail(0);
  } else if (rune < 0x10000) {
    out += static_cast<char>(0xE0 | rune >> 12);
    tail(6);
    tail(0);
  } else {
    out += static_cast<char>(0xF0 | rune >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

bool isSpace(char32_t rune) {
  if (rune <= 0xFF) return (rune >= '\t' && rune <= '\r') || rune == ' ' || rune == 0x85 || rune == 0xA0;
  return rune == 0x1680 || (rune >= 0x2000 && rune <= 0x200A) || rune == 0x2028 || rune == 0x2029 || rune == 0x202F ||
         rune == 0x205F || rune == 0x3000;
}

static std::string hex(const char* format, char32_t rune) {
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, format, static_cast<unsigned>(rune));
  return buffer;
}

std::string quoted(char32_t rune) {
  std::string out = "'";
  if (rune == '\'' || rune == '\\') {
    out += '\\';
    out += static_cast<char>(rune);
  } else if (isPrintable(rune)) {
    appendRune(out, rune);
  } else if (rune >= '\a' && rune <= '\r') {
    out += '\\';
    out += "abtnvfr"[rune - '\a'];
  } else if (rune < ' ' || rune == 0x7F) {
    out += hex("\\x%02x", rune);
  } else {
    out += hex(rune < 0x10000 ? "\\u%04x" : "\\U%08x", rune);
  }
  return out + "'";
}

std::string codePoint(char32_t rune) {
  std::string out = hex("U+%04X", rune);
  if (!isPrintable(rune)) return out;
  out += " '";
  appendRune(out, rune);
  return out + "'";
}

}  // namespace millrace::syntax
