// Files go into a folder of their own under the system's temporary one, removed at the end.
#include "tests/support/ir/execute.h"

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
namespace {

// What the command prints, both streams.
std::string outputOf(const std::string& command, int* status) {
  std::string output;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  ENSURE(pipe != nullptr);
  char buffer[4096];
  for (size_t n; (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) output.append(buffer, n);
  *status = pclose(pipe);
  return output;
}

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

void Execution::add(const std::string& name, const std::function<void(ir::Module&)>& build,
                    const std::vector<Call>& calls, int fuel, const ExecuteOptions& options) {
  std::string variants;
  uint32_t tableBase = 0, tableSize = 0;
  auto variant = [&](const char* kind, const char* park, bool poll, const std::string& file, const std::string& more) {
    variants += std::string(variants.empty() ? "" : ",") + "{\"name\":" + quoted(kind) + ",\"park\":" + quoted(park) +
                ",\"poll\":" + (poll ? "true" : "false") + ",\"file\":" + quoted(file) + more + "}";
  };
  auto compile = [&](const char* kind, const lower::Options& lowering, std::string* imports) {
    ir::Module module;
    build(module);
    tableBase = module.tableBase;
    tableSize = tableBase + static_cast<uint32_t>(module.table.size());
    std::vector<lower::Site> sites = lower::lower(module, lowering);
    if (imports != nullptr) *imports = lower::asyncifyArguments(module);
    emit::Options emission;
    emission.sharedMemory = options.sharedMemory;
    emission.memoryPages = 1, emission.memoryMaximumPages = 1024;
    std::string file = folder_ + "/" + std::to_string(count_) + "-" + kind + ".wasm";
    write(file, emit::emit(module, emission).bytes);
    std::string frames = ",\"sites\":{";
    for (size_t i = 0; i < sites.size(); i++) {
      frames += (i == 0 ? "\"" : ",\"") + std::to_string(lowering.firstSite + i) +
                "\":" + std::to_string(sites[i].frameBytes);
    }
    return std::make_pair(file, frames + "}");
  };

  lower::Options lowering;
  lowering.simplify = lowering.polls = false;
  lowering.wholeProgram = options.wholeProgram;
  lowering.suspension = lower::Suspension::Asyncify;
  variant("as it is", "never", false, compile("plain", lowering, nullptr).first, "");
  lowering.simplify = lowering.polls = true;
  lowering.inlineCalls = options.inlineCalls;
  if (options.asyncify) {
    std::string arguments;
    std::string file = compile("unsuspended", lowering, &arguments).first;
    variant("without suspension", "never", false, file, "");
    std::string instrumented = file + ".asyncify.wasm";
    int status;
    std::string output = outputOf(wasmOpt() + " " + file + " " + arguments + " -o " + instrumented, &status);
    if (status != 0) fatal(__FILE__, __LINE__, output.c_str());
    for (const char* park : {"sometimes", "always"}) variant("Binaryen's pass", park, true, instrumented, "");
  }
  lowering.suspension = lower::Suspension::Lowered;
  lowering.firstSite = 100;
  auto [file, frames] = compile("lowered", lowering, nullptr);
  variant("lowered", "never", false, file, frames);
  variant("lowered, polling", "never", true, file, frames);
  variant("lowered", "sometimes", true, file, frames);
  variant("lowered", "always", true, file, frames);

  std::string list;
  for (const Call& call : calls) {
    list += (list.empty() ? "" : ",") + std::string("{\"index\":") + std::to_string(tableBase + call.index) +
            ",\"arguments\":[";
    for (size_t i = 0; i < call.arguments.size(); i++) list += (i == 0 ? "" : ",") + quoted(call.arguments[i]);
    list += "]}";
  }
  plan_ += (count_++ == 0 ? "" : ",\n") + std::string("{\"name\":") + quoted(name) +
           ",\"table\":" + std::to_string(tableSize) + ",\"values\":true,\"fuel\":" + std::to_string(fuel) +
           (options.sharedMemory ? "" : ",\"unshared\":true") + ",\"calls\":[" + list + "],\"variants\":[" + variants +
           "]}";
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
