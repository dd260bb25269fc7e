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

namespace millrace::driver {

struct SourceText {
  std::string name;  // as diagnostics and traces show it
  std::string text;
};

struct Options {
  uint32_t dataBase = 1 << 20;  // where the program's data goes: a multiple of 16
  uint32_t tableBase = 1;       // index of the program's first entry in the function table
  bool sharedMemory = true;
  bool nameSection = false;
  bool asyncify = false;        // leave suspension to Binaryen's Asyncify pass
  std::function<void(const char* phase)> onPhase;  // told when a phase ends
};

// Lines and columns count from 1; 0: not known.
struct Message {
  std::string file;
  uint32_t line, column, endLine, endColumn;
  std::string text;
};

// For traces made from an engine's stack.
using build::CodeLine;

struct Compiled {
  std::vector<Message> messages;  // sorted; empty: it compiled
  std::vector<uint8_t> module, data;
  uint32_t tableSize = 0;         // entries the program has from tableBase on
  std::vector<CodeLine> lines;    // by offset

  bool ok() const { return messages.empty(); }
};

class Compiler {
 public:
  Compiler();
  ~Compiler();

  // The files make up package main. Never fails otherwise than with messages.
  Compiled compile(std::vector<SourceText> files, const Options& options);

 private:
  struct Library;
  std::unique_ptr<Library> library_;
};

}  // namespace millrace::driver
