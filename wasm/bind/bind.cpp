// The compiler behind a C interface of bytes: see bind.h.
#include "wasm/bind/bind.h"

#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "wasm/driver/archive.h"
#include "wasm/driver/compiler.h"

namespace {

using millrace::driver::Archives;
using millrace::driver::Compiled;
using millrace::driver::Compiler;
using millrace::driver::Options;
using millrace::driver::SourceText;

class Reader {
 public:
  explicit Reader(const uint8_t* at) : at_(at) {}

  uint32_t number() {
    uint32_t value;
    std::memcpy(&value, at_, 4);
    at_ += 4;
    return value;
  }
  std::string text() {
    uint32_t size = number();
    std::string value(reinterpret_cast<const char*>(at_), size);
    at_ += size;
    return value;
  }

 private:
  const uint8_t* at_;
};

class Writer {
 public:
  explicit Writer(std::vector<uint8_t>& out) : out_(out) { out_.clear(); }

  void number(uint32_t value) {
    for (int i = 0; i < 4; i++) out_.push_back(static_cast<uint8_t>(value >> (8 * i)));
  }
  template <typename Bytes>
  void text(const Bytes& bytes) {
    number(static_cast<uint32_t>(bytes.size()));
    out_.insert(out_.end(), bytes.begin(), bytes.end());
  }

 private:
  std::vector<uint8_t>& out_;
};

std::unique_ptr<Compiler> g_compiler;
Archives g_archives;
std::vector<millrace::build::Image> g_images;

Compiler& compiler() {
  if (g_compiler == nullptr) {
    g_compiler = std::make_unique<Compiler>([](std::string_view path) { return g_archives.find(path); }, g_images);
  }
  return *g_compiler;
}

std::vector<uint8_t> g_reply;

}  // namespace

extern "C" {

uint8_t* compilerAllocate(uint32_t bytes) { return new uint8_t[bytes]; }

void addLibrary(uint8_t* text, uint32_t bytes) {
  g_archives.add(std::string(reinterpret_cast<const char*>(text), bytes));
  delete[] text;
}

uint32_t addImage(uint8_t* index, uint32_t bytes) {
  auto image = millrace::build::Image::read({index, bytes});
  delete[] index;
  if (!image) return 0;
  g_compiler.reset();
  g_images.push_back(std::move(*image));
  return 1;
}

const uint8_t* compile(uint8_t* request) {
  Reader in(request);
  uint32_t flags = in.number();
  Options options;
  options.sharedMemory = (flags & 1) != 0;
  options.nameSection = (flags & 2) != 0;
  options.asyncify = (flags & 4) != 0;
  options.checkOnly = (flags & 8) != 0;
  options.whole = (flags & 16) != 0;
  options.choosesFiles = (flags & 32) != 0;
  options.unpolled = (flags & 64) != 0;
  options.readsSeeds = (flags & 128) != 0;
  options.localImports = in.text();
  options.modulePath = in.text();
  options.goVersion = in.text();
  options.testPackage = in.text();
  std::vector<SourceText> files(in.number());
  for (SourceText& file : files) {
    file.name = in.text();
    file.text = in.text();
    file.package = in.text();
  }
  delete[] request;

  Compiled compiled = compiler().compile(std::move(files), options);
  Writer out(g_reply);
  out.number(compiled.ok() ? 0 : compiled.isSetupFault ? 2 : 1);
  out.number(static_cast<uint32_t>(compiled.messages.size()));
  for (const auto& message : compiled.messages) {
    out.text(message.file);
    for (uint32_t n : {message.line, message.column, message.endLine, message.endColumn}) out.number(n);
    out.text(message.text);
    out.text(message.package);
  }
  out.text(compiled.module);
  out.text(compiled.data);
  out.number(compiled.tableSize);
  out.number(static_cast<uint32_t>(compiled.lines.size()));
  for (const auto& line : compiled.lines) {
    for (uint32_t n : {line.offset, line.function, line.file, line.line}) out.number(n);
  }
  return g_reply.data();
}

}  // extern "C"
