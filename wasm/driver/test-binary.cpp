// Finding what is to be run, and writing the main package that runs it.
#include "wasm/driver/test-binary.h"

#include <algorithm>
#include <map>
#include <string_view>

#include "wasm/syntax/header.h"
#include "wasm/syntax/parser.h"
#include "wasm/syntax/unicode.h"
#include "wasm/types/text.h"

namespace millrace::driver {

namespace {

using syntax::Expr;
using syntax::FuncDecl;

// ------------------------------------------------------------------------------------------------------------ names

// Category Ll, but that scripts of few letters beyond Armenian are taken for such as have no cases.
bool isLower(char32_t rune) {
  if (rune < 0x80) return rune >= 'a' && rune <= 'z';
  return rune < 0x590 && syntax::isLetter(rune) && !syntax::isUpper(rune);
}

// TestXxx, where Xxx does not begin with a lower-case letter.
bool isNamed(std::string_view name, std::string_view prefix) {
  if (!name.starts_with(prefix)) return false;
  name.remove_prefix(prefix.size());
  return name.empty() || !isLower(syntax::decodeRune(name).rune);
}

// func(x *T) or func(x *testing.T): how testing was imported is not looked at.
bool takes(const FuncDecl* function, std::string_view type) {
  const syntax::FuncType* signature = function->type;
  if (!signature->results.empty() || signature->parameters.size() != 1) return false;
  const auto* pointer = syntax::as<syntax::Operation>(signature->parameters[0]->type);
  if (pointer == nullptr || pointer->op != syntax::Operator::Mul || pointer->y != nullptr) return false;
  if (const auto* name = syntax::as<syntax::Name>(pointer->x)) return name->symbol.text() == type;
  const auto* selector = syntax::as<syntax::SelectorExpr>(pointer->x);
  return selector != nullptr && selector->selector->symbol.text() == type;
}

// Empty: nothing is wrong. `type` is T, B, F or M.
std::string signatureFault(const FuncDecl* function, std::string_view type) {
  std::string name(function->name->symbol.text()), why;
  if (!takes(function, type)) {
    const std::string parameter(1, static_cast<char>(type[0] - 'A' + 'a'));
    why = "must be: func " + name + "(" + parameter + " *testing." + std::string(type) + ")";
  }
  if (!function->typeParameters.empty()) why = "test functions cannot have type parameters";
  return why.empty() ? why : "wrong signature for " + name + ", " + why;
}

// --------------------------------------------------------------------------------------------------------- examples

constexpr std::string_view kSpace = " \t\n\r";

// Comments that no other token and no empty line parts; one that begins behind code on its line is by itself.
struct CommentGroup {
  std::vector<std::string_view> comments;
  size_t endLine = 0;
  bool isTrailing = false;
};

// The last group of comments in Go text that has no syntax error.
CommentGroup lastComments(std::string_view text) {
  CommentGroup group;
  size_t line = 0, codeLine = 0;  // codeLine: where the last token that is no comment ended
  bool isBroken = true;           // such a token stands behind the group
  for (size_t at = 0; at < text.size();) {
    const char c = text[at];
    const std::string_view rest = text.substr(at);
    size_t length = 1;
    if (rest.starts_with("//") || rest.starts_with("/*")) {
      length = rest[1] == '/' ? std::min(rest.find('\n'), rest.size()) : std::min(rest.find("*/", 2), rest.size() - 2) + 2;
      const std::string_view comment = rest.substr(0, length);
      const bool isTrailing = line == codeLine;
      const bool goesOn = !isBroken && (group.isTrailing ? line == group.endLine : line <= group.endLine + 1);
      if (!goesOn) group = {{}, 0, isTrailing};
      group.comments.push_back(comment);
      line += static_cast<size_t>(std::count(comment.begin(), comment.end(), '\n'));
      group.endLine = line;
      isBroken = false;
    } else if (c == '\n') {
      line++;
    } else if (kSpace.find(c) == kSpace.npos) {
      if (c == '"' || c == '\'' || c == '`') {
        for (; length < rest.size() && rest[length] != c; length++) {
          if (rest[length] == '\\' && c != '`') length++;
          else if (rest[length] == '\n') line++;
        }
        length++;
      }
      codeLine = line, isBroken = true;
    }
    at += length;
  }
  return group;
}

// `//go:generate` and its like are for tools.
bool isDirective(std::string_view text) {
  for (std::string_view word : {"line ", "extern ", "export "}) {
    if (text.starts_with(word)) return true;
  }
  const auto isWord = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  const size_t colon = text.find(':');
  return colon != text.npos && colon > 0 && colon + 1 < text.size() &&
         std::all_of(text.begin(), text.begin() + static_cast<ptrdiff_t>(colon), isWord) && isWord(text[colon + 1]);
}

// What a group of comments says: without markers and space at the ends of lines, and with one empty line at most in a row.
std::string textOf(const CommentGroup& group) {
  std::string out;
  bool isFirst = true, wasEmpty = false;
  const auto add = [&](std::string_view line) {
    line = line.substr(0, line.find_last_not_of(kSpace) + 1);
    if (line.empty()) {
      wasEmpty = true;
      return;
    }
    if (wasEmpty && !isFirst) out += '\n';
    out.append(line) += '\n';
    isFirst = wasEmpty = false;
  };
  for (std::string_view comment : group.comments) {
    const bool isLine = comment[1] == '/';
    std::string_view text = isLine ? comment.substr(2) : comment.substr(2, comment.size() - 4);
    if (isLine && text.starts_with(' ')) text.remove_prefix(1);
    else if (isLine && isDirective(text)) continue;
    for (size_t end; (end = text.find('\n')) != text.npos; text.remove_prefix(end + 1)) add(text.substr(0, end));
    add(text);
  }
  return out;
}

bool takePrefix(std::string_view& text, std::string_view prefix) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  const bool has = text.size() >= prefix.size() &&
                   std::equal(prefix.begin(), prefix.end(), text.begin(), [&](char a, char b) { return a == lower(b); });
  if (has) text.remove_prefix(prefix.size());
  return has;
}

// ----------------------------------------------------------------------------------------------------- what there is

struct Entry {
  std::string package, name;  // the package by the name it is imported under
  ExpectedOutput output;      // of an example
};

struct Found {
  std::vector<Entry> tests, benchmarks, fuzzTargets, examples;
  std::string testMain;  // "package.name"; empty: none

