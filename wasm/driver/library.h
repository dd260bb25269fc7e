// Where the sources of library packages come from: the overlay packages (wasm/std), which are built into the compiler, or
// Go's own from a GOROOT, with ours in place of what touches the machine.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::driver {

struct LibraryFile {
  std::string_view path;  // "fmt/print.go"
  std::string_view text;
};

// The overlay's, sorted by path. Made at build time from the folder's files.
std::span<const LibraryFile> libraryFiles();

struct LibrarySource {
  std::string name;  // as traces show it: "fmt/print.go"
  std::string text;
};

struct LibraryPackage {
  std::string path;  // may differ from what was asked for: the library's own copies of other modules are below "vendor/"
  std::vector<LibrarySource> sources;  // none: there is no such package
};

using LibraryFinder = std::function<LibraryPackage(std::string_view path)>;

LibraryFinder overlayLibrary();
LibraryFinder gorootLibrary(std::string goroot);

// The test files of a package of Go's, as far as they are for our target.
std::vector<LibrarySource> gorootTests(const std::string& goroot, const std::string& path);

}  // namespace millrace::driver
