// A package's skeleton: Go text with what another package that imports it can see of it, and nothing that it cannot.
//
// Programs are checked against skeletons instead of the library's sources: they are a tenth of the text, and the same
// parser and checker read them. What is in a skeleton, starting from the exported declarations:
//
//  * Declarations that others refer to, until nothing is missing. Structs keep their unexported fields, since layout and
//    comparing depend on them. Constants keep their expressions, and with iota their whole group.
//  * Methods of types whose values can get out: exported ones, and unexported ones that some interface of the package
//    asks for. A type that is only reached through unexported fields keeps its declaration alone.
//  * Variables have their types, not their initial values. Functions have no bodies, but for generic ones, which are made
//    where they are used, and small ones, which are worth inlining, if they need no more packages. Of bodies that is
//    left out which no build does: `if race.Enabled {` and the like.
//  * Everything stands on the line where it stands in the sources: `//line` directives say so.
//
// What must be compiled and linked elsewhere for a skeleton to be enough is what it declares: its objects().
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "wasm/build/program-builder.h"
#include "wasm/driver/library.h"
#include "wasm/types/check.h"

namespace millrace::driver {

class Skeleton {
 public:
  // Of a package that was checked from sources. `also`: unexported names to keep besides.
  explicit Skeleton(const types::CheckedPackage& package, std::span<const std::string_view> also = {});

  // What it declares: constants, types, variables, functions and methods, in the order of the sources.
  const std::vector<types::Object*>& objects() const { return objects_; }
  bool keepsBody(const types::Func* function) const { return bodies_.contains(function); }
  // Whether values of the type can reach other packages, so that its methods are there, too.
  bool keepsMethods(const types::TypeName* type) const;

  // One text per file of the package that has anything to say: "package/path/file.go". `imports` gets the packages that the
  // texts import.
  std::vector<LibrarySource> texts(std::set<const types::Package*>& imports) const;

 private:
  friend class SkeletonText;
  enum class Depth : uint8_t { None, Layout, Values };
  struct Declared {
    const syntax::File* file;
    const syntax::Decl* decl;
    Depth depth = Depth::None;
    std::vector<types::Func*> methods;  // of a type
  };
  struct Import {
    const syntax::ImportDecl* decl;  // null: added for the text of a variable's type
    std::string name, path;
    bool isNamed;
    const types::Package* package;
    bool used;
  };

  void declareAll();
  void declare(const syntax::Name* name, const syntax::File* file, const syntax::Decl* decl);
  void addImports(const syntax::File* file);
  void collectInterfaces(const syntax::Node* node);

  void visitWaiting();
  void keepSmallBodies();
  void keep(types::Object* object, Depth depth);
  void visit(types::Object* object, Declared& declared);
  void visitVariable(const Declared& declared);
  void visitFunction(types::Func* function, const syntax::FuncDecl* decl);
  void collectDead(const syntax::FuncDecl* decl);
  bool isDead(const syntax::IfStmt* statement, const syntax::FuncDecl* decl) const;
  void walk(const syntax::Node* node, Depth depth);
  void walkBody(const syntax::Node* node);
  void use(const syntax::Name* name, Depth depth);
  void keepMethodOf(const syntax::SelectorExpr* selector);
  bool keepType(types::Type* type, std::vector<types::Type*>& path);
  bool isIotaGroup(const syntax::File* file, const syntax::Decl* decl) const;
  bool isSmall(const syntax::FuncDecl* decl, const std::set<const types::Package*>& imported) const;
  std::string_view nameIn(const syntax::File* file, const types::Package* package);

  const types::CheckedPackage& package_;
  std::unordered_map<const types::Object*, Declared> declared_;
  std::unordered_map<const syntax::File*, std::vector<Import>> imports_;
  std::set<std::string_view> interfaceMethods_;  // unexported ones
  std::set<const types::Func*> bodies_;
  std::set<const syntax::Node*> dead_;  // in bodies: what is left out
  std::unordered_map<const syntax::VarDecl*, std::vector<std::string>> variableTypes_;  // of those that have none written
  std::set<const syntax::VarDecl*> initialised_;  // their types cannot be written here
  std::vector<types::Object*> waiting_, objects_;
  std::vector<types::Func*> small_;  // perhaps small ones that are kept
  const syntax::File* file_ = nullptr;  // of what is visited
};

// With what compiled code looks for by name.
Skeleton skeletonOf(const types::CheckedPackage& package);

// For an image of these packages: what each declares, and an archive of their skeletons.
std::string declareImage(std::span<build::InitStep> packages);

// The skeletons of these packages and of all that they import, without those that `left` has already; and of runtime,
// which every program needs. Sorted by path.
std::vector<LibrarySource> skeletonsOf(const LibraryFinder& sources, std::span<const std::string> packages,
                                       const LibraryFinder& left, std::string& fault);

}  // namespace millrace::driver
