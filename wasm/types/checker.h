// The type checker of one package.
//
// A run collects the package's declarations, then resolves each when it is first needed (so their order does not
// matter), checks function bodies after all declarations, and at last works out the order of initialisation. What must
// wait because something is not complete yet (underlying types, type sets) is put off with later().
//
// Expressions are checked bottom up; each check fills an Operand. An untyped operand keeps its untyped type in the
// tables until something asks for a type: then updateExprType() walks down again and settles the types of its parts.
//
// An operand that is invalid has been reported, and everything that uses it says nothing.
#pragma once

#include <deque>
#include <unordered_set>

#include "wasm/types/check.h"
#include "wasm/types/constant-ops.h"
#include "wasm/types/delayed.h"
#include "wasm/types/missing-method.h"
#include "wasm/types/mono.h"
#include "wasm/types/named.h"
#include "wasm/types/operand.h"
#include "wasm/types/owner.h"
#include "wasm/types/predicates.h"
#include "wasm/types/subst.h"
#include "wasm/types/version.h"

namespace millrace::types {

// Where a message goes, and what an editor may mark.
struct At {
  Pos begin, end;

  At(Pos pos) : begin(pos) {}
  At(const syntax::Node* node);
  At(const Operand* x);
  At(const Object* object);
};

// A message of several lines, each of which may have a position of its own.
class Report {
 public:
  explicit Report(const Naming& naming) : naming_(naming) {}

  void add(At at, Pieces pieces);
  void addOther(const Object* object);  // "other declaration of ..."
  bool empty() const { return first_.empty(); }
  const std::string& firstLine() const { return first_; }
  std::string text() const { return first_ + rest_; }

  At at = Pos{};
  syntax::Stage stage = syntax::Stage::Types;

 private:
  const Naming& naming_;
  std::string first_, rest_;
};

// A declaration at package level, or of a method.
struct Declaration {
  Scope* file;                    // scope of the file it stands in
  const syntax::File* source;
  GoVersion version;
  std::span<Var*> lhs;            // of `var a, b = f()`
  syntax::Expr* type = nullptr;   // const and var
  syntax::Expr* init = nullptr;   // const and var
  bool inherited = false;         // init is repeated from a constant above
  syntax::TypeDecl* typeDecl = nullptr;
  syntax::FuncDecl* funcDecl = nullptr;
  uint32_t localTypes = 0;            // that were declared in the function so far
  std::vector<Object*> dependencies;  // package-level objects that init or body mention; may repeat

  bool hasInitializer() const { return init != nullptr || (funcDecl != nullptr && funcDecl->body != nullptr); }
};

// The function type that a generic function is assigned to, which tells its type arguments; and what it is the type of.
struct Target {
  Signature* signature = nullptr;
  Symbol name;
  syntax::Expr* expr = nullptr;  // used when there is no name

  Target() = default;
  Target(Type* type, Symbol name) : signature(type != nullptr ? under<Signature>(type) : nullptr), name(name) {}
  Target(Type* type, syntax::Expr* expr) : signature(type != nullptr ? under<Signature>(type) : nullptr), expr(expr) {}
  explicit operator bool() const { return signature != nullptr; }
};

// What a value is assigned to, for messages: "argument to" and the function, "send".
struct Purpose {
  std::string_view text;
  const syntax::Expr* expr = nullptr;

  Purpose(const char* text) : text(text) {}
  Purpose(std::string_view text, const syntax::Expr* expr = nullptr) : text(text), expr(expr) {}
  std::string toString() const;
};

enum class ExprKind : uint8_t { Conversion, Expression, Statement };  // Statement: may stand alone

using ExprList = std::span<syntax::Expr* const>;

class ConstGroup;
struct Lookup;

class Checker {
 public:
  Checker(const CheckConfig& config, std::string_view path, std::span<syntax::File* const> files, uint32_t exprCount);
  ~Checker();
  Checker(const Checker&) = delete;

  std::unique_ptr<CheckedPackage> run();

