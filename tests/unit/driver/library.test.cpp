// The table of what of Go's library is replaced, beside the folder that holds what stands in its place.
#include "wasm/driver/library.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>

using namespace millrace::driver;
namespace fs = std::filesystem;

namespace {

const fs::path kOurs = fs::path(MILLRACE_SOURCE_DIR) / "wasm/std";

void write(const fs::path& file, std::string_view text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << text;
}

std::string namesOf(const LibraryPackage& package) {
  std::string names;
  for (const LibrarySource& source : package.sources) names += source.name + " ";
  return names;
}

}  // namespace

TEST_CASE("The table names what we replace, and each folder of ours is in it") {
  std::string_view last;
  for (const Replacement& r : replacements()) {
    INFO(r.path);
    CHECK(last < r.path);
    CHECK(!r.why.empty());
    const bool isFile = r.path.ends_with(".go");
    CHECK(fs::is_directory(isFile ? (kOurs / r.path).parent_path() : kOurs / r.path));
    last = r.path;
  }
  size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(kOurs)) {
    if (!entry.is_regular_file()) continue;
    files++;
    const std::string package = fs::relative(entry.path().parent_path(), kOurs).generic_string();
    INFO(package);
    CHECK(std::any_of(replacements().begin(), replacements().end(), [&](const Replacement& r) {
      return r.path == package || (r.path.ends_with(".go") && r.path.substr(0, r.path.rfind('/')) == package);
    }));
  }
  CHECK(files > 0);
}

TEST_CASE("Of packages and files in the table only ours are taken, of others what is for the target") {
  const fs::path scratch = fs::temp_directory_path() / ("millrace-library-" + std::to_string(std::rand()));
  for (const char* file : {"src/runtime/proc.go", "src/time/zoneinfo_js.go", "src/time/time.go", "src/time/time_linux.go", "src/time/x_test.go",
                           "src/vendor/golang.org/x/text/a.go", "src/cmd/vendor/golang.org/x/sync/errgroup/errgroup.go"}) {
    write(scratch / "go" / file, "package x\n");
  }
  write(scratch / "go/VERSION", "go1.99.1\ntime 2030-01-01T00:00:00Z\n");
  write(scratch / "ours/runtime/sched.go", "package runtime\n");
  write(scratch / "ours/time/zone.go", "package time\n");
  write(scratch / "ours/nowhere/else.go", "package nowhere\n");
  for (const char* file : {"sync/errgroup/fetched.go", "sync/singleflight/singleflight.go", "sync/singleflight/x_test.go"}) {
    write(scratch / file, "package x\n");
  }
  LibraryFinder find = gorootLibrary((scratch / "go").string(), (scratch / "ours").string(), (scratch / "sync").string());
  CHECK(namesOf(find("runtime")) == "runtime/sched.go runtime/release.go ");
  CHECK(find("runtime").sources.back().text.find("const release = \"go1.99.1\"\n") != std::string::npos);
  CHECK(namesOf(find("time")) == "time/time.go time/zone.go ");
  CHECK(namesOf(find("nowhere")).empty());
  CHECK(find("golang.org/x/text").path == "vendor/golang.org/x/text");
  CHECK(find("golang.org/x/sync/errgroup").path == "golang.org/x/sync/errgroup");
  CHECK(namesOf(find("golang.org/x/sync/errgroup")) == "golang.org/x/sync/errgroup/errgroup.go ");
  // What the GOROOT has of that module is its own.
  CHECK(namesOf(find("golang.org/x/sync/singleflight")) == "golang.org/x/sync/singleflight/singleflight.go ");
  CHECK(namesOf(find("golang.org/x/sync")).empty());
  CHECK(namesOf(find("golang.org/x/synch")).empty());
  CHECK(namesOf(gorootLibrary((scratch / "go").string(), (scratch / "ours").string())("golang.org/x/sync/singleflight")).empty());
  fs::remove_all(scratch);
}
