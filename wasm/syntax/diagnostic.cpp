// Which faults are shown, and in which order.
#include "wasm/syntax/diagnostic.h"

#include <algorithm>
#include <utility>

namespace millrace::syntax {

void DiagnosticList::add(Diagnostic diagnostic) {
  if (!entries_.empty() && diagnostic.stage != entries_[0].diagnostic.stage) {
    if (diagnostic.stage > entries_[0].diagnostic.stage) return;
    *this = DiagnosticList(*files_);
  }
  const SourceFile* file = files_->fileOf(diagnostic.begin);
  Place place = {file, file == nullptr ? 0 : file->physical(diagnostic.begin).line};
  if (diagnostic.message.starts_with("syntax error")) {
    if (file != nullptr && place == lastSyntax_) return;
    lastSyntax_ = place;
  } else {
    if (file != nullptr && place == lastOther_ && diagnostic.message == lastMessage_) return;
    lastOther_ = place;
    lastMessage_ = diagnostic.message;
  }
  size_t index = static_cast<size_t>(std::find(seen_.begin(), seen_.end(), file) - seen_.begin());
  if (index == seen_.size()) seen_.push_back(file);
  // What has no place comes first.
  entries_.push_back({file == nullptr ? 0 : index + 1, std::move(diagnostic)});
}

std::vector<Diagnostic> DiagnosticList::takeSorted() {
  std::stable_sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
    return std::pair(a.file, a.diagnostic.begin) < std::pair(b.file, b.diagnostic.begin);
  });
  std::vector<Diagnostic> sorted;
  for (Entry& entry : std::exchange(entries_, {})) {
    bool repeats = !sorted.empty() && sorted.back().begin == entry.diagnostic.begin &&
                   sorted.back().message == entry.diagnostic.message;
    if (!repeats) sorted.push_back(std::move(entry.diagnostic));
  }
  return sorted;
}

}  // namespace millrace::syntax
