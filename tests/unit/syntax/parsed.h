// A program parsed for a test, with all that must live as long as its tree.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/unit/syntax/dump.h"
#include "wasm/syntax/parser.h"

namespace millrace::syntax {

struct Parsed {
  explicit Parsed(std::string text, bool library = false) {
    source = files.add("x.go", std::move(text));
    file = parseFile(source,
                     {arena, symbols, exprCount, [&](Diagnostic d) { diagnostics.push_back(std::move(d)); }, library});
  }

  // line:column: message, one per line, sorted by position; other files than x.go are named. Late ones only if there
  // are no others.
  std::string errors() const {
    std::vector<std::pair<Pos, std::string>> lines;
    const auto isLate = [](const Diagnostic& d) { return d.stage != Stage::Types; };
    const bool anyEarly = !std::all_of(diagnostics.begin(), diagnostics.end(), isLate);
    for (const Diagnostic& d : diagnostics) {
      if (isLate(d) && anyEarly) continue;
      const Location at = files.location(d.begin);
      std::string line = isLate(d) ? "late " : "";
      if (at.file != "x.go") line += std::string(at.file) + " ";
      line += std::to_string(at.line) + ":" + std::to_string(at.column) + ": " + d.message;
      lines.emplace_back(d.begin, std::move(line));
    }
    std::sort(lines.begin(), lines.end());
    std::string out;
    for (const auto& line : lines) out += (out.empty() ? "" : "\n") + line.second;
    return out;
  }

  std::string dump() const { return Dumper().dump(*file); }

  // As text "line:column", without what //line says.
  std::string at(Pos pos) const {
    const Location location = source->physical(pos);
    return std::to_string(location.line) + ":" + std::to_string(location.column);
  }

  FileSet files;
  Arena arena;
  SymbolTable symbols;
  uint32_t exprCount = 0;
  std::vector<Diagnostic> diagnostics;
  SourceFile* source;
  File* file;
};

}  // namespace millrace::syntax
