// Writes one function's graph: blocks, locals, memory, calls, and Go values as registers or memory. Knows Go's types but
// nothing of its syntax; wrappers, thunks and generated functions are made with it too.
//
// Statements are appended to the current block. Expressions are trees with one parent: to use one twice, hold() or settle()
// it and take again() of the result.
#pragma once

#include <initializer_list>
#include <string>
#include <unordered_set>
#include <vector>

#include "wasm/build/program-builder.h"
#include "wasm/build/value.h"

namespace millrace::build {

using ir::BlockId;
using ir::Expr;
using ir::kNone;
using ir::LocalId;
using syntax::Pos;

class CodeBuilder {
 public:
  // `function` has been added to the module and has no blocks yet.
  CodeBuilder(ProgramBuilder& program, FunctionId function);

  FunctionId id() const { return function_; }
  ir::Function& function();
  ir::Make& make() { return make_; }
  void setPos(Pos pos) { pos_ = pos; }

  // ---- blocks
  BlockId newBlock();
  void startBlock(BlockId block) { current_ = block; }
  bool isOpen() const;  // false after a return, jump or panic: what is appended then is dropped
  void jump(BlockId target);
  void branch(Expr* condition, BlockId ifTrue, BlockId ifFalse);
  void switchOn(Expr* value, std::span<const BlockId> targets);  // beyond the end: the last one
  void returnValues(std::span<Expr* const> values);
  void rethrow(Expr* record);
  void unreachable();

  // ---- locals
  LocalId newLocal(ValueType type);          // set once
  LocalId newVariableLocal(ValueType type);  // set again and again
  void set(LocalId local, Expr* value);
  Expr* get(LocalId local);
  Expr* again(const Expr* e) { return make_.again(e); }
  // In a form that can be used again: a constant or a local, which may be a variable's.
  Expr* hold(Expr* e);
  // In a form that can be used again and never changes.
  Expr* settle(Expr* e);

  // ---- memory
  Pointer pointer(Expr* base, uint32_t offset = 0);
  Pointer shifted(Pointer at, uint32_t bytes);
  Expr* addressOf(Pointer at);  // base + offset as one expression
  // isPointer: the collector must see what is overwritten.
  void store(Op op, Pointer at, Expr* value, bool isPointer = false);
  void storePointer(Pointer at, Expr* value);
  void storeLeaf(const Leaf& leaf, Pointer at, Expr* value);
  // What storeLeaf would write, in an i64 whose other bits are zero.
  Expr* leafAsWord(const Leaf& leaf, Expr* value);
  Expr* loadLeaf(const Leaf& leaf, Pointer at);
  void copyMemory(Pointer to, Pointer from, Type* type);
  void zeroMemory(Pointer at, Type* type);
  // Of any number of elements.
  void copyRange(Expr* to, Expr* from, Expr* bytes, Type* element);
  void zeroRange(Expr* at, Expr* bytes, Type* element);
  // The old value or what was loaded; null for stores.
  Expr* atomic(Op op, Pointer at, Expr* first, Expr* second, bool isPointer = false);
  Expr* newObject(Type* type);  // address of a zeroed heap object
  Expr* newShape(uint64_t size, const std::vector<bool>& pointers);
  Expr* newArray(Type* element, int64_t count);
  void nilCheck(Expr* pointer);  // a held i32

  // ---- calls; results are locals of their own
  std::vector<Expr*> call(FunctionId callee, std::span<Expr* const> arguments);
  std::vector<Expr*> callTable(Expr* index, uint32_t signature, std::span<Expr* const> arguments);
  Expr* callEntry(abi::Entry entry, std::initializer_list<Expr*> arguments);  // null: no result
  Expr* callEntry(abi::Entry entry, std::span<Expr* const> arguments);
  Expr* secondResult();  // WorkerAbi::result; directly after callEntry
  void check(Expr* condition, FunctionId fault, std::initializer_list<Expr*> arguments);  // calls `fault` if not 0
  void check(Expr* condition, FunctionId fault, std::span<Expr* const> arguments);
  Expr* goroutine();  // address of the running goroutine's block
  Expr* stage(uint64_t bytes);  // address of its stage; not to be kept across anything that parks

  // ---- values
  const Layout& layoutOf(Type* type);
  Value valueOf(Type* type, std::span<Expr* const> leaves);
  Value addressValue(Expr* address);  // an unsafe.Pointer
  Value inMemory(Type* type, Pointer at);
  Value loadValue(Type* type, Pointer at);
  void storeValue(Pointer at, const Value& value);
  Value zeroValue(Type* type);
  Value again(const Value& value);
  Value hold(const Value& value);
  Value settle(const Value& value);  // memory is copied to a new object
  Value part(const Value& whole, Type* type, uint32_t offset);  // a field, or the element of a one-element array
  // The words by which a value is passed: its leaves, or the address of its memory.
  void appendWords(const Value& value, std::vector<Expr*>& out);
  Value fromWords(Type* type, std::span<Expr* const> words, size_t& at);

 protected:
  void terminate(const ir::Terminator& terminator);
  void append(const ir::Stmt& statement);
  std::vector<Expr*> appendCall(ir::Call call, const std::vector<ValueType>& results);
  static ValueType valueTypeOf(char letter);
  bool isKnownNotNil(const Expr* pointer) const;

  ProgramBuilder& program_;
  ir::Make& make_;
  FunctionId function_;
  BlockId current_ = 0;
  Pos pos_;
  std::unordered_set<LocalId> variableLocals_;
  std::unordered_set<LocalId> notNil_;  // addresses of objects just made
};

}  // namespace millrace::build
