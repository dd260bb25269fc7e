// From the text of string and rune literals to their values.
#include "wasm/syntax/literal.h"

#include <algorithm>

#include "wasm/syntax/unicode.h"

namespace millrace::syntax {

namespace {

struct Character {
  char32_t value;
  bool isByte;  // from an octal or \x escape: stands for one byte, not for the encoding of a rune
};

// Takes one character or escape sequence off the front of `text`, which is not empty.
Character takeCharacter(std::string_view& text) {
  if (text[0] != '\\' || text.size() == 1) {
    const DecodedRune decoded = decodeRune(text);
    text.remove_prefix(decoded.width);
    return {decoded.rune, false};
  }
  const char c = text[1];
  size_t digits = 3, from = 1;
  int base = 8;
  switch (c) {
    case 'x': digits = 2, from = 2, base = 16; break;
    case 'u': digits = 4, from = 2, base = 16; break;
    case 'U': digits = 8, from = 2, base = 16; break;
    default: break;
  }
  if (base == 16 || (c >= '0' && c <= '7')) {
    char32_t value = 0;
    const size_t end = std::min(from + digits, text.size());
    for (size_t i = from; i < end; i++) {
      value = value * base + (text[i] <= '9' ? text[i] - '0' : (text[i] | 0x20) - 'a' + 10);
    }
    text.remove_prefix(end);
    return {value, c != 'u' && c != 'U'};
  }
  text.remove_prefix(2);
  switch (c) {
    case 'a': return {'\a', false};
    case 'b': return {'\b', false};
    case 'f': return {'\f', false};
    case 'n': return {'\n', false};
    case 'r': return {'\r', false};
    case 't': return {'\t', false};
    case 'v': return {'\v', false};
    default: return {static_cast<uint8_t>(c), false};  // a quote or a backslash
  }
}

}  // namespace

std::string stringLiteralValue(std::string_view literal) {
  std::string out;
  if (literal.size() < 2) return out;
  const bool raw = literal[0] == '`';
  std::string_view text = literal.substr(1, literal.size() - 2);
  if (raw || text.find('\\') == std::string_view::npos) {
    out = text;
    if (raw) std::erase(out, '\r');
    return out;
  }
  out.reserve(text.size());
  while (!text.empty()) {
    if (text[0] != '\\') {  // bytes as they are, even if they are not UTF-8
      const size_t plain = std::min(text.find('\\'), text.size());
      out += text.substr(0, plain);
      text.remove_prefix(plain);
      continue;
    }
    const Character character = takeCharacter(text);
    if (character.isByte) {
      out += static_cast<char>(character.value);
    } else {
      appendRune(out, character.value);
    }
  }
  return out;
}

char32_t runeLiteralValue(std::string_view literal) {
  if (literal.size() < 3) return kRuneError;
  std::string_view text = literal.substr(1, literal.size() - 2);
  const Character character = takeCharacter(text);
  return text.empty() ? character.value : kRuneError;
}

}  // namespace millrace::syntax