  // ------------------------------------------------------------------ for the types' machinery
  template <typename F>
  void later(F action) {
    delayed_.emplace_back(env_.version, action);
  }
  // Makes sure that the object's type is known. Reports cycles.
  void declareObject(Object* object);
  void completeLater(Interface* interface) { interfaces_.push_back(interface); }

  bool allowsVersion(GoVersion version) const { return !env_.version.given() || env_.version >= version; }
  // False, and "... requires go1.N or later" is reported, when the language version is older.
  bool requireVersion(At at, GoVersion version, Pieces what);
  bool isImportedConstraint(Type* type) const;

  void reportDuplicateMethod(Func* method, Pos pos, Pos otherPos);
  void reportTooManyTerms(Pos pos);
  void reportTypeArgumentCount(Pos pos, std::string_view name, size_t want, size_t got);

  const Naming& naming() const { return naming_; }
  std::string packagePrefix(const Package* package);
  std::string positionText(Pos pos) const;

 private:
  // What holds for the declaration or function that is being checked.
  struct Environment {
    Declaration* declaration = nullptr;  // package-level one
    Scope* scope = nullptr;
    GoVersion version;
    const Constant* iota = nullptr;    // in a constant declaration
    Pos errorPos;                      // of the constant that repeats an expression from above
    bool inTypeParams = false;         // in a list of type parameters
    bool inInterface = false;          // in an interface literal
    Signature* signature = nullptr;    // of the function
    bool hasCallOrReceive = false;     // the expression contains a call or receive operation
    std::vector<Var*>* locals = nullptr;       // the function's local variables
    std::span<TypeParam*> outerParams;         // type parameters of the declaration around
  };
  friend struct EnvironmentGuard;
  friend class DepthGuard;
  // Weights of DepthGuards: about the bytes of the machine's stack that one step of each kind takes, measured natively.
  // A worker of a browser may have no more than 500 kB.
  // A name is no step: what it leads to is one.
  static constexpr int kExprDepth = 750, kTypeDepth = 850, kStmtDepth = 850, kDeclarationDepth = 750, kMemberDepth = 200,
                       kMaxDepth = 400'000;
  // How many declared types may lie within each other.
  static constexpr int kMaxTypesWithin = 500;

  // ------------------------------------------------------------------ errors (errors.cpp)
  void error(At at, Pieces pieces, syntax::Stage stage = syntax::Stage::Types);
  void report(Report& report);
  Report newReport() const { return Report(naming_); }
  std::string format(Pieces pieces) const { return naming_.format(pieces); }
  void versionError(At at, GoVersion version, Pieces what);

  // ------------------------------------------------------------------ making things (make.cpp)
  template <typename T, typename... Args>
  T* make(Args&&... args) {
    return arena_.make<T>(std::forward<Args>(args)...);
  }
  Pointer* newPointer(Type* base) { return make<Pointer>(Pointer{{TypeKind::Pointer}, base}); }
  Slice* newSlice(Type* element) { return make<Slice>(Slice{{TypeKind::Slice}, element}); }
  Tuple* newTuple(const std::vector<Var*>& vars);
  Signature* newSignature(Tuple* params, Tuple* results, bool variadic = false);
  Var* newVar(VarRole role, Pos pos, Symbol name, Type* type);
  Var* newParam(Type* type) { return newVar(VarRole::Parameter, {}, Symbol(), type); }
  TypeParam* newTypeParam(TypeName* object, Type* bound, uint32_t index);
  Interface* newInterface(std::span<Func* const> methods, std::span<Type* const> embeddeds,
                          std::span<const Pos> positions);
  syntax::Name* newName(Pos pos, std::string_view text);
  Scope* openScope();
  void closeScope() { env_.scope = env_.scope->outer; }

