// The scanner's literals: numbers, runes and strings. Only their form is checked here; literal.cpp knows their values.
#include "wasm/syntax/scanner.h"
#include "wasm/syntax/unicode.h"

namespace millrace::syntax {

namespace {

char lower(char c) { return static_cast<char>(c | 0x20); }  // of ASCII letters; others stay what they are not

bool isDecimal(char c) { return c >= '0' && c <= '9'; }
bool isHex(char c) { return isDecimal(c) || (lower(c) >= 'a' && lower(c) <= 'f'); }

const char* baseName(int base) {
  return base == 2 ? "binary" : base == 8 ? "octal" : base == 10 ? "decimal" : "hexadecimal";
}

// Index of the first `_` that does not stand between two digits, or -1. A base prefix counts as a digit.
int misplacedSeparator(std::string_view number) {
  enum { Digit, Separator, Other } previous = Other;
  const char prefix = number.size() >= 2 && number[0] == '0' ? lower(number[1]) : ' ';
  size_t i = 0;
  if (prefix == 'x' || prefix == 'o' || prefix == 'b') {
    previous = Digit;
    i = 2;
  }
  for (; i < number.size(); i++) {
    const char c = number[i];
    if (c == '_') {
      if (previous != Digit) return static_cast<int>(i);
      previous = Separator;
    } else if (isDecimal(c) || (prefix == 'x' && isHex(c))) {
      previous = Digit;
    } else {
      if (previous == Separator) return static_cast<int>(i) - 1;
      previous = Other;
    }
  }
  return previous == Separator ? static_cast<int>(number.size()) - 1 : -1;
}

constexpr unsigned kSawDigit = 1, kSawSeparator = 2;

}  // namespace

void Scanner::setLiteral(LiteralKind kind, bool ok) {
  setClosing(Token::Literal);
  current_.text = segment();
  current_.literal = kind;
  current_.bad = !ok;
}

// Consumes digits and separators and says which of the two there were. With a base up to 10, any decimal digit is
// taken, and the first that is not one of the base is noted in *invalid.
unsigned Scanner::digits(int base, const char** invalid) {
  unsigned saw = 0;
  for (;; step()) {
    if (*at_ == '_') {
      saw |= kSawSeparator;
    } else if (base == 16 ? isHex(*at_) : isDecimal(*at_)) {
      saw |= kSawDigit;
      if (base < 10 && *at_ >= '0' + base && *invalid == nullptr) *invalid = at_;
    } else {
      return saw;
    }
  }
}

// Of several faults of one number only the first is reported.
void Scanner::number(bool afterPoint) {
  bool ok = true;
  auto complain = [&](std::string message) {
    if (ok) faultHere(std::move(message));
    ok = false;
  };
  LiteralKind kind = LiteralKind::Int;
  int base = 10;
  char prefix = 0;  // 0 (decimal), '0' (octal as in C), 'x', 'o' or 'b'
  unsigned saw = 0;
  const char* invalid = nullptr;

  if (!afterPoint) {
    if (*at_ == '0') {
      step();
      prefix = lower(*at_);
      switch (prefix) {
        case 'x': base = 16; break;
        case 'o': base = 8; break;
        case 'b': base = 2; break;
        default:
          base = 8;  // unless it turns out to be a float
          prefix = '0';
          saw = kSawDigit;
      }
      if (prefix != '0') step();
    }
    saw |= digits(base, &invalid);
    if (*at_ == '.') {
      if (prefix == 'o' || prefix == 'b')
        complain(std::string("invalid radix point in ") + baseName(base) + " literal");
      step();
      afterPoint = true;
    }
  }
  if (afterPoint) {
    kind = LiteralKind::Float;
    saw |= digits(base, &invalid);
  }
  if ((saw & kSawDigit) == 0) complain(std::string(baseName(base)) + " literal has no digits");

  const char exponent = lower(*at_);
  if (exponent == 'e' || exponent == 'p') {
    if (exponent == 'e' && prefix != 0 && prefix != '0') {
      complain(quoted(*at_) + " exponent requires decimal mantissa");
    } else if (exponent == 'p' && prefix != 'x') {
      complain(quoted(*at_) + " exponent requires hexadecimal mantissa");
    }
    step();
    kind = LiteralKind::Float;
    if (*at_ == '+' || *at_ == '-') step();
    const unsigned sawInExponent = digits(10, nullptr);
    if ((sawInExponent & kSawDigit) == 0) complain("exponent has no digits");
    saw |= sawInExponent;
  } else if (prefix == 'x' && kind == LiteralKind::Float) {
    complain("hexadecimal mantissa requires a 'p' exponent");
  }
  if (stepIf('i')) kind = LiteralKind::Imaginary;

  setLiteral(kind, ok);
  if (kind == LiteralKind::Int && invalid != nullptr && ok) {
    fault(invalid, "invalid digit " + quoted(*invalid) + " in " + baseName(base) + " literal");
    ok = false;
  }
  if ((saw & kSawSeparator) != 0 && ok) {
    if (int at = misplacedSeparator(current_.text); at >= 0) {
      fault(start_ + at, "'_' must separate successive digits");
      ok = false;
    }
  }
  current_.bad = !ok;
}

void Scanner::rune() {
  bool ok = true;
  auto complain = [&](const char* at, const char* message) {
    if (ok) fault(at, message);
    ok = false;
  };
  step();
  for (size_t count = 0;; count++) {
    if (*at_ == '\'') {
      if (count == 0) complain(at_, "empty rune literal or unescaped '");
      if (count > 1) complain(start_, "more than one character in rune literal");
      step();
      break;
    }
    if (*at_ == '\n') {
      complain(at_, "newline in rune literal");
      break;
    }
    if (atEnd()) {
      complain(start_, "rune literal not terminated");
      break;
    }
    if (stepIf('\\')) {
      if (!escape('\'')) ok = false;
    } else {
      stepRune();
    }
  }
  setLiteral(LiteralKind::Rune, ok);
}

void Scanner::string() {
  bool ok = true;
  step();
  for (;;) {
    while (static_cast<signed char>(*at_) > 0 && *at_ != '"' && *at_ != '\\' && *at_ != '\n') at_++;
    settleIfNeeded();
    if (stepIf('"')) break;
    if (stepIf('\\')) {
      if (!escape('"')) ok = false;
    } else if (*at_ == '\n') {
      faultHere("newline in string");
      ok = false;
      break;
    } else if (atEnd()) {
      fault(start_, "string not terminated");
      ok = false;
      break;
    } else {
      stepRune();
    }
  }
  setLiteral(LiteralKind::String, ok);
}

void Scanner::rawString() {
  bool ok = true;
  step();
  for (;;) {
    while (static_cast<signed char>(*at_) > 0 && *at_ != '`') at_++;
    settleIfNeeded();
    if (stepIf('`')) break;
    if (atEnd()) {
      fault(start_, "string not terminated");
      ok = false;
      break;
    }
    stepRune();
  }
  setLiteral(LiteralKind::String, ok);
}

// What follows a backslash. Inside a literal that ends too early it is the caller who complains.
bool Scanner::escape(char quote) {
  if (stepIf(quote) || atEnd()) return true;
  if (std::string_view("abfnrtv\\").find(*at_) != std::string_view::npos) {
    step();
    return true;
  }
  int length = 3, base = 8;
  uint32_t max = 255;
  if (stepIf('x')) {
    length = 2, base = 16;
  } else if (stepIf('u')) {
    length = 4, base = 16, max = kMaxRune;
  } else if (stepIf('U')) {
    length = 8, base = 16, max = kMaxRune;
  } else if (*at_ < '0' || *at_ > '7') {
    faultHere("unknown escape");
    return false;
  }

  uint32_t value = 0;
  for (int i = 0; i < length; i++, step()) {
    if (atEnd()) return true;
    int digit = isDecimal(*at_) ? *at_ - '0' : isHex(*at_) ? lower(*at_) - 'a' + 10 : base;
    if (digit >= base) {
      faultHere("invalid character " + quoted(runeHere()) + " in " + baseName(base) + " escape");
      return false;
    }
    value = value * base + digit;
  }
  if (value > max && base == 8) {
    faultHere("octal escape value " + std::to_string(value) + " > 255");
    return false;
  }
  if (value > max || (value >= 0xD800 && value < 0xE000)) {
    faultHere("escape is invalid Unicode code point " + codePoint(value));
    return false;
  }
  return true;
}

}  // namespace millrace::syntax
