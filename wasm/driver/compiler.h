// From the files of a program to a module and its data, or to diagnostics.
//
// The library packages that programs import are parsed and checked once and kept; what a program brings is dropped after
// each compile().
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "wasm/build/program-builder.h"
#include "wasm/driver/library.h"

namespace millrace::driver {

struct SourceText {
  std::string name;  // as diagnostics and traces show it
  std::string text;
  std::string package;  // import path of its package; empty: package main
};

struct Options {
  bool sharedMemory = true;
  bool nameSection = false;
  bool asyncify = false;        // leave suspension to Binaryen's Asyncify pass
  bool unpolled = false;        // no polls, and recursion is not counted: what these cost is the difference; for the bench
  bool checkOnly = false;       // find what Go's compiler reports by itself, and stop: main and bodies may be missing
  bool whole = false;           // all packages are built, with what nothing calls; there may be no main
  bool choosesFiles = false;    // those are left out that their names or their `//go:build` lines exclude from a build
  std::string goVersion;        // "go1.N", the language's; empty: the newest
  std::string modulePath;       // import path of package main's folder; empty: it belongs to no module
  std::string testPackage;      // not empty: files are of packages by their paths, and the program runs the tests of this one
  bool readsSeeds = false;      // fuzz targets of testPackage are run with seeds in files, too; costs package internal/fuzz
  bool isMainOurs = false;      // main was not written by the user, and may import everything
  std::string localImports;     // what "./" stands for in import paths; empty: they are refused
  std::string imageName;        // not empty: no program, but an image of this name of the library packages in `imagePackages`
  std::vector<std::string> imagePackages;
  // Fills in what each package declares to others, and returns an archive of skeletons: skeleton.h's declareImage.
  std::function<std::string(std::span<build::InitStep>)> declareImage;
  std::function<void(const char* phase)> onPhase;  // told when a phase ends
};

// Lines and columns count from 1; 0: not known. No file: the text says it all.
struct Message {
  std::string file;
  uint32_t line, column, endLine, endColumn;
  std::string text;
  std::string package{};  // the path of the package that it is about, where that is known
};

// Told what is wrong with a library package, which is nobody's fault who uses it; does not return.
using BrokenLibrary = std::function<void(const std::vector<Message>&)>;

// For traces made from an engine's stack.
using build::CodeLine;

struct Compiled {
  std::vector<Message> messages;  // sorted; empty: it compiled
  std::vector<uint8_t> module, data;
  uint32_t tableSize = 0;         // entries the program has in the function table
  std::vector<CodeLine> lines;    // by offset
  std::vector<uint8_t> index;     // of an image
  std::string skeletons;          // of an image's packages: an archive

  bool isSetupFault = false;      // nothing was compiled: the messages are what the go command finds before

  bool ok() const { return messages.empty(); }
};

class Compiler {
 public:
  // `images`: what programs are linked to, lowest first, and lie behind. Of their packages `library` has skeletons. Without
  // `onBroken` a library that does not compile is a fault of our own.
  explicit Compiler(LibraryFinder library, std::vector<build::Image> images = {}, BrokenLibrary onBroken = {});
  ~Compiler();

  // Never fails otherwise than with messages.
  Compiled compile(std::vector<SourceText> files, const Options& options);

 private:
  std::unique_ptr<struct LoadedLibrary> library_;
  std::vector<build::Image> images_;
};

}  // namespace millrace::driver