  // Empty if nothing is wrong.
  std::string add(const FuncDecl* function, const std::string& package, std::string_view text) {
    const std::string name(function->name->symbol.text());
    std::string fault;
    if (name == "TestMain" && !takes(function, "T")) {
      fault = signatureFault(function, "M");
      if (fault.empty() && !testMain.empty()) fault = "multiple definitions of TestMain";
      testMain = package + "." + name;
    } else if (isNamed(name, "Test")) {
      fault = signatureFault(function, "T");
      tests.push_back({package, name, {}});
    } else if (isNamed(name, "Benchmark")) {
      fault = signatureFault(function, "B");
      benchmarks.push_back({package, name, {}});
    } else if (isNamed(name, "Fuzz")) {
      fault = signatureFault(function, "F");
      fuzzTargets.push_back({package, name, {}});
    } else if (isNamed(name, "Example") && function->body != nullptr && function->type->parameters.empty() &&
               function->type->results.empty()) {
      ExpectedOutput output = expectedOutput(text);
      if (output.isGiven) examples.push_back({package, name, std::move(output)});
    }
    return fault;
  }

  bool uses(std::string_view package) const {
    for (const auto* list : {&tests, &benchmarks, &fuzzTargets, &examples}) {
      if (std::any_of(list->begin(), list->end(), [&](const Entry& entry) { return entry.package == package; })) return true;
    }
    return testMain.starts_with(std::string(package) + ".");
  }
};

bool isTestFile(const SourceText& text) { return text.name.ends_with("_test.go"); }

// Adds what a test file has, and returns what is wrong with it.
std::vector<Message> readFile(const SourceText& text, const std::string& package, Found& found) {
  syntax::FileSet files;
  Arena arena;
  syntax::SymbolTable symbols;
  uint32_t expressions = 0;
  std::vector<Message> faults;
  const auto report = [&](syntax::Pos pos, std::string message) {
    const syntax::Location at = pos.known() ? files.location(pos) : syntax::Location{};
    faults.push_back({std::string(at.file), at.line, at.column, at.line, at.column, std::move(message), text.package});
  };
  const syntax::Reporter note = [&](syntax::Diagnostic d) {
    // What else is wrong, with labels or literals, is for the compiler to say.
    if (d.message.starts_with("syntax error")) report(d.begin, std::move(d.message));
  };
  syntax::SourceFile* source = files.add(text.name, text.text);
  const syntax::File* file = syntax::parseFile(source, {arena, symbols, expressions, note});
  if (!faults.empty()) return faults;
  for (syntax::Decl* decl : file->declarations) {
    const auto* function = syntax::as<FuncDecl>(decl);
    if (function == nullptr || function->receiver != nullptr) continue;
    std::string_view body;
    if (function->body != nullptr) {
      const uint32_t begin = function->body->pos.value, end = function->body->rightBrace.value + 1;
      body = source->text().substr(begin - source->begin().value, end - begin);
    }
    std::string fault = found.add(function, package, body);
    if (fault.empty()) continue;
    // Where the declaration begins; what is wrong with several files together has no place.
    const size_t keyword = source->text().rfind("func", function->name->pos.value - source->begin().value);
    const bool isOfPackage = fault.starts_with("multiple");
    report(isOfPackage ? syntax::Pos{} : source->begin() + static_cast<uint32_t>(keyword), std::move(fault));
  }
  return faults;
}

// ------------------------------------------------------------------------------------------------ the main package

constexpr std::string_view kOwn = "_test", kExternal = "_xtest";

std::string quoted(std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string out = "\"";
  for (char c : text) {
    const auto byte = static_cast<uint8_t>(c);
    if (byte >= ' ' && byte < 0x7f && c != '"' && c != '\\') out += c;
    else out.append("\\x") += {kHex[byte >> 4], kHex[byte & 15]};
  }
  return out + '"';
}

std::string listOf(std::string_view type, const std::vector<Entry>& entries) {
  std::string out = "[]testing.Internal" + std::string(type) + "{";
  for (const Entry& entry : entries) {
    out += "{" + quoted(entry.name) + ", " + entry.package + "." + entry.name;
    if (type == "Example") out += ", " + quoted(entry.output.text) + (entry.output.isUnordered ? ", true" : ", false");
    out += "}, ";
  }
  return out + "}";
}

std::string mainText(const Found& found, const TestedPackage& package, bool hasOwn, bool hasExternal) {
  // Reading seeds takes a parser of Go and what else fuzzing has: only who has seeds is to load that.
  const bool readsSeeds = package.hasSeeds && !found.fuzzTargets.empty();
  std::string out = "package main\n\nimport (\n\t\"os\"\n\t\"reflect\"\n\t\"testing\"\n\t\"testing/internal/testdeps\"\n";
  if (readsSeeds) out += "\t\"internal/fuzz\"\n";
  const auto import = [&](std::string_view name, const std::string& path) {
    out += "\t" + std::string(found.uses(name) ? name : "_") + " " + quoted(path) + "\n";
  };
  if (hasOwn) import(kOwn, package.path);
  if (hasExternal) import(kExternal, package.path + "_test");
  out += ")\n\nfunc main() {\n";
  out += "\ttestdeps.ImportPath, testdeps.ModulePath = " + quoted(package.path == kFilesPackage ? "" : package.path) + ", " +
         quoted(package.modulePath) + "\n";
  if (readsSeeds) out += "\ttestdeps.ReadSeeds = fuzz.ReadCorpus\n";
  out += "\tm := testing.MainStart(testdeps.TestDeps{}, " + listOf("Test", found.tests) + ", " +
         listOf("Benchmark", found.benchmarks) + ", " + listOf("FuzzTarget", found.fuzzTargets) + ", " +
         listOf("Example", found.examples) + ")\n";
  // What Run returned is kept, for a TestMain that does not exit with it.
  if (found.testMain.empty()) out += "\tm.Run()\n";
  else out += "\t" + found.testMain + "(m)\n";
  return out + "\tos.Exit(int(reflect.ValueOf(m).Elem().FieldByName(\"exitCode\").Int()))\n}\n";
}

}  // namespace

