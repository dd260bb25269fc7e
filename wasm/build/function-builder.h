// Builds one function's graph from its checked body.
//
// Order of evaluation is Go's, in the freedom the spec leaves as Go's own compiler uses it: calls and other effects happen in
// the order of the text, plain variables are read when the whole operand list has been evaluated.
//
// One class over files by topic; the sections below name them.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

#include "wasm/build/captures.h"
#include "wasm/build/code-builder.h"
#include "wasm/build/intrinsics.h"

namespace millrace::build {

// Type parameters of the generic function around and what stands for them; empty elsewhere.
struct TypeEnvironment {
  std::span<types::TypeParam* const> params;
  std::span<Type* const> args;
};

// How a variable is kept.
struct Storage {
  enum Kind : uint8_t {
    Registers,  // consecutive locals from `local`, one per leaf
    Memory,     // `local` holds the address of its object
  };
  Kind kind = Registers;
  LocalId local = kNone;
  bool reusable = false;  // Memory: nobody else can know the address, so a redeclaration may use the object again
};

class FunctionBuilder : public CodeBuilder {
 public:
  // What an operand denotes: memory, where Go has a variable in memory, or a value.
  struct Reference {
    Type* type = nullptr;
    bool memory = false;
    Pointer at = {};
    Value value = {};
  };

  // What is called.
  struct Callee {
    enum Kind : uint8_t { Static, Closure, Interface } kind = Static;
    types::Signature* signature = nullptr;  // type parameters replaced
    Instance instance = {};                 // Static
    Value receiver = {};       // Static method: as its receiver parameter; Interface: the interface value, held
    Expr* closure = nullptr;   // Closure: held
    uint32_t method = 0;       // Interface: index in the method table
  };

  // `function` has been added to the module. `info` is that of the package the body stands in.
  FunctionBuilder(ProgramBuilder& program, FunctionId function, const types::Info& info, types::Package* package,
                  TypeEnvironment environment);

  // ---- whole functions, wrappers (bodies.cpp)
  void buildDeclared(Func* declared, types::Signature* signature);
  void buildInit(std::span<const types::Initializer* const> steps, std::span<const FunctionId> inits);
  void fatal(std::string_view text);
  std::vector<Value> parameterValues(types::Signature* signature, LocalId first = 0);
  void callMethod(Reference x, const types::Selection& selection, types::Signature* signature,
                  std::span<const Value> arguments, bool fromInterface);
  void forward(const Callee& callee, std::span<const Value> arguments);

  static Reference inPlace(Type* type, Pointer at) { return {type, true, at, {}}; }
  static Reference byValue(const Value& value) { return {value.type, false, {}, value}; }

  // ---- what generated functions use, too
  Pointer element(Expr* base, uint32_t offset, Expr* index, Type* type);
  Expr* equal(const Value& a, const Value& b);  // i32
  std::vector<Expr*> emitIntrinsic(const Intrinsic& intrinsic, std::span<Expr* const> words);

 private:
  // A closure that is still to be made.
  struct ClosurePlan {
    Expr* made = nullptr;  // not null: there is one already, and nothing else counts
    FunctionId function = 0;
    uint64_t size = 0;  // of the object, in bytes
    std::vector<bool> pointers;
    std::vector<std::pair<uint32_t, Value>> captured;  // at which byte
  };
  static constexpr uint32_t kCodeBytes = sizeof(abi::Closure);  // before the first captured value, as a rule

  using ThunkBody = std::function<void(FunctionBuilder& thunk, std::span<const Value> captured, std::span<const Value> arguments)>;
  using LiteralBody = std::function<void(FunctionBuilder& inner, std::span<const Value> hidden)>;

  struct Target {  // of break and continue
    const syntax::Stmt* statement;
    BlockId onBreak, onContinue;
  };

  struct Result {
    Var* var;  // null: unnamed
    Type* type;
    Storage storage;
    bool named = false;
  };

  // expressions.cpp
  Type* substitute(Type* type);
  Type* typeOf(const syntax::Expr* e);
  Value eval(const syntax::Expr* e);
  Value load(const Reference& reference);
  Value evalAs(const syntax::Expr* e, Type* target);  // converted as by assignment
  void evalInto(Pointer at, const syntax::Expr* e, Type* target);
  std::vector<Value> evalMany(const syntax::Expr* e);  // all results of a call; comma-ok forms
  Reference evalReference(const syntax::Expr* e);
  Reference variableReference(Var* var);
  Reference selectorReference(const syntax::SelectorExpr* selector);
  Reference field(Reference from, std::span<const int> path);
  Reference indexReference(const syntax::IndexExpr* index);
  Expr* checkedIndex(const syntax::Expr* e, Expr* length);
  Pointer addressOfOperand(const syntax::Expr* e);
  Value evalSlice(const syntax::SliceExpr* slice);
  std::optional<types::Selection> selectionOf(const syntax::SelectorExpr* selector);
  Instance instanceOf(const syntax::Name* name, Func* function);
  Value evalFunctionValue(const Instance& instance);
  Value evalUnary(const syntax::Operation* operation);

