// From positions to lines and columns.
#include "wasm/syntax/source.h"

#include <algorithm>

#include "runtime/base/check.h"

namespace millrace::syntax {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string toString(const Location& location) {
  std::string out(location.file);
  if (location.line == 0) return out;
  out += ':' + std::to_string(location.line);
  if (location.column != 0) out += ':' + std::to_string(location.column);
  return out;
}

SourceFile::SourceFile(std::string name, std::string text, uint32_t base, bool isLibrary)
    : name_(std::move(name)), text_(std::move(text)), base_(base), isLibrary_(isLibrary) {
  if (text_.starts_with(kByteOrderMark)) {
    text_.erase(0, kByteOrderMark.size());
    hadByteOrderMark_ = true;
  }
}

void SourceFile::addLine(uint32_t offset) {
  if (lines_.empty() || offset > lines_.back()) lines_.push_back(offset);
}

void SourceFile::addLineDirective(Pos from, std::string file, uint32_t line, uint32_t column) {
  if (!directives_.empty() && from <= directives_.back().from) return;
  directives_.push_back({from, std::move(file), line, column});
}

const SourceFile::Directive* SourceFile::directiveAt(Pos pos) const {
  auto after = std::upper_bound(directives_.begin(), directives_.end(), pos,
                                [](Pos p, const Directive& d) { return p < d.from; });
  return after == directives_.begin() ? nullptr : &*std::prev(after);
}

Location SourceFile::physical(Pos pos) const {
  if (!pos.known()) return {};
  ENSURE(begin() <= pos);  // past the end is fine: extents of broken code may lie there
  const uint32_t offset = pos.value - base_;
  auto next = std::upper_bound(lines_.begin(), lines_.end(), offset);
  const auto line = static_cast<uint32_t>(next - lines_.begin());  // from 0
  const uint32_t lineStart = line == 0 ? 0 : lines_[line - 1];
  const uint32_t hidden = line == 0 && hadByteOrderMark_ ? kByteOrderMark.size() : 0;
  return {name_, line + 1, offset - lineStart + hidden + 1};
}

Location SourceFile::location(Pos pos) const {
  Location at = physical(pos);
  const Directive* directive = directiveAt(pos);
  if (directive == nullptr) return at;
  Location from = physical(directive->from);
  Location out = {directive->file, directive->line + (at.line - from.line), at.column};
  if (directive->column == 0) {
    out.column = 0;
  } else if (at.line == from.line) {
    out.column = directive->column + (at.column - from.column);
  }
  return out;
}

std::string SourceFile::placeText(Pos pos) const {
  const Location said = location(pos), real = physical(pos);
  if (isLibrary_) return "$GOROOT/src/" + toString(said);
  return said == real ? toString(said) : toString(said) + "[" + toString(real) + "]";
}

SourceFile* FileSet::add(std::string name, std::string text, bool isLibrary) {
  // One position more than the text has bytes, so that end() is this file's and not the next one's.
  const uint32_t base = files_.empty() ? 1 : files_.back()->end().value + 1;
  files_.push_back(std::make_unique<SourceFile>(std::move(name), std::move(text), base, isLibrary));
  return files_.back().get();
}

SourceFile* FileSet::fileOf(Pos pos) const {
  if (!pos.known()) return nullptr;
  auto after = std::upper_bound(files_.begin(), files_.end(), pos,
                                [](Pos p, const std::unique_ptr<SourceFile>& file) { return p < file->begin(); });
  if (after == files_.begin()) return nullptr;
  SourceFile* file = std::prev(after)->get();
  return pos <= file->end() ? file : nullptr;
}

Location FileSet::location(Pos pos) const {
  const SourceFile* file = fileOf(pos);
  return file == nullptr ? Location{} : file->location(pos);
}

void FileSet::rewind(size_t mark) {
  ENSURE(mark <= files_.size());
  files_.resize(mark);
}

}  // namespace millrace::syntax
