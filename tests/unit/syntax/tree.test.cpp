// What trees look like.
#include <catch2/catch.hpp>

#include "tests/unit/syntax/parsed.h"

using namespace millrace::syntax;

// The tree of the only declaration in `text`; an error in it is shown instead.
static std::string decl(const std::string& text) {
  Parsed parsed("package p\n" + text + "\n");
  if (!parsed.diagnostics.empty()) return parsed.errors();
  std::string out;
  for (const Decl* d : parsed.file->declarations) out += (out.empty() ? "" : " ") + Dumper().dump(d);
  return out;
}

static std::string strip(const std::string& whole, const std::string& before, const std::string& after) {
  if (!whole.starts_with(before) || !whole.ends_with(after)) return whole;
  return whole.substr(before.size(), whole.size() - before.size() - after.size());
}

static std::string expr(const std::string& text) { return strip(decl("var _ = " + text), "(VarDecl [_] - ", ")"); }
static std::string type(const std::string& text) { return strip(decl("type T " + text), "(TypeDecl T [] ", ")"); }
static std::string stmt(const std::string& text) {
  return strip(decl("func f() {\n" + text + "\n}"), "(FuncDecl - f [] (FuncType [] []) (BlockStmt [", "]))");
}

TEST_CASE("operators bind as in Go") {
  CHECK(expr("a + b*c") == "(Operation + a (Operation * b c))");
  CHECK(expr("a - b - c") == "(Operation - (Operation - a b) c)");
  CHECK(expr("a || b && c == d") == "(Operation || a (Operation && b (Operation == c d)))");
  CHECK(expr("a << b & ^c") == "(Operation & (Operation << a b) (Operation ^ c))");
  CHECK(expr("-a * *b") == "(Operation * (Operation - a) (Operation * b))");
  CHECK(expr("!<-c") == "(Operation ! (Operation <- c))");
  CHECK(expr("(a + b) * c") == "(Operation * (ParenExpr (Operation + a b)) c)");
  CHECK(expr("&(T{})") == "(Operation & (CompositeLit T []))");
}

TEST_CASE("primary expressions") {
  CHECK(expr("a.b.c") == "(SelectorExpr (SelectorExpr a b) c)");
  CHECK(expr("f(a, b...)") == "(CallExpr f [a b] ...)");
  CHECK(expr("f()(a,)") == "(CallExpr (CallExpr f []) [a])");
  CHECK(expr("a[i]") == "(IndexExpr a i)");
  CHECK(expr("a[int, string]") == "(IndexExpr a (ListExpr [int string]))");
  CHECK(expr("a[int,]") == "(IndexExpr a int)");
  CHECK(expr("a[[]int](x)") == "(CallExpr (IndexExpr a (SliceType int)) [x])");
  CHECK(expr("a[:]") == "(SliceExpr a - - -)");
  CHECK(expr("a[i:]") == "(SliceExpr a i - -)");
  CHECK(expr("a[:j:k]") == "(SliceExpr a - j k full)");
  CHECK(expr("a.(T).b") == "(SelectorExpr (AssertExpr a T) b)");
  CHECK(expr("func(x int) { }") == "(FuncLit (FuncType [(Field x int)] []) (BlockStmt []))");
  CHECK(expr("func() int { return 1 }()") ==
        "(CallExpr (FuncLit (FuncType [] [(Field - int)]) (BlockStmt [(ReturnStmt 1)])) [])");
  CHECK(expr("1i + 0x1p-2") == "(Operation + 1i 0x1p-2)");
}

TEST_CASE("composite literals") {
  CHECK(expr("T{}") == "(CompositeLit T [])");
  CHECK(expr("T{1, 2,}") == "(CompositeLit T [1 2])");
  CHECK(expr("p.T{a: 1, b: {2}}") ==
        "(CompositeLit (SelectorExpr p T) [(KeyValueExpr a 1) (KeyValueExpr b (CompositeLit - [2]))] keyed2)");
  CHECK(expr("[...]T{{}}") == "(CompositeLit (ArrayType - T) [(CompositeLit - [])])");
  CHECK(expr("map[K]V{{1}: {2}}") ==
        "(CompositeLit (MapType K V) [(KeyValueExpr (CompositeLit - [1]) (CompositeLit - [2]))] keyed1)");
  CHECK(expr("T[int]{1}") == "(CompositeLit (IndexExpr T int) [1])");
  CHECK(expr("struct{ x int }{1}") == "(CompositeLit (StructType [(Field x int)]) [1])");
  // In a header a brace is the block's, unless the literal is in brackets of any kind.
  CHECK(stmt("if x == T {}") == "(IfStmt - (Operation == x T) (BlockStmt []) -)");
  CHECK(stmt("if x == (T{}) {}") == "(IfStmt - (Operation == x (ParenExpr (CompositeLit T []))) (BlockStmt []) -)");
  CHECK(stmt("if f(T{}) {}") == "(IfStmt - (CallExpr f [(CompositeLit T [])]) (BlockStmt []) -)");
  CHECK(stmt("for range []T{{}} {}") ==
        "(ForStmt (RangeClause - (CompositeLit (SliceType T) [(CompositeLit - [])])) - - (BlockStmt []))");
}

