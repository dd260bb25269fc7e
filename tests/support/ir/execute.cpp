// Files go into a folder of their own under the system's temporary one, removed at the end.
#include "tests/support/ir/execute.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "runtime/base/check.h"
#include "wasm/emit/emit.h"
#include "wasm/lower/asyncify.h"
#include "wasm/lower/lower.h"

#ifndef MILLRACE_SOURCE_DIR
#error "where the sources are is for the build to say"
#endif

namespace millrace::test {

std::string outputOf(const std::string& command, int* status) {
  std::string output;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  ENSURE(pipe != nullptr);
  char buffer[4096];
  for (size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) output.append(buffer, n);
  *status = pclose(pipe);
  return output;
}

namespace {

void write(const std::string& path, const std::vector<uint8_t>& bytes) {
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

std::string quoted(const std::string& text) { return '"' + text + '"'; }

}  // namespace

std::string Execution::wasmOpt() {
  if (const char* path = std::getenv("MILLRACE_WASM_OPT")) return path;
  std::string path = MILLRACE_SOURCE_DIR "/node_modules/.bin/wasm-opt";
  return std::filesystem::exists(path) ? path : "";
}

Execution::Execution() {
  std::string pattern = (std::filesystem::temp_directory_path() / "millrace-XXXXXX").string();
  ENSURE(mkdtemp(pattern.data()) != nullptr);
  folder_ = pattern;
}

Execution::~Execution() {
  if (std::getenv("MILLRACE_KEEP") == nullptr) std::filesystem::remove_all(folder_);
}

Execution::Compiled Execution::compile(const std::string& name, const std::function<void(ir::Module&)>& build,
                                       const lower::Options& lowering, bool sharedMemory, uint32_t tableBase) {
  ir::Module module;
  module.tableBase = tableBase;
  build(module);
  std::vector<lower::Site> sites = lower::lower(module, lowering);
  emit::Options emission;
  emission.sharedMemory = sharedMemory;
  emission.memoryPages = 1, emission.memoryMaximumPages = 1024;
  Compiled compiled;
  compiled.file = folder_ + "/" + std::to_string(files_++) + "-" + name + ".wasm";
  write(compiled.file, emit::emit(module, emission).bytes);
  for (size_t i = 0; i < sites.size(); i++) {
    const lower::Site& site = sites[i];
    compiled.sites += (i == 0 ? "" : ",") + quoted(std::to_string(lowering.firstSite + i)) + ":[";
    for (uint32_t number : {site.frameBytes, site.resumer, site.code, site.live}) compiled.sites += std::to_string(number) + ",";
    compiled.sites += std::to_string(site.returned) + "]";
  }
  compiled.tableEnd = module.tableBase + static_cast<uint32_t>(module.table.size());
  compiled.siteEnd = lowering.firstSite + static_cast<uint32_t>(sites.size());
  asyncifyArguments_ = lower::asyncifyArguments(module);
  return compiled;
}

Execution::Compiled Execution::instrument(const std::string& name, const std::function<void(ir::Module&)>& build,
                                          lower::Options lowering, bool sharedMemory, uint32_t tableBase) {
  lowering.suspension = lower::Suspension::Asyncify;
  Compiled compiled = compile(name, build, lowering, sharedMemory, tableBase);
  std::string instrumented = compiled.file + ".instrumented.wasm";
  int status;
  std::string output =
      outputOf(wasmOpt() + " " + compiled.file + " " + asyncifyArguments_ + " -o " + instrumented, &status);
  if (status != 0) fatal(__FILE__, __LINE__, output.c_str());
  compiled.file = instrumented;
  return compiled;
}

void Execution::variant(const std::string& kind, const char* park, bool poll, const std::vector<Compiled>& modules,
                        bool cut) {
  std::string files, sites;
  bool allLowered = true;
  for (const Compiled& module : modules) {
    files += (files.empty() ? "" : ",") + quoted(module.file);
    if (!module.sites.empty()) sites += (sites.empty() ? "" : ",") + module.sites;
    allLowered &= !module.sites.empty();
  }
  variants_ += std::string(variants_.empty() ? "" : ",") + "{\"name\":" + quoted(kind) + ",\"park\":" + quoted(park) +
               ",\"poll\":" + (poll ? "true" : "false") + ",\"cut\":" + (cut ? "true" : "false") + ",\"files\":[" + files + "]" +
               (allLowered ? ",\"sites\":{" + sites + "}" : "") + "}";
}

void Execution::finish(const std::string& name, const std::vector<Call>& calls, uint32_t tableBase, uint32_t tableEnd,
                       int fuel, bool sharedMemory) {
  std::string list;
  for (const Call& call : calls) {
    list += (list.empty() ? "" : ",") + std::string("{\"index\":") + std::to_string(tableBase + call.index) +
            ",\"arguments\":[";
    for (size_t i = 0; i < call.arguments.size(); i++) list += (i == 0 ? "" : ",") + quoted(call.arguments[i]);
    list += "]}";
  }
  plan_ += (count_++ == 0 ? "" : ",\n") + std::string("{\"name\":") + quoted(name) +
           ",\"table\":" + std::to_string(tableEnd) + ",\"values\":true,\"fuel\":" + std::to_string(fuel) +
           (sharedMemory ? "" : ",\"unshared\":true") + ",\"calls\":[" + list + "],\"variants\":[" + variants_ + "]}";
  variants_.clear();
}

namespace {

// As it is: with nothing but what emission needs.
lower::Options asItIs() {
  lower::Options options;
  options.suspension = lower::Suspension::Asyncify;
  options.simplify = options.polls = false;
  return options;
}

}  // namespace

void Execution::add(const std::string& name, const std::function<void(ir::Module&)>& build,
                    const std::vector<Call>& calls, int fuel, const ExecuteOptions& options) {
  lower::Options lowering;
  lowering.inlineCalls = options.inlineCalls;
  lowering.wholeProgram = options.wholeProgram;
  uint32_t base = 0;
  auto noteBase = [&](ir::Module& module) {
    build(module);
    base = module.tableBase;
  };
  Compiled plain = compile("plain", noteBase, asItIs(), options.sharedMemory);
  variant("as it is", "never", false, {plain});
  if (options.asyncify) {
    lowering.suspension = lower::Suspension::Asyncify;
    variant("without suspension", "never", false, {compile("unsuspended", build, lowering, options.sharedMemory)});
    Compiled instrumented = instrument("asyncify", build, lowering, options.sharedMemory);
    for (const char* park : {"sometimes", "always"}) variant("Binaryen's pass", park, true, {instrumented});
  }
  lowering.suspension = lower::Suspension::Lowered;
  lowering.firstSite = 100;
  Compiled lowered = compile("lowered", build, lowering, options.sharedMemory);
  variant("lowered", "never", false, {lowered});
  variant("lowered, polling", "never", true, {lowered});
  variant("lowered", "sometimes", true, {lowered});
  variant("lowered", "always", true, {lowered});
  for (const char* park : {"never", "sometimes", "always"}) variant("lowered, in parts", park, true, {lowered}, true);
  finish(name, calls, base, std::max(plain.tableEnd, lowered.tableEnd), fuel, options.sharedMemory);
}

void Execution::addPair(const std::string& name, const std::function<void(ir::Module&)>& first,
                        const std::function<void(ir::Module&)>& second, const std::vector<Call>& calls) {
  Compiled plain = compile("plain", first, asItIs(), true);
  uint32_t middle = plain.tableEnd;
  Compiled plainSecond = compile("plain", second, asItIs(), true, middle);
  variant("as they are", "never", false, {plain, plainSecond});
  lower::Options lowering;
  Compiled lowered = compile("lowered", first, lowering, true);
  lowering.firstSite = lowered.siteEnd;
  Compiled loweredSecond = compile("lowered", second, lowering, true, middle);
  Compiled instrumented = instrument("asyncify", first, {}, true),
           instrumentedSecond = instrument("asyncify", second, {}, true, middle);
  for (const char* park : {"never", "sometimes", "always"}) {
    variant("both lowered", park, true, {lowered, loweredSecond});
    variant("the first lowered", park, true, {lowered, instrumentedSecond});
    variant("the second lowered", park, true, {instrumented, loweredSecond});
    variant("none lowered", park, true, {instrumented, instrumentedSecond});
  }
  // The first's resumers lie where the second's functions are put over them: nothing is cut here.
  finish(name, calls, 0, std::max(lowered.tableEnd, loweredSecond.tableEnd), 0, true);
}

std::string Execution::run(std::string* output) {
  std::string plan = folder_ + "/plan.json";
  std::ofstream(plan) << "[" << plan_ << "]";
  int status;
  std::string printed = outputOf("node " MILLRACE_SOURCE_DIR "/tests/support/ir/run.mjs " + plan, &status);
  if (output != nullptr) *output = printed;
  if (status == 0) return "";
  size_t lastLine = printed.rfind('\n', printed.size() - 2);
  return printed.substr(lastLine == std::string::npos ? 0 : lastLine + 1);
}

}  // namespace millrace::test
