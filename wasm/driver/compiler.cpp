// The pipeline: parse, check, build, lower, emit.
#include "wasm/driver/compiler.h"

#include <algorithm>
#include <unordered_map>

#include "runtime/base/check.h"
#include "wasm/build/program-builder.h"
#include "wasm/driver/build-constraints.h"
#include "wasm/driver/embedding.h"
#include "wasm/driver/loaded-library.h"
#include "wasm/driver/program.h"
#include "wasm/driver/test-binary.h"
#include "wasm/emit/emit.h"
#include "wasm/lower/lower.h"
#include "wasm/types/text.h"

namespace millrace::driver {

using syntax::Diagnostic;
using syntax::FileSet;
using syntax::Pos;
using types::CheckedPackage;

namespace {

// Larger sources than this are no programs; positions have 31 bits for all files together.
constexpr size_t kMaxSourceBytes = 256u << 20;

Message messageOf(Diagnostic d, std::string_view package, const FileSet& files) {
  syntax::Location begin, end;
  if (d.begin.known()) begin = end = files.location(d.begin);
  if (d.end.known()) end = files.location(d.end);
  return {std::string(begin.file), begin.line, begin.column, end.line, end.column, std::move(d.message), std::string(package)};
}

// What the go command and the linker say, which look at no text: without a place.
void checkMain(const CheckedPackage* main, types::Session& session, const syntax::Reporter& report) {
  if (main->package->name.text() != "main") {
    report({{}, {}, "package " + std::string(main->package->name.text()) + " is not a main package"});
  } else if (types::as<types::Func>(main->package->scope->lookup(session.symbols().intern("main"))) == nullptr) {
    report({{}, {}, "runtime.main_main·f: function main is undeclared in the main package"});
  }
}

}  // namespace

Compiler::Compiler(LibraryFinder library, std::vector<build::Image> images, BrokenLibrary onBroken)
    : library_(std::make_unique<LoadedLibrary>(std::move(library), std::move(onBroken))), images_(std::move(images)) {}

Compiler::~Compiler() = default;

Compiled Compiler::compile(std::vector<SourceText> texts, const Options& options) {
  Compiled out;
  size_t bytes = 0;
  for (const SourceText& text : texts) bytes += text.text.size();
  const bool makesImage = !options.imageName.empty(), makesTest = !options.testPackage.empty();
  if (makesImage) {
    // A program that imports the packages: they are what is built of it.
    std::string text = "package main\n";
    for (const std::string& path : options.imagePackages) text += "import _ \"" + path + "\"\n";
    texts = {{"image.go", text, ""}};
  }
  Embedding embedding(texts);
  Program::Folders excluded;
  if (options.choosesFiles) {
    for (const SourceText& text : texts) excluded.try_emplace(text.package, Program::folderText(text.name));
    std::erase_if(texts, [](const SourceText& text) { return !isForTarget(types::lastElement(text.name), text.text); });
    for (const SourceText& text : texts) excluded.erase(text.package);
    if (auto wanted = excluded.find(options.testPackage); wanted != excluded.end()) {
      const std::string path = makesTest                    ? options.testPackage
                               : options.modulePath.empty() ? std::string(kFilesPackage)
                                                            : options.modulePath;
      out.messages.push_back(
          {{}, 0, 0, 0, 0, "package " + path + ": build constraints exclude all Go files in " + wanted->second, path});
      out.isSetupFault = true;
      return out;
    }
  }
  if (texts.empty() || bytes > kMaxSourceBytes) {
    out.messages.push_back({texts.empty() ? "" : texts[0].name, 1, 1, 1, 1,
                            texts.empty() ? "no Go files" : "source too large"});
    return out;
  }
  const auto ended = [&](const char* phase) {
    if (options.onPhase) options.onPhase(phase);
  };
  if (makesTest) {
    out.messages = addTestMain(texts, {options.testPackage, options.modulePath, options.readsSeeds});
    out.isSetupFault = !out.ok();
    if (!out.ok()) return out;
  }
  std::vector<Message> embedFaults = embedding.resolve(texts);
  Program brought(std::move(texts), options.localImports, options.modulePath, makesTest || makesImage || options.isMainOurs,
                  std::move(excluded));
  const Program::LoadLibrary loadLibrary = [&](std::string_view path) { return library_->load(path); };
  // What the program imports of the library is loaded first: it stays when the program's files go.
  out.messages = brought.resolve(loadLibrary, options.checkOnly || options.whole);
  out.messages.insert(out.messages.end(), embedFaults.begin(), embedFaults.end());
  // These are the go command's words; a check of its own leaves it to the compiler to find what is wrong.
  if (options.checkOnly) out.messages.clear();
  out.isSetupFault = !out.ok();
  if (!out.ok()) return out;
  ended("library");

  FileSet& files = library_->files;
  size_t mark = files.mark(), loaded = library_->packages.size();
  {
    types::Session session(&library_->session);
    PackageSet program(session, files);
    const Program::Reporter report = [&](std::string_view package, Diagnostic d) {
      out.messages.push_back(messageOf(std::move(d), package, files));
    };
    const syntax::Reporter reportOfMain = [&](Diagnostic d) { report("main", std::move(d)); };
    const PackageSet::Language language = {.goVersion = options.goVersion, .allowBodyless = options.whole || options.checkOnly};
    CheckedPackage* main = brought.check(program, loadLibrary, report, language);
    std::vector<CheckedPackage*> whole;
    build::EmbeddedVariables embedded;
    if (out.ok()) {
      for (CheckedPackage* package : brought.checked()) {
        embedding.assign(*package, [&](Diagnostic d) { report(package->package->path, std::move(d)); }, embedded);
      }
    }
    if (options.whole) {
      whole = brought.checked();
      if (main == nullptr && !whole.empty()) main = whole.back();
    } else if (!options.checkOnly && !makesImage && out.ok()) {
      checkMain(main, session, reportOfMain);
    }
    ended("check");
    if (!options.checkOnly && out.ok()) {
      auto order = initializationOrder(main, whole, program, library_->packages, images_);
      if (makesImage) {
        order.pop_back();
        out.skeletons = options.declareImage(order);
        ended("skeleton");
      }
      build::ImageEnd begin = images_.empty() ? build::ImageEnd{} : images_.back().end();
      std::vector<const build::Image*> images;
      for (const build::Image& image : images_) images.push_back(&image);
      build::ProgramBuilder builder({session, files, begin.data, begin.table, images, options.imageName, &embedded});
      builder.build(order, whole);
      ended("build");
      lower::Options lowering;
      lowering.suspension = options.asyncify ? lower::Suspension::Asyncify : lower::Suspension::Lowered;
      lowering.polls = !options.unpolled;
      lowering.wholeProgram = !makesImage;
      lowering.firstSite = builder.firstLoweredSite();
      lowering.linkedParking = builder.linkedParking();
      std::vector<build::ProgramBuilder::SiteInfo> sites;
      for (const lower::Site& site : lower::lower(builder.module(), lowering)) {
        sites.push_back({site.frameBytes, site.function, site.pos, site.inlined, site.resumer, site.code, site.returned,
                         site.live});
      }
      ended("lower");
      emit::Options emission;
      emission.sharedMemory = options.sharedMemory;
      emission.nameSection = options.nameSection;
      emit::Output emitted = emit::emit(builder.module(), emission);
      for (ir::FunctionId id : emitted.oversized) {
        reportOfMain({builder.module().functions[id]->pos, {}, "function too large for WebAssembly engines"});
      }
      std::vector<build::ProgramBuilder::LineInfo> lines;
      for (const emit::CodePosition& position : emitted.positions) {
        lines.push_back({position.offset, position.function, position.pos, position.inlined});
      }
      out.lines = builder.finish(sites, lines);
      if (makesImage) out.index = builder.imageContents(order).write();
      out.tableSize = static_cast<uint32_t>(builder.module().table.size());
      out.module = std::move(emitted.bytes);
      out.data = builder.data().takeBytes();
      ended("emit");
    }
  }
  // What a faulty head hid may have been loaded meanwhile, and stays.
  if (library_->packages.size() == loaded) files.rewind(mark);
  return out;
}

}  // namespace millrace::driver