TEST_CASE("types") {
  CHECK(type("[]*p.T") == "(SliceType (Operation * (SelectorExpr p T)))");
  CHECK(type("[N][2]int") == "(ArrayType N (ArrayType 2 int))");
  CHECK(type("map[string][]byte") == "(MapType string (SliceType byte))");
  CHECK(type("(((int)))") == "int");
  CHECK(type("chan int") == "(ChanType int)");
  CHECK(type("chan<- <-chan int") == "(ChanType send (ChanType receive int))");
  CHECK(type("chan (<-chan int)") == "(ChanType (ChanType receive int))");
  CHECK(type("func()") == "(FuncType [] [])");
  CHECK(type("func(int, ...string) (a, b int)") ==
        "(FuncType [(Field - int) (Field - (DotsType string))] [(Field a int) (Field b int)])");
  CHECK(type("func(a, b []int, c ...T[int]) T") ==
        "(FuncType [(Field a (SliceType int)) (Field b (SliceType int)) (Field c (DotsType (IndexExpr T int)))] "
        "[(Field - T)])");
  CHECK(type("func(a [N]int, b p.T)") == "(FuncType [(Field a (ArrayType N int)) (Field b (SelectorExpr p T))] [])");
  CHECK(type("func([N]int, T[A], p.T)") ==
        "(FuncType [(Field - (ArrayType N int)) (Field - (IndexExpr T A)) (Field - (SelectorExpr p T))] [])");
}

TEST_CASE("a receive and a receive-only channel begin alike") {
  CHECK(expr("<-chan int(c)") == "(Operation <- (CallExpr (ChanType int) [c]))");
  CHECK(expr("(<-chan int)(c)") == "(CallExpr (ParenExpr (ChanType receive int)) [c])");
  CHECK(expr("<-(<-c)") == "(Operation <- (ParenExpr (Operation <- c)))");
  CHECK(expr("f(<-chan chan<- int)") == "(CallExpr f [(ChanType receive (ChanType send int))])");
  CHECK(expr("f(<-chan<- chan int)") == "(CallExpr f [(ChanType receive (ChanType receive int))])");
}

TEST_CASE("structs and interfaces") {
  CHECK(type("struct { a, b int; c []T `tag`; E; *p.F \"x\"; G[int]; H[A, B]; i [N]int }") ==
        "(StructType [(Field a int) (Field b int) (Field c (SliceType T)) (Field - E) "
        "(Field - (Operation * (SelectorExpr p F))) (Field - (IndexExpr G int)) "
        "(Field - (IndexExpr H (ListExpr [A B]))) (Field i (ArrayType N int))] [- - `tag` - \"x\" - - -])");
  CHECK(type("interface { m(); n(int) string; E; p.F; ~int | []T; G[int]; H[A, B] | *I }") ==
        "(InterfaceType [(Field m (FuncType [] [])) (Field n (FuncType [(Field - int)] [(Field - string)])) "
        "(Field - E) (Field - (SelectorExpr p F)) (Field - (Operation | (Operation ~ int) (SliceType T))) "
        "(Field - (IndexExpr G int)) (Field - (Operation | (IndexExpr H (ListExpr [A B])) (Operation * I)))])");
}

