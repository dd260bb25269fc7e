// Parsing and checking a package, and sorting packages.
#include "wasm/driver/packages.h"

#include <algorithm>

namespace millrace::driver {

using syntax::Diagnostic;
using syntax::File;
using types::CheckedPackage;
using types::Package;

CheckedPackage* PackageSet::find(std::string_view path) const {
  auto found = entries_.find(path);
  return found == entries_.end() ? nullptr : found->second->checked.get();
}

CheckedPackage* PackageSet::find(const Package* package) const {
  CheckedPackage* found = find(package->path);
  return found != nullptr && found->package == package ? found : nullptr;
}

CheckedPackage* PackageSet::add(std::string_view path, const std::vector<Source>& sources,
                                const types::Importer& importer, const syntax::Reporter& report,
                                const Language& language) {
  auto entry = std::make_unique<Entry>();
  entry->path = path;
  uint32_t expressions = 0;
  syntax::DiagnosticList faults(files_);
  bool sound = true;  // in syntax: else Go's compiler does not go on to types
  const syntax::Reporter note = [&](Diagnostic d) {
    sound = sound && !d.message.starts_with("syntax error");
    faults.add(std::move(d));
  };
  for (const Source& source : sources) {
    syntax::SourceFile* file = files_.add(source.name, std::string(source.text), language.isLibrary);
    File* parsed = syntax::parseFile(file, {arena_, session_.symbols(), expressions, note, language.isLibrary});
    sound = sound && parsed->packageName != nullptr;
    entry->files.push_back(parsed);
  }
  const auto reportAll = [&] {
    for (Diagnostic& d : faults.takeSorted()) report(std::move(d));
  };
  if (!sound) {
    reportAll();
    return nullptr;
  }
  types::CheckConfig config{.session = session_, .importer = importer, .report = note, .goVersion = language.goVersion};
  config.allowBodyless = language.isLibrary || language.allowBodyless;
  config.fileSet = &files_;
  entry->checked = types::checkPackage(config, entry->path, entry->files, expressions);
  reportAll();
  CheckedPackage* checked = entry->checked.get();
  entries_[std::string(path)] = std::move(entry);
  return checked;
}

namespace {

class Sorter {
 public:
  Sorter(const PackageSet& program, const PackageSet& library, std::span<const build::Image> images)
      : program_(program), library_(library), images_(images) {}

  void collect(std::string_view path, CheckedPackage* checked) {
    auto [at, isNew] = packages_.try_emplace(std::string(path), Entry{checked, {}, false, false});
    if (!isNew) return;
    std::vector<std::string>& imports = at->second.imports;
    for (const build::Image& image : images_) {
      const build::ImagePackage* known = image.package(path);
      if (known == nullptr) continue;
      at->second.isLinked = true;
      imports = known->imports;
      for (const std::string& import : known->imports) collect(import, library_.find(import));
      return;
    }
    for (Package* imported : checked->package->imports) {
      CheckedPackage* found = program_.find(imported);
      if (found == nullptr) found = library_.find(imported);
      if (found == nullptr) continue;
      imports.push_back(std::string(imported->path));
      collect(imported->path, found);
    }
  }

  // Takes all that wait, in order.
  void take(std::vector<build::InitStep>& out) {
    for (auto at = packages_.begin(); at != packages_.end();) {
      auto& [path, entry] = *at;
      if (entry.isTaken || !isReady(entry)) {
        ++at;
        continue;
      }
      entry.isTaken = true;
      out.push_back({path, entry.checked, entry.isLinked});
      at = packages_.begin();
    }
  }

 private:
  struct Entry {
    CheckedPackage* checked;
    std::vector<std::string> imports;
    bool isLinked, isTaken;
  };

  bool isReady(const Entry& entry) const {
    return std::all_of(entry.imports.begin(), entry.imports.end(),
                       [&](const std::string& import) { return packages_.find(import)->second.isTaken; });
  }

  const PackageSet& program_;
  const PackageSet& library_;
  std::span<const build::Image> images_;
  std::map<std::string, Entry, std::less<>> packages_;
};

}  // namespace

std::vector<build::InitStep> initializationOrder(CheckedPackage* main, std::span<CheckedPackage* const> also,
                                                 const PackageSet& program, const PackageSet& library,
                                                 std::span<const build::Image> images) {
  std::vector<build::InitStep> order;
  Sorter sorter(program, library, images);
  sorter.collect("runtime", library.find("runtime"));
  sorter.take(order);
  for (CheckedPackage* package : also) {
    if (package != main) sorter.collect(package->package->path, package);
  }
  sorter.take(order);
  sorter.collect(main->package->path, main);
  sorter.take(order);
  return order;
}

}  // namespace millrace::driver
