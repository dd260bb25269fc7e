// Finds packages of a GOROOT. The table of what is replaced stands here.
#include "wasm/driver/library.h"

#include <dirent.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

#include "wasm/driver/build-constraints.h"

namespace millrace::driver {

namespace {

// Ours is in the folder of the same name below wasm/std: a whole package, or files that go with the rest of Go's.
constexpr Replacement kReplacements[] = {
    {"internal/abi/escape.go", "generic functions that only Go's compiler can fill"},
    {"internal/runtime/maps", "maps are the engine's; this is how reflect walks over them"},
    {"net/http/roundtrip_js.go", "asks JavaScript to fetch"},
    {"net/ipsock_posix.go", "looks what the system can; its sockets would have to reach outside"},
    {"net/lookup_unix.go", "asks name servers, to whom there is no way"},
    {"os/dirent_js.go", "does not know of what kind entries are"},
    {"os/pipe_wasm.go", "has no pipes"},
    {"reflect/makefunc.go", "entered through assembly, for all signatures alike; WebAssembly wants a function for each"},
    {"runtime", "scheduler, collector, channels and maps are the engine's"},
    {"sync/pool.go", "pins goroutines to threads"},
    {"syscall/fs_js.go", "files are in memory, not in JavaScript"},
    {"syscall/net_js.go", "has nothing that lets go of a pipe"},
    {"syscall/syscall_js.go", "has the numbers and names of a system that is none; ours are Linux's"},
    {"syscall/tables_js.go", "errors whose texts are not Linux's"},
    {"testing/binary.go", "not Go's: does what its linker does for test binaries"},
    {"testing/internal/testdeps", "wants processes, to fuzz in, and profiles"},
    {"time/zoneinfo_js.go", "asks JavaScript for the time zone"},
};

bool isReplaced(std::string_view path) {
  return std::any_of(std::begin(kReplacements), std::end(kReplacements), [&](const Replacement& r) { return r.path == path; });
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

// The files of package `path` in a folder that belong to the target.
void addFolder(const std::string& folder, const std::string& path, bool isOurs, std::vector<LibrarySource>& sources) {
  for (const std::string& name : listFolder(folder)) {
    std::string file = path + "/" + name;
    if (!name.ends_with(".go") || (!isOurs && isReplaced(file))) continue;
    std::optional<std::string> text = readFile(folder + "/" + name);
    if (text && isSelected(name, *text)) sources.push_back({file, std::move(*text)});
  }
}

// A file of package runtime that says of which release the library is.
std::string releaseFile(const std::string& goroot) {
  const std::string version = readFile(goroot + "/VERSION").value_or("go1.26");
  return "package runtime\n\nconst release = \"" + version.substr(0, version.find_first_of(" \r\n")) + "\"\n";
}

}  // namespace

std::span<const Replacement> replacements() { return kReplacements; }

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

bool gorootHasSeeds(const std::string& goroot, const std::string& path) {
  return !listFolder(goroot + "/src/" + path + "/testdata/fuzz").empty();
}

LibraryFinder gorootLibrary(std::string goroot, std::string ours, std::string sync) {
  return [goroot = std::move(goroot), ours = std::move(ours), sync = std::move(sync)](std::string_view wanted) {
    LibraryPackage package{std::string(wanted), {}};
    const auto lookIn = [&](const std::string& from) {
      if (isReplaced(package.path)) {
        addFolder(ours + "/" + package.path, package.path, true, package.sources);
        if (package.path == "runtime") package.sources.push_back({"runtime/release.go", releaseFile(goroot)});
        return;
      }
      addFolder(goroot + from + package.path, package.path, false, package.sources);
      if (!package.sources.empty()) addFolder(ours + "/" + package.path, package.path, true, package.sources);
    };
    lookIn("/src/");
    // Not of the standard library, but of those who write fork-join programs; Go's own tools use most of it, too.
    constexpr std::string_view kSync = "golang.org/x/sync";
    if (wanted.starts_with(kSync) && wanted.substr(kSync.size()).starts_with('/')) {
      lookIn("/src/cmd/vendor/");
      const std::string rest(wanted.substr(kSync.size()));
      if (package.sources.empty() && !sync.empty()) addFolder(sync + rest, package.path, false, package.sources);
    }
    if (package.sources.empty()) {
      package.path = "vendor/" + package.path;
      lookIn("/src/");
    }
    return package;
  };
}

}  // namespace millrace::driver
