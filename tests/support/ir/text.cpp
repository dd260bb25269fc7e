// A recursive descent parser over tokens.
#include "tests/support/ir/text.h"

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "wasm/ir/make.h"
#include "wasm/ir/op-names.h"

namespace millrace::test {
namespace {

using namespace ir;

class Parser {
 public:
  Parser(std::string_view text, Module& module) : text_(text), module_(module), make_(module.arena) { next(); }

  void run() {
    declareAll();
    at_ = 0, line_ = 1;
    next();
    while (!token_.empty()) {
      if (accept("table")) {
        while (!token_.empty() && token_ != "func" && token_ != "import" && token_ != "table")
          module_.tableIndexOf(functionNamed(take()));
      } else {
        bool imported = token_ == "import";
        next();
        function(imported);
      }
    }
  }

 private:
  // --------------------------------------------------------------------------------------------------- tokens

  [[noreturn]] void fail(const char* what) {
    std::fprintf(stderr, "IR text, line %u: %s, at \"%s\"\n", line_, what, std::string(token_).c_str());
    std::abort();
  }
  static bool isWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' || c == '%'; }
  void next() {
    while (at_ < text_.size() && (std::isspace(static_cast<unsigned char>(text_[at_])) || text_[at_] == '#')) {
      if (text_[at_] == '#') {
        while (at_ < text_.size() && text_[at_] != '\n') at_++;
      } else {
        if (text_[at_] == '\n') line_++;
        at_++;
      }
    }
    size_t start = at_;
    if (at_ < text_.size()) at_++;
    bool number =
        start < text_.size() && (text_[start] == '-' || std::isdigit(static_cast<unsigned char>(text_[start])));
    if (start < text_.size() && (isWord(text_[start]) || number)) {
      while (at_ < text_.size() && (isWord(text_[at_]) || (number && text_[at_] == '-' && text_[at_ - 1] == 'e') ||
                                    (number && text_[at_] == '+' && text_[at_ - 1] == 'e'))) {
        at_++;
      }
    }
    token_ = text_.substr(start, at_ - start);
  }
  bool accept(std::string_view token) {
    if (token_ != token) return false;
    next();
    return true;
  }
  void expect(std::string_view token) {
    if (!accept(token)) fail(("expected " + std::string(token)).c_str());
  }
  std::string take() {
    std::string token(token_);
    next();
    return token;
  }

  // -------------------------------------------------------------------------------------------------- headers

  ValueType type() {
    std::string name = take();
    if (name == "i32") return ValueType::I32;
    if (name == "i64") return ValueType::I64;
    if (name == "f32") return ValueType::F32;
    if (name == "f64") return ValueType::F64;
    fail("expected a type");
  }
  bool atType() const { return token_ == "i32" || token_ == "i64" || token_ == "f32" || token_ == "f64"; }

  // `(a i32, i64) i32, f64`; names are optional and appended to `names`.
  SignatureType header(std::vector<std::string>* names) {
    SignatureType signature;
    expect("(");
    while (!accept(")")) {
      std::string name = atType() ? "" : take();
      if (names != nullptr) names->push_back(name);
      signature.parameters.push_back(type());
      accept(",");
    }
    while (atType()) {
      signature.results.push_back(type());
      accept(",");
    }
    return signature;
  }

  void declareAll() {
    while (!token_.empty()) {
      if (token_ != "func" && token_ != "import") {
        next();
        continue;
      }
      next();
      std::string name = take();
      ids_[name] = module_.addFunction(name, module_.signatureOf(header(nullptr)));
    }
  }
  FunctionId functionNamed(const std::string& name) {
    auto at = ids_.find(name);
    if (at == ids_.end()) fail(("no function " + name).c_str());
    return at->second;
  }

