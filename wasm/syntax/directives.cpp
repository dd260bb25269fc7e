// What the comments that speak to the compiler mean. The wording of faults is that of Go's compiler.
#include "wasm/syntax/directives.h"

#include <algorithm>

#include "wasm/syntax/literal.h"
#include "wasm/syntax/unicode.h"

namespace millrace::syntax {

namespace {

// ------------------------------------------------------------------------------------------------- //line

// A number after the last colon of `text`: where it begins, and its value, none if it is not a number.
struct TrailingNumber {
  size_t begin = 0;  // 0: no colon
  std::optional<uint64_t> value;
};

TrailingNumber trailingNumber(std::string_view text) {
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return {};
  TrailingNumber number = {colon + 1, std::nullopt};
  const std::string_view digits = text.substr(colon + 1);
  if (digits.empty()) return number;
  uint64_t value = 0;
  for (char c : digits) {
    if (c < '0' || c > '9' || value > (UINT64_MAX - 9) / 10) return number;
    value = value * 10 + static_cast<uint64_t>(c - '0');
  }
  number.value = value;
  return number;
}

constexpr uint64_t kMaxLine = 1 << 30;  // Go's bound for lines and columns
bool inRange(uint64_t line) { return line >= 1 && line <= kMaxLine; }

}  // namespace

std::optional<DirectiveFault> applyLineDirective(SourceFile& source, Pos pos, std::string_view comment) {
  const bool lineComment = comment[1] == '/';
  if (lineComment && source.physical(pos).column != 1) return std::nullopt;

  constexpr size_t kPrefix = 7;  // the comment's opening and "line "
  std::string_view text = comment.substr(kPrefix);
  if (lineComment) {
    if (text.ends_with('\r')) text.remove_suffix(1);
  } else {
    text.remove_suffix(2);
  }
  auto fault = [&](const char* what, size_t at) {
    return DirectiveFault{pos + static_cast<uint32_t>(kPrefix + at), what + std::string(text.substr(at))};
  };

  // file:line or file:line:column; the file may have colons of its own.
  TrailingNumber last = trailingNumber(text);
  if (last.begin == 0) return std::nullopt;
  if (!last.value) return fault("invalid line number: ", last.begin);
  TrailingNumber line = last, beforeLast = trailingNumber(text.substr(0, last.begin - 1));
  uint64_t column = 0;
  if (beforeLast.value) {
    line = beforeLast;
    column = *last.value;
    if (!inRange(column)) return fault("invalid column number: ", last.begin);
    text = text.substr(0, last.begin - 1);
  }
  if (!inRange(*line.value)) return fault("invalid line number: ", line.begin);

  // It holds from just behind the comment, to which the newline of a line comment belongs.
  const Pos from = pos + static_cast<uint32_t>(comment.size() + (lineComment ? 1 : 0));
  std::string file(text.substr(0, line.begin - 1));
  if (file.empty() && column != 0) file = source.location(pos).file;
  source.addLineDirective(from, std::move(file), static_cast<uint32_t>(*line.value), static_cast<uint32_t>(column));
  return std::nullopt;
}

// ---------------------------------------------------------------------------------------------- //go:build

namespace {

std::string_view trimSpace(std::string_view text) {
  while (!text.empty()) {
    const DecodedRune first = decodeRune(text);
    if (!isSpace(first.rune)) break;
    text.remove_prefix(first.width);
  }
  while (!text.empty()) {
    size_t begin = text.size() - 1;
    while (begin > 0 && (text[begin] & 0xC0) == 0x80) begin--;
    const DecodedRune last = decodeRune(text.substr(begin));
    if (begin + last.width != text.size() || !isSpace(last.rune)) break;
    text.remove_suffix(last.width);
  }
  return text;
}

// Reads a build constraint and computes on the way whether it holds, and which version of Go it implies: a number N for
// go1.N, or -1 for none. For negations the version that the negated expression implies is carried along.
class BuildConstraint {
 public:
  struct Meaning {
    int version, negatedVersion;
    bool holds;
  };

  BuildConstraint(std::string_view text, const TagTest& isTagSet) : text_(text), isTagSet_(isTagSet) {}

  std::optional<Meaning> meaning() {
    next();
    const Meaning whole = disjunction();
    if (failed_ || !token_.empty()) return std::nullopt;
    return whole;
  }

 private:
  Meaning disjunction() {
    Meaning x = conjunction();
    while (accept("||")) {
      const Meaning y = conjunction();
      x = {std::min(x.version, y.version), std::max(x.negatedVersion, y.negatedVersion), x.holds || y.holds};
    }
    return x;
  }

  Meaning conjunction() {
    Meaning x = term();
    while (accept("&&")) {
      const Meaning y = term();
      x = {std::max(x.version, y.version), std::min(x.negatedVersion, y.negatedVersion), x.holds && y.holds};
    }
    return x;
  }

  Meaning term() {
    constexpr int kMaxTerms = 1000;  // Go's limit; it bounds the recursion too
    if (++terms_ > kMaxTerms) return fail();
    if (accept("!")) {
      if (token_ == "!") return fail();
      const Meaning x = atom();
      return {x.negatedVersion, x.version, !x.holds};
    }
    return atom();
  }

