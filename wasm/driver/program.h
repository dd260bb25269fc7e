// The packages that one compile() brings along: their files, what they import, and in which order they are checked.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "wasm/driver/compiler.h"
#include "wasm/driver/packages.h"

namespace millrace::driver {

class Program {
 public:
  // `localImports` and `modulePath` as in Options. `isMainOurs`: main was not written by the user, and may import everything.
  // `excluded`: packages of which no file belongs to a build for the target, and their folders.
  using Folders = std::map<std::string, std::string, std::less<>>;
  Program(std::vector<SourceText> texts, std::string localImports, std::string modulePath, bool isMainOurs, Folders excluded);

  // The folder that a file lies in, as messages name it.
  static std::string folderText(std::string_view file);

  // Loads a package of the library; null: there is none.
  using LoadLibrary = std::function<types::Package*(std::string_view path)>;

  // Reads the heads of the files and loads what they import of the library. What is wrong is what the go command finds
  // before it compiles anything: faults of the head, packages that are not there, cycles. `all`: of packages that main does
  // not import, too.
  std::vector<Message> resolve(const LoadLibrary& loadLibrary, bool all);

  // Parses and checks the packages, imported ones first; those that import a faulty one are left out. Null if there is
  // no sound package main.
  using Reporter = std::function<void(std::string_view package, syntax::Diagnostic)>;
  types::CheckedPackage* check(PackageSet& packages, const LoadLibrary& loadLibrary, const Reporter& report,
                               const PackageSet::Language& language);
  // After check(): the packages that were checked.
  std::vector<types::CheckedPackage*> checked() const;

 private:
  struct Unit {
    std::string path;
    std::vector<const SourceText*> texts;
    struct Import {
      std::string path;  // resolved
      std::string file;  // the last element of the name of the first file that has it
      Message fault;     // where to report it, without a text
    };
    std::vector<Import> imports;  // by path
    std::optional<Message> fault;  // what is wrong with a head, if main's program has to do with the package
    std::string mixture;  // "found packages ...": what is wrong with the folder, for the import that asks for it first
    enum class State { New, Open, Closed } state = State::New;
    types::CheckedPackage* checked = nullptr;
    bool failed = false;
  };

  std::string resolved(std::string_view path) const;
  std::optional<Message> readHeads(Unit& unit) const;
  void visit(Unit& unit, const LoadLibrary& loadLibrary, std::vector<Message>& faults);
  Message cycle(const std::string& path) const;
  Message allExcluded(const std::string& path, const std::string& folder) const;

  std::vector<SourceText> texts_;
  std::string localImports_, modulePath_;
  bool isMainOurs_;
  Folders excluded_;
  std::map<std::string, Unit, std::less<>> units_;
  std::vector<Unit*> open_;   // the way from a root to the unit that is visited
  std::vector<Unit*> order_;  // imported ones first
};

}  // namespace millrace::driver
