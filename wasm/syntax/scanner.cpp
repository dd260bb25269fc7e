// The scanner: white space, names, operators and comments. Literals are in scanner-literals.cpp.
#include "wasm/syntax/scanner.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "wasm/syntax/unicode.h"

namespace millrace::syntax {

namespace {

// Bytes of an identifier's ASCII part.
constexpr auto kIdentifierByte = [] {
  std::array<bool, 256> table{};
  for (int c = 'a'; c <= 'z'; c++) table[c] = table[c - 'a' + 'A'] = true;
  for (int c = '0'; c <= '9'; c++) table[c] = true;
  table['_'] = true;
  return table;
}();

bool isIdentifierByte(char c) { return kIdentifierByte[static_cast<uint8_t>(c)]; }

// The keyword that `name` is, or Name. Keywords are in alphabetical order among the tokens.
Token keywordOrName(std::string_view name) {
  // For each first letter the first keyword with it; those of a letter end where the next letter's begin.
  static constexpr Token kFirst[] = {
      Token::Break,  Token::Break,   Token::Case,    Token::Default, Token::Else,  Token::Fallthrough,
      Token::Go,     Token::If,      Token::If,      Token::Map,     Token::Map,   Token::Map,
      Token::Map,    Token::Package, Token::Package, Token::Package, Token::Range, Token::Range,
      Token::Select, Token::Type,    Token::Var,     Token::Var,
  };
  const unsigned letter = static_cast<uint8_t>(name[0]) - 'a';
  if (letter > 'v' - 'a' || name.size() < 2 || name.size() > 11) return Token::Name;
  const Token end = letter == 'v' - 'a' ? static_cast<Token>(static_cast<int>(Token::Var) + 1) : kFirst[letter + 1];
  for (Token t = kFirst[letter]; t < end; t = static_cast<Token>(static_cast<int>(t) + 1)) {
    if (text(t) == name) return t;
  }
  return Token::Name;
}

}  // namespace

Scanner::Scanner(SourceFile& source, ScannerClient& client)
    : client_(client),
      text_(source.text().data()),
      end_(text_ + source.text().size()),
      begin_(source.begin()),
      at_(text_),
      start_(text_),
      spaceStart_(text_) {
  for (const char* at = text_; at < end_;) {
    at = static_cast<const char*>(std::memchr(at, '\n', end_ - at));
    if (at == nullptr) break;
    source.addLine(static_cast<uint32_t>(++at - text_));
  }
}

void Scanner::stop() {
  at_ = end_;
  semicolonDue_ = false;
  current_.token = Token::EndOfFile;
  current_.pos = posOf(end_);
}

// Makes at_ stand on a valid character or the end.
void Scanner::settle() {
  while (static_cast<signed char>(*at_) <= 0) {
    if (*at_ == '\0') {
      if (atEnd()) return;
      faultHere("invalid NUL character");
      at_++;
      continue;
    }
    const DecodedRune decoded = decodeRune({at_, static_cast<size_t>(end_ - at_)});
    if (decoded.rune == kRuneError && decoded.width == 1) {
      faultHere("invalid UTF-8 encoding");
    } else if (decoded.rune == 0xFEFF) {
      faultHere("invalid BOM in the middle of the file");  // the one at the beginning is not part of the text
    } else {
      return;
    }
    at_ += decoded.width;
  }
}

void Scanner::stepRune() {
  const auto lead = static_cast<uint8_t>(*at_);
  at_ += lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  settleIfNeeded();
}

char32_t Scanner::runeHere() const { return decodeRune({at_, static_cast<size_t>(end_ - at_)}).rune; }

void Scanner::next() {
  if (at_ == text_) settle();  // the first character has no one before it who would have done this
  const bool semicolonDue = semicolonDue_;
  semicolonDue_ = false;

  for (;;) {
    spaceStart_ = at_;
    while (*at_ == ' ' || *at_ == '\t' || *at_ == '\r' || (*at_ == '\n' && !semicolonDue)) step();
    start_ = at_;
    current_.pos = posOf(at_);

    if (isIdentifierByte(*at_) && (*at_ < '0' || *at_ > '9')) {
      at_++;
      return identifier();
    }
    if (*at_ == '/') {
      step();
      if (stepIf('/')) {
        lineComment();
      } else if (stepIf('*')) {
        generalComment();
        // A comment that contains a newline acts like one.
        if (semicolonDue && std::memchr(start_, '\n', at_ - start_) != nullptr) return setSemicolon("newline");
      } else {
        return setOperatorOrAssign(Operator::Div);
      }
    } else if (static_cast<signed char>(*at_) > 0) {
      if (literalOrPunctuation()) return;
    } else if (!atEnd()) {
      identifierRune(true);  // reports what may not begin a name, and takes it as one all the same
      stepRune();
      return identifier();
    } else if (semicolonDue) {
      return setSemicolon("EOF");
    } else {
      return setToken(Token::EndOfFile);
    }
  }
}

// A token that begins with an ASCII character other than a letter or a slash. False: there is none, an error has been
// reported and the character is consumed.
bool Scanner::literalOrPunctuation() {
  const char c = *at_;
  if (c >= '0' && c <= '9') {
    number(false);
  } else if (c == '"') {
    string();
  } else if (c == '`') {
    rawString();
  } else if (c == '\'') {
    rune();
  } else {
    step();
    return punctuation(c);
  }
  return true;
}

bool Scanner::punctuation(char c) {
  switch (c) {
    case '\n': setSemicolon("newline"); break;
    case ';': setSemicolon("semicolon"); break;
    case ',': setToken(Token::Comma); break;
    case '(': setToken(Token::LeftParen); break;
    case '[': setToken(Token::LeftBracket); break;
    case '{': setToken(Token::LeftBrace); break;
    case ')': setClosing(Token::RightParen); break;
    case ']': setClosing(Token::RightBracket); break;
    case '}': setClosing(Token::RightBrace); break;
    case ':': setToken(stepIf('=') ? Token::Define : Token::Colon); break;
    case '.': dots(); break;
    case '+': plusOrMinus(c, Operator::Add); break;
    case '-': plusOrMinus(c, Operator::Sub); break;
    case '%': setOperatorOrAssign(Operator::Rem); break;
    case '^': setOperatorOrAssign(Operator::Xor); break;
    case '!': setOperator(stepIf('=') ? Operator::NotEqual : Operator::Not); break;
    case '~': setOperator(Operator::Tilde); break;
    case '*':
      setOperatorOrAssign(Operator::Mul);
      if (current_.token == Token::Operator) setToken(Token::Star);
      break;
    case '&':
      if (stepIf('&')) {
        setOperator(Operator::AndAnd);
      } else {
        setOperatorOrAssign(stepIf('^') ? Operator::AndNot : Operator::And);
      }
      break;
    case '|':
      if (stepIf('|')) {
        setOperator(Operator::OrOr);
      } else {
        setOperatorOrAssign(Operator::Or);
      }
      break;
    case '<':
      if (stepIf('<')) {
        setOperatorOrAssign(Operator::ShiftLeft);
      } else if (stepIf('-')) {
        setToken(Token::Arrow);
      } else {
        setOperator(stepIf('=') ? Operator::LessEqual : Operator::Less);
      }
      break;
    case '>':
      if (stepIf('>')) {
        setOperatorOrAssign(Operator::ShiftRight);
      } else {
        setOperator(stepIf('=') ? Operator::GreaterEqual : Operator::Greater);
      }
      break;
    case '=':
      if (stepIf('=')) {
        setOperator(Operator::Equal);
      } else {
        setToken(Token::Assign);
      }
      break;
    default: fault(start_, "invalid character " + codePoint(static_cast<uint8_t>(c))); return false;
  }
  return true;
}

// One dot has been consumed.
void Scanner::dots() {
  setToken(Token::Dot);
  if (*at_ >= '0' && *at_ <= '9') return number(true);
  if (*at_ != '.') return;
  const char* second = at_;
  step();
  if (stepIf('.')) return setToken(Token::DotDotDot);
  at_ = second;  // `..` is two tokens
}

void Scanner::plusOrMinus(char sign, Operator op) {
  if (!stepIf(sign)) return setOperatorOrAssign(op);
  setOperator(op);
  setClosing(Token::IncOp);
}

// --------------------------------------------------------------------------------------------------------- names

// Whether the character here belongs to a name. What is not ASCII and neither letter nor digit is a mistake, and taken
// as part of the name.
bool Scanner::identifierRune(bool first) {
  if (atEnd()) return false;
  const char32_t rune = runeHere();
  if (isLetter(rune) || rune == '_') return true;
  if (isDigit(rune)) {
    if (first) faultHere("identifier cannot begin with digit " + codePoint(rune));
    return true;
  }
  if (rune < 0x80) return false;
  faultHere("invalid character " + codePoint(rune) + " in identifier");
  return true;
}

// The first character has been consumed.
void Scanner::identifier() {
  while (isIdentifierByte(*at_)) at_++;
  if (static_cast<signed char>(*at_) <= 0) [[unlikely]] {
    settle();
    while (isIdentifierByte(*at_)) step();
    if (static_cast<signed char>(*at_) < 0) {
      while (identifierRune(false)) stepRune();
    }
  }
  current_.text = segment();
  current_.token = keywordOrName(current_.text);
  semicolonDue_ = current_.token == Token::Name || current_.token == Token::Break ||
                  current_.token == Token::Continue || current_.token == Token::Fallthrough ||
                  current_.token == Token::Return;
}

// ------------------------------------------------------------------------------------------------------ comments

// The two characters that open the comment have been consumed.
void Scanner::lineComment() {
  const bool isDirective =
      std::string_view(at_, end_ - at_).starts_with("go:") || std::string_view(at_, end_ - at_).starts_with("line ");
  for (;;) {
    while (static_cast<signed char>(*at_) > 0 && *at_ != '\n') at_++;
    if (*at_ == '\n') break;
    settle();
    if (atEnd()) break;
    if (static_cast<signed char>(*at_) < 0) stepRune();
  }
  if (isDirective) reportDirective();
}

void Scanner::generalComment() {
  const bool isDirective = std::string_view(at_, end_ - at_).starts_with("line ");
  for (;;) {
    while (static_cast<signed char>(*at_) > 0 && *at_ != '*') at_++;
    if (*at_ == '*') {
      step();
      if (!stepIf('/')) continue;
      if (isDirective) reportDirective();
      return;
    }
    settle();
    if (atEnd()) break;
    if (static_cast<signed char>(*at_) < 0) stepRune();
  }
  fault(start_, "comment not terminated");
}

void Scanner::reportDirective() {
  const bool atLineStart = spaceStart_ == text_ || spaceStart_[-1] == '\n';
  const bool alone = atLineStart || std::memchr(spaceStart_, '\n', start_ - spaceStart_) != nullptr;
  client_.directive(posOf(start_), segment(), alone);
}

}  // namespace millrace::syntax
