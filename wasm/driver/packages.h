// Parsed and checked packages, and the order in which they are initialised.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

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

  // Parses and checks the files as package `path`. Null only if the files make no package at all; what is wrong goes to
  // `report`. `importer` finds what it imports.
  types::CheckedPackage* add(std::string_view path, const std::vector<Source>& sources, const types::Importer& importer,
                             const syntax::Reporter& report, bool isLibrary);
  types::CheckedPackage* find(std::string_view path) const;
  types::CheckedPackage* find(const types::Package* package) const;

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

// The import paths that the files name, without parsing more of them than that needs.
std::vector<std::string> importsOf(const std::vector<PackageSet::Source>& sources, types::Session& session);

// Go's order of initialisation: again and again the first package, by import path, of which all imports are done; what
// `always` names comes first with what it imports. The last one is `main`.
std::vector<types::CheckedPackage*> initializationOrder(types::CheckedPackage* main, types::CheckedPackage* always,
                                                        const PackageSet& program, const PackageSet& library);

}  // namespace millrace::driver