  // ------------------------------------------------------------------ what was learned (record.cpp)
  void record(const Operand& x);
  void recordType(syntax::Expr* e, Type* type) { recordTypeAndValue(e, Mode::TypeExpr, type, nullptr); }
  void recordTypeAndValue(syntax::Expr* e, Mode mode, Type* type, const Constant* value);
  void recordBuiltin(syntax::Expr* function, Type* result, std::initializer_list<Type*> params, bool variadic = false);
  void recordBuiltin(syntax::Expr* function, Type* result, std::span<Type* const> params, bool variadic = false);
  void recordCommaOk(syntax::Expr* e, const Operand& value, const Operand& ok);
  void recordInstance(syntax::Expr* e, std::span<Type* const> args, Type* type);
  void recordObject(syntax::Name* name, Object* object);
  void recordSelection(syntax::SelectorExpr* e, SelectionKind kind, Type* receiver, Object* object,
                       const std::vector<int>& path, bool indirect);
  bool isPending(const syntax::Expr* e) const { return e->id < flags_.size() && (flags_[e->id] & kPending) != 0; }

  // ------------------------------------------------------------------ packages and files (resolve.cpp, imports.cpp)
  void collectFiles(std::span<syntax::File* const> files);
  void collectObjects();
  struct FileScope {
    const syntax::File* file;
    Scope* scope;
    std::unordered_map<const char*, PkgName*> dotImports;  // by name
  };
  void collectImport(FileScope& file, syntax::ImportDecl* decl);
  void collectConsts(Scope* scope, const syntax::File* file, syntax::ConstDecl* decl, const ConstGroup& group);
  void collectVars(Scope* scope, const syntax::File* file, syntax::VarDecl* decl);
  void collectFunc(Scope* scope, const syntax::File* file, syntax::FuncDecl* decl);
  Package* importPackage(syntax::BasicLit* literal, std::string_view path);
  void dotImport(FileScope& file, PkgName* name, syntax::ImportDecl* decl);
  void useDotImport(Scope* scope, Object* object);
  void checkFileScopes();
  void resolveMethods();
  void declarePackageObject(syntax::Name* name, Object* object, Declaration* declaration);
  Declaration* newDeclaration(Scope* scope, const syntax::File* file);
  void addDeclaration(Object* object, Declaration* declaration);
  void checkPackageObjects();
  void checkUnusedImports();
  void checkArity(Pos pos, std::span<syntax::Name* const> names, ExprList inits, bool isConst, bool inherited);
  GoVersion versionOf(const syntax::File* file) const;
  struct ReceiverParts {
    bool isPointer = false;
    syntax::Expr* base = nullptr;
    std::vector<syntax::Name*> params;
  };
  ReceiverParts unpackReceiver(syntax::Expr* type, bool withParams);
  TypeName* resolveBaseType(bool* isPointer, syntax::Name* name);

  // ------------------------------------------------------------------ declarations (declare.cpp, cycles.cpp)
  Object* lookup(Symbol name, Scope** where = nullptr) const;
  void declare(Scope* scope, syntax::Name* name, Object* object);
  void pushObject(Object* object);
  void popObject();
  bool isValidCycle(Object* object);
  void reportCycle(const std::vector<Object*>& cycle, size_t start);
  void findDirectCycles();
  bool hasFiniteSize(Type* type);
  bool hasFiniteSize(Type* type, int& height);
  int literalHeight(Type* type) const;
  bool isNestedTooDeeply(Named* named);
  void checkValidType(Named* type);
  struct TypeNest {
    std::vector<Named*> types, path;
    int budget = 1'000'000;
  };
  bool isValidType(Type* type, TypeNest& nest, size_t depth, int& height);
  bool isValidNamed(Named* named, TypeNest& nest, size_t depth, int& height);
  void declareConst(Const* object, syntax::Expr* type, syntax::Expr* init, bool inherited);
  void declareVar(Var* object, std::span<Var*> lhs, syntax::Expr* type, syntax::Expr* init);
  void declareType(TypeName* object, syntax::TypeDecl* decl);
  std::string_view nextLocalPlace();
  void declareAlias(TypeName* object, syntax::TypeDecl* decl);
  void declareFunc(Func* object, Declaration* declaration);
  void collectMethods(TypeName* object);
  void checkFieldUniqueness(Named* base);
  void collectTypeParams(std::span<syntax::Field* const> fields, std::span<TypeParam*>* where);
  std::span<TypeParam*> bindTypeParams(const std::vector<TypeParam*>& list);
  TypeParam* declareTypeParam(syntax::Name* name);
  Type* checkBound(syntax::Expr* e);
  void declareLocally(std::span<syntax::Decl* const> decls);
  void declareLocalVars(syntax::VarDecl* decl, size_t delayedTop);
  void addDependency(Object* object);