  // operators.cpp
  static bool isUnsigned(Type* type);
  Expr* toInt64(const Value& value);  // of any integer type
  Expr* wrap(Expr* e, types::BasicKind kind);
  Expr* negate(Expr* e, types::BasicKind kind);
  Value evalBinary(const syntax::Operation* operation);
  Value evalShiftCount(const syntax::Expr* e);
  std::pair<Value, Value> evalOperands(const syntax::Expr* x, const syntax::Expr* y);
  Value arithmetic(syntax::Operator op, const Value& a, const Value& b, Type* type);
  Expr* binaryNumber(syntax::Operator op, Expr* a, Expr* b, types::BasicKind kind);
  Expr* divide(bool remainder, Expr* a, Expr* b, types::BasicKind kind);
  Expr* shift(syntax::Operator op, Expr* a, types::BasicKind kind, const Value& countValue);
  Value complexArithmetic(syntax::Operator op, const Value& x, const Value& y, Type* type);
  Value concatenate(const syntax::Operation* operation);
  Value concatenateValues(std::span<const Value> parts, Type* type);
  Expr* compare(syntax::Operator op, const Value& a, const Value& b);
  Value evalLogical(const syntax::Operation* operation);
  void condition(const syntax::Expr* e, BlockId ifTrue, BlockId ifFalse);

  // comparisons.cpp
  Expr* equalScalar(Expr* a, Expr* b);
  Expr* both(Expr* first, const std::function<Expr*()>& second);
  Expr* equalStrings(const Value& x, const Value& y);
  Expr* equalInterfaces(const Value& x, const Value& y);
  Expr* equalAggregates(const Value& x, const Value& y);
  Expr* equalFields(types::Struct* fields, size_t from, const Value& a, const Value& b);

  // conversions.cpp
  Value stringConstant(std::string_view text, Type* type);
  Value constant(Type* type, const types::Constant* value);
  Value assignable(const Value& value, Type* target);
  Value convert(const Value& value, Type* target);
  Value convertBasic(const Value& value, types::BasicKind from, Type* target, types::BasicKind to);
  Expr* convertNumber(Expr* e, types::BasicKind from, types::BasicKind to);
  Value evalConversion(const syntax::CallExpr* call);

  // interfaces.cpp
  Expr* dynamicType(const Value& value);  // descriptor, 0 for nil
  Value toInterface(const Value& value, Type* target);
  Expr* dataWord(const Value& value);
  Value unpackInterface(const Value& value, Type* type);
  std::pair<Value, Expr*> assertType(const Value& interface, Type* type, bool commaOk);

  // literals.cpp
  Value evalComposite(const syntax::CompositeLit* literal);
  void forEachField(const syntax::CompositeLit* literal, types::Struct* fields,
                    const std::function<void(size_t, const syntax::Expr*)>& visit);
  void compositeInto(Pointer at, const syntax::CompositeLit* literal, Type* type);
  Value sliceLiteral(const syntax::CompositeLit* literal, Type* type, Type* elementType);
  Value mapLiteral(const syntax::CompositeLit* literal, Type* type, types::Map* map);

  // calls.cpp
  Value evalCallValue(const syntax::CallExpr* call);
  std::vector<Value> evalCall(const syntax::CallExpr* call);
  Callee resolveCallee(const syntax::Expr* function);
  Callee resolveMethod(const syntax::SelectorExpr* selector, const types::Selection& selection, types::Signature* signature);
  Callee resolveMethodOf(Reference x, const types::Selection& selection, types::Signature* signature, bool fromInterface);
  void checkWrapped(Expr* pointer, Type* type, Func* method);
  std::vector<Value> evalArguments(const syntax::CallExpr* call, types::Signature* signature);
  static Type* elementOfVariadic(Type* last);
  std::vector<Value> passArguments(std::span<const Value> values, types::Signature* signature, bool hasDots);
  Value sliceOf(Type* type, Type* element, std::span<const Value> values);
  std::vector<Value> callGo(const Callee& callee, std::span<const Value> arguments);
  Value evalMethodValue(const syntax::SelectorExpr* selector, const types::Selection& selection);
  Value evalMethodExpr(const syntax::SelectorExpr* selector, const types::Selection& selection);
  Pointer temporary(const Value& value);
  bool evalIntrinsic(const Instance& instance, const syntax::CallExpr* call, types::Signature* signature,
                     std::vector<Value>& results);

