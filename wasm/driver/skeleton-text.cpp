// Writing skeletons: the kept declarations' tokens as they stand in the sources, without comments and indentation.
#include <algorithm>
#include <functional>

#include "runtime/base/check.h"
#include "wasm/build/walk.h"
#include "wasm/driver/archive.h"
#include "wasm/driver/loaded-library.h"
#include "wasm/driver/skeleton.h"
#include "wasm/syntax/scanner.h"

namespace millrace::driver {

using namespace syntax;
using types::Func;
using types::Object;

namespace {

struct Placed {
  Token token;
  uint32_t line;
  size_t begin, end;  // in the file's text
};

// All tokens of a file that parsed, but for semicolons that are not written.
std::vector<Placed> tokensOf(SourceFile& file) {
  struct Silent : ScannerClient {
    void lexicalFault(Pos, std::string) override {}
    void directive(Pos, std::string_view, bool) override {}
  } silent;
  std::vector<Placed> tokens;
  Scanner scanner(file, silent);
  for (scanner.next(); scanner.current().token != Token::EndOfFile; scanner.next()) {
    const Lexeme& at = scanner.current();
    bool written = at.token != Token::Semicolon || at.text == "semicolon";
    size_t length = at.token == Token::Name || at.token == Token::Literal ? at.text.size()
                    : at.token == Token::Semicolon                        ? (written ? 1 : 0)
                    : at.token == Token::Operator                         ? text(at.op).size()
                    : at.token == Token::AssignOp                         ? text(at.op).size() + 1
                    : at.token == Token::IncOp                            ? 2
                                                                          : text(at.token).size();
    size_t begin = at.pos.value - file.begin().value;
    tokens.push_back({at.token, file.physical(at.pos).line, begin, begin + length});
  }
  return tokens;
}

}  // namespace

// Writes the text of one file.
class SkeletonText {
 public:
  // `name`: what the text will be called, if the file is called otherwise.
  SkeletonText(const Skeleton& skeleton, const File& file, std::string_view name)
      : skeleton_(skeleton), file_(file), source_(file.source->text()), tokens_(tokensOf(*file.source)) {
    if (file.source->name() != name) nameToSay_ = file.source->name();
  }

  // Empty: there is nothing to say.
  std::string write(bool evenIfEmpty, std::set<const types::Package*>& imports) {
    if (!file_.goVersion.empty()) add("//go:build " + std::string(file_.goVersion) + "\n");
    add("package " + std::string(file_.packageName->symbol.text()) + "\n");
    size_t head = out_.size();
    writeDeclarations();
    if (out_.size() == head && !evenIfEmpty) return {};
    add("\n");
    std::string declarations = out_.substr(head);
    out_.resize(head);
    std::string links = linknames();
    writeImports(!links.empty(), imports);
    // What is written here moves the rest down, which therefore begins by saying on which line it is.
    return out_ + links + declarations;
  }

 private:
  void add(std::string_view text) {
    out_ += text;
    line_ += static_cast<uint32_t>(std::count(text.begin(), text.end(), '\n'));
  }

  // Goes on with what stands on this line of the source. Newlines are cheaper than directives while they are few.
  void moveTo(uint32_t line, bool needsNewline) {
    constexpr uint32_t kMostNewlines = 8;
    if (line == line_ && !needsNewline && said_) return;
    if (said_ && line > line_ && line - line_ <= kMostNewlines) {
      out_.append(line - line_, '\n');
    } else {
      if (!out_.ends_with('\n')) out_ += '\n';
      out_ += "//line " + (named_ ? "" : nameToSay_) + ":" + std::to_string(line) + ":1\n";
      said_ = named_ = true;
    }
    line_ = line;
  }

  // Tokens from a place up to, not with, another.
  void addTokens(size_t from, size_t to) {
    for (size_t i = from; i < to; i++) {
      const Placed& token = tokens_[i];
      if (token.begin == token.end) continue;
      bool first = i == from;
      if (token.line != line_) {
        moveTo(token.line, false);
      } else if (!first && tokens_[i - 1].end != token.begin) {
        out_ += ' ';
      }
      add(source_.substr(token.begin, token.end - token.begin));
    }
  }

  void addDeclaration(std::string_view keyword, size_t from, size_t to, std::string_view more = {}) {
    moveTo(tokens_[from].line, true);
    out_ += keyword;
    addTokens(from, to);
    out_ += more;
  }

