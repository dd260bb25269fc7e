// The native compiler, for tests and for looking inside: FILE.go… to OUT/program.{wasm,data}.
//
//   millracec [FLAG...] FILE.go... [--package PATH FILE.go...]...
//
//   -o OUT            folder for the program
//   --single, --asyncify, --unpolled, --names   driver::Options' fields
//   --check           looks for errors only, in all packages
//   --whole           builds all packages, with what nothing calls
//   --local PREFIX    "./x" in import paths means PREFIX/x
//   --module PATH     the module that main belongs to
//   --test PATH       the program runs the tests of this package; without files, of a library package of --goroot
//   --lang go1.N      the language's version
//   --goroot DIR, --ours DIR   the library is Go's own, from there, with what is in the other folder (wasm/std) in place of
//                     what touches the machine
//   --sync DIR        module golang.org/x/sync, for what the GOROOT has not of it
//   --skeletons FILE  the library is what this archive declares, and the rest from --goroot; may be given several times
//   --write-skeletons FILE   arguments are packages, not files: writes their skeletons and those of what they import, but
//                     for what --skeletons has already
//   --package PATH    the files that follow are this package's, not main's
//   --image NAME      no program: an image of the packages named instead of files, to OUT/NAME.{wasm,data,index,skeletons}
//   --on FILE         links to the image that this index describes; may be repeated, lowest first
//   --time            says how long each phase took, of the processor's time
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "wasm/driver/archive.h"
#include "wasm/driver/compiler.h"
#include "wasm/driver/skeleton.h"
#include "wasm/driver/test-binary.h"

