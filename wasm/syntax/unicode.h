// Runes: decoding UTF-8, the classes of characters that Go's grammar asks about, and runes as Go's messages show them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace millrace::syntax {

inline constexpr char32_t kRuneError = 0xFFFD;  // stands for bytes that are not UTF-8
inline constexpr char32_t kMaxRune = 0x10FFFF;

struct DecodedRune {
  char32_t rune;
  uint32_t width;  // in bytes; kRuneError of width 1: the byte begins no valid encoding
};

// The rune at the beginning of `text`, which must not be empty.
DecodedRune decodeRune(std::string_view text);
// Appends the encoding of `rune`; of kRuneError if it has none.
void appendRune(std::string& out, char32_t rune);

bool isLetter(char32_t rune);     // categories Lu, Ll, Lt, Lm, Lo; not `_`
bool isDigit(char32_t rune);      // category Nd
bool isUpper(char32_t rune);      // category Lu
bool isSpace(char32_t rune);      // property White_Space
bool isPrintable(char32_t rune);  // as strconv.IsPrint

// `rune` as fmt's %q shows it: 'x', '\n', '\u00a0'.
std::string quoted(char32_t rune);
// `rune` as fmt's %#U shows it: U+0040 '@'.
std::string codePoint(char32_t rune);

}  // namespace millrace::syntax