  // ------------------------------------------------------------------ type expressions (type-expr.cpp, signature.cpp,
  // ...)
  void checkName(Operand& x, syntax::Name* e, bool wantType);
  Type* checkType(syntax::Expr* e, TypeName* definition = nullptr);
  Type* checkVarType(syntax::Expr* e);
  void checkUsableAsVar(syntax::Expr* e, Type* type);
  Type* checkGenericType(syntax::Expr* e, std::string* cause);
  Type* typeOf(syntax::Expr* e, TypeName* definition);
  Type* typeOfOperand(const Operand& x);
  Type* checkInstance(syntax::Expr* x, ExprList args);
  int64_t checkArrayLength(syntax::Expr* e);
  bool checkTypeList(ExprList list, std::vector<Type*>& types);
  Type* checkStruct(syntax::StructType* e);
  void checkEmbedded(Type* type, Pos pos);
  std::string_view tagOf(syntax::BasicLit* tag);
  Type* checkInterface(syntax::InterfaceType* e, TypeName* definition);
  Type* checkUnion(syntax::Expr* e);
  Term* checkTerm(syntax::Expr* e);
  void checkTerms(std::span<Term* const> terms, std::span<syntax::Expr* const> exprs);
  Scope* checkSignature(Signature* signature, syntax::Field* receiver, std::span<syntax::Field* const> typeParams,
                        syntax::FuncType* type);
  Var* checkReceiver(syntax::Field* receiver, std::span<TypeParam*>* typeParams);
  Type* checkGenericReceiver(syntax::Field* receiver, ReceiverParts& parts, std::span<TypeParam*>* typeParams);
  std::vector<Var*> checkParams(VarRole role, std::span<syntax::Field* const> fields, bool* variadic);
  void declareParams(std::span<syntax::Field* const> fields, const std::vector<Var*>& params);
  void checkReceiverType(syntax::Expr* e, Var* receiver);
  void recordReceiverType(syntax::Expr* e, Type* type);

  // ------------------------------------------------------------------ generics (infer.cpp, verify.cpp, implements.cpp)
  // Infers the arguments of `params` that `args` leaves open. Null entries in `args` are open. Empty result: reported
  // to `report`, or silently failed.
  std::vector<Type*> infer(Pos pos, const std::vector<TypeParam*>& params, std::vector<Type*> args,
                           std::span<Var* const> vars, std::span<Operand* const> operands, bool reverse,
                           Report& report);
  std::vector<TypeParam*> renameTypeParams(std::span<TypeParam* const> params, Pos pos);
  // The index of the first argument that does not satisfy its constraint, or -1.
  int verify(Pos pos, std::span<TypeParam* const> params, std::span<Type* const> args, std::string* cause);
  // Verifies, reports, and notes the instantiation for checkMonomorphic(). `exprs`: the arguments as written, or some.
  void verifyNow(Pos pos, std::span<TypeParam* const> params, std::span<Type* const> args, ExprList exprs);
  Signature* instantiateSignature(Pos pos, syntax::Expr* e, Signature* signature, std::span<Type* const> args,
                                  ExprList exprs);
  // Instantiates the generic function x; false: type arguments are missing and may be inferred by the caller.
  bool instantiateFunction(const Target& target, Pos pos, Operand& x, syntax::IndexExpr* e, bool infer,
                           std::vector<Type*>* partial);