  Meaning atom() {
    if (accept("(")) {
      const Meaning x = disjunction();
      return accept(")") ? x : fail();
    }
    if (!isTag_) return fail();
    const Meaning x = {versionOfTag(token_), -1, isTagSet_ && isTagSet_(token_)};
    next();
    return x;
  }

  Meaning fail() {
    failed_ = true;
    token_ = {};
    isTag_ = false;
    text_ = {};
    return {-1, -1, false};
  }

  static int versionOfTag(std::string_view tag) {
    if (tag == "go1") return 0;
    const size_t prefix = tag.find("go1.");
    if (prefix == std::string_view::npos || prefix + 4 == tag.size()) return -1;
    int64_t version = 0;
    for (char c : tag.substr(prefix + 4)) {
      if (c < '0' || c > '9' || version > INT32_MAX / 10 - 1) return -1;
      version = version * 10 + (c - '0');
    }
    return static_cast<int>(version);
  }

  bool accept(std::string_view token) {
    if (token_ != token) return false;
    next();
    return true;
  }

  void next() {
    isTag_ = false;
    text_.remove_prefix(std::min(text_.find_first_not_of(" \t"), text_.size()));
    if (text_.empty()) {
      token_ = {};
      return;
    }
    size_t length = 0;
    const char c = text_[0];
    if (c == '(' || c == ')' || c == '!') {
      length = 1;
    } else if (c == '&' || c == '|') {
      if (text_.size() > 1 && text_[1] == c) length = 2;
    } else {
      isTag_ = true;
      while (length < text_.size()) {
        const DecodedRune decoded = decodeRune(text_.substr(length));
        if (!isLetter(decoded.rune) && !isDigit(decoded.rune) && decoded.rune != '_' && decoded.rune != '.') break;
        length += decoded.width;
      }
    }
    if (length == 0) {
      fail();
      return;
    }
    token_ = text_.substr(0, length);
    text_.remove_prefix(length);
  }