ExpectedOutput expectedOutput(std::string_view body) {
  const std::string said = textOf(lastComments(body));
  std::string_view text = said;
  text.remove_prefix(std::min(text.find_first_not_of(" \t\n\v\f\r"), text.size()));
  ExpectedOutput expected;
  expected.isUnordered = takePrefix(text, "unordered ");
  expected.isGiven = takePrefix(text, "output:");
  if (!expected.isGiven) return {};
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  if (text.starts_with('\n')) text.remove_prefix(1);
  expected.text = text;
  return expected;
}

std::vector<Message> addTestMain(std::vector<SourceText>& texts, const TestedPackage& tested) {
  const std::string& package = tested.path;
  Found found;
  std::vector<Message> faults;
  std::string name;  // of the package
  std::vector<SourceText*> own, external;
  bool hasOwn = false;
  for (SourceText& text : texts) {
    if (text.package != package) continue;
    syntax::FileSet files;
    const syntax::Header header = syntax::readHeader(files.add(text.name, text.text));
    const bool isExternal = isTestFile(text) && header.package.ends_with("_test") && header.package != name && !header.fault;
    if (name.empty()) name = isExternal ? header.package.substr(0, header.package.size() - 5) : header.package;
    if (isExternal) text.package += "_test";
    else hasOwn = true;
    if (isTestFile(text) && !header.fault) (isExternal ? external : own).push_back(&text);
  }
  for (const auto& [files, as] : {std::pair{&own, kOwn}, std::pair{&external, kExternal}}) {
    for (const SourceText* text : *files) {
      std::vector<Message> wrong = readFile(*text, std::string(as), found);
      faults.insert(faults.end(), wrong.begin(), wrong.end());
    }
  }
  texts.push_back({"_testmain.go", mainText(found, tested, hasOwn, !external.empty()), ""});
  return faults;
}

LibraryTest testOfLibrary(LibraryFinder library, std::vector<LibrarySource> tests, const std::string& package, bool hasSeeds) {
  std::vector<SourceText> texts;
  for (std::vector<LibrarySource> sources : {library(package).sources, std::move(tests)}) {
    for (LibrarySource& source : sources) texts.push_back({std::move(source.name), std::move(source.text), package});
  }
  LibraryTest test;
  test.faults = addTestMain(texts, {package, "std", hasSeeds});
  if (!test.faults.empty()) return test;
  test.main = std::move(texts.back());
  texts.pop_back();
  std::map<std::string, LibraryPackage, std::less<>> packages;
  for (SourceText& text : texts) {
    LibraryPackage& made = packages[text.package];
    made.path = text.package;
    made.sources.push_back({std::move(text.name), std::move(text.text)});
  }
  test.library = [library = std::move(library), packages = std::move(packages)](std::string_view path) {
    auto found = packages.find(path);
    return found != packages.end() ? found->second : library(path);
  };
  return test;
}

}  // namespace millrace::driver
