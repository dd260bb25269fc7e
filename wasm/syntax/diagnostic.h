// What the compiler has to say about the user's source: a place, and a message in Go's words.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "wasm/syntax/source.h"

namespace millrace::syntax {

// When Go's compiler finds it. It ends after a stage that found faults, so later ones are not shown then.
enum class Stage : uint8_t { Types, Cycles, Declarations, Code };

struct Diagnostic {
  Pos begin;            // where Go's compiler puts it: line and column are compared with the reference's
  Pos end;              // where an editor's mark ends; unknown: the mark is the token at `begin`
  std::string message;  // without position; further lines start with a tab
  Stage stage = Stage::Types;
};

// Called once for every fault, in the order they are found.
using Reporter = std::function<void(Diagnostic)>;

// The faults of one package as Go's compiler lists them: those of the first stage that has any. Of syntax errors that it
// finds one after the other on one line it shows the first, of equal messages likewise; then all are sorted by file and
// place, the files in the order in which faults were found in them.
class DiagnosticList {
 public:
  explicit DiagnosticList(const FileSet& files) : files_(&files) {}

  void add(Diagnostic diagnostic);
  bool empty() const { return entries_.empty(); }
  // Leaves the list empty.
  std::vector<Diagnostic> takeSorted();

 private:
  struct Place {
    const SourceFile* file = nullptr;
    uint32_t line = 0;  // in the file

    friend bool operator==(const Place&, const Place&) = default;
  };
  struct Entry {
    size_t file;
    Diagnostic diagnostic;
  };

  const FileSet* files_;
  std::vector<const SourceFile*> seen_;
  std::vector<Entry> entries_;
  Place lastSyntax_, lastOther_;
  std::string lastMessage_;
};

}  // namespace millrace::syntax