  size_t tokenAt(Pos pos) const {
    size_t offset = pos.value - file_.source->begin().value;
    auto at = std::lower_bound(tokens_.begin(), tokens_.end(), offset,
                               [](const Placed& token, size_t o) { return token.begin < o; });
    ENSURE(at != tokens_.end() && at->begin == offset);
    return static_cast<size_t>(at - tokens_.begin());
  }

  // Where the declaration ends that begins here: at a semicolon, the parenthesis around it, or a token of kind `stop`.
  size_t endFrom(size_t at, Token stop = Token::EndOfFile) const {
    int depth = 0;
    for (; at < tokens_.size(); at++) {
      switch (tokens_[at].token) {
        case Token::LeftParen: case Token::LeftBracket: case Token::LeftBrace: depth++; break;
        case Token::RightParen: case Token::RightBracket: case Token::RightBrace:
          if (depth-- == 0) return at;
          break;
        case Token::Semicolon:
          if (depth == 0) return at;
          break;
        default:
          if (depth == 0 && tokens_[at].token == stop) return at;
      }
    }
    return at;
  }

  bool isKept(const Name* name) const {
    auto found = skeleton_.declared_.find(skeleton_.package_.info.objectOf(name));
    return found != skeleton_.declared_.end() && found->second.depth != Skeleton::Depth::None;
  }

  void writeDeclarations() {
    const Group* open = nullptr;  // the group of constants that is being written
    for (const Decl* decl : file_.declarations) {
      if (open != nullptr && decl->group != open) {
        out_ += ')';
        open = nullptr;
      }
      if (auto* constants = as<const ConstDecl>(decl)) {
        bool whole = skeleton_.isIotaGroup(&file_, decl);
        if (!keepsConstants(decl, whole)) continue;
        size_t from = tokenAt(constants->names[0]->pos);
        if (whole && open == nullptr) {
          addDeclaration("const (", from, endFrom(from));
          open = decl->group;
        } else {
          addDeclaration(whole ? "" : "const ", from, endFrom(from));
        }
      } else if (auto* type = as<const TypeDecl>(decl)) {
        if (!isKept(type->name)) continue;
        size_t from = tokenAt(type->name->pos);
        addDeclaration("type ", from, endFrom(from));
      } else if (auto* variables = as<const VarDecl>(decl)) {
        writeVariables(variables);
      } else if (auto* function = as<const FuncDecl>(decl)) {
        writeFunction(function);
      }
    }
    if (open != nullptr) out_ += ')';
  }

  // Of a group that stays or goes as a whole the first kept name decides, wherever it stands.
  bool keepsConstants(const Decl* decl, bool whole) const {
    return std::any_of(file_.declarations.begin(), file_.declarations.end(), [&](const Decl* other) {
      auto* constants = as<const ConstDecl>(other);
      if (constants == nullptr || (other != decl && (!whole || other->group != decl->group))) return false;
      return std::any_of(constants->names.begin(), constants->names.end(), [&](const Name* n) { return isKept(n); });
    });
  }

  void writeVariables(const VarDecl* decl) {
    if (std::none_of(decl->names.begin(), decl->names.end(), [&](const Name* name) { return isKept(name); })) return;
    size_t from = tokenAt(decl->names[0]->pos);
    auto types = skeleton_.variableTypes_.find(decl);
    if (types == skeleton_.variableTypes_.end()) {
      bool initialised = skeleton_.initialised_.contains(decl);
      return addDeclaration("var ", from, endFrom(from, initialised ? Token::EndOfFile : Token::Assign));
    }
    for (size_t i = 0; i < decl->names.size(); i++) {
      size_t at = tokenAt(decl->names[i]->pos);
      if (!decl->names[i]->symbol.isBlank()) addDeclaration("var ", at, at + 1, " " + types->second[i]);
    }
  }

  void writeFunction(const FuncDecl* decl) {
    if (!isKept(decl->name)) return;
    size_t from = tokenAt(decl->name->pos);
    while (tokens_[from].token != Token::Func) from--;
    bool body = skeleton_.keepsBody(static_cast<Func*>(skeleton_.package_.info.objectOf(decl->name)));
    bool dropped = decl->body != nullptr && !body;
    if (body && (decl->pragmas & kPragmaNoInline) != 0) {
      moveTo(tokens_[from].line, true);
      add("//go:noinline\n");
      said_ = false;
    }
    if (dropped) return addDeclaration("", from, tokenAt(decl->body->pos));
    size_t end = endFrom(from);
    for (const IfStmt* dead : deadIn(decl)) {
      size_t at = tokenAt(dead->pos);
      if (from < at) addDeclaration("", from, at);
      from = tokenAt(dead->then->rightBrace) + 1;
      if (tokens_[from].begin == tokens_[from].end) from++;  // the semicolon that is not written
    }
    addDeclaration("", from, end);
  }

