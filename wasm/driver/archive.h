// Library packages as one text: each file below a line `-- path --`, as Go's text archives have it.
#pragma once

#include <deque>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "wasm/driver/library.h"

namespace millrace::driver {

std::string writeArchive(std::span<const LibrarySource> files);

// The packages of several archives; a file's folder is its package. Where several have a package, the first one counts.
class Archives {
 public:
  void add(std::string text);
  LibraryPackage find(std::string_view path) const;

 private:
  struct File {
    std::string_view path, text;
  };

  std::deque<std::string> texts_;
  std::map<std::string_view, std::vector<File>> packages_;  // by path
};

LibraryFinder archiveLibrary(std::vector<std::string> archives);

}  // namespace millrace::driver
