// The head of a file as the go command reads it. Expected texts are what `go build` (go1.26.8) prints.
#include "wasm/syntax/header.h"

#include <catch2/catch.hpp>

using namespace millrace::syntax;

// The fault as line:column: message, or the imports as line:column:path.
static std::string read(const std::string& text) {
  FileSet files;
  SourceFile* source = files.add("x.go", text);
  const Header header = readHeader(source);
  auto place = [](Location at) { return std::to_string(at.line) + ":" + std::to_string(at.column) + ":"; };
  if (header.fault) return place(header.fault->at) + " " + header.fault->message;
  std::string out;
  for (const HeaderImport& import : header.imports)
    out += (out.empty() ? "" : " ") + place(files.location(import.pos)) + import.path;
  return out;
}

TEST_CASE("imports are read without the rest of the file") {
  CHECK(read("package p") == "");
  CHECK(read("package p\nimport \"fmt\"\nimport (\n\t. \"a/b\"\n\tx `c`; _ \"d\"\n)\nfunc f( {\n") ==
        "2:8:fmt 4:2:a/b 5:2:c 5:9:d");
  CHECK(read("// Comment.\n\n/* and */ package p // one\nimport /* two */ \"fmt\"\n@") == "4:18:fmt");
  // What comes after is not looked at, not even where it follows on the same line.
  CHECK(read("package main func main() {}\n") == "");
  CHECK(read("package main\nimport \"fmt\" \"os\"\n") == "2:8:fmt");
  CHECK(read("package main\n@\nimport \"os\"\n") == "");
}

TEST_CASE("the first fault of a head is reported in the words of the go command") {
  struct {
    const char* text;
    const char* fault;
  } cases[] = {
      {"", "1:1: expected 'package', found 'EOF'"},
      {"// hi\n", "1:7: expected 'package', found 'EOF'"},
      {"x\n", "1:1: expected 'package', found x"},
      {"packag main\nfunc main() {}\n", "1:1: expected 'package', found packag"},
      {"func main() {\n}\n", "1:1: expected 'package', found 'func'"},
      {"package\nfunc main() {}\n", "2:1: expected 'IDENT', found 'func'"},
      {"package main\nimport fmt\nfunc main() {}\n", "2:11: missing import path"},
      {"package main\nimport (\n\"fmt\"\nos\n)\n", "4:3: missing import path"},
      {"package main\nimport (\n\"fmt\"\nfunc main() {}\n", "4:1: missing import path"},
      {"package main\nimport (fmt)\n", "2:12: missing import path"},
      {"package main\nimport\n", "2:8: missing import path"},
      {"package main\nimport 5\n", "2:8: import path must be a string"},
      {"package main\nimport . fmt\nimport 1\n", "2:10: import path must be a string"},
      {"package main\nimport \"fmt\nimport \"os\"\n", "2:8: string literal not terminated"},
      {"package main\nimport `fmt\n", "2:8: raw string literal not terminated"},
      {"package main\nimport “fmt”\n", "2:8: curly quotation mark '“' (use neutral '\"')"},
      {"package main\n/* \nimport \"os\"\n", "2:1: comment not terminated"},
      {"package main\nimport \"fm t\"\n", "2:8: invalid import path: fm t"},
      {"package main\nimport \"\"\n", "2:8: invalid import path: "},
      {"package main\nimport (\"fmt\", \"os\")\n", "2:14: expected ';', found ','"},
      {"package main\n//line y.go:7:1\nimport fmt\n", "7:11: missing import path"},
  };
  for (const auto& c : cases) {
    INFO(c.text);
    CHECK(read(c.text) == c.fault);
  }
}
