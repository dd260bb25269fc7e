// `//go:embed`: which of the files that came beside the sources a package's variables hold.
//
// Files are found as the go command finds them, before anything is compiled, and faults of patterns are told in its words.
// After the check, what the compiler knows of the variables is checked and the files are given to the builder.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "wasm/build/program-builder.h"
#include "wasm/driver/compiler.h"

namespace millrace::driver {

class Embedding {
 public:
  // Takes all but the Go files out of `texts`: they, and the Go files, are what can be embedded. Where they lie their names tell.
  explicit Embedding(std::vector<SourceText>& texts);

  // Looks for the files that the packages want. What is wrong: for each package the first pattern.
  std::vector<Message> resolve(const std::vector<SourceText>& texts);

  // Finds the variables of a checked package that have directives.
  void assign(const types::CheckedPackage& package, const syntax::Reporter& report, build::EmbeddedVariables& out) const;

 private:
  struct Match {
    std::vector<std::string> files;  // relative to the package's folder
    std::string fault;
  };
  Match match(const std::string& folder, std::string pattern) const;

  std::map<std::string, std::string> files_;  // by path
  std::map<std::string, std::map<std::string, std::vector<std::string>>> found_;  // by folder, by pattern
};

}  // namespace millrace::driver