TEST_CASE("type parameters and array lengths are told apart") {
  CHECK(decl("type T[P any] int") == "(TypeDecl T [(Field P any)] int)");
  CHECK(decl("type T[P, Q any, R interface{ m() }] struct{}") ==
        "(TypeDecl T [(Field P any) (Field Q any) (Field R (InterfaceType [(Field m (FuncType [] []))]))] "
        "(StructType []))");
  CHECK(decl("type T[N] int") == "(TypeDecl T [] (ArrayType N int))");
  CHECK(decl("type T[N * M] int") == "(TypeDecl T [] (ArrayType (Operation * N M) int))");
  CHECK(decl("type T[P *C,] int") == "(TypeDecl T [(Field P (Operation * C))] int)");
  CHECK(decl("type T[P *[]int] int") == "(TypeDecl T [(Field P (Operation * (SliceType int)))] int)");
  CHECK(decl("type T[P *A|B] int") == "(TypeDecl T [] (ArrayType (Operation | (Operation * P A) B) int))");
  CHECK(decl("type T[P *A|~B] int") == "(TypeDecl T [(Field P (Operation | (Operation * A) (Operation ~ B)))] int)");
  CHECK(decl("type T[P (interface{})] int") == "(TypeDecl T [(Field P (InterfaceType []))] int)");
  CHECK(decl("type T[P (C)] int") == "(TypeDecl T [] (ArrayType (CallExpr P [C]) int))");
  CHECK(decl("type T[P []int] int") == "(TypeDecl T [(Field P (SliceType int))] int)");
  CHECK(decl("type T[P [N]int, Q ~int|string] int") ==
        "(TypeDecl T [(Field P (ArrayType N int)) (Field Q (Operation | (Operation ~ int) string))] int)");
  CHECK(decl("type T[P any] = []P") == "(TypeDecl T [(Field P any)] = (SliceType P))");
  CHECK(decl("type T []int") == "(TypeDecl T [] (SliceType int))");
  CHECK(decl("type T [len(x)]int") == "(TypeDecl T [] (ArrayType (CallExpr len [x]) int))");
}

TEST_CASE("functions and methods") {
  CHECK(decl("func f[P any, Q ~[]P](x P) (y Q, err error)") ==
        "(FuncDecl - f [(Field P any) (Field Q (Operation ~ (SliceType P)))] "
        "(FuncType [(Field x P)] [(Field y Q) (Field err error)]) -)");
  CHECK(decl("func (r *T[P]) m() {}") ==
        "(FuncDecl (Field r (Operation * (IndexExpr T P))) m [] (FuncType [] []) (BlockStmt []))");
  CHECK(decl("func (T[_, _]) m()") == "(FuncDecl (Field - (IndexExpr T (ListExpr [_ _]))) m [] (FuncType [] []) -)");
}

TEST_CASE("declarations in groups share the group") {
  CHECK(decl("import (\"a\"; . \"b\"); import _ \"c\"") ==
        "(ImportDecl group0 - \"a\") (ImportDecl group0 . \"b\") (ImportDecl _ \"c\")");
  Parsed parsed("package p\nconst (a = iota; b, c); const d int = 1\nvar (e int; f, g = 1, 2)\n");
  CHECK(parsed.errors() == "");
  CHECK(parsed.dump() ==
        "(File p\n(ConstDecl group0 [a] - iota)\n(ConstDecl group0 [b c] - -)\n(ConstDecl [d] int 1)\n"
        "(VarDecl group1 [e] int -)\n(VarDecl group1 [f g] - (ListExpr [1 2])))");
}

TEST_CASE("simple statements") {
  CHECK(stmt("a, b = b, a") == "(AssignStmt = (ListExpr [a b]) (ListExpr [b a]))");
  CHECK(stmt("x := 1") == "(AssignStmt := x 1)");
  CHECK(stmt("x <<= 2; y &^= 3") == "(AssignStmt << x 2) (AssignStmt &^ y 3)");
  CHECK(stmt("x++; y.z--") == "(AssignStmt + x -) (AssignStmt - (SelectorExpr y z) -)");
  CHECK(stmt("c <- <-d") == "(SendStmt c (Operation <- d))");
  CHECK(stmt("f(); ;") == "(ExprStmt (CallExpr f [])) (EmptyStmt)");
  CHECK(stmt("var x int; type T = U; const c = 1") ==
        "(DeclStmt [(VarDecl [x] int -)]) (DeclStmt [(TypeDecl T [] = U)]) (DeclStmt [(ConstDecl [c] - 1)])");
  CHECK(stmt("go f(); defer func() {}()") ==
        "(CallStmt go (CallExpr f [])) (CallStmt defer (CallExpr (FuncLit (FuncType [] []) (BlockStmt [])) []))");
  CHECK(stmt("return; return a, b") == "(ReturnStmt -) (ReturnStmt (ListExpr [a b]))");
}

