// The library packages that were parsed and checked: on demand, once, and kept.
#pragma once

#include <string>
#include <utility>

#include "runtime/base/check.h"
#include "wasm/driver/compiler.h"
#include "wasm/driver/library.h"
#include "wasm/driver/packages.h"

namespace millrace::driver {

struct LoadedLibrary {
  syntax::FileSet files;
  types::Session session;
  PackageSet packages{session, files};

  LibraryFinder find;
  BrokenLibrary onBroken;

  explicit LoadedLibrary(LibraryFinder finder, BrokenLibrary broken = {}) : find(std::move(finder)), onBroken(std::move(broken)) {
    if (load("runtime") == nullptr) FATAL("the library has no package runtime");
  }

  // Null: there is no such package.
  types::Package* load(std::string_view path) {
    types::CheckedPackage* loaded = loadChecked(path);
    return loaded == nullptr ? nullptr : loaded->package;
  }

  types::CheckedPackage* loadChecked(std::string_view path) {
    if (types::CheckedPackage* known = packages.find(path)) return known;
    LibraryPackage found = find(path);
    if (found.sources.empty()) return nullptr;
    if (types::CheckedPackage* known = packages.find(found.path)) return known;
    std::vector<PackageSet::Source> sources;
    for (const LibrarySource& source : found.sources) sources.push_back({source.name, source.text});
    const types::Importer importer = [this](std::string_view wanted) { return load(wanted); };
    std::vector<Message> faults;
    const syntax::Reporter report = [&](const syntax::Diagnostic& d) {
      const syntax::Location at = d.begin.known() ? files.location(d.begin) : syntax::Location{};
      faults.push_back({std::string(at.file), at.line, at.column, at.line, at.column, d.message, found.path});
    };
    types::CheckedPackage* added = packages.add(found.path, sources, importer, report, {.isLibrary = true});
    if (!faults.empty()) stopAt(faults);
    return added;
  }

  [[noreturn]] void stopAt(const std::vector<Message>& faults) const {
    if (onBroken) onBroken(faults);
    const Message& first = faults[0];
    FATAL(("library: " + first.file + ":" + std::to_string(first.line) + ": " + first.text).c_str());
  }
};

}  // namespace millrace::driver
