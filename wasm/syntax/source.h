// Source text and positions in it: a position is one number over all files, turned into file:line:column when shown.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::syntax {

// A byte offset in the concatenation of all files of a FileSet, plus one; 0 is "no position".
// Positions of one FileSet compare in the order: file as added, then offset.
struct Pos {
  uint32_t value = 0;

  bool known() const { return value != 0; }
  friend auto operator<=>(Pos, Pos) = default;
};

inline Pos operator+(Pos pos, uint32_t bytes) { return Pos{pos.value + bytes}; }

// What people see: line and column count from 1, the column in bytes (as Go's). `file` lives as long as the FileSet.
// A `//line` directive above the place has been applied; column is 0 where the directive gives no column.
struct Location {
  std::string_view file;
  uint32_t line = 0, column = 0;

  friend bool operator==(const Location&, const Location&) = default;
};

// "file:line:column", or "file:line" where the column is not known.
std::string toString(const Location& location);

// One file: its text, where its lines begin, and the `//line` directives in it.
class SourceFile {
 public:
  // `isLibrary`: one of the standard library.
  SourceFile(std::string name, std::string text, uint32_t base, bool isLibrary = false);

  const std::string& name() const { return name_; }
  // The whole text, without a leading byte order mark.
  std::string_view text() const { return text_; }
  // Position of the first byte.
  Pos begin() const { return Pos{base_}; }
  // Position just past the last byte; still belongs to this file.
  Pos end() const { return Pos{base_ + static_cast<uint32_t>(text_.size())}; }

  // Whether one was removed: columns of the first line count its three bytes, as Go's do.
  bool hadByteOrderMark() const { return hadByteOrderMark_; }

  // The scanner reports the offset at which each line after the first begins, in order. A second scan of the same file
  // adds nothing; so it is with directives.
  void addLine(uint32_t offset);
  // A `//line file:line:column` directive; it holds from the position `from` on. `column` 0: columns are not known.
  void addLineDirective(Pos from, std::string file, uint32_t line, uint32_t column);

  // Where the text really is, directives ignored.
  Location physical(Pos pos) const;
  // Where it is said to be.
  Location location(Pos pos) const;
  // The place as Go's compiler puts it into a message: "file:line:column" or, where the column is not known, "file:line".
  // Where directives say something else than the truth, that follows in brackets, except for the library: its skeletons
  // are said to be Go's sources.
  std::string placeText(Pos pos) const;

 private:
  struct Directive {
    Pos from;
    std::string file;
    uint32_t line, column;
  };
  const Directive* directiveAt(Pos pos) const;

  std::string name_, text_;
  uint32_t base_;
  bool isLibrary_;
  bool hadByteOrderMark_ = false;
  std::vector<uint32_t> lines_;       // offset of the second line, the third, ...
  std::deque<Directive> directives_;  // a deque: Locations point to the file names in it
};

// All files of a session. Packages that stay (the library's) are added first; what changes with each Run is added after
// a mark and dropped by rewind(), so positions of what stays keep their meaning.
class FileSet {
 public:
  // At most 2 GiB of text in all; the caller checks sizes before.
  SourceFile* add(std::string name, std::string text, bool isLibrary = false);

  SourceFile* fileOf(Pos pos) const;
  Location location(Pos pos) const;

  size_t mark() const { return files_.size(); }
  void rewind(size_t mark);

 private:
  std::vector<std::unique_ptr<SourceFile>> files_;  // in the order of their positions
};

}  // namespace millrace::syntax
