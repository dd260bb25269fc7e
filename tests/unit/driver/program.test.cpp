// What the go command finds before it compiles anything.
#if !defined(__wasm__)
#include <sys/wait.h>
#include <unistd.h>
#endif

#include <catch2/catch.hpp>

#include "tests/unit/driver/library.h"
#include "wasm/driver/compiler.h"

using namespace millrace::driver;

namespace {

std::string firstMessage(std::vector<SourceText> files) {
  Compiled compiled = Compiler(smallLibrary()).compile(std::move(files), {});
  REQUIRE(!compiled.messages.empty());
  const Message& first = compiled.messages[0];
  return first.file + ":" + std::to_string(first.line) + ":" + std::to_string(first.column) + ": " + first.text;
}

}  // namespace

TEST_CASE("Files of several packages in one folder") {
  CHECK(firstMessage({{"a.go", "package a\n", ""}, {"b.go", "package b\n", ""}}) ==
        ":0:0: found packages a (a.go) and b (b.go) in .");
  // An imported folder's fault is the import's, as the go command has it, and the first import's only.
  std::vector<SourceText> files = {{"m.go", "package main\n\nimport \"m/sub\"\n\nfunc main() {}\n", ""},
                                   {"n.go", "package main\n\nimport _ \"m/sub\"\n", ""},
                                   {"sub/x.go", "package x\n", "m/sub"},
                                   {"sub/y.go", "package y\n", "m/sub"}};
  CHECK(firstMessage(files) == "m.go:3:8: found packages x (x.go) and y (y.go) in sub");
  Options options;
  options.modulePath = "m";
  CHECK(Compiler(smallLibrary()).compile(files, options).messages.size() == 1);
}

TEST_CASE("A folder of several packages that nobody imports is nobody's fault") {
  CHECK(Compiler(smallLibrary())
            .compile({{"m.go", "package main\n\nfunc main() {}\n", ""}, {"x.go", "package x\n", "m/sub"}, {"y.go", "package y\n", "m/sub"}}, {})
            .ok());
}

TEST_CASE("What is wrong with the head of a file that nobody imports is nobody's fault either") {
  const SourceText main = {"m.go", "package main\n\nfunc main() {}\n", ""};
  const SourceText importer = {"m.go", "package main\n\nimport _ \"m/sub\"\n\nfunc main() {}\n", ""};
  const SourceText broken = {"sub/x.go", "package x\n\nimport fmt\n", "m/sub"};
  CHECK(Compiler(smallLibrary()).compile({main, broken}, {}).ok());
  Options options;
  options.modulePath = "m";
  Compiled compiled = Compiler(smallLibrary()).compile({importer, broken}, options);
  REQUIRE(compiled.messages.size() == 1);
  CHECK(compiled.messages[0].file == "sub/x.go");
}

TEST_CASE("Package main cannot be imported by that name") {
  CHECK(firstMessage({{"m.go", "package main\n\nimport _ \"main\"\n\nfunc main() {}\n", ""}}) == "m.go:3:8: package main is not in std");
}

#if !defined(__wasm__)
// Who is told does not come back: another process, which WebAssembly has not.
TEST_CASE("Of a library package that does not compile all is told that is wrong") {
  const LibraryFinder library = [good = smallLibrary()](std::string_view path) {
    if (path != "broken") return good(path);
    return LibraryPackage{"broken", {{"broken/b.go", "package broken\n\nvar A int = none\n\nvar B string = 1\n"}}};
  };
  const pid_t child = fork();
  if (child == 0) {
    Compiler compiler(library, {}, [](const std::vector<Message>& faults) {
      const bool isAll = faults.size() == 2 && faults[0].file == "broken/b.go" && faults[0].line == 3 && faults[1].line == 5;
      _exit(isAll && faults[0].package == "broken" ? 7 : 8);
    });
    compiler.compile({{"m.go", "package main\n\nimport _ \"broken\"\n\nfunc main() {}\n", ""}}, {});
    _exit(9);
  }
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  CHECK(WEXITSTATUS(status) == 7);
}
#endif

TEST_CASE("Files that a build for the target excludes") {
  const std::vector<SourceText> files = {{"m.go", "package main\n\nfunc main() { f() }\n", ""},
                                         {"f_js.go", "package main\n\nfunc f() {}\n", ""},
                                         {"f_linux.go", "package main\n\nfunc f() {}\n", ""},
                                         {"gen.go", "//go:build ignore\n\npackage gen\n", ""}};
  CHECK(firstMessage(files) == ":0:0: found packages main (m.go) and gen (gen.go) in .");
  Options options;
  options.choosesFiles = true;
  CHECK(Compiler(smallLibrary()).compile(files, options).ok());
  Compiled none = Compiler(smallLibrary()).compile({files.back()}, options);
  REQUIRE(none.messages.size() == 1);
  CHECK(none.messages[0].text == "package command-line-arguments: build constraints exclude all Go files in .");
}

TEST_CASE("A package of the program that a build for the target excludes whole") {
  Options options;
  options.choosesFiles = true;
  options.modulePath = "m";
  const std::vector<SourceText> files = {{"main.go", "package main\n\nimport _ \"m/a\"\n\nfunc main() {}\n", ""},
                                         {"a/a.go", "package a\n\nimport _ \"m/a/b\"\n", "m/a"},
                                         {"a/b/b_windows.go", "package b\n", "m/a/b"}};
  Compiled compiled = Compiler(smallLibrary()).compile(files, options);
  REQUIRE(compiled.messages.size() == 1);
  CHECK(compiled.isSetupFault);
  CHECK(compiled.messages[0].text == "package m\n\timports m/a\n\timports m/a/b: build constraints exclude all Go files in a/b");
}