  // builtins.cpp
  std::vector<Value> evalBuiltin(const syntax::CallExpr* call, types::BuiltinId id);
  std::vector<Value> evalSpread(const syntax::CallExpr* call);
  std::vector<Value> evalBuiltinArguments(const syntax::CallExpr* call, types::BuiltinId id);
  void applyBuiltin(types::BuiltinId id, std::span<const Value> arguments);
  Expr* scaled(Expr* count, uint64_t size);
  Value evalLength(const syntax::Expr* e, bool capacity);
  const syntax::CallExpr* madeSlice(const syntax::Expr* e);
  Value evalAppend(const syntax::CallExpr* call, Type* type, std::span<const Value> spread);
  Value copyElements(const Value& to, const Value& from);
  Value evalMake(const syntax::CallExpr* call, Type* type);
  Value evalMinMax(const syntax::CallExpr* call, Type* type, bool isMax);
  Value evalUnsafeSlice(const Value& base, const Value& lengthValue, Type* type, Pos pos);
  void print(std::span<const Value> arguments, bool line);
  void printOne(const Value& value);

  // maps.cpp
  std::vector<Expr*> mapArguments(const Value& map, const Value& key);
  static abi::Entry mapEntry(Type* key, abi::Entry memory, abi::Entry fast64, abi::Entry text);
  std::pair<Value, Expr*> mapLookup(const Value& map, const Value& key, bool commaOk);
  Pointer mapSlot(const Value& map, const Value& key);
  void mapDelete(const Value& map, const Value& key);

  // assignments.cpp
  static bool hasCalls(const syntax::Node* e);
  // Of string(bytes) or []byte(text) what is converted; else null.
  const syntax::Expr* copiedBy(const syntax::Expr* e);
  // As eval(), but of such a conversion without the copy: for what is only read. As with Go, it is the bytes when they are read
  // that count, which a call in another operand may have changed.
  Value evalUncopied(const syntax::Expr* e);
  Value evalLookupKey(const syntax::Expr* e, Type* key);
  bool needsMemory(const Var* var);
  Storage& storageOf(const Var* var);
  Storage makeStorage(Type* type, bool inMemory);
  void declareVariable(const Var* var, const Value* initial);
  void declareFrom(const Var* var, const syntax::Expr* right);
  void declareObject(const Var* var, Expr* object);
  void makeObject(const Storage& storage, Type* type);
  void setZero(const Storage& storage, Type* type);
  Value stable(const Value& value);
  void assignLocals(LocalId first, const Value& value);
  void assignStorage(const Storage& storage, const Value& value);
  Value readStorage(const Storage& storage, Type* type);
  Place place(const syntax::Expr* e);
  Place notReached(Type* type);
  std::vector<Place> placesOf(std::span<syntax::Expr* const> left);
  void assignPlaces(std::span<const Place> places, std::span<const Value> values);
  Place fieldPlace(Place at, std::span<const int> path);
  Value readPlace(const Place& place);
  void assign(const Place& place, const Value& value);
  bool declares(const syntax::Expr* e) const;
  void assignAll(std::span<syntax::Expr* const> left, std::span<const Value> values, bool define);
  void assignStatement(const syntax::AssignStmt* statement);
  void assignOne(const syntax::Expr* left, const syntax::Expr* right, bool define);
  void assignOperation(const syntax::AssignStmt* statement);
  Value one(Type* type);
  void drop(const Value& value);

  // statements.cpp
  void statements(std::span<syntax::Stmt* const> list);
  void statement(const syntax::Stmt* s);
  void dropResults(const syntax::Expr* e);
  void declaration(const syntax::Decl* decl);
  void ifStatement(const syntax::IfStmt* statement);
  BlockId labelBlock(const syntax::Stmt* label);
  void branchStatement(const syntax::BranchStmt* statement);
  void leaveTo(syntax::Token token, const syntax::Stmt* target);

  // loops.cpp
  void forStatement(const syntax::ForStmt* statement);
  void loopBody(const syntax::ForStmt* statement, BlockId onBreak, BlockId onContinue);
  void rangeStatement(const syntax::ForStmt* statement);
  void setRangeVariables(const syntax::RangeClause* range, std::span<const Value> values);
  bool wantsRangeValue(const syntax::RangeClause* range, size_t i) const;
  void countingLoop(const syntax::ForStmt* statement, Expr* limit, const std::function<void(Expr*)>& body);
  void rangeInteger(const syntax::ForStmt* statement, const syntax::RangeClause* range);
  void rangeElements(const syntax::ForStmt* statement, const syntax::RangeClause* range);
  void rangeString(const syntax::ForStmt* statement, const syntax::RangeClause* range);
  void rangeMap(const syntax::ForStmt* statement, const syntax::RangeClause* range);
  void rangeChan(const syntax::ForStmt* statement, const syntax::RangeClause* range);