  // ------------------------------------------------------------------ expressions (expr.cpp, ...)
  ExprKind rawExpr(const Target& target, Operand& x, syntax::Expr* e, Type* hint, bool allowGeneric);
  ExprKind exprInternal(const Target& target, Operand& x, syntax::Expr* e, Type* hint);
  void expr(const Target& target, Operand& x, syntax::Expr* e);
  void expr(Operand& x, syntax::Expr* e) { expr(Target(), x, e); }
  void exprWithHint(Operand& x, syntax::Expr* e, Type* hint);
  void exprOrType(Operand& x, syntax::Expr* e, bool allowGeneric);
  // Operands of an expression that may have several results; with allowCommaOk, of v, ok forms too.
  std::vector<Operand> multiExpr(syntax::Expr* e, bool allowCommaOk, bool* commaOk);
  std::vector<Operand> exprList(ExprList list);
  std::vector<Operand> genericExprList(ExprList list, std::vector<std::vector<Type*>>& typeArgs);
  void exclude(Operand& x, uint32_t modes);
  void requireSingle(Operand& x);
  void requireInstantiated(const Target& target, Operand& x);
  void requireFinite(Operand& x);
  bool use(ExprList list, bool lhs = false);
  bool use(syntax::Expr* e, bool lhs = false) { return use(ExprList(&e, 1), lhs); }
  bool useOne(syntax::Expr* e, bool lhs);

  void basicLit(Operand& x, syntax::BasicLit* e);
  void checkLiteralVersion(syntax::BasicLit* e);
  void funcLit(Operand& x, syntax::FuncLit* e);
  void compositeLit(Operand& x, syntax::CompositeLit* e, Type* hint);
  void structLit(Operand& x, syntax::CompositeLit* e, Type* base, Struct* type);
  void keyedStructLit(Operand& x, syntax::CompositeLit* e, Type* base, Struct* type);
  void mapLit(Operand& x, syntax::CompositeLit* e, Map* type);
  int64_t indexedElements(std::span<syntax::Expr* const> elements, Type* type, int64_t length);
  std::string lookupError(Type* type, Symbol name, Object* found, bool structLiteral);

  bool unary(Operand& x, syntax::Operation* e);
  bool indirection(Operand& x, syntax::Operation* e);
  void binaryExpr(Operand& x, syntax::Operation* e);
  void binary(Operand& x, Operand& y, syntax::Expr* e, syntax::Expr* lhs, syntax::Expr* rhs, syntax::Operator op);
  void shift(Operand& x, Operand& y, syntax::Expr* e, syntax::Operator op);
  void comparison(Operand& x, Operand& y, syntax::Operator op, bool switchCase = false);
  std::string incomparableCause(Type* type);
  bool requireOperator(Operand& x, syntax::Operator op, uint16_t info);
  void matchTypes(Operand& x, Operand& y);
  Type* channelElement(At at, Operand& x, bool receive);
  bool assertion(Operand& x, syntax::AssertExpr* e);
  void checkAssertion(syntax::Expr* e, Operand& x, Type* type, bool typeSwitch);

  // untyped.cpp, constants.cpp, conversion.cpp
  enum class Conversion : uint8_t { Ok, Truncated, Overflows, Invalid };
  void updateExprType(syntax::Expr* e, Type* type, bool final);
  void settleExprType(syntax::Expr* e, Type* type, bool final);
  void updateExprValue(syntax::Expr* e, const Constant* value);
  Conversion implicitType(Operand& x, Type* target, Type** type, const Constant** value);
  void convertUntyped(Operand& x, Type* target);
  void reportConversion(Conversion why, Operand& x, Type* target);
  void checkOverflow(Operand& x, Pos pos);
  bool isRepresentable(const Constant* value, const Basic* type, const Constant** rounded);
  Conversion representation(Operand& x, const Basic* type, const Constant** value);
  void representable(Operand& x, const Basic* type);
  void convert(Operand& x, Type* type);
  bool convertConstant(Operand& x, Type* type, const Constant** value);
  bool convertConstantToParam(Operand& x, Type* type, std::string* cause);
  bool isConvertible(Operand& x, Type* type, std::string* cause);
  bool isAssignable(Operand& x, Type* type, std::string* cause);