  std::string_view text_, token_;
  const TagTest& isTagSet_;
  bool isTag_ = false, failed_ = false;
  int terms_ = 0;
};

// Nothing: malformed, or no `//go:build` comment.
std::optional<BuildConstraint::Meaning> meaningOfBuildLine(std::string_view comment, const TagTest& isTagSet) {
  constexpr std::string_view kPrefix = "//go:build";
  const std::string_view line = trimSpace(comment);
  if (!line.starts_with(kPrefix)) return std::nullopt;
  const std::string_view rest = line.substr(kPrefix.size());
  const std::string_view expression = trimSpace(rest);
  if (!rest.empty() && rest.size() == expression.size()) return std::nullopt;  // //go:buildx
  return BuildConstraint(expression, isTagSet).meaning();
}

}  // namespace

std::optional<std::string> goVersionOfBuildLine(std::string_view comment) {
  const auto meaning = meaningOfBuildLine(comment, {});
  if (!meaning) return std::nullopt;
  if (meaning->version < 0) return "";
  return meaning->version == 0 ? "go1" : "go1." + std::to_string(meaning->version);
}

std::optional<bool> holdsBuildLine(std::string_view comment, const TagTest& isTagSet) {
  const auto meaning = meaningOfBuildLine(comment, isTagSet);
  if (!meaning) return std::nullopt;
  return meaning->holds;
}

// -------------------------------------------------------------------------------------------- all other //go:

namespace {

// Directives for functions. Those that only Go's own garbage collector and stack need mean nothing to us, but are
// known.
struct FuncDirective {
  std::string_view name;
  uint32_t pragma;
  bool runtimeOnly = false;
};
constexpr FuncDirective kFuncDirectives[] = {
    {"go:noinline", kPragmaNoInline},
    {"go:noescape", kPragmaNoEscape},
    {"go:norace", 0},
    {"go:nosplit", 0},
    {"go:nocheckptr", 0},
    {"go:uintptrkeepalive", 0},
    {"go:uintptrescapes", 0},
    {"go:registerparams", 0},
    {"go:cgo_unsafe_args", 0},
    {"go:systemstack", 0, true},
    {"go:nowritebarrier", 0, true},
    {"go:nowritebarrierrec", 0, true},
    {"go:yeswritebarrierrec", 0, true},
};

std::vector<std::string_view> fieldsOf(std::string_view text) {
  std::vector<std::string_view> fields;
  size_t begin = 0, at = 0;
  auto end = [&] {
    if (begin < at) fields.push_back(text.substr(begin, at - begin));
  };
  while (at < text.size()) {
    const DecodedRune decoded = decodeRune(text.substr(at));
    if (isSpace(decoded.rune)) {
      end();
      begin = at + decoded.width;
    }
    at += decoded.width;
  }
  end();
  return fields;
}

}  // namespace

std::optional<std::vector<EmbedPattern>> embedPatterns(std::string_view directive) {
  std::vector<EmbedPattern> patterns;
  for (size_t at = std::min(directive.find_first_of(" \t"), directive.size()); at < directive.size();) {
    const char c = directive[at];
    if (c == ' ' || c == '\t') {
      at++;
      continue;
    }
    size_t end = at + 1;
    if (c == '"' || c == '`') {
      while (end < directive.size() && directive[end] != c) end += c == '"' && directive[end] == '\\' ? 2 : 1;
      if (end++ >= directive.size()) return std::nullopt;
      if (end < directive.size() && directive[end] != ' ' && directive[end] != '\t') return std::nullopt;
      patterns.push_back({stringLiteralValue(directive.substr(at, end - at)), static_cast<uint32_t>(at)});
    } else {
      end = std::min(directive.find_first_of(" \t", at), directive.size());
      patterns.push_back({std::string(directive.substr(at, end - at)), static_cast<uint32_t>(at)});
    }
    at = end;
  }
  return patterns;
}

void Directives::report(Pos pos, std::string message, Stage stage) {
  context_.report({pos, {}, std::move(message), stage});
}

void Directives::add(Pos pos, std::string_view comment, bool alone) {
  std::string_view text = comment.substr(2);
  if (text.ends_with('\r')) text.remove_suffix(1);
  pos = pos + 2;
  if (!alone) return report(pos, "misplaced compiler directive");

  const std::string_view verb = text.substr(0, text.find(' '));
  const bool hasArguments = verb.size() < text.size();
  if (verb == "go:build") {
    pending_.push_back({pos, Kind::Build, 0, text});
  } else if (verb == "go:embed") {
    const auto patterns = embedPatterns(text);
    if (!patterns) report(pos, "invalid quoted string in //go:embed: " + std::string(fieldsOf(text)[1]));
    if (fieldsOf(text).size() < 2 || !patterns) return report(pos, "usage: //go:embed pattern...");
    pending_.push_back({pos, Kind::Embed, 0, text});
  } else if (verb == "go:linkname" && hasArguments) {
    addLinkname(pos, text);
  } else if (verb == "go:wasmimport" && hasArguments) {
    const auto fields = fieldsOf(text);
    if (fields.size() != 3) return report(pos, "usage: //go:wasmimport importmodule importname");
    pending_.push_back({pos, Kind::Wasm, kPragmaWasmImport | (fields[1] == "gojs" ? kPragmaGoJs : 0u), text});
  } else if (verb == "go:wasmexport" && hasArguments) {
    if (fieldsOf(text).size() != 2) return report(pos, "usage: //go:wasmexport exportname");
    pending_.push_back({pos, Kind::Wasm, kPragmaWasmExport, text});
  } else {
    const auto known = std::find_if(std::begin(kFuncDirectives), std::end(kFuncDirectives),
                                    [&](const FuncDirective& directive) { return directive.name == verb; });
    if (!context_.library) {
      if (verb.starts_with("go:cgo_") && !(verb == "go:cgo_import_dynamic" && fieldsOf(text).size() >= 4)) {
        report(pos, "//" + std::string(text) + " only allowed in cgo-generated code");
      } else if (verb == "go:uintptrkeepalive") {
        report(pos, "//go:uintptrkeepalive is only allowed in the standard library");
      } else if (known != std::end(kFuncDirectives) && known->runtimeOnly) {
        report(pos, "//" + std::string(verb) + " only allowed in runtime");
      }
    }
    if (known != std::end(kFuncDirectives)) pending_.push_back({pos, Kind::Func, known->pragma, text});
  }
}

void Directives::addLinkname(Pos pos, std::string_view text) {
  const std::vector<std::string_view> fields = fieldsOf(text);
  if (fields.size() < 2 || fields.size() > 3) return report(pos, "usage: //go:linkname localname [linkname]");
  linknames_.push_back({pos, fields[1], fields.size() == 3 ? fields[2] : std::string_view()});
}

void Directives::misplaced(const Pending& directive, Stage stage) {
  bool named = directive.kind == Kind::Embed || directive.kind == Kind::Wasm;
  std::string name = named ? std::string(directive.text.substr(0, directive.text.find(' '))) : "compiler";
  report(directive.pos, "misplaced " + name + " directive", stage);
}

uint32_t Directives::takePending(Owner owner) {
  uint32_t pragmas = 0;
  for (const Pending& directive : pending_) {
    pragmas |= directive.pragma;
    switch (directive.kind) {
      case Kind::Build:
        if (owner != Owner::Package) misplaced(directive, Stage::Declarations);
        break;
      case Kind::Func:
        if (owner != Owner::Func) misplaced(directive, Stage::Declarations);
        break;
      case Kind::Wasm: break;  // other declarations ignore it
      case Kind::Embed:
        if (owner != Owner::Var) {
          misplaced(directive, Stage::Declarations);
        } else if (!embed_.known()) {
          embed_ = directive.pos;
        }
        break;
    }
  }
  pending_.clear();
  return pragmas;
}

void Directives::dropPending() {
  for (const Pending& directive : pending_) misplaced(directive, Stage::Types);
  pending_.clear();
}

}  // namespace millrace::syntax
