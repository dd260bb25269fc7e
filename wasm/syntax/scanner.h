// From text to tokens.
//
// The scanner looks one character ahead, as Go's does: faults of encoding (NUL, bytes that are not UTF-8, a stray byte
// order mark) are reported when the character before them is consumed, and then skipped as if they were not there. So
// what counts as "before the first error" is the same as in Go, on which the parser's recovery depends.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "wasm/syntax/source.h"
#include "wasm/syntax/token.h"

namespace millrace::syntax {

// Who wants to know what the scanner finds beside the tokens.
class ScannerClient {
 public:
  virtual void lexicalFault(Pos pos, std::string message) = 0;
  // A comment that begins with `//go:`, `//line ` or `/*line `: its whole text, and whether nothing but space stands
  // before it on its line.
  virtual void directive(Pos pos, std::string_view comment, bool alone) = 0;

 protected:
  ~ScannerClient() = default;
};

struct Lexeme {
  Token token = Token::EndOfFile;
  Operator op = Operator::None;            // of Operator, AssignOp, IncOp and Star
  uint8_t precedence = 0;                  // of that operator
  LiteralKind literal = LiteralKind::Int;  // of Literal
  bool bad = false;                        // of Literal: malformed, reported already
  Pos pos;
  // Of Name and Literal: as written. Of Semicolon: "semicolon", or "newline" or "EOF" for an automatic one.
  std::string_view text;
};

class Scanner {
 public:
  // Records the lines of `source` in it. Nothing is scanned before the first next().
  Scanner(SourceFile& source, ScannerClient& client);

  // The token that next() found last.
  const Lexeme& current() const { return current_; }
  void next();

  // Gives up on the rest of the text: the current token and all that follow are EndOfFile.
  void stop();

 private:
  Pos posOf(const char* at) const { return begin_ + static_cast<uint32_t>(at - text_); }
  void fault(const char* at, std::string message) { client_.lexicalFault(posOf(at), std::move(message)); }
  void faultHere(std::string message) { fault(at_, std::move(message)); }

  // Call with at_ on a byte that is just past a consumed character.
  void settleIfNeeded() {
    if (static_cast<signed char>(*at_) <= 0) [[unlikely]]
      settle();
  }
  void settle();
  void step() {  // past an ASCII character
    ++at_;
    settleIfNeeded();
  }
  void stepRune();
  bool stepIf(char c) {
    if (*at_ != c) return false;
    step();
    return true;
  }
  char32_t runeHere() const;
  bool atEnd() const { return at_ == end_; }

  void setToken(Token token) { current_.token = token; }
  void setOperator(Operator op) {
    current_.op = op;
    current_.precedence = static_cast<uint8_t>(precedence(op));
    current_.token = Token::Operator;
  }
  void setOperatorOrAssign(Operator op) {
    setOperator(op);
    if (stepIf('=')) current_.token = Token::AssignOp;
  }
  void setLiteral(LiteralKind kind, bool ok);
  void setSemicolon(std::string_view what) {
    current_.token = Token::Semicolon;
    current_.text = what;
  }
  void setClosing(Token token) {  // one that may end a statement
    current_.token = token;
    semicolonDue_ = true;
  }
  std::string_view segment() const { return {start_, static_cast<size_t>(at_ - start_)}; }

  void identifier();
  bool identifierRune(bool first);
  bool literalOrPunctuation();
  bool punctuation(char c);
  void dots();
  void plusOrMinus(char sign, Operator op);
  unsigned digits(int base, const char** invalid);
  void number(bool afterPoint);
  void rune();
  void string();
  void rawString();
  bool escape(char quote);
  void lineComment();
  void generalComment();
  void reportDirective();

  ScannerClient& client_;
  const char* text_;
  const char* end_;  // a NUL stands there
  Pos begin_;
  const char* at_;             // the next character; settled, that is, valid or the end
  const char* start_;          // of the current token or comment
  const char* spaceStart_;     // of the white space before it
  bool semicolonDue_ = false;  // a newline or the end here means a semicolon
  Lexeme current_;
};

}  // namespace millrace::syntax
