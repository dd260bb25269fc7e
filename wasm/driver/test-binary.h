// The main package of a test binary: what `go test` makes of a package's _test.go files.
//
// Those of the package itself are compiled with it; those of `package x_test` are a package of their own, whose path ends
// with "_test". The main package lists the functions that package testing is to run: they are found by their names, and an
// example's expected output is the last comment of its body.
#pragma once

#include <string>
#include <vector>

#include "wasm/driver/compiler.h"

namespace millrace::driver {

// What `go test` calls the package of files that belong to no folder.
inline constexpr std::string_view kFilesPackage = "command-line-arguments";

struct TestedPackage {
  const std::string& path;
  const std::string& modulePath;  // empty: it belongs to no module
  bool hasSeeds;                  // of fuzz targets, in files
};

// Gives files of `package x_test` their package, and adds the main package. Returns what is wrong with the test files, if
// anything, before they are compiled.
std::vector<Message> addTestMain(std::vector<SourceText>& texts, const TestedPackage& package);

// The tests of a library package. All that imports the package gets it with those of its tests that are of the package itself.
struct LibraryTest {
  LibraryFinder library;  // with tests
  SourceText main;
  std::vector<Message> faults;
};
LibraryTest testOfLibrary(LibraryFinder library, std::vector<LibrarySource> tests, const std::string& package, bool hasSeeds);

// The output that the body of an example, from brace to brace, asks for.
struct ExpectedOutput {
  bool isGiven = false, isUnordered = false;
  std::string text;
};
ExpectedOutput expectedOutput(std::string_view body);

}  // namespace millrace::driver
