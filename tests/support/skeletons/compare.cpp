// Compares what packages are as their skeletons tell it with what they are by their sources: every object that a skeleton
// declares, and every exported one, must be the same.
//
//   compare-skeletons GOROOT OURS PACKAGE...   prints each difference; status 1 if there is one
//   compare-skeletons --archive FILE GOROOT OURS PACKAGE...   and writes the skeletons
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <string>

#include "wasm/driver/archive.h"
#include "wasm/driver/loaded-library.h"
#include "wasm/driver/skeleton.h"

namespace {

using namespace millrace;
using namespace millrace::driver;
using types::Object;

// Type parameters are numbered through a session: their numbers say nothing here.
std::string typeText(types::Type* type) {
  std::string text;
  bool number = false;
  for (char c : types::typeString(type)) {
    number = c == '$' || (number && c >= '0' && c <= '9');
    if (!number) text += c;
  }
  return text;
}

std::string locationOf(const LoadedLibrary& library, syntax::Pos pos) {
  syntax::Location at = library.files.location(pos);
  return std::string(at.file) + ":" + std::to_string(at.line);
}

using Methods = std::map<std::string, std::string>;  // name: type

Methods methodsOf(LoadedLibrary& library, types::Type* type) {
  Methods methods;
  for (const types::Selection& method : types::methodSet(library.session, type)) {
    std::string name(method.object->name.text());
    if (!syntax::isExported(name)) name = std::string(method.object->package->path) + "." + name;
    methods[name] = typeText(method.object->type) + (method.indirect ? " indirect" : "");
  }
  return methods;
}

std::string layoutOf(types::Named* type) {
  if (!type->typeParams.empty()) return "";
  std::string text = std::to_string(types::sizeOf(type)) + " at " + std::to_string(types::alignOf(type));
  auto* structure = types::under<types::Struct>(type);
  for (size_t i = 0; structure != nullptr && i < structure->fields.size(); i++) {
    text += " " + std::to_string(types::fieldOffset(structure, i));
  }
  return text;
}

// All that matters of an object but methods, as text.
std::string describe(const LoadedLibrary& library, Object* object) {
  std::string text = locationOf(library, object->pos) + " ";
  switch (object->kind) {
    case types::ObjectKind::Const: {
      auto* value = static_cast<types::Const*>(object)->value;
      text += "const " + typeText(object->type) + " = " + types::toString(value);
      auto kind = types::kindOf(value);
      if (kind == types::ConstantKind::Int || kind == types::ConstantKind::Float) {
        text += " " + std::to_string(types::float64Value(value)) + " " + std::to_string(types::sign(value));
      } else if (kind == types::ConstantKind::String) {
        text += " " + std::string(types::stringValue(value));
      }
      return text;
    }
    case types::ObjectKind::Var: return text + "var " + typeText(object->type);
    case types::ObjectKind::Func: {
      uint32_t pragmas = static_cast<types::Func*>(object)->decl->pragmas & syntax::kPragmaWasmImport;
      return text + "func " + typeText(object->type) + " pragmas " + std::to_string(pragmas);
    }
    case types::ObjectKind::TypeName: {
      text += "type " + typeText(object->type);
      auto* named = types::as<types::Named>(object->type);
      if (named == nullptr) return text;
      text += " " + typeText(types::underlying(named)) + " " + layoutOf(named);
      for (types::TypeParam* param : named->typeParams) text += " " + typeText(param->bound);
      return text;
    }
    default: return text + "other";
  }
}

class Comparison {
 public:
  size_t objects = 0, faults = 0;

  Comparison(LoadedLibrary& sources, LoadedLibrary& skeletons) : sources_(sources), skeletons_(skeletons) {}

  void package(const std::string& path) {
    types::CheckedPackage* full = sources_.loadChecked(path);
    types::CheckedPackage* thin = skeletons_.loadChecked(path);
    if (full == nullptr || thin == nullptr) return fault(path, "is missing");
    Skeleton skeleton(*full);
    for (Object* object : full->package->scope->objects()) {
      Object* other = thin->package->scope->lookup(skeletons_.session.symbols().intern(object->name.text()));
      std::string name = path + "." + std::string(object->name.text());
      if (other == nullptr) {
        if (syntax::isExported(object->name.text())) fault(name, "is missing");
        continue;
      }
      same(name, describe(sources_, object), describe(skeletons_, other));
      auto* type = types::as<types::TypeName>(object);
      if (type == nullptr || !skeleton.keepsMethods(type)) continue;
      methods(name, type->type, other->type);
    }
    for (Object* object : thin->package->scope->objects()) {
      Object* other = full->package->scope->lookup(sources_.session.symbols().intern(object->name.text()));
      if (other == nullptr) fault(path + "." + std::string(object->name.text()), "is new");
    }
    bodies(*full, *thin);
  }

