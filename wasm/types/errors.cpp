// Reporting faults of the program, and how packages and positions are written in messages.
#include <algorithm>

#include "wasm/syntax/print.h"
#include "wasm/types/checker.h"
#include "wasm/types/text.h"

namespace millrace::types {
namespace {

// Does the message ask for a newer version of the language?
bool asksForVersion(std::string_view message) {
  constexpr std::string_view kBefore = "requires go", kAfter = " or later";
  for (size_t at = message.find(kBefore); at != message.npos; at = message.find(kBefore, at + 1)) {
    size_t end = at + kBefore.size();
    auto digits = [&] {
      size_t begin = end;
      while (end < message.size() && message[end] >= '0' && message[end] <= '9') end++;
      return end > begin;
    };
    if (digits() && end < message.size() && message[end++] == '.' && digits() &&
        message.substr(end, kAfter.size()) == kAfter) {
      return true;
    }
  }
  return false;
}

}  // namespace

At::At(const syntax::Node* node) {
  if (node == nullptr) return;
  begin = syntax::startPos(node);
  end = syntax::endPos(node);
}

At::At(const Operand* x) : At(x->expr) {}

At::At(const Object* object)
    : begin(object->pos), end(begin.known() ? begin + static_cast<uint32_t>(object->name.text().size()) : Pos{}) {}

void Report::add(At where, Pieces pieces) {
  std::string text = naming_.format(pieces);
  if (first_.empty()) {
    at = where;
    first_ = std::move(text);
    return;
  }
  rest_ += "\n\t";
  if (where.begin.known()) rest_ += naming_.position(where.begin) + ": ";
  rest_ += text;
}

void Report::addOther(const Object* object) {
  if (object->pos.known()) add(object, {"other declaration of ", object->name});
}

void Checker::error(At at, Pieces pieces, syntax::Stage stage) {
  Report one = newReport();
  one.add(at, pieces);
  one.stage = stage;
  report(one);
}

void Checker::report(Report& what) {
  // A message that mentions something invalid only follows from another one.
  const std::string& first = what.firstLine();
  bool follows = first.find("invalid operand", 1) != first.npos || first.find("invalid type", 1) != first.npos;
  if (failed_ && follows) return;
  failed_ = true;
  syntax::Diagnostic diagnostic;
  diagnostic.begin = env_.errorPos.known() ? env_.errorPos : what.at.begin;
  diagnostic.end = env_.errorPos.known() ? Pos{} : what.at.end;
  diagnostic.message = what.text();
  diagnostic.stage = what.stage;
  if (asksForVersion(diagnostic.message)) {
    for (const FileScope& file : fileScopes_) {
      const syntax::SourceFile* source = file.file->source;
      if (diagnostic.begin < source->begin() || diagnostic.begin > source->end()) continue;
      GoVersion declared = parseVersion(file.file->goVersion);
      if (declared.given() && declared == versionOf(file.file)) {
        diagnostic.message += " (file declares //go:build " + std::string(file.file->goVersion) + ")";
      } else {
        std::string language = config_.goVersion.empty() ? versionText(kCurrentVersion) : std::string(config_.goVersion);
        diagnostic.message += " (-lang was set to " + language + "; check go.mod)";
      }
    }
  }
  if (config_.report) config_.report(std::move(diagnostic));
}

void Checker::versionError(At at, GoVersion version, Pieces what) {
  error(at, {format(what), " requires ", versionText(version), " or later"});
}

bool Checker::requireVersion(At at, GoVersion version, Pieces what) {
  if (allowsVersion(version)) return true;
  versionError(at, version, what);
  return false;
}

void Checker::reportDuplicateMethod(Func* method, Pos pos, Pos otherPos) {
  Report duplicate = newReport();
  duplicate.add(pos, {"duplicate method ", method->name});
  duplicate.add(otherPos, {"other declaration of method ", method->name});
  report(duplicate);
}

void Checker::reportTooManyTerms(Pos pos) {
  error(pos, {"cannot handle more than ", kMaxTerms, " union terms (implementation limitation)"});
}

void Checker::reportTypeArgumentCount(Pos pos, std::string_view name, size_t want, size_t got) {
  error(pos, {got < want ? "not enough" : "too many", " type arguments for type ", name, ": have ", got, ", want ",
              want});
}

std::string Naming::prefix(const Package* package) const {
  if (package == nullptr) return "";
  if (checker_ != nullptr) return checker_->packagePrefix(package);
  return package->path.empty() ? "" : std::string(package->path) + ".";
}

std::string Naming::position(Pos pos) const { return checker_ != nullptr ? checker_->positionText(pos) : ""; }

// Nothing for the package itself; else its name, or its path in quotes when several packages have that name.
std::string Checker::packagePrefix(const Package* package) {
  if (package == package_) return "";
  if (pathsByName_.empty()) {
    std::vector<const Package*> pending = {package_};
    std::unordered_map<const Package*, bool> seen;
    auto visit = [&](const Package* next) {
      if (!seen.emplace(next, true).second) return;
      auto& paths = pathsByName_[next->name.text()];
      if (std::find(paths.begin(), paths.end(), next->path) == paths.end()) paths.push_back(next->path);
      pending.push_back(next);
    };
    visit(package_);
    for (Package* imported : importedPackages_) visit(imported);
    while (!pending.empty()) {
      const Package* next = pending.back();
      pending.pop_back();
      for (const Package* imported : next->imports) visit(imported);
    }
  }
  if (pathsByName_[package->name.text()].size() > 1) return quote(package->path) + ".";
  return std::string(package->name.text()) + ".";
}

std::string Checker::positionText(Pos pos) const {
  if (!pos.known()) return "-";
  const syntax::SourceFile* source = nullptr;
  for (const syntax::File* file : files_) {
    if (pos >= file->source->begin() && pos <= file->source->end()) source = file->source;
  }
  if (source == nullptr && config_.fileSet != nullptr) source = config_.fileSet->fileOf(pos);
  return source == nullptr ? "-" : source->placeText(pos);
}

}  // namespace millrace::types
