// What is read out of test files. What tests print is compared with the reference's in tests/go/test.
#include "wasm/driver/test-binary.h"

#include <catch2/catch.hpp>

#include "tests/unit/driver/library.h"

using namespace millrace::driver;

namespace {

// The output asked for, with `+` in front if it may come in any order; "none".
std::string outputOf(std::string_view body) {
  ExpectedOutput expected = expectedOutput(body);
  if (!expected.isGiven) return "none";
  return (expected.isUnordered ? "+" : "") + expected.text;
}

}  // namespace

TEST_CASE("An example's output is the last comment of its body") {
  CHECK(outputOf("{\n\tf()\n\t// Output: one\n}") == "one\n");
  CHECK(outputOf("{\n\tf()\n\t// Output:\n\t// one\n\t//\n\t//\n\t//   two  \n}") == "one\n\n  two\n");
  CHECK(outputOf("{\n// Output: one\nf() }") == "one\n");
  CHECK(outputOf("{\n// Output: one\n\n// But this is the last.\n}") == "none");
  CHECK(outputOf("{ f() // Output: behind code\n// and another\n}") == "none");
  CHECK(outputOf("{ f() // Output: behind code\n}") == "behind code\n");
  CHECK(outputOf("{ f() }") == "none");
  CHECK(outputOf("{\n// Outputs: none\n}") == "none");
}

TEST_CASE("Spelling of an example's output") {
  CHECK(outputOf("{\n// OUTPUT: one\n}") == "one\n");
  CHECK(outputOf("{\n//   unordered Output: two\n// one\n}") == "+two\none\n");
  CHECK(outputOf("{\n/*\n  Output:\n  one\n\n\n*/\n}") == "  one\n");
  CHECK(outputOf("{\n// Output:\n//go:generate is no output\n//nor: this, which is none either\n// one\n}") ==
        "nor: this, which is none either\none\n");
  CHECK(outputOf("{\n// Output:\n}") == "");
}

TEST_CASE("Comments are told from strings") {
  CHECK(outputOf("{ f(\"// Output: no\", '\"', `\n// Output: no\n`, \"\\\"// Output: no\") }") == "none");
  CHECK(outputOf("{ f('\\'') // Output: yes\n}") == "yes\n");
}

TEST_CASE("Faults of test files come before all others") {
  Options options;
  options.testPackage = "p";
  const auto faultOf = [&](const char* text) {
    Compiled compiled = Compiler(smallLibrary()).compile({{"p_test.go", text, "p"}}, options);
    REQUIRE(!compiled.ok());
    CHECK(compiled.isSetupFault);
    return std::to_string(compiled.messages[0].line) + ": " + compiled.messages[0].text;
  };
  CHECK(faultOf("package p\nfunc TestA() {}\n") == "2: wrong signature for TestA, must be: func TestA(t *testing.T)");
  CHECK(faultOf("package p\nfunc TestMain(m testing.M) {}\n") == "2: wrong signature for TestMain, must be: func TestMain(m *testing.M)");
  CHECK(faultOf("package p\nfunc FuzzA[T any](*F) {}\n") == "2: wrong signature for FuzzA, test functions cannot have type parameters");
  CHECK(faultOf("package p_test\nfunc TestA(t *T) { x := }\n") == "2: syntax error: unexpected }, expected expression");
}