  // range-func.cpp
  FunctionBuilder& returningFunction();
  void rangeFunc(const syntax::ForStmt* statement, const syntax::RangeClause* range);
  void buildRangeBody(const syntax::ForStmt* statement, const syntax::RangeClause* range, types::Signature* yieldType);
  void leaveBody(int32_t state, int32_t exit, bool goOn);
  void exitRangeFunc(syntax::Token token, const syntax::Stmt* target);
  void returnFromRangeFunc(const syntax::ReturnStmt* statement);
  std::vector<uint32_t> resultOffsets();
  Expr* newResultsObject();
  std::vector<Value> loadResults(Expr* object);
  bool isInsideRangeFunc(const syntax::Stmt* label) const;

  // switches.cpp
  void switchStatement(const syntax::SwitchStmt* statement);
  bool switchByTable(const syntax::SwitchStmt* statement, const Value& tag, std::span<const BlockId> bodies, BlockId otherwise);
  void clauseBodies(const syntax::SwitchStmt* statement, std::span<const BlockId> bodies, BlockId end);
  void typeSwitch(const syntax::SwitchStmt* statement);

  // channels.cpp
  void sendStatement(const syntax::SendStmt* statement);
  Expr* stageValue(const Value& value);
  std::pair<Value, Expr*> receive(const Value& channel, Type* element);
  void selectStatement(const syntax::SelectStmt* statement);
  void onlyCase(const syntax::SelectStmt* select, const syntax::CommClause* clause);

  // closures.cpp
  std::string nextLiteralName();
  Value evalFuncLit(const syntax::FuncLit* literal);
  ClosurePlan planClosure(const syntax::FuncLit* literal, uint32_t prefix);
  ClosurePlan planLiteral(const syntax::Node* literal, types::Signature* signature, uint32_t prefix, const std::string& name,
                          std::span<const Value> hidden, const LiteralBody& body);
  void bindCaptured(Var* var, bool byAddress, LocalId self, uint32_t offset);
  ClosurePlan planThunk(const std::string& name, std::span<const Value> captured, types::Signature* signature,
                        const ThunkBody& body, uint32_t prefix);
  ClosurePlan suspendCall(const syntax::CallExpr* call, uint32_t prefix, const char* suffix);
  void fillClosure(Expr* object, const ClosurePlan& plan);
  std::array<Expr*, abi::kStartWords> capturedWords(const ClosurePlan& plan);
  Expr* makeClosure(const ClosurePlan& plan);
  void callStatement(const syntax::CallStmt* statement);

  // defers.cpp
  void beginBody(types::Signature* signature, const syntax::FuncType* type, const syntax::Field* receiver,
                 const syntax::BlockStmt* body);
  void finishBody(Pos end);
  void returnStatement(const syntax::ReturnStmt* statement);
  std::vector<Value> evalReturned(const syntax::ReturnStmt* statement);
  void returnResults(std::span<const Value> values);
  Value returnable(const Value& value);
  void leave();
  void returnVariables();
  void deferCall(const syntax::CallExpr* call);
  void pushDeferred(Expr* closure);
  Expr* deferredHead();
  void setDeferredHead(Expr* closure);
  void buildDeferLoop();
  void allowRecover(const Callee& callee);
  Value evalRecover(Type* type);

  bool mayRepeat() const { return loopDepth_ > 0 || hasLabels_; }
  static Type* basic(types::BasicKind kind) { return types::basicType(kind); }

  const types::Info& info_;
  types::Package* package_;
  TypeEnvironment environment_;
  std::string name_;
  bool isLiteral_ = false, sharedLoopVars_ = false;
  std::shared_ptr<const Captures> captures_;  // of the declared function, shared by its literals
  std::unordered_map<const Var*, Storage> storage_;
  std::unordered_set<LocalId> privateObjects_;  // hold addresses that nobody else knows
  std::vector<Target> targets_;
  std::unordered_map<const syntax::Stmt*, BlockId> labels_;
  BlockId fallthrough_ = kNone;
  uint32_t literalCount_ = 0, thunkCount_ = 0, rangeCount_ = 0, loopDepth_ = 0;
  bool hasLabels_ = false;

  std::vector<Result> results_;
  bool defers_ = false;
  LocalId deferHead_ = kNone;    // the newest deferred closure
  LocalId deferCell_ = kNone;    // address of a cell with it, where loop bodies that are literals defer too
  LocalId panicRecord_ = kNone;  // of the panic being handled; 0: none
  LocalId mayRecover_ = kNone;
  BlockId deferLoop_ = kNone;
  struct RangeFuncBody* rangeFunc_ = nullptr;  // this builds the body of a range-over-func loop
};

}  // namespace millrace::build