  // In the order of the source, none within another.
  std::vector<const IfStmt*> deadIn(const FuncDecl* decl) const {
    std::vector<const IfStmt*> all;
    const std::function<void(const Node*)> visit = [&](const Node* node) {
      if (skeleton_.dead_.contains(node)) return all.push_back(static_cast<const IfStmt*>(node));
      build::forEachChild(node, visit);
    };
    if (decl->body != nullptr) visit(decl->body);
    return all;
  }

  std::string linknames() const {
    std::string links;
    for (const Linkname& link : file_.linknames) {
      bool kept = std::any_of(skeleton_.objects_.begin(), skeleton_.objects_.end(), [&](const Object* object) {
        return object->name.text() == link.local && object->parent != nullptr;  // no method
      });
      if (!kept) continue;
      links += "//go:linkname " + std::string(link.local);
      links += (link.target.empty() ? "" : " " + std::string(link.target)) + "\n";
    }
    return links;
  }

  void writeImports(bool linknames, std::set<const types::Package*>& imports) {
    auto found = skeleton_.imports_.find(&file_);
    bool unsafe = false;
    for (const Skeleton::Import& import : found->second) {
      if (!import.used) continue;
      unsafe = unsafe || import.path == "unsafe";
      add("import " + (import.isNamed ? import.name + " " : "") + "\"" + import.path + "\"\n");
      if (import.path != "unsafe") imports.insert(import.package);
    }
    if (linknames && !unsafe) add("import _ \"unsafe\"\n");
  }

  const Skeleton& skeleton_;
  const File& file_;
  std::string_view source_;
  std::vector<Placed> tokens_;
  std::string out_;
  uint32_t line_ = 1;  // where the next token is said to stand
  bool said_ = false;  // whether that is so
  std::string nameToSay_;
  bool named_ = false;
};

std::vector<LibrarySource> Skeleton::texts(std::set<const types::Package*>& imports) const {
  std::vector<LibrarySource> texts;
  for (const File* file : package_.files) {
    const std::string& source = file->source->name();
    std::string name = std::string(package_.package->path) + "/" + source.substr(source.rfind('/') + 1);
    bool last = file == package_.files.back();
    std::string text = SkeletonText(*this, *file, name).write(texts.empty() && last, imports);
    if (!text.empty()) texts.push_back({std::move(name), std::move(text)});
  }
  return texts;
}

Skeleton skeletonOf(const types::CheckedPackage& package) {
  if (package.package->path != "runtime") return Skeleton(package);
  return Skeleton(package, build::namesOfRuntime());
}

std::string declareImage(std::span<build::InitStep> packages) {
  std::vector<LibrarySource> texts;
  for (build::InitStep& step : packages) {
    if (step.isLinked) continue;
    Skeleton skeleton = skeletonOf(*step.package);
    step.declared = skeleton.objects();
    std::set<const types::Package*> imports;
    for (LibrarySource& text : skeleton.texts(imports)) texts.push_back(std::move(text));
  }
  std::sort(texts.begin(), texts.end(), [](const LibrarySource& a, const LibrarySource& b) { return a.name < b.name; });
  return writeArchive(texts);
}

std::vector<LibrarySource> skeletonsOf(const LibraryFinder& sources, std::span<const std::string> packages,
                                       const LibraryFinder& left, std::string& fault) {
  LoadedLibrary library(sources);
  std::vector<std::string> waiting(packages.begin(), packages.end());
  waiting.push_back("runtime");
  std::set<std::string> done;
  std::vector<LibrarySource> all;
  while (!waiting.empty()) {
    std::string path = std::move(waiting.back());
    waiting.pop_back();
    if (path == "unsafe" || !done.insert(path).second || !left(path).sources.empty()) continue;
    types::CheckedPackage* package = library.loadChecked(path);
    if (package == nullptr) {
      fault = "no package " + path;
      return {};
    }
    std::set<const types::Package*> imports;
    Skeleton skeleton = skeletonOf(*package);
    for (LibrarySource& text : skeleton.texts(imports)) all.push_back(std::move(text));
    for (const types::Package* imported : imports) waiting.push_back(std::string(imported->path));
  }
  std::sort(all.begin(), all.end(), [](const LibrarySource& a, const LibrarySource& b) { return a.name < b.name; });
  for (size_t i = 1; i < all.size(); i++) ENSURE(all[i - 1].name != all[i].name);
  return all;
}

}  // namespace millrace::driver