 private:
  void fault(const std::string& what, const std::string& how) {
    std::printf("%s %s\n", what.c_str(), how.c_str());
    faults++;
  }

  void same(const std::string& what, const std::string& by, const std::string& other) {
    objects++;
    if (by != other) fault(what, "differs:\n  sources:  " + by + "\n  skeleton: " + other);
  }

  // Unexported methods may be missing, which only their own package could call.
  void methods(const std::string& name, types::Type* full, types::Type* thin) {
    for (bool pointer : {false, true}) {
      if (types::isInterface(full) || types::as<types::Named>(types::unalias(full)) == nullptr) return;
      Methods all = methodsOf(sources_, full), some = methodsOf(skeletons_, thin);
      if (pointer) {
        types::Pointer toFull{{types::TypeKind::Pointer}, full}, toThin{{types::TypeKind::Pointer}, thin};
        all = methodsOf(sources_, &toFull), some = methodsOf(skeletons_, &toThin);
      }
      for (auto& [method, text] : all) {
        auto found = some.find(method);
        bool hidden = method.find('.') != method.npos;
        if (found != some.end()) {
          same(name + "." + method, text, found->second);
        } else if (!hidden) {
          fault(name + "." + method, "is missing");
        }
      }
      for (auto& [method, text] : some) {
        if (!all.contains(method)) fault(name + "." + method, "is new");
      }
    }
  }

  static bool isDead(const types::CheckedPackage& package, const syntax::Stmt* statement) {
    auto* conditional = syntax::as<const syntax::IfStmt>(statement);
    if (conditional == nullptr || conditional->init != nullptr || conditional->otherwise != nullptr) return false;
    const types::TypeAndValue& condition = package.info.of(conditional->condition);
    return condition.mode == types::Mode::Constant && !types::boolValue(condition.value);
  }

  // Bodies that were kept are those of the sources, line by line, without what no build does.
  void bodies(const types::CheckedPackage& full, const types::CheckedPackage& thin) {
    std::map<std::string, const types::Func*> known;
    for (const types::Func* function : full.info.functions) known[locationOf(sources_, function->pos)] = function;
    for (const types::Func* function : thin.info.functions) {
      std::string at = locationOf(skeletons_, function->pos);
      auto found = known.find(at);
      if (found == known.end()) {
        fault(at, "is no function of the sources");
        continue;
      }
      std::vector<std::string> there, here;
      for (const auto* statement : function->decl->body->list) here.push_back(locationOf(skeletons_, statement->pos));
      for (const auto* statement : found->second->decl->body->list) {
        std::string place = locationOf(sources_, statement->pos);
        if (isDead(full, statement) && std::find(here.begin(), here.end(), place) == here.end()) continue;
        there.push_back(place);
      }
      objects++;
      if (there != here) fault(at, "has statements elsewhere");
    }
  }

  LoadedLibrary &sources_, &skeletons_;
};

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::string> words(arguments + 1, arguments + count);
  std::string out;
  if (words.size() > 2 && words[0] == "--archive") {
    out = words[1];
    words.erase(words.begin(), words.begin() + 2);
  }
  if (words.size() < 3) {
    std::fprintf(stderr, "usage: compare-skeletons [--archive FILE] GOROOT OURS PACKAGE...\n");
    return 2;
  }
  LibraryFinder goroot = gorootLibrary(words[0], words[1]);
  words.erase(words.begin(), words.begin() + 2);
  std::string fault;
  std::string archive = writeArchive(skeletonsOf(goroot, words, archiveLibrary({}), fault));
  if (!fault.empty()) {
    std::fprintf(stderr, "compare-skeletons: %s\n", fault.c_str());
    return 2;
  }
  if (!out.empty()) std::ofstream(out, std::ios::binary) << archive;
  LoadedLibrary sources(goroot), skeletons(archiveLibrary({archive}));
  Comparison comparison(sources, skeletons);
  for (const std::string& path : words) comparison.package(path);
  std::printf("%zu packages, %zu comparisons, %zu differences, %zu bytes\n", words.size(), comparison.objects,
              comparison.faults, archive.size());
  return comparison.faults > 0 ? 1 : 0;
}
