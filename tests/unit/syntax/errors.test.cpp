// Syntax errors: the messages, places and recovery of Go's compiler.
#include <catch2/catch.hpp>

#include "tests/unit/syntax/declaration-errors.h"
#include "tests/unit/syntax/other-errors.h"
#include "tests/unit/syntax/parsed.h"
#include "tests/unit/syntax/statement-errors.h"

using namespace millrace::syntax;

template <size_t N>
static void checkAll(const ErrorCase (&cases)[N]) {
  for (const ErrorCase& c : cases) {
    INFO(c);
    CHECK(Parsed(c.program).errors() == c.errors);
  }
}

TEST_CASE("errors in declarations and types are Go's") { checkAll(kDeclarationErrors); }
TEST_CASE("errors in expressions and statements are Go's") { checkAll(kStatementErrors); }
TEST_CASE("errors in literals, labels, directives and at the end of the text are Go's") { checkAll(kOtherErrors); }

// Bytes that do not fit into the tables.
TEST_CASE("faults of encoding are reported and skipped") {
  CHECK(Parsed(std::string("package p\nvar a\0b = 1\n", 22)).errors() == "2:6: invalid NUL character");
  CHECK(Parsed("package p\nvar a\xFF = \"\xC3\"\n").errors() ==
        "2:6: invalid UTF-8 encoding\n2:11: invalid UTF-8 encoding");
  CHECK(Parsed("package p // \xED\xA0\x80\n").errors() ==
        "1:14: invalid UTF-8 encoding\n1:15: invalid UTF-8 encoding\n1:16: invalid UTF-8 encoding");
  CHECK(Parsed("\xEF\xBB\xBFpackage p\nvar x = \xEF\xBB\xBF 1\n").errors() ==
        "2:9: invalid BOM in the middle of the file");
  // Columns of the first line count the byte order mark.
  CHECK(Parsed("\xEF\xBB\xBFpackage 1\n").errors() == "1:12: syntax error: unexpected literal 1, expected name");
}

// One fault in the package clause hides all others.
TEST_CASE("without a package clause there is no tree") {
  Parsed broken("package p; @ var x = )");
  CHECK(broken.errors() == "1:12: invalid character U+0040 '@'");
  CHECK(broken.file->packageName == nullptr);
  CHECK(broken.file->declarations.empty());
}

// Go says line 4 here: its scanner loses count when it takes back the second of two dots before a newline. We do not.
TEST_CASE("two dots at the end of a line are where they are") {
  CHECK(Parsed("package p\nfunc f() {\n\tx..\n}\n").errors() == "3:4: syntax error: unexpected ., expected name or (");
}

TEST_CASE("an erroneous file still gives a tree") {
  Parsed parsed("package p\nfunc f() {\n\tx = \n\tif y = 1 { }\n}\nvar z int\n");
  CHECK(parsed.dump() ==
        "(File p\n"
        "(FuncDecl - f [] (FuncType [] []) (BlockStmt [(AssignStmt = x (BadExpr)) (IfStmt - (BadExpr) (BlockStmt []) "
        "-)]))\n"
        "(VarDecl [z] int -))");
}