  void function(bool imported) {
    function_ = module_.functions[functionNamed(take())];
    locals_.clear();
    std::vector<std::string> names;
    header(&names);
    for (size_t i = 0; i < names.size(); i++) locals_[names[i]] = static_cast<LocalId>(i);
    function_->pos = {line_};
    while (true) {
      if (accept("[")) {
        std::string flag;
        while (!accept("]")) flag += take();
        constexpr const char* kFlags[] = {"never-parks", "no-inline", "closure", "no-poll"};
        uint32_t bit = 0;
        while (bit < 4 && flag != kFlags[bit]) bit++;
        if (bit == 4) fail("no such flag");
        function_->flags |= 1u << bit;
      } else if (accept("handler")) {
        function_->handler = blockId();
      } else {
        break;
      }
    }
    if (imported) {
      function_->imported = true;
      if (accept("from")) {
        std::string path = take();
        size_t dot = path.find('.');
        function_->importModule = path.substr(0, dot), function_->importName = path.substr(dot + 1);
      }
      return;
    }
    expect("{");
    while (accept("local")) {
      std::string name = take();
      locals_[name] = static_cast<LocalId>(function_->locals.size());
      function_->locals.push_back({type()});
    }
    while (!accept("}")) {
      BlockId id = blockId();
      expect(":");
      while (!statement(id)) {
      }
    }
  }

  // ---------------------------------------------------------------------------------------------- expressions

  BlockId blockId() {
    std::string name = take();
    if (name.size() < 2 || name[0] != 'b') fail("expected a block");
    auto id = static_cast<BlockId>(std::atoi(name.c_str() + 1));
    if (function_->blocks.size() <= id) function_->blocks.resize(id + 1);
    return id;
  }
  LocalId local() {
    std::string name = take();
    if (name == "_") return kNone;
    if (name[0] != '%') fail("expected a local");
    auto at = locals_.find(name.substr(1));
    if (at == locals_.end()) fail("no such local");
    return at->second;
  }
  uint32_t offset() {
    if (!accept("+")) return 0;
    return static_cast<uint32_t>(std::stoul(take()));
  }

  Expr* constant() {
    std::string text = take();
    switch (text.back()) {
      case 'L': return make_.i64(std::stoll(text));
      case 'f': return make_.f32(std::stof(text));
      case 'd': return make_.f64(std::stod(text));
      default: return make_.i32(static_cast<int32_t>(std::stoll(text)));
    }
  }

  Expr* node(ExprKind kind, ValueType type) {
    auto* e = module_.arena.make<Expr>();
    e->kind = kind, e->type = type;
    return e;
  }

  // Built as written: nothing is folded.
  Expr* expr() {
    if (token_[0] == '%') {
      LocalId id = local();
      return make_.local(id, function_->locals[id].type);
    }
    if (token_[0] == '-' || std::isdigit(static_cast<unsigned char>(token_[0]))) return constant();
    if (accept("worker")) return make_.worker();
    if (accept("state")) return node(ExprKind::SwitchState, ValueType::I32);
    if (accept("frames")) return node(ExprKind::FrameStack, ValueType::I32);
    std::string name = take();
    expect("(");
    if (name == "select") {
      Expr* c = expr();
      expect(",");
      Expr* a = expr();
      expect(",");
      Expr* b = expr();
      expect(")");
      Expr* e = node(ExprKind::Select, a->type);
      e->a = a, e->b = b, e->c = c;
      return e;
    }
    Op op = opNamed(name);
    if (op == Op::None) fail(("no operation " + name).c_str());
    Expr* e = node(op < Op::I32Eqz ? ExprKind::Load : ExprKind::Unary, resultType(op));
    e->op = op;
    e->a = expr();
    if (accept(",")) {
      e->kind = ExprKind::Binary;
      e->b = expr();
    }
    expect(")");
    if (e->kind == ExprKind::Load) e->offset = offset();
    return e;
  }

  std::vector<Expr*> exprs(std::string_view end) {
    std::vector<Expr*> list;
    while (!accept(end)) {
      list.push_back(expr());
      accept(",");
    }
    return list;
  }

  // ----------------------------------------------------------------------------------------------- statements

  bool atCall() const { return token_ == "call" || token_ == "rt" || token_ == "table"; }

