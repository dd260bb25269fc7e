// Texts: equality without regard to case, quoting.
//
// The folding table is that of Go's unicode.SimpleFold at Go 1.26, beyond ASCII: for every code point that has a
// smaller one of the same letter, how much smaller, packed as variable-length numbers of seven bits a byte.
#include "wasm/types/text.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <vector>

#include "wasm/syntax/unicode.h"

namespace millrace::types {
namespace {

// Ranges that fold to a smaller code point: distance, width, stride, and how much smaller.
constexpr uint8_t kFold[] = {
    224, 1, 22, 1, 32, 2, 6, 1, 32, 3, 46, 2, 1, 4, 4, 2, 1, 3, 14, 2, 1, 3, 44, 2, 1, 1, 0, 1, 121, 2, 4, 2, 1, 1, 0,
    1, 172, 2, 4, 2, 2, 1, 3, 0, 1, 1, 4, 0, 1, 1, 6, 0, 1, 1, 7, 0, 1, 1, 8, 4, 2, 1, 3, 0, 1, 1, 5, 0, 1, 1, 3, 0,
    1, 1, 4, 2, 2, 1, 3, 0, 1, 1, 4, 0, 1, 1, 8, 0, 1, 1, 1, 0, 1, 2, 2, 0, 1, 1, 1, 0, 1, 2, 2, 0, 1, 1, 1, 0, 1, 2,
    2, 14, 2, 1, 1, 0, 1, 79, 2, 16, 2, 1, 3, 0, 1, 1, 1, 0, 1, 2, 2, 0, 1, 1, 1, 0, 1, 97, 1, 0, 1, 56, 2, 38, 2, 1,
    1, 0, 1, 130, 1, 3, 16, 2, 1, 9, 0, 1, 1, 1, 0, 1, 163, 1, 5, 0, 1, 1, 1, 0, 1, 195, 1, 4, 8, 2, 1, 4, 0, 1, 210,
    1, 1, 0, 1, 206, 1, 2, 1, 1, 205, 1, 2, 0, 1, 202, 1, 2, 0, 1, 203, 1, 5, 0, 1, 205, 1, 3, 0, 1, 207, 1, 5, 0, 1,
    209, 1, 1, 0, 1, 211, 1, 6, 0, 1, 211, 1, 3, 0, 1, 213, 1, 3, 0, 1, 214, 1, 11, 0, 1, 218, 1, 3, 0, 1, 218, 1, 5,
    0, 1, 218, 1, 1, 0, 1, 69, 1, 1, 1, 217, 1, 1, 0, 1, 71, 6, 0, 1, 219, 1, 223, 1, 2, 2, 1, 4, 0, 1, 1, 34, 0, 1,
    84, 3, 0, 1, 231, 5, 16, 0, 1, 38, 1, 2, 1, 37, 2, 7, 1, 32, 1, 0, 1, 116, 1, 1, 1, 32, 1, 0, 1, 135, 6, 1, 4, 1,
    32, 1, 0, 1, 31, 1, 8, 1, 32, 1, 0, 1, 64, 1, 1, 1, 63, 2, 0, 1, 62, 1, 0, 1, 57, 4, 0, 1, 47, 1, 0, 1, 54, 1, 0,
    1, 8, 2, 22, 2, 1, 1, 0, 1, 86, 1, 0, 1, 80, 2, 0, 1, 116, 1, 0, 1, 92, 1, 0, 1, 96, 3, 0, 1, 1, 1, 0, 1, 7, 2, 0,
    1, 1, 2, 2, 1, 130, 1, 49, 31, 1, 32, 1, 15, 1, 80, 2, 32, 2, 1, 10, 52, 2, 1, 3, 12, 2, 1, 1, 0, 1, 15, 2, 94, 2,
    1, 50, 37, 1, 48, 242, 28, 5, 1, 8, 131, 17, 0, 1, 238, 48, 1, 0, 1, 237, 48, 1, 0, 1, 228, 48, 1, 1, 1, 226, 48,
    1, 0, 1, 227, 48, 1, 0, 1, 220, 48, 1, 0, 1, 165, 48, 9, 42, 1, 192, 23, 3, 2, 1, 192, 23, 194, 2, 148, 1, 2, 1,
    6, 0, 1, 59, 3, 0, 1, 191, 59, 3, 94, 2, 1, 9, 7, 1, 8, 9, 5, 1, 8, 11, 7, 1, 8, 9, 7, 1, 8, 9, 5, 1, 8, 12, 6, 2,
    8, 9, 7, 1, 8, 25, 7, 1, 8, 9, 7, 1, 8, 9, 7, 1, 8, 9, 1, 1, 8, 1, 1, 1, 74, 1, 0, 1, 9, 2, 0, 1, 249, 56, 10, 3,
    1, 86, 1, 0, 1, 9, 12, 1, 1, 8, 1, 1, 1, 100, 13, 1, 1, 8, 1, 1, 1, 112, 1, 0, 1, 7, 12, 1, 1, 128, 1, 1, 1, 1,
    126, 1, 0, 1, 9, 170, 2, 0, 1, 253, 58, 4, 0, 1, 223, 65, 1, 0, 1, 230, 64, 35, 0, 1, 28, 34, 15, 1, 16, 5, 0, 1,
    1, 204, 6, 25, 1, 26, 199, 14, 47, 1, 48, 2, 0, 1, 1, 1, 0, 1, 247, 83, 1, 0, 1, 230, 29, 1, 0, 1, 231, 83, 1, 0,
    1, 171, 84, 1, 0, 1, 168, 84, 2, 4, 2, 1, 1, 0, 1, 156, 84, 1, 0, 1, 253, 83, 1, 0, 1, 159, 84, 1, 0, 1, 158, 84,
    3, 0, 1, 1, 3, 0, 1, 1, 8, 1, 1, 191, 84, 2, 98, 2, 1, 9, 2, 2, 1, 5, 0, 1, 1, 13, 37, 1, 224, 56, 2, 0, 1, 224,
    56, 6, 0, 1, 224, 56, 148, 242, 1, 8, 2, 1, 1, 0, 1, 194, 147, 2, 1, 0, 1, 195, 147, 2, 2, 32, 2, 1, 20, 26, 2, 1,
    136, 1, 12, 2, 1, 4, 60, 2, 1, 11, 2, 2, 1, 1, 0, 1, 132, 148, 2, 2, 8, 2, 1, 5, 0, 1, 1, 1, 0, 1, 168, 202, 2, 4,
    2, 2, 1, 4, 18, 2, 1, 1, 0, 1, 196, 202, 2, 1, 0, 1, 207, 202, 2, 1, 0, 1, 203, 202, 2, 1, 0, 1, 193, 202, 2, 1,
    0, 1, 196, 202, 2, 2, 0, 1, 146, 202, 2, 1, 0, 1, 170, 202, 2, 1, 0, 1, 149, 202, 2, 3, 14, 2, 1, 1, 0, 1, 48, 1,
    0, 1, 195, 202, 2, 1, 0, 1, 184, 148, 2, 2, 2, 2, 1, 7, 0, 1, 1, 6, 2, 2, 1, 29, 0, 1, 1, 221, 6, 0, 1, 160, 7,
    29, 79, 1, 208, 175, 2, 130, 167, 1, 25, 1, 32, 206, 9, 39, 1, 40, 137, 1, 35, 1, 40, 156, 1, 10, 1, 39, 2, 14, 1,
    39, 2, 6, 1, 39, 2, 1, 1, 39, 132, 14, 50, 1, 64, 206, 23, 31, 1, 32, 129, 171, 1, 31, 1, 32, 163, 245, 1, 33, 1,
    34};

// The smallest code point that is the same letter without regard to case.
uint32_t foldKey(uint32_t rune) {
  if (rune < 0x80) return rune >= 'a' && rune <= 'z' ? rune - 32 : rune;
  const uint8_t* at = kFold;
  auto next = [&at] {
    uint32_t value = 0;
    for (int shift = 0;; shift += 7) {
      uint8_t byte = *at++;
      value |= uint32_t{byte & 0x7fu} << shift;
      if (byte < 0x80) return value;
    }
  };
  for (uint32_t last = 0; at < std::end(kFold);) {
    uint32_t low = last + next(), high = low + next(), stride = next(), delta = next();
    if (rune < low) break;
    if (rune <= high && (rune - low) % stride == 0) return rune - delta;
    last = high;
  }
  return rune;
}

}  // namespace

bool equalFold(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    syntax::DecodedRune x = syntax::decodeRune(a), y = syntax::decodeRune(b);
    if (x.rune != y.rune && foldKey(x.rune) != foldKey(y.rune)) return false;
    a.remove_prefix(x.width);
    b.remove_prefix(y.width);
  }
  return a.empty() && b.empty();
}

