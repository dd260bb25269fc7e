// Package clause and imports as the `go` command reads them.
//
// It does so in two steps. First it runs over the bytes to find out where the imports end, content with anything that
// looks like a head. Then it parses the text up to there, so that what comes after does no harm; or, if the first step
// failed, the whole text up to the first error. Both steps matter for what is reported, so both are here.
#include "wasm/syntax/header.h"

#include <algorithm>

#include "wasm/syntax/directives.h"
#include "wasm/syntax/literal.h"
#include "wasm/syntax/scanner.h"
#include "wasm/syntax/unicode.h"

namespace millrace::syntax {

namespace {

// ------------------------------------------------------------------------------- the first step: where it ends

class HeaderFinder {
 public:
  explicit HeaderFinder(std::string_view text) : text_(text) {}

  // Offset of the first byte that does not belong to the head; the whole size if this looks like no head.
  size_t end() {
    keyword("package");
    identifier();
    while (skipSpace() == 'i') {
      keyword("import");
      if (skipSpace() == '(') {
        at_++;
        while (skipSpace() != ')' && ok_) import();
        at_++;
      } else {
        import();
      }
    }
    return ok_ ? std::min(at_, text_.size()) : text_.size();
  }

 private:
  char peek() const { return ok_ && at_ < text_.size() ? text_[at_] : '\0'; }
  void fail() { ok_ = false; }

  static bool inIdentifier(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80) != 0;
  }

  // Skips space, semicolons and comments, and returns what comes then.
  char skipSpace() {
    for (;; at_++) {
      const char c = peek();
      if (c == '/') {
        skipComment();
      } else if (c == '\0' || std::string_view(" \f\t\r\n;").find(c) == std::string_view::npos) {
        return c;
      }
    }
  }

  // Ends on the comment's last byte.
  void skipComment() {
    const std::string_view rest = text_.substr(at_);
    const bool isLine = rest.starts_with("//");
    if (!isLine && !rest.starts_with("/*")) return fail();
    const size_t end = isLine ? rest.find('\n') : rest.find("*/", 2);
    if (end == std::string_view::npos) {
      at_ = text_.size();
      if (!isLine) fail();
      return;
    }
    at_ += isLine ? end : end + 1;
  }

  void keyword(std::string_view word) {
    skipSpace();
    if (!text_.substr(std::min(at_, text_.size())).starts_with(word)) return fail();
    at_ += word.size();
    if (inIdentifier(peek())) fail();
  }

  void identifier() {
    if (!inIdentifier(skipSpace())) return fail();
    while (inIdentifier(peek())) at_++;
  }

  void import() {
    const char c = skipSpace();
    if (c == '.') {
      at_++;
    } else if (inIdentifier(c)) {
      identifier();
    }
    const char quote = skipSpace();
    if (quote != '"' && quote != '`') return fail();
    for (at_++; peek() != quote; at_++) {
      if (at_ >= text_.size() || (quote == '"' && peek() == '\n')) return fail();
      if (quote == '"' && peek() == '\\') at_++;
    }
    at_++;
  }

  std::string_view text_;
  size_t at_ = 0;
  bool ok_ = true;
};

// ---------------------------------------------------------------------------------- the second step: what it says

// The go command shows the first fault by position, and drops one on the same line as the one found before it. As this
// stops at the first fault of grammar, there are at most that one and one of the scanner's.
class HeaderParser final : private ScannerClient {
 public:
  // `head` is the part of `source` to parse, at the same positions.
  HeaderParser(SourceFile& source, SourceFile& head) : source_(source), scanner_(head, *this) {}

  Header parse() {
    next();
    if (!fault_ && packageClause() && !fault_) {
      while (at(Token::Import) && importDecl()) {
      }
    }
    if (!fault_) checkPaths();
    header_.fault = std::move(fault_);
    return std::move(header_);
  }

 private:
  bool at(Token t) const { return scanner_.current().token == t; }
  void next() {
    const bool hadFault = fault_.has_value();
    scanner_.next();
    if (fault_ && !hadFault) translateLiteralFault();
  }

  // ------------------------------------------------------------------------------------------------- faults

  void lexicalFault(Pos pos, std::string message) override {
    if (!fault_) setFault(pos, translated(std::move(message)));
  }

  // The scanner of the go command is another one than the compiler's, and not as lenient with names.
  static std::string translated(std::string message) {
    auto replace = [&](std::string_view from, std::string_view to) {
      if (message.starts_with(from)) message.replace(0, from.size(), to);
    };
    replace("invalid character U+", "illegal character U+");
    replace("identifier cannot begin with digit", "illegal character");
    replace("invalid NUL character", "illegal character NUL");
    replace("invalid UTF-8", "illegal UTF-8");
    replace("invalid BOM in the middle of the file", "illegal byte order mark");
    if (message.ends_with(" in identifier")) message.resize(message.size() - std::string_view(" in identifier").size());
    for (const char* mark : {"'“'", "'”'"}) {
      if (message.ends_with(mark)) return "curly quotation mark " + std::string(mark) + " (use neutral '\"')";
    }
    return message;
  }

