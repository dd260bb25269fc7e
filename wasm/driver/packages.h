// Parsed and checked packages, and the order in which they are initialised.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "wasm/build/program-builder.h"
#include "wasm/syntax/parser.h"
#include "wasm/types/check.h"

namespace millrace::driver {

// One session's packages: the library's, which stay, or a program's.
class PackageSet {
 public:
  PackageSet(types::Session& session, syntax::FileSet& files) : session_(session), files_(files) {}

  struct Source {
    std::string name;
    std::string_view text;
  };

  struct Language {
    std::string_view goVersion;  // as CheckConfig's
    bool allowBodyless = false;  // functions may have their bodies elsewhere
    bool isLibrary = false;      // may do what only Go's own packages may
  };

  // Parses and checks the files as package `path`. Null only if the files make no package at all; what is wrong goes to
  // `report`. `importer` finds what it imports.
  types::CheckedPackage* add(std::string_view path, const std::vector<Source>& sources, const types::Importer& importer,
                             const syntax::Reporter& report, const Language& language);
  types::CheckedPackage* find(std::string_view path) const;
  types::CheckedPackage* find(const types::Package* package) const;
  size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    std::string path;
    std::vector<syntax::File*> files;
    std::unique_ptr<types::CheckedPackage> checked;
  };

  types::Session& session_;
  syntax::FileSet& files_;
  Arena arena_;
  std::map<std::string, std::unique_ptr<Entry>, std::less<>> entries_;
};

// Go's order of initialisation: again and again the first package, by import path, of which all imports are done; package
// runtime comes first with what it imports. The last one is `main`. Those of `also` need not be imported. Packages of images
// are among them with all that they import, whether they were loaded or not.
std::vector<build::InitStep> initializationOrder(types::CheckedPackage* main,
                                                 std::span<types::CheckedPackage* const> also,
                                                 const PackageSet& program, const PackageSet& library,
                                                 std::span<const build::Image> images);

}  // namespace millrace::driver
