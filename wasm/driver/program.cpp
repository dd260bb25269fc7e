// Grouping files into packages, and finding what they import.
#include "wasm/driver/program.h"

#include <algorithm>
#include <utility>

#include "wasm/driver/test-binary.h"
#include "wasm/syntax/header.h"
#include "wasm/types/text.h"

namespace millrace::driver {

using syntax::Location;
using types::CheckedPackage;
using types::cleanPath;
using types::lastElement;
using types::Package;

namespace {

constexpr std::string_view kMain = "main";

bool isLocal(std::string_view path) {
  return path == "." || path == ".." || path.starts_with("./") || path.starts_with("../");
}

// May a package of path `importer` import `path`? What lies below a folder "internal" is for the folder around that.
bool mayImport(std::string_view importer, std::string_view path) {
  size_t end = 0, around = path.npos;  // the last "internal" decides
  while (end < path.size()) {
    size_t slash = std::min(path.find('/', end), path.size());
    if (path.substr(end, slash - end) == "internal") around = end;
    end = slash + 1;
  }
  if (around == path.npos) return true;
  std::string_view rest = path.substr(0, around == 0 ? 0 : around - 1);
  return !rest.empty() && importer.starts_with(rest) && (importer.size() == rest.size() || importer[rest.size()] == '/');
}

// Why there is no such package, in the go command's words.
std::string notFound(std::string_view path) {
  std::string text(path);
  if (isLocal(path)) return '"' + text + "\" is relative, but relative import paths are not supported in module mode";
  bool hasHost = path.substr(0, path.find('/')).find('.') != path.npos;
  if (!hasHost) return "package " + text + " is not in std";
  return "no required module provides package " + text +
         "\n\tbesides the standard library only golang.org/x/sync/{errgroup,semaphore,singleflight} can be imported here";
}

}  // namespace

Program::Program(std::vector<SourceText> texts, std::string localImports, std::string modulePath, bool isMainOurs, Folders excluded)
    : texts_(std::move(texts)),
      localImports_(std::move(localImports)),
      modulePath_(std::move(modulePath)),
      isMainOurs_(isMainOurs),
      excluded_(std::move(excluded)) {
  for (const SourceText& text : texts_) {
    std::string path = text.package.empty() ? std::string(kMain) : text.package;
    Unit& unit = units_[path];
    unit.path = path;
    unit.texts.push_back(&text);
  }
}

std::string Program::folderText(std::string_view file) {
  std::string folder(types::folderOf(file));
  return folder.empty() ? "." : folder;
}

std::string Program::resolved(std::string_view path) const {
  if (localImports_.empty() || !isLocal(path)) return std::string(path);
  return cleanPath(localImports_ + "/" + std::string(path));
}

std::optional<Message> Program::readHeads(Unit& unit) const {
  syntax::FileSet files;
  std::map<std::string, Unit::Import> imports;
  std::string package;
  for (const SourceText* text : unit.texts) {
    syntax::Header header = syntax::readHeader(files.add(text->name, text->text));
    if (header.fault) {
      const Location& at = header.fault->at;
      return Message{std::string(at.file), at.line, at.column, at.line, at.column, header.fault->message};
    }
    if (package.empty()) package = header.package;
    if (header.package != package) {
      unit.mixture = "found packages " + package + " (" + std::string(lastElement(unit.texts[0]->name)) + ") and " +
                     header.package + " (" + std::string(lastElement(text->name)) + ") in " + folderText(text->name);
      return std::nullopt;
    }
    for (const syntax::HeaderImport& import : header.imports) {
      Location at = files.location(import.pos);
      std::string path = resolved(import.path);
      imports.try_emplace(path, Unit::Import{path, std::string(lastElement(text->name)),
                                             {std::string(at.file), at.line, at.column, at.line, at.column, {}}});
    }
  }
  for (auto& [path, import] : imports) unit.imports.push_back(std::move(import));
  return std::nullopt;
}

Message Program::allExcluded(const std::string& path, const std::string& folder) const {
  std::string text;
  for (size_t i = isMainOurs_ ? 1 : 0; i < open_.size(); i++) {
    std::string name = open_[i]->path;
    if (name == kMain) name = modulePath_.empty() ? kFilesPackage : modulePath_;
    text += (text.empty() ? "package " : "\n\timports ") + name;
  }
  return {{}, 0, 0, 0, 0, text + "\n\timports " + path + ": build constraints exclude all Go files in " + folder};
}

Message Program::cycle(const std::string& path) const {
  std::string text;
  const size_t first = isMainOurs_ ? 1 : 0;
  for (size_t i = first; i < open_.size(); i++) {
    const std::string& next = i + 1 < open_.size() ? open_[i + 1]->path : path;
    auto import = std::find_if(open_[i]->imports.begin(), open_[i]->imports.end(),
                               [&](const Unit::Import& candidate) { return candidate.path == next; });
    if (i == first) text = "package " + open_[i]->path;
    text += "\n\timports " + next + " from " + import->file;
  }
  return {{}, 0, 0, 0, 0, text + ": import cycle not allowed" + (isMainOurs_ ? " in test" : "")};
}

void Program::visit(Unit& unit, const LoadLibrary& loadLibrary, std::vector<Message>& faults) {
  unit.state = Unit::State::Open;
  open_.push_back(&unit);
  if (unit.fault) faults.push_back(*std::exchange(unit.fault, std::nullopt));
  if (!unit.mixture.empty()) faults.push_back({{}, 0, 0, 0, 0, std::exchange(unit.mixture, "")});
  std::string_view importer = unit.path == kMain ? std::string_view(modulePath_) : unit.path;
  // External tests may import what the package that they test may.
  if (isMainOurs_ && importer.ends_with("_test")) importer.remove_suffix(5);
  for (const Unit::Import& import : unit.imports) {
    auto own = import.path == kMain ? units_.end() : units_.find(import.path);
    const bool isFree = !localImports_.empty() || (isMainOurs_ && unit.path == kMain);
    if (!isFree && !mayImport(importer, import.path)) {
      faults.push_back(import.fault);
      faults.back().text = "use of internal package " + import.path + " not allowed";
    } else if (own == units_.end()) {
      if (auto found = excluded_.find(import.path); found != excluded_.end()) {
        faults.push_back(allExcluded(import.path, found->second));
        continue;
      }
      if (import.path == "unsafe" || loadLibrary(import.path) != nullptr) continue;
      faults.push_back(import.fault);
      faults.back().text = notFound(import.path);
    } else {
      Unit& imported = own->second;
      if (!imported.mixture.empty()) {
        faults.push_back(isMainOurs_ && unit.path == kMain ? Message{} : import.fault);
        faults.back().text = std::exchange(imported.mixture, "");
      }
      if (imported.state == Unit::State::Open) {
        faults.push_back(cycle(import.path));
      } else if (imported.state == Unit::State::New) {
        visit(imported, loadLibrary, faults);
      }
    }
  }
  open_.pop_back();
  unit.state = Unit::State::Closed;
  order_.push_back(&unit);
}

std::vector<Message> Program::resolve(const LoadLibrary& loadLibrary, bool all) {
  std::vector<Message> faults;
  for (auto& [path, unit] : units_) unit.fault = readHeads(unit);
  auto main = units_.find(kMain);
  if (main != units_.end()) visit(main->second, loadLibrary, faults);
  for (auto& [path, unit] : units_) {
    if (all && unit.state == Unit::State::New) visit(unit, loadLibrary, faults);
  }
  return faults;
}

CheckedPackage* Program::check(PackageSet& packages, const LoadLibrary& loadLibrary, const Reporter& report,
                               const PackageSet::Language& language) {
  const types::Importer importer = [&](std::string_view path) -> Package* {
    auto own = units_.find(resolved(path));
    if (own == units_.end()) return loadLibrary(path);
    return own->second.checked != nullptr ? own->second.checked->package : nullptr;
  };
  for (Unit* unit : order_) {
    unit->failed = std::any_of(unit->imports.begin(), unit->imports.end(), [&](const Unit::Import& import) {
      auto own = units_.find(import.path);
      return own != units_.end() && own->second.failed;
    });
    if (unit->failed) continue;
    std::vector<PackageSet::Source> sources;
    for (const SourceText* text : unit->texts) sources.push_back({text->name, text->text});
    const syntax::Reporter note = [&](syntax::Diagnostic d) {
      unit->failed = true;
      report(unit->path, std::move(d));
    };
    unit->checked = packages.add(unit->path, sources, importer, note, language);
  }
  auto main = units_.find(kMain);
  return main == units_.end() || main->second.failed ? nullptr : main->second.checked;
}

std::vector<CheckedPackage*> Program::checked() const {
  std::vector<CheckedPackage*> packages;
  for (const Unit* unit : order_) {
    if (unit->checked != nullptr) packages.push_back(unit->checked);
  }
  return packages;
}

}  // namespace millrace::driver
