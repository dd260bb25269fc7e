// Finds packages of the overlay and of a GOROOT. The table of what is replaced stands here.
#include "wasm/driver/library.h"

#include <dirent.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

#include "wasm/driver/build-constraints.h"

namespace millrace::driver {

namespace {

// What of Go's own library is left out, because something of ours stands in its place or it has none here: packages, and
// single files of packages. Ours are below wasm/std/goroot, where files may also be added to a package. `sharesOverlay`: what
// the small overlay has of the package belongs to it, too.
struct Replacement {
  std::string_view path;
  std::string_view why;
  bool sharesOverlay = false;
};

constexpr Replacement kReplacements[] = {
    {"internal/abi/escape.go", "generic functions that only Go's compiler can fill"},
    {"internal/rtype", "not Go's: types as package runtime's texts need them", true},
    {"internal/runtime/maps", "maps are the engine's; this is how reflect walks over them"},
    {"net/http/roundtrip_js.go", "asks JavaScript to fetch"},
    {"os/dirent_js.go", "does not know of what kind entries are"},
    {"os/pipe_wasm.go", "has no pipes"},
    {"reflect/makefunc.go", "entered through assembly, for all signatures alike; WebAssembly wants a function for each"},
    {"runtime", "scheduler, collector, channels and maps are the engine's", true},
    {"sync/pool.go", "pins goroutines to threads"},
    {"syscall/fs_js.go", "files are in memory, not in JavaScript"},
    {"syscall/net_js.go", "has nothing that lets go of a pipe"},
    {"syscall/syscall_js.go", "has the numbers and names of a system that is none; ours are Linux's"},
    {"syscall/tables_js.go", "errors whose texts are not Linux's"},
    {"testing/internal/testdeps", "wants processes, to fuzz in, and profiles"},
    {"time/zoneinfo_js.go", "asks JavaScript for the time zone"},
};

const std::string kOurs = "goroot/";

const Replacement* replacementOf(std::string_view path) {
  auto found = std::find_if(std::begin(kReplacements), std::end(kReplacements),
                            [&](const Replacement& r) { return r.path == path; });
  return found == std::end(kReplacements) ? nullptr : found;
}

void addOverlayFolder(std::string_view folder, std::vector<LibrarySource>& sources) {
  for (const LibraryFile& file : libraryFiles()) {
    size_t slash = file.path.rfind('/');
    if (slash != std::string_view::npos && file.path.substr(0, slash) == folder) {
      sources.push_back({std::string(file.path), std::string(file.text)});
    }
  }
}

std::optional<std::string> readFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

// Names of the entries, sorted; none if there is no such folder.
std::vector<std::string> listFolder(const std::string& path) {
  std::vector<std::string> names;
  DIR* folder = opendir(path.c_str());
  if (folder == nullptr) return names;
  while (dirent* entry = readdir(folder)) names.push_back(entry->d_name);
  closedir(folder);
  std::sort(names.begin(), names.end());
  return names;
}

// The files of Go's package that belong to the target, and ours; `from`: where below src/ they lie.
std::vector<LibrarySource> gorootSources(const std::string& goroot, const std::string& path, const std::string& from = "") {
  std::vector<LibrarySource> sources;
  std::string folder = goroot + "/src/" + from + path + "/";
  for (const std::string& name : listFolder(folder)) {
    std::string file = path + "/" + name;
    if (!name.ends_with(".go") || replacementOf(file) != nullptr) continue;
    std::optional<std::string> text = readFile(folder + name);
    if (text && isSelected(name, *text)) sources.push_back({file, std::move(*text)});
  }
  if (!sources.empty()) addOverlayFolder(kOurs + path, sources);
  return sources;
}

}  // namespace

LibraryFinder overlayLibrary() {
  return [](std::string_view path) {
    LibraryPackage package{std::string(path), {}};
    addOverlayFolder(path, package.sources);
    return package;
  };
}

std::vector<LibrarySource> gorootTests(const std::string& goroot, const std::string& path) {
  std::vector<LibrarySource> tests;
  const std::string folder = goroot + "/src/" + path + "/";
  for (const std::string& name : listFolder(folder)) {
    if (!name.ends_with("_test.go") || name.starts_with("_") || name.starts_with(".")) continue;
    std::optional<std::string> text = readFile(folder + name);
    if (text && isForTarget(name, *text)) tests.push_back({path + "/" + name, std::move(*text)});
  }
  return tests;
}

LibraryFinder gorootLibrary(std::string goroot) {
  return [goroot = std::move(goroot)](std::string_view path) {
    LibraryPackage package{std::string(path), {}};
    if (const Replacement* replacement = replacementOf(path)) {
      if (replacement->sharesOverlay) addOverlayFolder(path, package.sources);
      addOverlayFolder(kOurs + package.path, package.sources);
      return package;
    }
    package.sources = gorootSources(goroot, package.path);
    // Not of the standard library, but of those who write fork-join programs; Go's own tools use it, too.
    if (path.starts_with("golang.org/x/sync/")) package.sources = gorootSources(goroot, package.path, "cmd/vendor/");
    if (package.sources.empty()) {
      package.path = "vendor/" + package.path;
      package.sources = gorootSources(goroot, package.path);
    }
    return package;
  };
}

}  // namespace millrace::driver
