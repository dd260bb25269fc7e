// Positions: lines, columns, files, //line directives, names and single characters.
#include "wasm/syntax/source.h"

#include <catch2/catch.hpp>

#include "tests/unit/syntax/parsed.h"
#include "wasm/syntax/literal.h"
#include "wasm/syntax/unicode.h"

using namespace millrace::syntax;

TEST_CASE("positions of several files keep apart") {
  FileSet files;
  SourceFile* a = files.add("a.go", "one\ntwo");
  SourceFile* b = files.add("b.go", "");
  SourceFile* c = files.add("c.go", "x");
  a->addLine(4);
  CHECK(files.fileOf(a->begin()) == a);
  CHECK(files.fileOf(a->end()) == a);
  CHECK(files.fileOf(b->begin()) == b);
  CHECK(files.fileOf(c->end()) == c);
  CHECK(files.fileOf(c->end() + 1) == nullptr);
  CHECK(files.fileOf(Pos{}) == nullptr);
  CHECK(a->end() < b->begin());
  CHECK(a->placeText(a->begin() + 4) == "a.go:2:1");
  CHECK(a->placeText(a->end()) == "a.go:2:4");
}

TEST_CASE("a place is where directives say, and where it really is") {
  FileSet files;
  SourceFile* a = files.add("a.go", "12345678");
  a->addLine(4);
  a->addLineDirective(a->begin() + 4, "b.go", 20, 7);
  CHECK(a->placeText(a->begin()) == "a.go:1:1");
  CHECK(a->placeText(a->begin() + 5) == "b.go:20:8[a.go:2:2]");
  SourceFile* c = files.add("c.go", "12345678");
  c->addLineDirective(c->begin(), "d.go", 20, 0);
  CHECK(c->placeText(c->begin() + 2) == "d.go:20[c.go:1:3]");
}

TEST_CASE("a place in the library is where Go's own sources have it") {
  FileSet files;
  SourceFile* skeleton = files.add("fmt/print.go", "12345678", true);
  skeleton->addLineDirective(skeleton->begin(), "fmt/print.go", 300, 1);
  CHECK(skeleton->placeText(skeleton->begin() + 2) == "$GOROOT/src/fmt/print.go:300:3");
}

TEST_CASE("what was added after a mark can be dropped and added anew") {
  FileSet files;
  SourceFile* stays = files.add("stays.go", "abc");
  const size_t mark = files.mark();
  const Pos first = files.add("run1.go", "abcdef")->begin();
  files.rewind(mark);
  CHECK(files.fileOf(first) == nullptr);
  CHECK(files.add("run2.go", "x")->begin() == first);
  CHECK(files.fileOf(stays->begin()) == stays);
}

TEST_CASE("scanning a file twice records its lines once") {
  FileSet files;
  SourceFile* source = files.add("x.go", "package p\n//line y.go:7\nvar x int\n");
  millrace::Arena arena;
  SymbolTable symbols;
  uint32_t ids = 0;
  File* file = nullptr;
  for (int i = 0; i < 2; i++) file = parseFile(source, {arena, symbols, ids, [](Diagnostic) {}});
  CHECK(toString(source->location(file->declarations[0]->pos)) == "y.go:7");
  CHECK(toString(source->physical(file->declarations[0]->pos)) == "x.go:3:5");
}

TEST_CASE("line directives say where text comes from") {
  Parsed parsed(
      "package p\n"
      "//line a.go:10\nvar a int\nvar b int\n"
      "/*line b.go:20:3*/var c int\nvar d int\n"
      "//line :30:1\nvar e int\n"
      "//line C:\\d.go:5\nvar f int\n"
      " //line not.go:1\nvar g int\n");
  CHECK(parsed.errors() == "");
  auto locationOf = [&](size_t i) { return toString(parsed.files.location(parsed.file->declarations[i]->pos)); };
  CHECK(locationOf(0) == "a.go:10");
  CHECK(locationOf(1) == "a.go:11");
  CHECK(locationOf(2) == "b.go:20:7");
  CHECK(locationOf(3) == "b.go:21:5");
  CHECK(locationOf(4) == "b.go:30:5");  // no name given: the last one goes on
  CHECK(locationOf(5) == "C:\\d.go:5");
  CHECK(locationOf(6) == "C:\\d.go:7");
}