  // call.cpp, arguments.cpp, builtins.cpp
  ExprKind callExpr(Operand& x, syntax::CallExpr* e);
  void conversionCall(Operand& x, syntax::CallExpr* e);
  void functionCall(Operand& x, syntax::CallExpr* e, syntax::IndexExpr* index);
  // Checks the arguments; the result is the signature with its type arguments inferred.
  Signature* arguments(syntax::CallExpr* call, Signature* signature, std::vector<Type*> typeArgs, ExprList exprs,
                       std::vector<Operand>& args, const std::vector<std::vector<Type*>>& argTypeArgs);
  void reportArgumentCount(syntax::CallExpr* call, Signature* signature, std::vector<Operand>& args, size_t want);
  struct GenericCall;
  bool inferCall(syntax::CallExpr* call, GenericCall& generic, std::vector<Operand>& args,
                 const std::vector<std::vector<Type*>>& argTypeArgs);
  bool builtinCall(Operand& x, syntax::CallExpr* e, BuiltinId id);
  friend class BuiltinCall;
  void selector(Operand& x, syntax::SelectorExpr* e, bool wantType);
  bool qualifiedName(Operand& x, syntax::SelectorExpr* e, PkgName* name);
  bool memberSelector(Operand& x, syntax::SelectorExpr* e, bool wantType);
  void methodExpr(Operand& x, Func* method);
  void reportMissingMember(Operand& x, syntax::SelectorExpr* e, const Lookup& found);

  // index.cpp
  bool indexExpr(Operand& x, syntax::IndexExpr* e);
  bool indexTypeParam(Operand& x, syntax::IndexExpr* e, int64_t* length, bool* done);
  void indexMap(Operand& x, syntax::IndexExpr* e, Type* key, Type* element);
  bool sliceExpr(Operand& x, syntax::SliceExpr* e);
  syntax::Expr* singleIndex(syntax::IndexExpr* e);
  Type* index(syntax::Expr* e, int64_t limit, int64_t* value);
  bool isValidIndex(Operand& x, std::string_view what, bool allowNegative);

  // ------------------------------------------------------------------ assignments (assign.cpp)
  void assignment(Operand& x, Type* type, const Purpose& purpose);
  void initConst(Const* lhs, Operand& x);
  void initVar(Var* lhs, Operand& x, const Purpose& purpose);
  void initVars(std::span<Var* const> lhs, ExprList rhs, syntax::Stmt* returnStmt);
  Type* lhsType(syntax::Expr* lhs);
  void assignVar(syntax::Expr* lhs, syntax::Expr* rhs, Operand* x, const Purpose& purpose);
  void assignVars(ExprList lhs, ExprList rhs);
  void shortVarDecl(Pos pos, ExprList lhs, ExprList rhs);
  void reportAssignMismatch(ExprList rhs, size_t left, size_t right);
  void reportReturnMismatch(At at, std::span<Var* const> lhs, const std::vector<Operand>& rhs);
  std::string typesSummary(const std::vector<Type*>& types, bool variadic, bool hasDots);

