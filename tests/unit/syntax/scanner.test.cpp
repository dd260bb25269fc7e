// Tokens: every one of them, automatic semicolons, comments.
#include "wasm/syntax/scanner.h"

#include <catch2/catch.hpp>
#include <vector>

using namespace millrace::syntax;

namespace {

struct Scanned : ScannerClient {
  explicit Scanned(std::string text) : source("x.go", std::move(text), 1) {
    Scanner scanner(source, *this);
    do {
      scanner.next();
      tokens.push_back(scanner.current());
    } while (tokens.back().token != Token::EndOfFile);
  }
  void lexicalFault(Pos pos, std::string message) override {
    faults.push_back(std::to_string(pos.value - 1) + ": " + message);
  }
  void directive(Pos, std::string_view comment, bool alone) override {
    directives.push_back((alone ? "" : "not alone: ") + std::string(comment));
  }

  // Tokens as words: text of operators and of what has text; without the end.
  std::string words() const {
    std::string out;
    for (size_t i = 0; i + 1 < tokens.size(); i++) {
      const Lexeme& t = tokens[i];
      if (i > 0) out += ' ';
      switch (t.token) {
        case Token::Name:
        case Token::Literal:
        case Token::Semicolon: out += t.text; break;
        case Token::Operator: out += text(t.op); break;
        case Token::AssignOp: out += std::string(text(t.op)) + "="; break;
        case Token::IncOp: out += std::string(text(t.op)) + std::string(text(t.op)); break;
        default: out += text(t.token); break;
      }
    }
    return out;
  }

  SourceFile source;
  std::vector<Lexeme> tokens;
  std::vector<std::string> faults, directives;
};

}  // namespace

TEST_CASE("operators and punctuation are cut as long as possible") {
  const std::string_view all[] = {
      "+",  "-",  "*",  "/",   "%",   "&",   "|",  "^",  "<<", ">>", "&^", "+=", "-=", "*=", "/=", "%=",
      "&=", "|=", "^=", "<<=", ">>=", "&^=", "&&", "||", "<-", "++", "--", "==", "<",  ">",  "=",  "!",
      "~",  "!=", "<=", ">=",  ":=",  "...", "(",  "[",  "{",  ",",  ".",  ")",  "]",  "}",  ":",
  };
  std::string text, words;
  for (std::string_view t : all) {
    text += std::string(t) + " ";
    words += (words.empty() ? "" : " ") + std::string(t);
  }
  CHECK(Scanned(text).words() == words);
  CHECK(Scanned("<<-&^^.. ...+++=<<<-").words() == "<< - &^ ^ . . ... ++ += << <-");
}

TEST_CASE("precedences are Go's") {
  Scanned scanned("|| && == != < <= > >= + - | ^ * / % & &^ << >> ! ~");
  std::string precedences;
  for (const Lexeme& t : scanned.tokens) {
    if (t.token == Token::Operator || t.token == Token::Star) precedences += std::to_string(t.precedence);
  }
  CHECK(precedences == "123333334444555555500");
}

TEST_CASE("all keywords, and names that look like them") {
  for (int i = static_cast<int>(Token::Break); i <= static_cast<int>(Token::Var); i++) {
    const auto keyword = static_cast<Token>(i);
    const std::string word(text(keyword));
    CHECK(Scanned(word).tokens[0].token == keyword);
    CHECK(Scanned(word + "x").tokens[0].token == Token::Name);
    CHECK(Scanned(word.substr(0, word.size() - 1) + "_").tokens[0].token == Token::Name);
  }
  CHECK(Scanned("Func funC _func é").words() == "Func funC _func é EOF");
}

TEST_CASE("a newline or the end ends a statement where one may end") {
  CHECK(Scanned("x\n1\n'a'\n\"s\"\n)\n]\n}\n++\n--\nbreak\ncontinue\nfallthrough\nreturn\n").words() ==
        "x newline 1 newline 'a' newline \"s\" newline ) newline ] newline } newline ++ newline -- newline "
        "break newline continue newline fallthrough newline return newline");
  CHECK(Scanned("( \n [ \n { \n + \n , \n . \n if \n func \n = \n").words() == "( [ { + , . if func =");
  CHECK(Scanned("x").words() == "x EOF");
  CHECK(Scanned("return").words() == "return EOF");
  CHECK(Scanned("x;").words() == "x semicolon");
  CHECK(Scanned("x // comment\ny").words() == "x newline y EOF");
  CHECK(Scanned("x /* one */ /* two\n */ y").words() == "x newline y EOF");
  CHECK(Scanned("x /* one */ y /*").words() == "x y EOF");
  CHECK(Scanned("+ /* \n */ y").words() == "+ y EOF");
  CHECK(Scanned("x @ \n y").words() == "x newline y EOF");  // what is skipped does not count
}