TEST_CASE("names are equal when their text is") {
  SymbolTable symbols;
  std::vector<Symbol> kept;
  for (int i = 0; i < 5000; i++) kept.push_back(symbols.intern("name" + std::to_string(i)));
  for (int i = 0; i < 5000; i++) {
    REQUIRE(symbols.intern("name" + std::to_string(i)) == kept[i]);
    REQUIRE(kept[i].text() == "name" + std::to_string(i));
  }
  CHECK(symbols.intern("a") != symbols.intern("b"));
  CHECK(symbols.intern("") == symbols.intern(""));
  CHECK(symbols.intern("").key() != nullptr);
  CHECK(symbols.intern("_").isBlank());
}

TEST_CASE("exported names begin with an upper-case letter of any script") {
  CHECK(isExported("Print"));
  CHECK(isExported("Élan"));
  CHECK(isExported("Ωmega"));
  CHECK_FALSE(isExported("print"));
  CHECK_FALSE(isExported("_Print"));
  CHECK_FALSE(isExported("世界"));
  CHECK_FALSE(isExported(""));
}

TEST_CASE("runes decode as in Go") {
  struct {
    std::string_view text;
    char32_t rune;
    uint32_t width;
  } cases[] = {
      {"a", 'a', 1},
      {"é", 0xE9, 2},
      {"…", 0x2026, 3},
      {"\xEF\xBF\xBD", 0xFFFD, 3},
      {"😀", 0x1F600, 4},
      {"\x80", kRuneError, 1},              // continuation
      {"\xC0\x80", kRuneError, 1},          // overlong
      {"\xE0\x80\x80", kRuneError, 1},      // overlong
      {"\xED\xA0\x80", kRuneError, 1},      // surrogate
      {"\xF4\x90\x80\x80", kRuneError, 1},  // beyond the last
      {"\xF0\x9F\x98", kRuneError, 1},      // cut short
  };
  for (const auto& c : cases) {
    INFO(c.text);
    CHECK(decodeRune(c.text).rune == c.rune);
    CHECK(decodeRune(c.text).width == c.width);
    if (c.width == 1) continue;
    std::string encoded;
    appendRune(encoded, c.rune);
    CHECK(encoded == c.text);
  }
}

TEST_CASE("runes are shown as fmt does") {
  CHECK(quoted('x') == "'x'");
  CHECK(quoted('\'') == "'\\''");
  CHECK(quoted('\n') == "'\\n'");
  CHECK(quoted(0) == "'\\x00'");
  CHECK(quoted(0xA0) == "'\\u00a0'");
  CHECK(quoted(0xE9) == "'é'");
  CHECK(quoted(0x10FFFF) == "'\\U0010ffff'");
  CHECK(codePoint('@') == "U+0040 '@'");
  CHECK(codePoint(0x201C) == "U+201C '“'");
  CHECK(codePoint(0xD800) == "U+D800");
  CHECK(codePoint(0x110000) == "U+110000");
}

TEST_CASE("literals have values") {
  CHECK(stringLiteralValue(R"("plain")") == "plain");
  CHECK(stringLiteralValue(R"("\a\b\f\n\r\t\v\\\"")") == "\a\b\f\n\r\t\v\\\"");
  CHECK(stringLiteralValue(R"("\x41\101\u00e9\U0001F600\xff")") == "AA\xC3\xA9\xF0\x9F\x98\x80\xFF");
  CHECK(stringLiteralValue("\"\xFF\"") == "\xFF");
  CHECK(stringLiteralValue("`a\\n\r\nb`") == "a\\n\nb");
  CHECK(stringLiteralValue("\"\"") == "");
  CHECK(runeLiteralValue("'x'") == 'x');
  CHECK(runeLiteralValue("'世'") == 0x4E16);
  CHECK(runeLiteralValue("'\\''") == '\'');
  CHECK(runeLiteralValue("'\\377'") == 255);
  CHECK(runeLiteralValue("'\\xfe'") == 0xFE);
  CHECK(runeLiteralValue("'\\U0010FFFF'") == 0x10FFFF);
  // Malformed ones give something.
  for (const char* bad : {"", "\"", "'", "''", "'ab'", "\"\\", "\"\\x", "'\\u1'", "\"\\", "`"}) {
    stringLiteralValue(bad);
    CHECK(runeLiteralValue(bad) <= kMaxRune);
  }
}
