// The head of a file, package clause and imports, as the `go` command reads it before anything is compiled.
//
// It has a parser of its own for this, with words of its own, and reports one fault per package: a file it cannot read
// the head of hides all other errors. So for the same output ask readHeader() of every file first, show the first fault
// as "x.go:2:11: missing import path" (no "# package" line above, no "./" in front), and compile only if there is none.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wasm/syntax/source.h"

namespace millrace::syntax {

struct HeaderImport {
  Pos pos;           // of the name or path: where the go command reports a package that it cannot find
  std::string path;  // unquoted
};

struct HeaderFault {
  Pos begin;
  Location at;  // that of `begin`, but for the end of the text, which to the go command never begins a line
  std::string message;
};

struct Header {
  std::string package;  // the name in the package clause
  std::vector<HeaderImport> imports;  // in source order; complete if there is no fault
  std::optional<HeaderFault> fault;
};

// Makes no tree, and looks at no more of the text than it must. Lines are recorded in `source`.
Header readHeader(SourceFile* source);

}  // namespace millrace::syntax
