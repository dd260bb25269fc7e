// Where the sources of library packages come from: a GOROOT, with ours in place of what touches the machine, or an archive
// (archive.h).
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::driver {

struct LibrarySource {
  std::string name;  // as traces show it: "fmt/print.go"
  std::string text;
};

struct LibraryPackage {
  std::string path;  // may differ from what was asked for: the library's own copies of other modules are below "vendor/"
  std::vector<LibrarySource> sources;  // none: there is no such package
};

using LibraryFinder = std::function<LibraryPackage(std::string_view path)>;

// `ours`: the folder with our packages and files, wasm/std. `sync`: one with module golang.org/x/sync, for what the GOROOT has
// not of it; empty: there is none.
LibraryFinder gorootLibrary(std::string goroot, std::string ours, std::string sync = {});

struct Replacement {
  std::string_view path;  // of a package, or of a file of one: Go's is left out, if there is one
  std::string_view why;
};

// All that is not Go's own.
std::span<const Replacement> replacements();

// The test files of a package of Go's, as far as they are for our target.
std::vector<LibrarySource> gorootTests(const std::string& goroot, const std::string& path);
// Do its fuzz targets have seeds in files?
bool gorootHasSeeds(const std::string& goroot, const std::string& path);

}  // namespace millrace::driver
