// Parsing and checking a package, and sorting packages.
#include "wasm/driver/packages.h"

#include <algorithm>
#include <set>

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
    syntax::SourceFile* file = files_.add(source.name, std::string(source.text));
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
  Sorter(const PackageSet& program, const PackageSet& library) : program_(program), library_(library) {}

  void collect(CheckedPackage* package) {
    if (!seen_.insert(package->package->path).second) return;
    waiting_[std::string(package->package->path)] = package;
    for (Package* imported : package->package->imports) {
      if (CheckedPackage* found = lookup(imported)) collect(found);
    }
  }

  // Takes all that wait, in order.
  void take(std::vector<CheckedPackage*>& out) {
    while (!waiting_.empty()) {
      for (auto at = waiting_.begin(); at != waiting_.end(); ++at) {
        if (!ready(at->second)) continue;
        out.push_back(at->second);
        waiting_.erase(at);
        break;
      }
    }
  }

 private:
  CheckedPackage* lookup(const Package* package) const {
    CheckedPackage* found = program_.find(package);
    return found != nullptr ? found : library_.find(package);
  }

  bool ready(const CheckedPackage* package) const {
    const auto& imports = package->package->imports;
    return std::all_of(imports.begin(), imports.end(),
                       [&](const Package* imported) { return !waiting_.contains(imported->path); });
  }

  const PackageSet& program_;
  const PackageSet& library_;
  std::set<std::string_view> seen_;
  std::map<std::string, CheckedPackage*, std::less<>> waiting_;
};

}  // namespace

std::vector<CheckedPackage*> initializationOrder(CheckedPackage* main, std::span<CheckedPackage* const> also,
                                                 CheckedPackage* always, const PackageSet& program,
                                                 const PackageSet& library) {
  std::vector<CheckedPackage*> order;
  Sorter sorter(program, library);
  sorter.collect(always);
  sorter.take(order);
  for (CheckedPackage* package : also) {
    if (package != main) sorter.collect(package);
  }
  sorter.take(order);
  sorter.collect(main);
  sorter.take(order);
  return order;
}

}  // namespace millrace::driver
