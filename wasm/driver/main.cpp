// The native compiler, for tests and for looking inside: FILE.go… to OUT/program.{wasm,data}.
//
//   millracec [FLAG...] FILE.go... [--package PATH FILE.go...]...
//
//   -o OUT            folder for the program
//   --data-base N, --table-base N, --single, --asyncify, --names    driver::Options' fields
//   --check           looks for errors only, in all packages
//   --whole           builds all packages, with what nothing calls
//   --local PREFIX    "./x" in import paths means PREFIX/x
//   --module PATH     the module that main belongs to
//   --lang go1.N      the language's version
//   --goroot DIR      Go's own library, from there, instead of the overlay
//   --package PATH    the files that follow are this package's, not main's
//   --time            says how long each phase took
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

#include "wasm/driver/compiler.h"

namespace {

using millrace::driver::Compiled;
using millrace::driver::Compiler;
using millrace::driver::Options;
using millrace::driver::SourceText;

bool write(const std::string& path, const std::vector<uint8_t>& bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  return out.good();
}

int usage(const char* problem) {
  std::fprintf(stderr,
               "millracec: %s\nusage: millracec [-o OUT] [--data-base N] [--table-base N] [--single] [--asyncify] [--names] "
               "[--check] [--whole] [--local PREFIX] [--module PATH] [--lang go1.N] [--goroot DIR] "
               "[--time] FILE.go... [--package PATH FILE.go...]...\n", problem);
  return 2;
}

}  // namespace

int main(int count, char** arguments) {
  Options options;
  std::string out;
  std::string package;
  std::string goroot;  // empty: the overlay's packages
  std::vector<SourceText> files;
  for (int i = 1; i < count; i++) {
    std::string argument = arguments[i];
    const auto value = [&]() -> const char* { return i + 1 < count ? arguments[++i] : nullptr; };
    std::string* text = argument == "-o"        ? &out
                        : argument == "--local"   ? &options.localImports
                        : argument == "--lang"    ? &options.goVersion
                        : argument == "--module"  ? &options.modulePath
                        : argument == "--goroot"  ? &goroot
                        : argument == "--package" ? &package
                                                  : nullptr;
    if (text != nullptr) {
      const char* v = value();
      if (v == nullptr) return usage((argument + " wants a value").c_str());
      *text = v;
    } else if (argument == "--check") {
      options.checkOnly = true;
    } else if (argument == "--whole") {
      options.whole = true;
    } else if (argument == "--data-base" || argument == "--table-base") {
      const char* v = value();
      if (v == nullptr) return usage("a base wants a number");
      (argument == "--data-base" ? options.dataBase : options.tableBase) = static_cast<uint32_t>(std::strtoul(v, nullptr, 0));
    } else if (argument == "--single") {
      options.sharedMemory = false;
    } else if (argument == "--asyncify") {
      options.asyncify = true;
    } else if (argument == "--time") {
      using Clock = std::chrono::steady_clock;
      options.onPhase = [since = Clock::now()](const char* phase) mutable {
        Clock::time_point now = Clock::now();
        std::fprintf(stderr, "%-8s %7.1f ms\n", phase, std::chrono::duration<double, std::milli>(now - since).count());
        since = now;
      };
    } else if (argument == "--names") {
      options.nameSection = true;
    } else if (argument.starts_with("-")) {
      return usage(("unknown flag " + argument).c_str());
    } else {
      std::ifstream in(argument, std::ios::binary);
      if (!in) return usage(("cannot read " + argument).c_str());
      files.push_back({argument, std::string(std::istreambuf_iterator<char>(in), {}), package});
    }
  }
  if (files.empty()) return usage("no Go files");
  Compiler compiler(goroot.empty() ? millrace::driver::overlayLibrary() : millrace::driver::gorootLibrary(goroot));
  Compiled compiled = compiler.compile(std::move(files), options);
  for (const auto& message : compiled.messages) {
    if (!message.file.empty()) std::fprintf(stderr, "%s:%u:%u: ", message.file.c_str(), message.line, message.column);
    std::fprintf(stderr, "%s\n", message.text.c_str());
  }
  if (!compiled.ok()) return 1;
  if (options.checkOnly) return 0;
  if (!out.empty() && (!write(out + "/program.wasm", compiled.module) || !write(out + "/program.data", compiled.data))) {
    return usage(("cannot write to " + out).c_str());
  }
  std::printf("module %zu data %zu table %u\n", compiled.module.size(), compiled.data.size(), compiled.tableSize);
  return 0;
}