  // Of a literal the scanner of the go command says other things, at its beginning.
  void translateLiteralFault() {
    const Lexeme& token = scanner_.current();
    if (token.token != Token::Literal || !token.bad) return;
    auto replace = [&](std::string_view from, const char* to) {
      if (!fault_->message.starts_with(from)) return;
      setFault(token.pos, to);
    };
    replace("newline in string", "string literal not terminated");
    replace("string not", token.text[0] == '`' ? "raw string literal not terminated" : "string literal not terminated");
    replace("newline in rune", "rune literal not terminated");
    replace("empty rune literal", "illegal rune literal");
    replace("more than one character", "illegal rune literal");
    if (fault_->message == "unknown escape") fault_->message = "unknown escape sequence";
  }

  void directive(Pos pos, std::string_view comment, bool) override {
    if (comment.substr(2, 5) != "line ") return;
    if (auto fault = applyLineDirective(source_, pos, comment)) lexicalFault(fault->pos, std::move(fault->message));
  }

  bool fail(std::string message) {
    const Pos pos = scanner_.current().pos;
    const bool keepsOther =
        fault_ && (fault_->begin < pos || source_.physical(fault_->begin).line == source_.physical(pos).line);
    if (!keepsOther) setFault(pos, std::move(message));
    return false;
  }

  void setFault(Pos pos, std::string message) {
    const bool pastLastLine = pos == source_.end() && source_.text().ends_with('\n');
    Location at = source_.location(pastLastLine ? Pos{pos.value - 1} : pos);
    if (pastLastLine && at.column != 0) at.column++;
    fault_ = {pos, at, std::move(message)};
  }

  bool expected(const std::string& what) {
    const Lexeme& found = scanner_.current();
    std::string message = "expected '" + what + "', found ";
    const std::string operatorText(text(found.op));
    switch (found.token) {
      case Token::Name:
      case Token::Literal: message += found.text; break;
      case Token::Semicolon: message += found.text == "semicolon" ? "';'" : "newline"; break;
      case Token::Operator: message += "'" + operatorText + "'"; break;
      case Token::AssignOp: message += "'" + operatorText + "='"; break;
      case Token::IncOp: message += "'" + operatorText + operatorText + "'"; break;
      default: message += "'" + std::string(text(found.token)) + "'"; break;
    }
    return fail(std::move(message));
  }

  // ------------------------------------------------------------------------------------------------ grammar
  // Methods return false after a fault.

  bool packageClause() {
    if (!at(Token::Package)) return expected("package");
    next();
    if (!at(Token::Name)) return expected("IDENT");
    header_.package = scanner_.current().text;
    next();
    return semicolon();
  }

  bool semicolon() {
    if (at(Token::RightParen) || at(Token::RightBrace)) return true;
    if (!at(Token::Semicolon)) return expected(";");
    next();
    return true;
  }

  bool importDecl() {
    next();
    if (!at(Token::LeftParen)) return importSpec();
    next();
    while (!at(Token::RightParen) && !at(Token::EndOfFile)) {
      if (!importSpec()) return false;
    }
    if (!at(Token::RightParen)) return expected(")");
    next();
    return semicolon();
  }

  bool importSpec() {
    const Pos start = scanner_.current().pos;
    if (at(Token::Name) || at(Token::Dot)) next();
    const Lexeme& path = scanner_.current();
    if (at(Token::Name) || (at(Token::Literal) && path.literal != LiteralKind::String)) {
      return fail("import path must be a string");
    }
    if (!at(Token::Literal)) return fail("missing import path");
    header_.imports.push_back({start, stringLiteralValue(path.text)});
    next();
    return semicolon();
  }

  void checkPaths() {
    for (const HeaderImport& import : header_.imports) {
      if (isValidPath(import.path)) continue;
      setFault(import.pos, "invalid import path: " + import.path);
      return;
    }
  }

  static bool isValidPath(std::string_view path) {
    const bool any = !path.empty();
    while (!path.empty()) {
      const DecodedRune decoded = decodeRune(path);
      if (!isPrintable(decoded.rune) || isSpace(decoded.rune) || decoded.rune == kRuneError) return false;
      if (std::string_view("!\"#$%&'()*,:;<=>?[\\]^{|}`").find(path[0]) != std::string_view::npos) return false;
      path.remove_prefix(decoded.width);
    }
    return any;
  }

  SourceFile& source_;
  Scanner scanner_;
  Header header_;
  std::optional<HeaderFault> fault_;
};

// Lets a Scanner record the lines of a file.
struct NoClient final : ScannerClient {
  void lexicalFault(Pos, std::string) override {}
  void directive(Pos, std::string_view, bool) override {}
};

}  // namespace

Header readHeader(SourceFile* source) {
  NoClient nobody;
  Scanner recordsLines(*source, nobody);
  SourceFile head(source->name(), std::string(source->text().substr(0, HeaderFinder(source->text()).end())),
                  source->begin().value);
  return HeaderParser(*source, head).parse();
}

}  // namespace millrace::syntax
