// The intermediate representation: what a Go function does, in terms of WebAssembly values, before it is made suspendable.
//
// A function is a graph of basic blocks over typed locals. A block is a list of statements and one terminator. Expressions
// are trees without side effects, evaluated where they stand; whatever has an effect, may park or may panic is a statement.
// So a call that parks is never inside an expression, and what must survive it is in locals: that is what suspension needs.
//
// Go's order of evaluation is settled by whoever builds the statements; passes must not move an expression that loads
// across a statement that stores or calls.
//
// Pointers are i32, Go's int is i64, bool and the small integers are i32 (kept in their type's range, sign- or
// zero-extended). Values of several words are several locals.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <tuple>
#include <vector>

#include "runtime/abi/entry-points.h"
#include "runtime/base/arena.h"
#include "wasm/ir/opcodes.h"
#include "wasm/syntax/source.h"

namespace millrace::ir {

using syntax::Pos;

enum class ValueType : uint8_t { I32, I64, F32, F64 };

using LocalId = uint32_t;
using BlockId = uint32_t;
using FunctionId = uint32_t;
inline constexpr uint32_t kNone = ~0u;

struct SignatureType {
  std::vector<ValueType> parameters, results;
  friend bool operator==(const SignatureType&, const SignatureType&) = default;
  // Spelt out: Emscripten's library has no operator<=> for vectors yet.
  friend bool operator<(const SignatureType& a, const SignatureType& b) {
    return std::tie(a.parameters, a.results) < std::tie(b.parameters, b.results);
  }
};

// ---------------------------------------------------------------------------------------------- expressions

enum class ExprKind : uint8_t {
  Const,   // bits
  Local,   // local
  Worker,  // address of the worker's block; never kept in a local across a statement that may park
  SwitchState,  // __asyncify_state, an abi::SwitchState; this and the next are made by lower
  FrameStack,   // __asyncify_data, the address of the abi::FrameStack in use
  Unary,   // op a
  Binary,  // a op b
  Load,    // op, address a + offset
  Select,  // c ? a : b, both evaluated
};

struct Expr {
  ExprKind kind;
  ValueType type;
  Op op;            // Unary, Binary, Load
  uint32_t offset;  // Load; LocalId for Local
  Expr *a, *b, *c;
  uint64_t bits;    // Const: the integer, or the float's bits. Binary: 1 if it is an address in an object, never 0
};

// ----------------------------------------------------------------------------------------------- statements

enum class StmtKind : uint8_t {
  Set,         // local = value
  Store,       // op, address + offset, value
  Call,        // see Call
  Check,       // if value (an i32) is not 0: call `call`, which does not return
  Guard,       // if value (an i32) is not 0: call `call`, which has no results and never parks; made by lower
  MemoryCopy,  // (address, value: from, size: bytes); may overlap
  MemoryFill,  // (address, value: byte, size: bytes)
  Atomic,      // op at address + offset with operands; result to local
};

enum class CalleeKind : uint8_t {
  Function,  // one of the module's, imported ones too
  Entry,     // the runtime's
  Table,     // call_indirect: index is an expression, the signature is given
};

struct Call {
  CalleeKind callee;
  FunctionId function;
  abi::Entry entry;
  Expr* tableIndex;
  uint32_t signature;  // Table: index in Module::signatures
  std::span<Expr*> arguments;
  std::span<LocalId> results;  // kNone: dropped; as many as the callee has
};

struct Stmt {
  StmtKind kind;
  Op op;
  LocalId local;     // Set, Atomic (kNone: dropped)
  uint32_t offset;   // Store, Atomic
  Expr* address;     // Store, MemoryCopy, MemoryFill, Atomic
  Expr* value;       // Set, Store, Check, Guard, MemoryCopy, MemoryFill; Atomic: first operand
  Expr* size;        // MemoryCopy, MemoryFill; Atomic: second operand (compare-exchange)
  Call* call;        // Call, Check, Guard
  Pos pos;           // where in the source; what traces show
  uint32_t inlined = kNone;  // index in Function::inlinings of the call in whose place this stands
  bool pointers = false;     // Store, MemoryCopy, MemoryFill, Atomic: may overwrite pointers that the collector must see
};

enum class TerminatorKind : uint8_t {
  None,         // not finished yet
  Jump,         // targets[0]
  Branch,       // value != 0: targets[0], else targets[1]
  Switch,       // value (i32, unsigned) selects targets[value]; the last one when it is beyond
  Return,       // values
  Unreachable,  // after a call that does not return
  Rethrow,      // values[0]: the panic record; leaves the function by rt_panicRethrow, outside the reach of its own handler
};

struct Terminator {
  TerminatorKind kind = TerminatorKind::None;
  Expr* value = nullptr;
  std::span<BlockId> targets;
  std::span<Expr*> values;
  Pos pos;
  uint32_t inlined = kNone;  // as Stmt's
  // Leads on to where a frame was left (made by lower): what the frame kept is in its locals, others have any value.
  bool resumes = false;
};

struct Block {
  std::vector<Stmt> statements;
  Terminator terminator;
};

struct Local {
  ValueType type;
  bool inFrame = false;  // has its value again where a frame was left: kept in the frame, or set before (by lower)
};

// A call that lower replaced by the callee's body.
struct Inlining {
  FunctionId callee;
  Pos pos;          // of the call
  uint32_t caller;  // the inlining that the call itself stands in, kNone: the function
};

enum FunctionFlags : uint32_t {
  // Called from C++ (hash, equal, raise): no polls are inserted; parking calls in it are a fault of ours. Of an imported
  // function: it is known not to park, nor to call what it does not know.
  kNeverParks = 1 << 0,
  kNoInline = 1 << 1,
  kTakesClosure = 1 << 2,  // the last parameter is the closure's address: may be called through the table
  kNoPoll = 1 << 3,        // no polls are inserted, but it may call what parks
  kMayPark = 1 << 4,       // set by lower
};

// Locals other than parameters are 0 at the start.
struct Function {
  std::string name;  // as traces show it
  uint32_t signature;
  uint32_t flags = 0;
  bool imported = false;  // has no body: from `importModule`.`importName`
  std::string importModule, importName;
  std::vector<Local> locals;  // the parameters first
  std::vector<Block> blocks;  // the first is the entry
  // The block that control comes to when a panic arrives from any call in the function (deferred calls made by the handler
  // too); kNone: panics pass through. Locals keep their values. It must begin with a call of Entry::panicCatch.
  BlockId handler = kNone;
  Pos pos;
  std::vector<Inlining> inlinings;
};

// One line of a trace.
struct SourceFrame {
  FunctionId function;
  Pos pos;
};

struct Export {
  FunctionId function;
  std::string name;
};

// What the build of a program or package puts together.
struct Module {
  Arena arena;  // expressions, spans
  std::vector<SignatureType> signatures;
  std::vector<Function*> functions;  // by FunctionId; owned
  std::vector<FunctionId> table;     // table index of table[i] is tableBase + i
  uint32_t tableBase = 0;
  std::vector<Export> exports;

  Module() = default;
  Module(const Module&) = delete;
  ~Module();

  uint32_t signatureOf(const SignatureType& type);  // index, added if new
  FunctionId addFunction(std::string name, uint32_t signature);
  // The function's place in the table, added if new.
  uint32_t tableIndexOf(FunctionId function);

 private:
  std::map<SignatureType, uint32_t> signatureIndex_;
  std::unordered_map<FunctionId, uint32_t> tableIndex_;
};

// The lines of a trace for a place in `function`, innermost first: the functions inlined there, then itself. `inlined` as in
// Stmt. The first has the given position, the others those of the calls.
std::vector<SourceFrame> sourceFrames(const Module& module, FunctionId function, Pos pos, uint32_t inlined);

}  // namespace millrace::ir
