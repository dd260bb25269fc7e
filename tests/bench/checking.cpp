// Parses and checks packages whose files are given in a list: to time both, and to see all that the checker says.
//
//   bench-checking LIST [REPEATS]   checks all packages of the list; prints what is wrong with them, and times
//   bench-checking LIST --cases     checks programs against the packages of the list, which are loaded when imported
//
// LIST has a line for each fact: `package PATH`, then its `file NAME`s, and `map FROM TO` where an import path means
// another one. Cases come on standard input: lines `case NAME`, `lang go1.N`, `file NAME`, ended by `end`. For each the
// messages are printed, sorted as Go's compiler prints them, then a line `end`.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "runtime/base/check.h"
#include "wasm/syntax/parser.h"
#include "wasm/types/check.h"

namespace {

using namespace millrace;

// Time of the processor, so that other programs on the machine do not count.
struct Clock {
  using duration = std::chrono::duration<double, std::milli>;
  static duration now() { return duration(static_cast<double>(std::clock()) * 1000 / CLOCKS_PER_SEC); }
};

struct Listed {
  std::vector<std::string> files;
  std::map<std::string, std::string> imports;  // where a path means another one
  bool open = false;
  types::Package* package = nullptr;
};

struct Texts {
  std::vector<std::pair<std::string, std::string>> files;  // name and text
};

std::string contentsOf(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) std::fprintf(stderr, "cannot read %s\n", path.c_str());
  return {std::istreambuf_iterator<char>(in), {}};
}

// As Go's compiler prints them: it shows no columns from 255 on.
void print(syntax::DiagnosticList& diagnostics, const syntax::FileSet& files) {
  for (const syntax::Diagnostic& d : diagnostics.takeSorted()) {
    syntax::Location at = files.location(d.begin);
    if (at.column >= 255) at.column = 0;
    if (d.begin.known()) std::printf("%s: ", syntax::toString(at).c_str());
    std::printf("%s\n", d.message.c_str());
  }
}

class Checking {
 public:
  explicit Checking(std::istream& list) {
    std::string word, path;
    Listed* at = nullptr;
    while (list >> word >> path) {
      if (word == "package") {
        at = &packages_[path];
        order_.push_back(path);
      } else if (word == "file") {
        at->files.push_back(path);
      } else if (word == "map") {
        list >> at->imports[path];
      }
    }
  }

  const std::vector<std::string>& order() const { return order_; }
  const syntax::FileSet& files() const { return files_; }
  syntax::FileSet& files() { return files_; }
  types::Session& session() { return session_; }
  Clock::duration parsing{}, checking{};
  size_t lines = 0, bytes = 0;

  // Null: there is no such package.
  types::Package* load(const std::string& path) {
    auto found = packages_.find(path);
    if (found == packages_.end()) return nullptr;
    Listed& listed = found->second;
    if (listed.package != nullptr || listed.open) return listed.package;
    listed.open = true;
    Texts texts;
    for (const std::string& name : listed.files) texts.files.emplace_back(name, contentsOf(name));
    syntax::DiagnosticList diagnostics(files_);
    listed.package = check(session_, path, std::move(texts), listed.imports, {}, true, diagnostics);
    print(diagnostics, files_);
    return listed.package;
  }

  types::Package* check(types::Session& session, const std::string& path, Texts texts,
                        const std::map<std::string, std::string>& imports, const std::string& lang, bool library,
                        syntax::DiagnosticList& diagnostics) {
    uint32_t expressions = 0;
    bool sound = true;
    const syntax::Reporter report = [&](syntax::Diagnostic d) {
      sound = sound && !d.message.starts_with("syntax error");
      diagnostics.add(std::move(d));
    };
    std::vector<syntax::File*> parsed;
    std::vector<syntax::SourceFile*> sources;
    for (auto& [name, text] : texts.files) sources.push_back(files_.add(name, std::move(text)));
    Clock::duration start = Clock::now();
    for (syntax::SourceFile* source : sources) {
      parsed.push_back(syntax::parseFile(source, {session.arena(), session.symbols(), expressions, report, library}));
      sound = sound && parsed.back()->packageName != nullptr;
      bytes += source->text().size();
      lines += source->location(source->end()).line;
    }
    parsing += Clock::now() - start;
    if (!sound) return nullptr;
    const types::Importer importer = [&](std::string_view wanted) {
      auto mapped = imports.find(std::string(wanted));
      return load(mapped == imports.end() ? std::string(wanted) : mapped->second);
    };
    for (syntax::File* file : parsed) {  // what is imported counts for itself
      for (const syntax::Decl* decl : file->declarations) {
        auto* import = syntax::as<const syntax::ImportDecl>(decl);
        if (import == nullptr || import->path == nullptr || import->path->text.size() < 2) continue;
        std::string wanted(import->path->text.substr(1, import->path->text.size() - 2));
        auto mapped = imports.find(wanted);
        if (wanted != "unsafe") load(mapped == imports.end() ? wanted : mapped->second);
      }
    }
    types::CheckConfig config{.session = session, .importer = importer, .report = report, .goVersion = lang};
    config.allowBodyless = true;
    config.fileSet = &files_;
    start = Clock::now();
    checked_ = types::checkPackage(config, path, parsed, expressions);
    checking += Clock::now() - start;
    if (library) kept_.push_back(std::move(checked_));
    return library ? kept_.back()->package : checked_->package;
  }

 private:
  syntax::FileSet files_;
  types::Session session_;
  std::map<std::string, Listed> packages_;
  std::vector<std::string> order_;
  std::unique_ptr<types::CheckedPackage> checked_;
  std::vector<std::unique_ptr<types::CheckedPackage>> kept_;
};

void answerCases(Checking& all) {
  std::string word, value, lang;
  Texts texts;
  while (std::cin >> word) {
    if (word != "end") std::cin >> value;
    if (word == "case") {
      lang.clear();
      texts.files.clear();
    } else if (word == "lang") {
      lang = value;
    } else if (word == "file") {
      texts.files.emplace_back(value, contentsOf(value));
    } else if (word == "end") {
      // The library's files must lie before the mark: load what is imported first.
      {
        types::Session throwaway(&all.session());
        syntax::DiagnosticList ignored(all.files());
        all.check(throwaway, "p", texts, {}, lang, false, ignored);
      }
      size_t mark = all.files().mark();
      {
        types::Session session(&all.session());
        syntax::DiagnosticList diagnostics(all.files());
        all.check(session, "p", texts, {}, lang, false, diagnostics);
        print(diagnostics, all.files());
      }
      all.files().rewind(mark);
      std::printf("end\n");
      std::fflush(stdout);
    }
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    std::fprintf(stderr, "usage: bench-checking LIST [REPEATS | --cases]\n");
    return 2;
  }
  std::string mode = count > 2 ? arguments[2] : "1";
  if (mode == "--cases") {
    std::ifstream list(arguments[1]);
    Checking all(list);
    answerCases(all);
    return 0;
  }
  for (int i = 0; i < std::atoi(mode.c_str()); i++) {
    std::ifstream list(arguments[1]);
    Checking all(list);
    for (const std::string& path : all.order()) all.load(path);
    double parsing = all.parsing.count(), checking = all.checking.count();
    std::printf("%zu packages, %zu lines, %zu bytes: parsing %.0f ms, checking %.0f ms: %.0f lines/s\n", all.order().size(),
                all.lines, all.bytes, parsing, checking, static_cast<double>(all.lines) * 1000 / (parsing + checking));
  }
  return 0;
}