std::string cleanPath(std::string_view path) {
  std::vector<std::string_view> elements;
  while (!path.empty()) {
    size_t slash = std::min(path.find('/'), path.size());
    std::string_view element = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (element == ".." && !elements.empty()) {
      elements.pop_back();
    } else if (!element.empty() && element != ".") {
      elements.push_back(element);
    }
  }
  std::string clean;
  for (std::string_view element : elements) clean += (clean.empty() ? "" : "/") + std::string(element);
  return clean;
}

std::string_view folderOf(std::string_view path) {
  size_t slash = path.rfind('/');
  return path.substr(0, slash == path.npos ? 0 : slash);
}

std::string_view lastElement(std::string_view path) {
  size_t slash = path.rfind('/');
  return slash == path.npos ? path : path.substr(slash + 1);
}

std::string quote(std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out = "\"";
  auto hex = [&out](char letter, uint32_t value, int digits) {
    out += '\\';
    out += letter;
    while (digits-- > 0) out += kHex[value >> 4 * digits & 15];
  };
  while (!text.empty()) {
    auto [rune, width] = syntax::decodeRune(text);
    if (rune == syntax::kRuneError && width == 1) {
      hex('x', static_cast<unsigned char>(text[0]), 2);
    } else if (rune == '"' || rune == '\\') {
      out += '\\';
      out += static_cast<char>(rune);
    } else if (syntax::isPrintable(rune)) {
      out += text.substr(0, width);
    } else if (rune >= '\a' && rune <= '\r') {
      out += '\\';
      out += "abtnvfr"[rune - '\a'];
    } else if (rune < 0x80) {
      hex('x', rune, 2);
    } else {
      hex(rune < 0x10000 ? 'u' : 'U', rune, rune < 0x10000 ? 4 : 8);
    }
    text.remove_prefix(width);
  }
  return out + '"';
}

}  // namespace millrace::types