TEST_CASE("control flow") {
  CHECK(stmt("if x := f(); x { a() } else if y { } else { }") ==
        "(IfStmt (AssignStmt := x (CallExpr f [])) x (BlockStmt [(ExprStmt (CallExpr a []))]) "
        "(IfStmt - y (BlockStmt []) (BlockStmt [])))");
  CHECK(stmt("for { }") == "(ForStmt - - - (BlockStmt []))");
  CHECK(stmt("for x { }") == "(ForStmt - x - (BlockStmt []))");
  CHECK(stmt("for ;; { }") == "(ForStmt - - - (BlockStmt []))");
  CHECK(stmt("for i := 0; i < n; i++ { }") ==
        "(ForStmt (AssignStmt := i 0) (Operation < i n) (AssignStmt + i -) (BlockStmt []))");
  CHECK(stmt("for range 10 { }") == "(ForStmt (RangeClause - 10) - - (BlockStmt []))");
  CHECK(stmt("for k, v := range m { }") == "(ForStmt (RangeClause := (ListExpr [k v]) m) - - (BlockStmt []))");
  CHECK(stmt("for x[0] = range f { }") == "(ForStmt (RangeClause (IndexExpr x 0) f) - - (BlockStmt []))");
  CHECK(stmt("switch { case a, b: f(); default: }") ==
        "(SwitchStmt - - [(CaseClause (ListExpr [a b]) [(ExprStmt (CallExpr f []))]) (CaseClause - [])])");
  CHECK(stmt("switch x := f(); x { }") == "(SwitchStmt (AssignStmt := x (CallExpr f [])) x [])");
  CHECK(stmt("switch x := y.(type) { case nil, []int: }") ==
        "(SwitchStmt - (TypeSwitchGuard x y) [(CaseClause (ListExpr [nil (SliceType int)]) [])])");
  CHECK(stmt("switch x(); y.(type) { }") == "(SwitchStmt (ExprStmt (CallExpr x [])) (TypeSwitchGuard - y) [])");
  CHECK(stmt("select { case <-c: case x, ok := <-c: case c <- 1: default: }") ==
        "(SelectStmt [(CommClause (ExprStmt (Operation <- c)) []) "
        "(CommClause (AssignStmt := (ListExpr [x ok]) (Operation <- c)) []) (CommClause (SendStmt c 1) []) "
        "(CommClause - [])])");
}

TEST_CASE("branches know where they go") {
  CHECK(stmt("L: for { break; continue; break L; continue L }") ==
        "(LabeledStmt L (ForStmt - - - (BlockStmt [(BranchStmt break - -> ForStmt) (BranchStmt continue - -> ForStmt) "
        "(BranchStmt break L -> ForStmt) (BranchStmt continue L -> ForStmt)])))");
  CHECK(stmt("for { switch { case x: break; case y: continue; default: fallthrough; case z: } }") ==
        "(ForStmt - - - (BlockStmt [(SwitchStmt - - [(CaseClause x [(BranchStmt break - -> SwitchStmt)]) "
        "(CaseClause y [(BranchStmt continue - -> ForStmt)]) (CaseClause - [(BranchStmt fallthrough - -> -)]) "
        "(CaseClause z [])])]))");
  CHECK(stmt("goto L; L: goto L") ==
        "(BranchStmt goto L -> LabeledStmt) (LabeledStmt L (BranchStmt goto L -> LabeledStmt))");
  CHECK(stmt("{ if x { goto L }\n}\nL:") ==
        "(BlockStmt [(IfStmt - x (BlockStmt [(BranchStmt goto L -> LabeledStmt)]) -)]) (LabeledStmt L (EmptyStmt))");
  CHECK(stmt("M: select { case <-c: break M }") ==
        "(LabeledStmt M (SelectStmt [(CommClause (ExprStmt (Operation <- c)) [(BranchStmt break M -> SelectStmt)])]))");
  // Blocks that have ended do not come back: the second L is not the first one's block.
  CHECK(stmt("{ goto L; L: }\n{ goto M; M: }") ==
        "(BlockStmt [(BranchStmt goto L -> LabeledStmt) (LabeledStmt L (EmptyStmt))]) "
        "(BlockStmt [(BranchStmt goto M -> LabeledStmt) (LabeledStmt M (EmptyStmt))])");
}

TEST_CASE("ids of expressions are dense over the files of a package") {
  FileSet files;
  millrace::Arena arena;
  SymbolTable symbols;
  uint32_t next = 0;
  std::vector<uint32_t> counts;
  for (const char* text : {"package p\nvar x = a + b\n", "package p\nfunc f(x int) {}\n"}) {
    parseFile(files.add("x.go", text), {arena, symbols, next, [](Diagnostic) {}});
    counts.push_back(next);
  }
  CHECK(counts == std::vector<uint32_t>{5, 10});  // p x a b +; p f x int func(...)
}

