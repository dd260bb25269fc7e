// The library packages that were parsed and checked: on demand, once, and kept.
#pragma once

#include <string>
#include <utility>

#include "runtime/base/check.h"
#include "wasm/driver/library.h"
#include "wasm/driver/packages.h"

namespace millrace::driver {

struct LoadedLibrary {
  syntax::FileSet files;
  types::Session session;
  PackageSet packages{session, files};

  LibraryFinder find;

  explicit LoadedLibrary(LibraryFinder finder) : find(std::move(finder)) {
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
    const syntax::Reporter report = [this](const syntax::Diagnostic& d) {
      syntax::Location at = files.location(d.begin);
      std::string text = "library: " + std::string(at.file) + ":" + std::to_string(at.line) + ": " + d.message;
      FATAL(text.c_str());
    };
    return packages.add(found.path, sources, importer, report, {.isLibrary = true});
  }
};

}  // namespace millrace::driver
