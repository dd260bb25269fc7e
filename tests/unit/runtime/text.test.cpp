// Strings, UTF-8, and numbers as println shows them.
#include "runtime/lang/text.h"

#include <cfloat>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "runtime/lang/float-text.h"
#include "tests/unit/runtime/lang.h"

using namespace millrace;
using namespace millrace::test;

namespace {

std::string asText(lang::Sized sized) { return {static_cast<char*>(sized.data), static_cast<size_t>(sized.number)}; }

std::vector<int32_t> runesOf(const std::string& text) {
  lang::Sized runes = lang::stringToRunes(reinterpret_cast<const uint8_t*>(text.data()), static_cast<int64_t>(text.size()));
  auto data = static_cast<int32_t*>(runes.data);
  return {data, data + runes.number};
}

std::string shown(double value) { return std::string(lang::floatText(value, false).view()); }
std::string shown32(float value) { return std::string(lang::floatText(value, true).view()); }

}  // namespace

TEST_CASE("strings are joined; one that is alone is not copied") {
  LangWorld world;
  std::string a = "hello, ", b = "world", none;
  abi::StringAbi parts[] = {goString(a), goString(none), goString(b)};
  CHECK(asText(lang::concatenate(parts, 3)) == "hello, world");
  abi::StringAbi lonely[] = {goString(none), goString(b), goString(none)};
  CHECK(lang::concatenate(lonely, 3).data == b.data());
  CHECK(lang::concatenate(parts + 1, 1).number == 0);
}

TEST_CASE("strings compare by bytes, then by length") {
  auto compare = [](const std::string& a, const std::string& b) { return lang::compare(a.data(), a.size(), b.data(), b.size()); };
  CHECK(compare("a", "b") == -1);
  CHECK(compare("b", "a") == 1);
  CHECK(compare("a", "a") == 0);
  CHECK(compare("a", "ab") == -1);
  CHECK(compare("ab", "a") == 1);
  CHECK(compare("", "") == 0);
  CHECK(compare("\xff", "a") == 1);
}

TEST_CASE("bytes of a string have the capacity that native Go gives them") {
  LangWorld world;
  const int64_t expected[][2] = {{1, 8},      {5, 8},       {8, 8},       {9, 16},      {16, 16},
                                 {17, 24},    {33, 48},     {100, 112},   {513, 576},   {1024, 1024},
                                 {1025, 1152}, {5000, 5376}, {32768, 32768}, {33000, 40960}, {50000, 57344}};
  for (auto [length, capacity] : expected) {
    std::string text(static_cast<size_t>(length), 'x');
    lang::Sized bytes = lang::stringToBytes(text.data(), length);
    CHECK(bytes.number == capacity);
    CHECK(std::memcmp(bytes.data, text.data(), text.size()) == 0);
  }
  CHECK(lang::stringToBytes(nullptr, 0).number == 0);
}

TEST_CASE("UTF-8 decodes as in Go, byte by byte where it is invalid") {
  LangWorld world;
  constexpr int32_t kError = 0xFFFD;
  CHECK(runesOf("aé世😀") == std::vector<int32_t>{'a', 0xe9, 0x4e16, 0x1f600});
  CHECK(runesOf("\x80") == std::vector<int32_t>{kError});
  CHECK(runesOf("\xc3") == std::vector<int32_t>{kError});
  CHECK(runesOf("\xc3(") == std::vector<int32_t>{kError, '('});
  CHECK(runesOf("\xc0\x80") == std::vector<int32_t>{kError, kError});              // overlong
  CHECK(runesOf("\xe0\x80\x80") == std::vector<int32_t>{kError, kError, kError});  // overlong
  CHECK(runesOf("\xed\xa0\x80") == std::vector<int32_t>{kError, kError, kError});  // a surrogate
  CHECK(runesOf("\xf4\x90\x80\x80") == std::vector<int32_t>(4, kError));           // beyond U+10FFFF
  CHECK(runesOf("\xf8\x88\x80\x80\x80") == std::vector<int32_t>(5, kError));
  CHECK(runesOf("\xf0\x9f\x98") == std::vector<int32_t>(3, kError));
}

TEST_CASE("runes encode as in Go") {
  LangWorld world;
  const std::vector<int32_t> runes = {'a', 0x7f, 0x80, 0x7ff, 0x800, 0xd800, 0xdfff, 0xffff, 0x10000, 0x10ffff, 0x110000, -1};
  std::string text = asText(lang::runesToString(runes.data(), static_cast<int64_t>(runes.size())));
  std::vector<int32_t> expected = runes;
  expected[5] = expected[6] = expected[10] = expected[11] = 0xfffd;
  CHECK(runesOf(text) == expected);
  CHECK(asText(lang::runeToString(0x20ac)) == "€");
  CHECK(asText(lang::runeToString(int64_t{1} << 40)) == "\xef\xbf\xbd");
}

TEST_CASE("floats print as Go's println prints them") {
  CHECK(shown(0) == "0");
  CHECK(shown(-0.0) == "-0");
  CHECK(shown(1) == "1");
  CHECK(shown(0.1) == "0.1");
  CHECK(shown(-2.5) == "-2.5");
  CHECK(shown(123456.789) == "123456.789");
  CHECK(shown(999999.95) == "999999.95");
  CHECK(shown(100000) == "100000");
  CHECK(shown(1e6) == "1e+06");
  CHECK(shown(1e100) == "1e+100");
  CHECK(shown(0.0001) == "0.0001");
  CHECK(shown(0.00001) == "1e-05");
  CHECK(shown(1e-310) == "1e-310");
  CHECK(shown(5e-324) == "5e-324");
  CHECK(shown(DBL_MAX) == "1.7976931348623157e+308");
  CHECK(shown(9007199254740993.0) == "9.007199254740992e+15");
  CHECK(shown(9.9999999e22) == "9.9999999e+22");
  CHECK(shown(2.2250738585072014e-308) == "2.2250738585072014e-308");
  CHECK(shown(INFINITY) == "+Inf");
  CHECK(shown(-INFINITY) == "-Inf");
  CHECK(shown(NAN) == "NaN");
  CHECK(shown32(0.1f) == "0.1");
  CHECK(shown32(16777216.0f) == "1.6777216e+07");
  CHECK(shown32(FLT_MAX) == "3.4028235e+38");
  CHECK(shown32(1e-45f) == "1e-45");
}

TEST_CASE("any float reads back from its text, and no shorter text does") {
  uint64_t state = 88172645463325252;
  for (int i = 0; i < 20000; i++) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    double value;
    uint64_t bits = i % 3 == 0 ? state & 0x800fffffffffffff : state;  // a third of them denormal
    std::memcpy(&value, &bits, 8);
    if (value != value || std::isinf(value)) continue;
    std::string text = shown(value);
    REQUIRE(std::strtod(text.c_str(), nullptr) == value);
    size_t digits = 0;
    for (char c : text.substr(0, text.find('e'))) digits += c >= '0' && c <= '9';
    if (text.find('e') == std::string::npos) continue;  // zeros around the point
    if (digits > 1) {
      char shorter[64];
      std::snprintf(shorter, sizeof shorter, "%.*e", static_cast<int>(digits) - 2, value);
      REQUIRE(std::strtod(shorter, nullptr) != value);
    }
  }
}