  Call* call(const std::vector<LocalId>& results) {
    auto* c = module_.arena.make<Call>();
    std::string kind = take();
    if (kind == "call") {
      c->callee = CalleeKind::Function;
      c->function = functionNamed(take());
    } else if (kind == "rt") {
      c->callee = CalleeKind::Entry;
      std::string name = "rt_" + take();
      size_t entry = 0;
      while (entry < std::size(abi::kEntryPoints) && abi::kEntryPoints[entry].name != name) entry++;
      if (entry == std::size(abi::kEntryPoints)) fail(("no entry point " + name).c_str());
      c->entry = static_cast<abi::Entry>(entry);
    } else {
      c->callee = CalleeKind::Table;
      SignatureType signature;
      expect("(");
      while (!accept(")")) {
        signature.parameters.push_back(type());
        accept(",");
      }
      expect("(");
      while (!accept(")")) {
        signature.results.push_back(type());
        accept(",");
      }
      c->signature = module_.signatureOf(signature);
      c->tableIndex = expr();
    }
    expect("(");
    c->arguments = module_.arena.copy(exprs(")"));
    c->results = module_.arena.copy(results);
    return c;
  }

  // Appends a statement, or ends the block: then true.
  bool statement(BlockId id) {
    Stmt s = {};
    s.pos = {line_};
    s.pointers = accept("pointers");
    std::vector<LocalId> results;
    if (token_[0] == '%' || token_ == "_") {
      do results.push_back(local());
      while (accept(","));
      expect("=");
    }
    bool done = false;
    if (atCall()) {
      s.kind = StmtKind::Call;
      s.call = call(results);
    } else if (token_ == "check" || token_ == "guard") {
      s.kind = take() == "check" ? StmtKind::Check : StmtKind::Guard;
      s.value = expr();
      s.call = call({});
    } else if (token_ == "copy" || token_ == "fill") {
      s.kind = take() == "copy" ? StmtKind::MemoryCopy : StmtKind::MemoryFill;
      expect("(");
      auto list = exprs(")");
      s.address = list[0], s.value = list[1], s.size = list[2];
    } else if (Op op = opNamed(token_); (op >= Op::I32Store && op <= Op::I64Store32) || op >= Op::I32AtomicLoad) {
      next();
      s.kind = op >= Op::I32AtomicLoad ? StmtKind::Atomic : StmtKind::Store;
      s.op = op;
      s.local = results.empty() ? kNone : results[0];
      expect("(");
      auto list = exprs(")");
      s.address = list[0];
      if (list.size() > 1) s.value = list[1];
      if (list.size() > 2) s.size = list[2];
      s.offset = offset();
    } else if (!results.empty()) {
      s.kind = StmtKind::Set;
      s.local = results[0];
      s.value = expr();
    } else {
      done = true;
      Terminator t = terminator();
      function_->blocks[id].terminator = t;
    }
    if (!done) function_->blocks[id].statements.push_back(s);
    return done;
  }

  Terminator terminator() {
    Terminator t;
    t.pos = {line_};
    if (accept("jump")) {
      t.kind = TerminatorKind::Jump;
    } else if (accept("branch")) {
      t.kind = TerminatorKind::Branch;
      t.value = expr();
    } else if (accept("switch")) {
      t.kind = TerminatorKind::Switch;
      t.value = expr();
    } else if (accept("return")) {
      t.kind = TerminatorKind::Return;
      std::vector<Expr*> values;
      size_t count = module_.signatures[function_->signature].results.size();
      for (size_t i = 0; i < count; i++) {
        if (i > 0) expect(",");
        values.push_back(expr());
      }
      t.values = module_.arena.copy(values);
      return t;
    } else if (accept("unreachable")) {
      t.kind = TerminatorKind::Unreachable;
      return t;
    } else if (accept("rethrow")) {
      t.kind = TerminatorKind::Rethrow;
      t.values = module_.arena.copy(std::vector<Expr*>{expr()});
      return t;
    } else {
      fail("expected a statement");
    }
    std::vector<BlockId> targets;
    // A block's name followed by a colon begins the next block.
    while (token_.size() > 1 && token_[0] == 'b' && std::isdigit(static_cast<unsigned char>(token_[1])) &&
           text_.substr(at_, 1) != ":") {
      targets.push_back(blockId());
    }
    t.targets = module_.arena.copy(targets);
    return t;
  }

  std::string_view text_;
  Module& module_;
  Make make_;
  size_t at_ = 0;
  uint32_t line_ = 1;
  std::string_view token_;
  std::map<std::string, FunctionId> ids_;
  std::map<std::string, LocalId> locals_;
  Function* function_ = nullptr;
};

}  // namespace

void parseIr(std::string_view text, Module& module) { Parser(text, module).run(); }

}  // namespace millrace::test
