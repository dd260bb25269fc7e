// Fuzzing the whole compiler: any text whatever gives messages or a module, never a crash.
//
// The input is a file of package main. It is linked to an image, as programs are, here of the overlay packages: so a run takes
// as long as the input deserves, and not as package fmt does. What it compiles to is written to the folder that
// MILLRACE_MODULES names, for others to validate.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>

#include "runtime/base/check.h"
#include "wasm/driver/archive.h"
#include "wasm/driver/compiler.h"
#include "wasm/driver/skeleton.h"

using namespace millrace;
using namespace millrace::driver;

namespace {

// All packages of the overlay that a program may import.
std::vector<std::string> overlayPackages() {
  std::set<std::string> packages;
  for (const LibraryFile& file : libraryFiles()) {
    std::string folder(file.path.substr(0, file.path.rfind('/')));
    bool isOthers = folder.starts_with("goroot") || folder.find("internal") != folder.npos;
    if (!isOthers) packages.insert(folder);
  }
  return {packages.begin(), packages.end()};
}

Compiler* compiler;

Compiler* linkedCompiler() {
  Options options;
  options.imageName = "std";
  options.imagePackages = overlayPackages();
  options.declareImage = declareImage;
  Compiled compiled = Compiler().compile({}, options);
  ENSURE(compiled.ok());
  auto image = build::Image::read(compiled.index);
  ENSURE(image);
  std::vector<build::Image> images;
  images.push_back(std::move(*image));
  return new Compiler(archiveLibrary({compiled.skeletons}), std::move(images));
}

void keep(const Compiled& compiled) {
  static const char* folder = std::getenv("MILLRACE_MODULES");
  static int number = 0;
  if (folder == nullptr || compiled.module.empty()) return;
  std::ofstream out(std::string(folder) + "/" + std::to_string(number++) + ".wasm", std::ios::binary);
  out.write(reinterpret_cast<const char*>(compiled.module.data()), static_cast<std::streamsize>(compiled.module.size()));
}

}  // namespace

// The image is made here, since it takes seconds that would count as the first input's.
extern "C" int LLVMFuzzerInitialize(int*, char***) {
  compiler = linkedCompiler();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  Options options;
  // Programs seldom have a sound main when bytes are changed at random; whole builds what there is.
  options.whole = true;
  keep(compiler->compile({{"x.go", text, {}}}, options));
  return 0;
}
