// Fuzzing the whole compiler: any text whatever gives messages or a module, never a crash.
//
// The input is a file of package main. It is linked to the image of the core packages, as programs are: the folder of the build
// that MILLRACE_IMAGE names has its index and skeletons. What it compiles to is written to the folder that MILLRACE_MODULES
// names, for others to validate.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "runtime/base/check.h"
#include "wasm/driver/archive.h"
#include "wasm/driver/compiler.h"

using namespace millrace;
using namespace millrace::driver;

namespace {

std::string fileOfImage(const char* name) {
  const char* folder = std::getenv("MILLRACE_IMAGE");
  if (folder == nullptr) FATAL("MILLRACE_IMAGE names no folder");
  std::ifstream in(std::string(folder) + "/" + name, std::ios::binary);
  if (!in) FATAL("MILLRACE_IMAGE has no image");
  return std::string(std::istreambuf_iterator<char>(in), {});
}

Compiler* compiler;

// All public packages that an archive has, in one program: what programs import is read once and kept, and should not count as
// the first input's.
std::string programOfAll(const std::string& archive) {
  std::set<std::string> packages;
  for (size_t at = 0; (at = archive.find("\n-- ", at)) != archive.npos;) {
    at += 4;
    std::string path = archive.substr(at, archive.find(' ', at) - at);
    path.resize(path.rfind('/'));
    if (("/" + path + "/").find("/internal/") == path.npos && !path.starts_with("vendor/")) packages.insert(path);
  }
  ENSURE(packages.size() > 30);
  std::string text = "package main\n";
  for (const std::string& path : packages) text += "import _ \"" + path + "\"\n";
  return text + "func main() {}\n";
}

void keep(const Compiled& compiled) {
  static const char* folder = std::getenv("MILLRACE_MODULES");
  static int number = 0;
  if (folder == nullptr || compiled.module.empty()) return;
  std::ofstream out(std::string(folder) + "/" + std::to_string(number++) + ".wasm", std::ios::binary);
  out.write(reinterpret_cast<const char*>(compiled.module.data()), static_cast<std::streamsize>(compiled.module.size()));
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  const std::string index = fileOfImage("std.index"), skeletons = fileOfImage("std.skeletons");
  auto image = build::Image::read({reinterpret_cast<const uint8_t*>(index.data()), index.size()});
  ENSURE(image);
  std::vector<build::Image> images;
  images.push_back(std::move(*image));
  compiler = new Compiler(archiveLibrary({skeletons}), std::move(images));
  ENSURE(compiler->compile({{"all.go", programOfAll(skeletons), {}}}, {}).ok());
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