namespace {

using namespace millrace::driver;

std::optional<std::string> read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

template <typename Bytes>
bool write(const std::string& path, const Bytes& bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  return out.good();
}

int usage(const char* problem) {
  std::fprintf(stderr,
               "millracec: %s\nusage: millracec [-o OUT] [--single] [--asyncify] [--unpolled] [--names] "
               "[--check] [--whole] [--local PREFIX] [--module PATH] [--test PATH] [--lang go1.N] [--goroot DIR --ours DIR] "
               "[--sync DIR] "
               "[--skeletons FILE]... [--write-skeletons FILE] [--time] FILE.go... [--package PATH FILE.go...]...\n",
               problem);
  return 2;
}

int failure(const std::vector<Message>& messages) {
  for (const Message& message : messages) {
    if (!message.file.empty()) std::fprintf(stderr, "%s:%u:%u: ", message.file.c_str(), message.line, message.column);
    std::fprintf(stderr, "%s\n", message.text.c_str());
  }
  return 1;
}

int writeSkeletons(const LibraryFinder& library, const std::vector<std::string>& packages, const LibraryFinder& left,
                   const std::string& out) {
  std::string fault;
  std::vector<LibrarySource> skeletons = skeletonsOf(library, packages, left, fault);
  if (!fault.empty()) return usage(fault.c_str());
  std::string archive = writeArchive(skeletons);
  if (!write(out, archive)) return usage(("cannot write " + out).c_str());
  std::printf("%zu files, %zu bytes\n", skeletons.size(), archive.size());
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  Options options;
  std::string out;
  std::string package;
  std::string goroot, ours, sync;
  std::string writtenSkeletons;
  std::vector<std::string> skeletons, packages;
  std::vector<millrace::build::Image> images;
  std::vector<SourceText> files;
  for (int i = 1; i < count; i++) {
    std::string argument = arguments[i];
    const auto value = [&]() -> const char* { return i + 1 < count ? arguments[++i] : nullptr; };
    std::string* text = argument == "-o"        ? &out
                        : argument == "--local"   ? &options.localImports
                        : argument == "--lang"    ? &options.goVersion
                        : argument == "--module"  ? &options.modulePath
                        : argument == "--test"    ? &options.testPackage
                        : argument == "--goroot"  ? &goroot
                        : argument == "--ours"    ? &ours
                        : argument == "--sync"    ? &sync
                        : argument == "--package" ? &package
                        : argument == "--write-skeletons" ? &writtenSkeletons
                        : argument == "--image"   ? &options.imageName
                                                  : nullptr;
    if (text != nullptr) {
      const char* v = value();
      if (v == nullptr) return usage((argument + " wants a value").c_str());
      *text = v;
    } else if (argument == "--skeletons") {
      const char* v = value();
      auto archive = v == nullptr ? std::nullopt : read(v);
      if (!archive) return usage("--skeletons wants an archive");
      skeletons.push_back(std::move(*archive));
    } else if (argument == "--on") {
      const char* v = value();
      auto index = v == nullptr ? std::nullopt : read(v);
      auto image = index ? millrace::build::Image::read({reinterpret_cast<const uint8_t*>(index->data()), index->size()}) : std::nullopt;
      if (!image) return usage("--on wants an image's index");
      images.push_back(std::move(*image));
    } else if (argument == "--check") {
      options.checkOnly = true;
    } else if (argument == "--whole") {
      options.whole = true;
    } else if (argument == "--single") {
      options.sharedMemory = false;
    } else if (argument == "--asyncify") {
      options.asyncify = true;
    } else if (argument == "--unpolled") {
      options.unpolled = true;
    } else if (argument == "--time") {
      options.onPhase = [since = std::clock()](const char* phase) mutable {
        std::clock_t now = std::clock();
        std::fprintf(stderr, "%-8s %7.1f ms\n", phase, static_cast<double>(now - since) * 1000 / CLOCKS_PER_SEC);
        since = now;
      };
    } else if (argument == "--names") {
      options.nameSection = true;
    } else if (argument.starts_with("-")) {
      return usage(("unknown flag " + argument).c_str());
    } else if (!writtenSkeletons.empty()) {
      packages.push_back(argument);
    } else if (!options.imageName.empty()) {
      options.imagePackages.push_back(argument);
    } else {
      auto text = read(argument);
      if (!text) return usage(("cannot read " + argument).c_str());
      files.push_back({argument, std::move(*text), package});
    }
  }
  if (goroot.empty() != ours.empty()) return usage("--goroot and --ours belong together");
  if (goroot.empty() && skeletons.empty()) return usage("no library: --goroot and --ours, or --skeletons");
  LibraryFinder library = goroot.empty() ? archiveLibrary({}) : gorootLibrary(goroot, ours, sync);
  if (!writtenSkeletons.empty()) {
    return writeSkeletons(library, packages, archiveLibrary(std::move(skeletons)), writtenSkeletons);
  }
  if (!skeletons.empty()) {
    library = [declared = archiveLibrary(std::move(skeletons)), rest = std::move(library)](std::string_view path) {
      LibraryPackage found = declared(path);
      return found.sources.empty() ? rest(path) : found;
    };
  }
  if (files.empty() && !goroot.empty() && !options.testPackage.empty()) {
    const bool hasSeeds = gorootHasSeeds(goroot, options.testPackage);
    LibraryTest test = testOfLibrary(std::move(library), gorootTests(goroot, options.testPackage), options.testPackage, hasSeeds);
    if (!test.faults.empty()) return failure(test.faults);
    library = std::move(test.library);
    files.push_back(std::move(test.main));
    options.testPackage.clear();
    options.isMainOurs = true;
  }
  if (files.empty() && options.imagePackages.empty()) return usage("no Go files");
  options.declareImage = declareImage;
  Compiler compiler(std::move(library), std::move(images), [](const std::vector<Message>& faults) {
    std::fprintf(stderr, "# %s, a package of the library\n", faults[0].package.c_str());
    std::exit(failure(faults));
  });
  Compiled compiled = compiler.compile(std::move(files), options);
  if (!compiled.ok()) return failure(compiled.messages);
  if (options.checkOnly) return 0;
  bool isImage = !options.imageName.empty();
  std::string base = out + "/" + (isImage ? options.imageName : "program");
  if (!out.empty()) {
    bool written = write(base + ".wasm", compiled.module) && write(base + ".data", compiled.data);
    if (isImage) written = written && write(base + ".index", compiled.index) && write(base + ".skeletons", compiled.skeletons);
    if (!written) return usage(("cannot write to " + out).c_str());
  }
  std::printf("module %zu data %zu table %u\n", compiled.module.size(), compiled.data.size(), compiled.tableSize);
  return 0;
}
