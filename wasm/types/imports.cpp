// Import declarations.
#include <algorithm>

#include "wasm/syntax/literal.h"
#include "wasm/syntax/unicode.h"
#include "wasm/types/checker.h"
#include "wasm/types/text.h"

namespace millrace::types {

using namespace syntax;

namespace {

// Why the path cannot be one; empty: it can.
std::string faultOf(std::string_view path) {
  if (path.empty()) return "empty string";
  constexpr std::string_view kIllegal = "!\"#$%&'()*,:;<=>?[\\]^{|}`";
  while (!path.empty()) {
    DecodedRune c = decodeRune(path);
    bool illegal = c.rune == kRuneError || (c.rune < 0x80 && kIllegal.find(static_cast<char>(c.rune)) != path.npos);
    if (illegal || !isPrintable(c.rune) || isSpace(c.rune)) return "invalid character " + codePoint(c.rune);
    path.remove_prefix(c.width);
  }
  return "";
}

// Why Go's compiler finds no such package.
std::string notFoundCause(std::string_view path) {
  if (path == "main") return "cannot import \"main\"";
  if (path.starts_with('/')) return "import path cannot be absolute path";
  std::string clean = cleanPath(path);
  if (path.starts_with('.') || clean == path) return "open : no such file or directory";
  return "non-canonical import path " + quote(path) + " (should be " + quote(clean) + ")";
}

}  // namespace

Package* Checker::importPackage(BasicLit* literal, std::string_view path) {
  auto known = importsByPath_.find(path);
  if (known != importsByPath_.end()) return known->second;
  Package* package = nullptr;
  if (path == "unsafe") {
    package = &universe_.unsafePackage;
  } else {
    package = config_.importer(path);
    if (package == nullptr) error(literal->pos, {"could not import ", path, " (", notFoundCause(path), ")"});
  }
  std::string_view kept = arena_.copy(path);
  if (package == nullptr) {
    std::string_view name = kept;
    if (!name.empty() && name.back() == '/') name.remove_suffix(1);
    package = make<Package>(Package{kept, universe_.symbols.intern(lastElement(name)),
                                    make<Scope>(&universe_.scope), {}, false, true});
  }
  importsByPath_.emplace(kept, package);
  return package;
}

void Checker::collectImport(FileScope& file, ImportDecl* decl) {
  if (decl->path == nullptr || decl->path->bad) return;
  std::string path = stringLiteralValue(decl->path->text);
  if (std::string fault = faultOf(path); !fault.empty()) {
    return error(decl->path, {"invalid import path (", fault, ")"});
  }
  Package* imported = importPackage(decl->path, path);
  Symbol name = decl->localName != nullptr ? decl->localName->symbol : imported->name;
  if (decl->localName != nullptr && path == "C") return error(decl->localName, {"cannot rename import \"C\""});
  if (name == universe_.init) return error(decl, {"cannot import package as init - init must be a func"});
  if (std::find(importedPackages_.begin(), importedPackages_.end(), imported) == importedPackages_.end()) {
    importedPackages_.push_back(imported);
    pathsByName_.clear();
  }
  auto* object =
      make<PkgName>(PkgName{{ObjectKind::PkgName, decl->pos, name, invalidType(), package_, nullptr}, imported});
  recordObject(decl->localName, object);
  object->used = imported->fake || !imported->complete;
  imports_.push_back(object);
  if (name.text() == ".") {
    dotImport(file, object, decl);
  } else {
    declare(file.scope, nullptr, object);
  }
}

void Checker::dotImport(FileScope& file, PkgName* name, ImportDecl* decl) {
  for (Object* object : name->imported->scope->objects()) {
    if (!isExported(object->name.text())) continue;
    if (Object* other = file.scope->lookup(object->name)) {
      Report duplicate = newReport();
      duplicate.add(decl->localName, {other->name, " redeclared in this block"});
      duplicate.addOther(other);
      report(duplicate);
      continue;
    }
    file.scope->insert(arena_, object);
    file.dotImports.emplace(object->name.key(), name);
  }
}

// `object` was found in a file's scope without being imported by name.
void Checker::useDotImport(Scope* scope, Object* object) {
  for (FileScope& file : fileScopes_) {
    if (file.scope != scope) continue;
    auto found = file.dotImports.find(object->name.key());
    if (found != file.dotImports.end()) found->second->used = true;
  }
}

void Checker::checkUnusedImports() {
  if (config_.ignoreFuncBodies) return;
  for (PkgName* name : imports_) {
    if (name->name.isBlank() || name->used) continue;
    std::string_view path = name->imported->path;
    bool plain = name->name.empty() || name->name.text() == "." || name->name.text() == lastElement(path);
    if (plain) {
      error(name->pos, {quote(path), " imported and not used"});
    } else {
      error(name->pos, {quote(path), " imported as ", name->name, " and not used"});
    }
  }
}

}  // namespace millrace::types
