// Where nodes are: their positions and extents, which errors of types are shown at.
#include <catch2/catch.hpp>

#include "tests/unit/syntax/parsed.h"
#include "wasm/syntax/print.h"

using namespace millrace::syntax;

// "position [start,end)" of the expression `text`, as columns from 1.
static std::string place(const std::string& text) {
  const std::string prefix = "package p; var _ = ";
  Parsed parsed(prefix + text + "\n");
  INFO(text);
  REQUIRE(parsed.errors() == "");
  const Expr* x = static_cast<VarDecl*>(parsed.file->declarations[0])->values;
  auto column = [&](Pos pos) { return std::to_string(pos.value - parsed.source->begin().value - prefix.size() + 1); };
  return column(x->pos) + " [" + column(startPos(x)) + "," + column(endPos(x)) + ")";
}

TEST_CASE("expressions are at the token that makes them what they are") {
  CHECK(place("abc") == "1 [1,4)");
  CHECK(place("123") == "1 [1,4)");
  CHECK(place("a + b") == "3 [1,6)");
  CHECK(place("a + b * c") == "3 [1,10)");
  CHECK(place("-a") == "1 [1,3)");
  CHECK(place("(a)") == "1 [1,3)");  // the end is that of what is inside
  CHECK(place("a.b") == "2 [1,4)");
  CHECK(place("a.b.c") == "4 [1,6)");
  CHECK(place("f(a, b)") == "2 [1,7)");
  CHECK(place("f()") == "2 [1,2)");
  CHECK(place("a[i]") == "2 [1,4)");
  CHECK(place("a[i:j]") == "2 [2,2)");  // as Go has it
  CHECK(place("a.(T)") == "2 [1,5)");
  CHECK(place("T{1, 2}") == "2 [1,7)");
  CHECK(place("func() {}") == "1 [1,9)");
  CHECK(place("[]int{}") == "6 [1,7)");
  CHECK(place("[2]int(x)") == "7 [1,9)");
  CHECK(place("map[K]V(x)") == "8 [1,10)");
  CHECK(place("<-c") == "1 [1,4)");
}

// All nodes of a small file, each as Kind@line:column.
TEST_CASE("declarations and statements are where Go's are") {
  Parsed parsed(
      "package p\n"
      "import q \"q\"\n"
      "type T struct { a, b int }\n"
      "func (r T) m(x int) error {\n"
      "\tfor i := range x { y = i }\n"
      "\tswitch z := r.(type) { case int: return nil }\n"
      "L:\n"
      "\tif c <- 1; d { goto L }\n"
      "\tx++\n"
      "}\n");
  REQUIRE(parsed.errors() == "");
  Dumper dumper(
      [&](std::string& out, const Node* node) {
        if (node->kind != NodeKind::Name) out += "@" + parsed.at(node->pos);
      },
      [&](std::string& out, Pos pos) { out += parsed.at(pos); });
  CHECK(dumper.dump(*parsed.file) ==
        "(File p\n"
        "(ImportDecl@2:8 q \"q\"@2:10)\n"
        "(TypeDecl@3:6 T [] (StructType@3:8 [(Field@3:17 a int) (Field@3:20 b int)]))\n"
        "(FuncDecl@4:6 (Field@4:7 r T) m [] (FuncType@4:13 [(Field@4:14 x int)] [(Field@4:21 - error)]) "
        "(BlockStmt@4:27 [(ForStmt@5:2 (RangeClause@5:11 := i x) - - (BlockStmt@5:19 [(AssignStmt@5:23 = y i)] 5:27)) "
        "(SwitchStmt@6:2 - (TypeSwitchGuard@6:15 z r) [(CaseClause@6:25 int [(ReturnStmt@6:35 nil)] 6:33)] 6:46) "
        "(LabeledStmt@7:2 L (IfStmt@8:2 (SendStmt@8:7 c 1@8:10) d (BlockStmt@8:15 [(BranchStmt@8:17 goto L -> "
        "LabeledStmt@7:2)] 8:24) -)) (AssignStmt@9:3 + x -)] 10:1)) 11:1)");
}

TEST_CASE("closing brackets are kept where Go's tree does not") {
  Parsed parsed("package p\ntype S struct { }\ntype I interface { }\nvar x = f(1, 2)\n");
  auto typeOf = [&](size_t i) { return static_cast<TypeDecl*>(parsed.file->declarations[i])->type; };
  CHECK(parsed.at(static_cast<StructType*>(typeOf(0))->rightBrace) == "2:17");
  CHECK(parsed.at(static_cast<InterfaceType*>(typeOf(1))->rightBrace) == "3:20");
  auto* call = static_cast<CallExpr*>(static_cast<VarDecl*>(parsed.file->declarations[2])->values);
  CHECK(parsed.at(call->rightParen) == "4:15");
}

// What messages show of an expression.
TEST_CASE("expressions are printed as in Go's messages") {
  struct {
    const char* source;
    const char* shown = nullptr;  // null: as it is
  } cases[] = {
      {"a+b *c", "a + b * c"},
      {"-a"},
      {"<- c", "<-c"},
      {"!ok"},
      {"(a + b) * c"},
      {"a.b.c"},
      {"f(a, b...)"},
      {"f(a,)", "f(a)"},
      {"x[i]"},
      {"x[i:j:k]"},
      {"x[ : ]", "x[:]"},
      {"x.(T)"},
      {"T{}"},
      {"T{1, 2}", "T{…}"},
      {"&T{a: 1}", "&T{…}"},
      {"map[string][]int{}"},
      {"[...]int{1}", "[...]int{…}"},
      {"[2]*T{}"},
      {"func() {}"},
      {"func(a, b int, c ...string) (int, error) { return }", "func(a, b int, c ...string) (int, error) {…}"},
      {"func(int, string) (x int) {}"},
      {"struct{ a, b int; E; c string \"tag\" }{}", "struct{a, b int; E; c string \"tag\"}{}"},
      {"interface{ m(x int) string; ~int|string }(nil)", "interface{m(x int) string; ~int | string}(nil)"},
      {"chan<- int(c)"},
      {"chan (<-chan int)(c)"},
      {"(<-chan int)(c)"},
      {"G[int,string](x)", "G[int, string](x)"},
      {"'a'"},
      {"`raw`"},
      {"0x1F"},
  };
  for (const auto& c : cases) {
    Parsed parsed("package p\nvar _ = " + std::string(c.source) + "\n");
    INFO(c.source);
    REQUIRE(parsed.errors() == "");
    const std::string shown = toString(static_cast<VarDecl*>(parsed.file->declarations[0])->values);
    CHECK(shown == (c.shown != nullptr ? c.shown : c.source));
  }
}