TEST_CASE("directives reach functions, and the file's version its tree") {
  Parsed parsed(
      "//go:build linux && go1.21 || (go1.18 && !go1.30)\n\npackage p\nimport _ \"unsafe\"\n"
      "//go:noinline\n//go:unknown\nfunc f() {}\n//go:noescape\nfunc g()\n"
      "//go:linkname h other/pkg.h\n//go:linkname f\nfunc h()\n");
  CHECK(parsed.errors() == "");
  CHECK(parsed.dump() ==
        "(File p go1.18 linkname h other/pkg.h linkname f -\n(ImportDecl _ \"unsafe\")\n"
        "(FuncDecl noinline linkname - f [] (FuncType [] []) (BlockStmt []))\n"
        "(FuncDecl noescape - g [] (FuncType [] []) -)\n(FuncDecl linkname - h [] (FuncType [] []) -))");
}

TEST_CASE("the version a build line asks for") {
  struct {
    const char* line;
    const char* version;
  } cases[] = {
      {"//go:build go1.22", "go1.22"},
      {"//go:build go1", "go1"},
      {"//go:build linux", ""},
      {"//go:build !go1.22", ""},
      {"//go:build !(!go1.22)", "go1.22"},
      {"//go:build linux && go1.22", "go1.22"},
      {"//go:build linux || go1.22", ""},
      {"//go:build go1.20 || go1.22", "go1.20"},
      {"//go:build go1.20 && go1.22", "go1.22"},
      {"//go:build !(linux || !go1.22)", "go1.22"},
      {"//go:build go1.22.1", ""},
      {"//go:build go1.22 &&", ""},
      {"//go:build !!go1.22", ""},
      {"//go:build (go1.22", ""},
      {"//go:buildgo1.22", ""},
      {"// +build go1.22", ""},
      {"package q; //go:build go1.22", ""},
  };
  for (const auto& c : cases) {
    INFO(c.line);
    CHECK(Parsed(std::string(c.line) + "\npackage p\n").file->goVersion == c.version);
  }
}

TEST_CASE("directives in the wrong place") {
  // Where the declaration is of the wrong kind, Go says so only if there is nothing else to say.
  CHECK(Parsed("package p\n//go:noinline\nvar x int\n").errors() == "late 2:3: misplaced compiler directive");
  CHECK(Parsed("package p\n//go:noinline\nvar x int\n//go:noinline\n").errors() == "4:3: misplaced compiler directive");
  CHECK(Parsed("package p\n//go:systemstack\nfunc f()\n").errors() == "2:3: //go:systemstack only allowed in runtime");
  CHECK(Parsed("package p\n//go:systemstack\nfunc f()\n", true).errors() == "");
}

TEST_CASE("go:embed") {
  const auto errorsOf = [](const std::string& rest) { return Parsed("package p\nimport _ \"embed\"\n" + rest).errors(); };
  CHECK(errorsOf("//go:embed a.txt `b.txt` \"c.txt\"\nvar s string\n") == "");
  CHECK(errorsOf("var (\n\t//go:embed a.txt\n\ta string\n\tb = 2\n)\n") == "");
  CHECK(errorsOf("//go:embed\nvar s string\n") == "3:3: usage: //go:embed pattern...");
  CHECK(errorsOf("//go:embed \"a\nvar s string\n") ==
        "3:3: invalid quoted string in //go:embed: \"a\n3:3: usage: //go:embed pattern...");
  CHECK(errorsOf("//go:embed a.txt\nvar s, t string\n") == "late 3:3: go:embed cannot apply to multiple vars");
  CHECK(errorsOf("//go:embed a.txt\nvar s = `s`\n") == "late 3:3: go:embed cannot apply to var with initializer");
  CHECK(errorsOf("func f() {\n//go:embed a.txt\nvar s string\n}\n") == "late 4:3: go:embed cannot apply to var inside func");
  CHECK(errorsOf("//go:embed a.txt\nfunc f()\n") == "late 3:3: misplaced go:embed directive");
  CHECK(Parsed("package p\n//go:embed a.txt\nvar s string\n").errors() ==
        "late 2:3: go:embed requires import \"embed\" (or import _ \"embed\", if package is not used)");
}