  // ------------------------------------------------------------------ statements (stmt.cpp, switch.cpp, range.cpp)
  void funcBody(Declaration* declaration, Signature* signature, Scope* scope, syntax::BlockStmt* body,
                const Constant* iota, std::span<TypeParam*> outerParams);
  void stmtList(std::span<syntax::Stmt* const> list);
  void stmt(syntax::Stmt* s);
  void stmtInternal(syntax::Stmt* s);
  void exprStmt(syntax::ExprStmt* s);
  void assignStmt(syntax::AssignStmt* s);
  void returnStmt(syntax::ReturnStmt* s);
  void ifStmt(syntax::IfStmt* s);
  void selectStmt(syntax::SelectStmt* s);
  void forStmt(syntax::ForStmt* s);
  void callStmt(syntax::CallStmt* s);
  void condition(syntax::Expr* e, std::string_view what);
  void switchStmt(syntax::SwitchStmt* s);
  void exprSwitch(syntax::SwitchStmt* s);
  void typeSwitch(syntax::SwitchStmt* s, syntax::TypeSwitchGuard* guard);
  struct CaseValues;
  struct CaseTypes;
  void caseValues(Operand& x, ExprList values, CaseValues& seen);
  Type* caseTypes(Operand* x, ExprList types, CaseTypes& seen);
  bool isNilExpr(syntax::Expr* e) const;
  void rangeStmt(syntax::ForStmt* s, syntax::RangeClause* clause);
  struct RangeTypes {
    Type *key = nullptr, *value = nullptr;
    std::string cause;
    bool ok = false;
  };
  RangeTypes rangeTypes(Type* type);
  void declareRangeVars(syntax::ForStmt* s, syntax::Expr* const (&lhs)[2], Type* const (&types)[2], Operand& x,
                        bool overInt);
  void assignRangeVars(syntax::Expr* const (&lhs)[2], Type* const (&types)[2], Operand& x, bool overInt);
  bool isTerminating(syntax::Stmt* s, Symbol label) const;
  bool isTerminatingList(std::span<syntax::Stmt* const> list, Symbol label) const;

  void processDelayed(size_t from);

  // ------------------------------------------------------------------ after all is checked
  void completeTypes();
  void findInitOrder();
  void checkMonomorphic();
  // What Go's compiler finds only in packages without any fault (late-checks.cpp, code-checks.cpp).
  void lateChecks();
  void checkLinknames(const syntax::File* file);
  void checkPragmas(const syntax::FuncDecl* decl);
  void checkSizes();
  void checkHostSignature(const Func* function);

  const CheckConfig& config_;
  Session::State& session_;
  Arena& arena_;
  Universe& universe_ = universe();
  Package* package_;
  Owner* owner_;
  std::unique_ptr<CheckedPackage> result_;
  Info& info_;
  Naming naming_{this};

  static constexpr uint8_t kPending = 1, kShiftOperand = 2, kPanics = 4;
  std::vector<uint8_t> flags_;  // by Expr::id

  std::vector<syntax::File*> files_;
  std::deque<Declaration> declarations_;
  std::vector<Object*> objects_;  // with declarations, in source order
  struct Method {
    Func* object;
    bool isPointer;
    syntax::Name* receiver;
  };
  std::vector<Method> methods_;
  std::unordered_map<TypeName*, std::vector<Func*>> methodsOf_;
  std::vector<PkgName*> imports_;
  std::vector<Package*> importedPackages_;
  std::unordered_map<std::string_view, Package*> importsByPath_;
  std::deque<FileScope> fileScopes_;

  Environment env_;
  std::vector<DelayedAction> delayed_;
  std::vector<Object*> path_;  // objects that are being declared
  std::vector<Interface*> interfaces_;
  std::vector<std::pair<Interface*, Pos>> interfaceLiterals_;
  std::vector<TypeParam*> typeParams_;
  std::vector<Named*> named_;
  std::unordered_set<const Object*> linknamed_;
  static constexpr int64_t kSmallArray = 256;  // programs with none larger have no types that are too large
  bool hasLargeArrays_ = false;
  MonoGraph mono_;
  uint32_t localTypes_ = 0;
  bool failed_ = false;
  int depth_ = 0;  // of recursion into the tree
  std::unordered_map<const Alias*, int> aliasHeights_;  // see literalHeight()
  std::unordered_map<std::string_view, std::vector<std::string_view>> pathsByName_;  // of all packages, for messages
};

// The rules for `implements` and `satisfies`; `checker` may be null.
bool implements(Owner* owner, Type* type, Type* target, bool constraint, std::string* cause);

}  // namespace millrace::types
