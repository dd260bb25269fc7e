// The sources of the overlay packages (wasm/std), built into the compiler.
#pragma once

#include <span>
#include <string_view>

namespace millrace::driver {

struct LibraryFile {
  std::string_view path;  // "fmt/print.go"
  std::string_view text;
};

// Sorted by path. Made at build time from the folder's files.
std::span<const LibraryFile> libraryFiles();

}  // namespace millrace::driver