TEST_CASE("number literals have kinds") {
  struct {
    const char* text;
    LiteralKind kind;
  } cases[] = {
      {"0", LiteralKind::Int},
      {"0b1_01", LiteralKind::Int},
      {"0o17", LiteralKind::Int},
      {"017", LiteralKind::Int},
      {"0xBad_Face", LiteralKind::Int},
      {"1_000", LiteralKind::Int},
      {"0_1", LiteralKind::Int},
      {"0x_1", LiteralKind::Int},
      {"1.", LiteralKind::Float},
      {".5", LiteralKind::Float},
      {"1e10", LiteralKind::Float},
      {"1E-1_0", LiteralKind::Float},
      {"089.5", LiteralKind::Float},
      {"0x1p-2", LiteralKind::Float},
      {"0X.8P+1", LiteralKind::Float},
      {"1i", LiteralKind::Imaginary},
      {"08i", LiteralKind::Imaginary},
      {"1.5e3i", LiteralKind::Imaginary},
      {"0x1p1i", LiteralKind::Imaginary},
  };
  for (const auto& c : cases) {
    INFO(c.text);
    Scanned scanned(c.text);
    CHECK(scanned.faults.empty());
    CHECK(scanned.tokens[0].text == c.text);
    CHECK(scanned.tokens[0].literal == c.kind);
    CHECK_FALSE(scanned.tokens[0].bad);
  }
  CHECK(Scanned("1.2.3").words() == "1.2 .3 EOF");
  CHECK(Scanned("x.1").words() == "x .1 EOF");
  CHECK(Scanned("1...").words() == "1. . .");
}

TEST_CASE("malformed literals are marked") {
  for (const char* text : {"0x", "0b2", "08", "1e", "1__0", "''", "'ab'", "'\\q'", "\"\\x\"", "\"open", "`open"}) {
    INFO(text);
    Scanned scanned(text);
    CHECK(scanned.faults.size() == 1);
    CHECK(scanned.tokens[0].bad);
  }
}

TEST_CASE("strings and runes keep their text") {
  Scanned scanned("\"a\\\"b\" `raw\n\\` 'x' '\\'' '世'");
  CHECK(scanned.words() == "\"a\\\"b\" `raw\n\\` 'x' '\\'' '世' EOF");
  CHECK(scanned.faults.empty());
}

TEST_CASE("characters that are nothing are skipped, others belong to names") {
  Scanned scanned("a @ # $ ? \\ b x“y ٣");
  CHECK(scanned.words() == "a b x“y ٣ EOF");
  CHECK(scanned.faults == std::vector<std::string>{"2: invalid character U+0040 '@'", "4: invalid character U+0023 '#'",
                                                   "6: invalid character U+0024 '$'", "8: invalid character U+003F '?'",
                                                   "10: invalid character U+005C '\\'",
                                                   "15: invalid character U+201C '“' in identifier",
                                                   "20: identifier cannot begin with digit U+0663 '٣'"});
}

// The fault in what follows a token is reported with the token, as Go does; so it counts as before the next one.
TEST_CASE("faults of encoding are reported one character ahead") {
  Scanned scanned(std::string("a\0b \0 fu\0nc", 11));
  CHECK(scanned.tokens[0].text == std::string_view("a\0b", 3));
  CHECK(scanned.tokens[1].token == Token::Name);
  CHECK(scanned.faults.size() == 3);
}

TEST_CASE("directives are reported, other comments are not") {
  Scanned scanned("//go:noinline\nx //go:nosplit\n // go:no\n  //go:build x\r\n//line a:1\n/*line b:2*/y/*go:no*/");
  CHECK(scanned.directives == std::vector<std::string>{"//go:noinline", "not alone: //go:nosplit", "//go:build x\r",
                                                       "//line a:1", "/*line b:2*/"});
}
