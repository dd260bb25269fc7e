// Patterns of `//go:embed`, the files they mean, and the variables these belong to.
#include "wasm/driver/embedding.h"

#include <algorithm>
#include <optional>
#include <set>

#include "wasm/syntax/directives.h"
#include "wasm/syntax/header.h"
#include "wasm/types/predicates.h"
#include "wasm/types/text.h"

namespace millrace::driver {

using build::EmbeddedFile;
using syntax::Pos;
using types::Var;

namespace {

constexpr std::string_view kDirective = "//go:embed";

std::string below(const std::string& folder, std::string_view name) {
  return folder.empty() ? std::string(name) : folder + "/" + std::string(name);
}

// Offsets of the `//go:embed` comments that stand alone on their lines.
std::vector<size_t> directivesIn(std::string_view text) {
  std::vector<size_t> found;
  if (text.find(kDirective) == text.npos) return found;
  bool isLineNew = true;
  for (size_t at = 0; at < text.size();) {
    const char c = text[at];
    const std::string_view rest = text.substr(at);
    if (rest.starts_with("//")) {
      const std::string_view after = rest.substr(std::min(rest.size(), kDirective.size()));
      const bool ends = after.empty() || after[0] == ' ' || after[0] == '\t';
      if (isLineNew && rest.starts_with(kDirective) && ends) found.push_back(at);
      at = std::min(text.find('\n', at), text.size());
    } else if (rest.starts_with("/*")) {
      size_t end = text.find("*/", at + 2);
      at = end == text.npos ? text.size() : end + 2;
    } else if (c == '`') {
      size_t end = text.find('`', at + 1);
      at = end == text.npos ? text.size() : end + 1;
      isLineNew = false;
    } else if (c == '"' || c == '\'') {
      for (at++; at < text.size() && text[at] != c && text[at] != '\n'; at++) at += text[at] == '\\';
      at++;
      isLineNew = false;
    } else {
      isLineNew = c == '\n' || (isLineNew && (c == ' ' || c == '\t' || c == '\r'));
      at++;
    }
  }
  return found;
}

std::string_view lineAt(std::string_view text, size_t at) {
  std::string_view line = text.substr(at, std::min(text.find('\n', at), text.size()) - at);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::vector<std::string> elementsOf(std::string_view path) {
  std::vector<std::string> elements;
  for (size_t at = 0; at <= path.size();) {
    size_t end = std::min(path.find('/', at), path.size());
    elements.emplace_back(path.substr(at, end - at));
    at = end + 1;
  }
  return elements;
}

// package path's Match. Nothing: the pattern is malformed.
std::optional<bool> matches(std::string_view pattern, std::string_view name) {
  if (pattern.empty()) return name.empty();
  const char c = pattern[0];
  if (c == '*') {
    std::optional<bool> found = false;
    for (size_t skip = 0;; skip++) {
      std::optional<bool> rest = matches(pattern.substr(1), name.substr(skip));
      if (!rest) return rest;
      if (*rest) found = true;
      if (skip >= name.size() || name[skip] == '/') return found;
    }
  }
  const bool has = !name.empty();
  if (c == '?') {
    std::optional<bool> rest = matches(pattern.substr(1), has ? name.substr(1) : name);
    return rest ? std::optional(*rest && has && name[0] != '/') : rest;
  }
  if (c == '[') {
    size_t at = 1;
    const bool negated = at < pattern.size() && pattern[at] == '^';
    at += negated;
    bool inside = false;
    const auto next = [&]() -> std::optional<char> {
      if (at >= pattern.size() || pattern[at] == '-' || pattern[at] == ']') return std::nullopt;
      if (pattern[at] == '\\' && ++at >= pattern.size()) return std::nullopt;
      return pattern[at++];
    };
    for (size_t first = at; at >= pattern.size() || pattern[at] != ']' || at == first;) {
      std::optional<char> low = next(), high = low;
      if (low && at < pattern.size() && pattern[at] == '-') at++, high = next();
      if (!low || !high || at >= pattern.size()) return std::nullopt;
      inside = inside || (has && *low <= name[0] && name[0] <= *high);
    }
    std::optional<bool> rest = matches(pattern.substr(at + 1), has ? name.substr(1) : name);
    return rest ? std::optional(*rest && has && inside != negated) : rest;
  }
  if (c == '\\') {
    pattern.remove_prefix(1);
    if (pattern.empty()) return std::nullopt;
  }
  std::optional<bool> rest = matches(pattern.substr(1), has ? name.substr(1) : name);
  return rest ? std::optional(*rest && has && name[0] == pattern[0]) : rest;
}

bool isValid(std::string_view glob) {
  for (const std::string& element : elementsOf(glob)) {
    if (element.empty() || element == "." || element == "..") return false;
  }
  return true;
}

bool isHidden(std::string_view path) {
  const std::vector<std::string> elements = elementsOf(path);
  return std::any_of(elements.begin(), elements.end(), [](const std::string& e) { return e[0] == '.' || e[0] == '_'; });
}

// Sorted as package embed wants it: by folder, then by last element. Folders end with a slash.
bool comesBefore(const std::string& a, const std::string& b) {
  const auto split = [](std::string name) {
    if (name.ends_with('/')) name.pop_back();
    std::string folder(types::folderOf(name));
    return std::pair(folder.empty() ? "." : folder, std::string(types::lastElement(name)));
  };
  return split(a) < split(b);
}

bool isFileSystem(types::Type* type) {
  auto* named = types::as<types::Named>(types::unalias(type));
  const types::Package* package = named == nullptr ? nullptr : named->object->package;
  return package != nullptr && package->path == "embed" && named->object->name.text() == "FS";
}

}  // namespace

Embedding::Embedding(std::vector<SourceText>& texts) {
  const auto mayEmbed = [](const SourceText& text) { return text.text.find(kDirective) != text.text.npos; };
  const bool isWanted = std::any_of(texts.begin(), texts.end(), mayEmbed);
  std::erase_if(texts, [&](SourceText& text) {
    const bool isSource = text.name.ends_with(".go");
    if (!isSource) {
      files_[types::cleanPath(text.name)] = std::move(text.text);
    } else if (isWanted) {
      files_[types::cleanPath(text.name)] = text.text;
    }
    return !isSource;
  });
}

Embedding::Match Embedding::match(const std::string& folder, std::string pattern) const {
  const bool all = pattern.starts_with("all:");
  if (all) pattern.erase(0, 4);
  if (!isValid(pattern) || !matches(pattern, "")) return {{}, "invalid pattern syntax"};
  std::set<std::string> found;
  for (auto at = files_.lower_bound(below(folder, "")); at != files_.end(); ++at) {
    if (!folder.empty() && !at->first.starts_with(folder + "/")) break;
    const std::string name = folder.empty() ? at->first : at->first.substr(folder.size() + 1);
    if (name.starts_with("../")) continue;
    if (*matches(pattern, name)) found.insert(name);
    // Of a folder that matches, what is below it.
    for (size_t slash = name.find('/'); slash != name.npos; slash = name.find('/', slash + 1)) {
      const std::string outer = name.substr(0, slash);
      if (*matches(pattern, outer)) found.insert(outer + "/" + name.substr(slash + 1)), found.insert(outer + "/");
    }
  }
  Match out;
  std::set<std::string> files;
  for (const std::string& one : found) {
    if (!one.ends_with('/')) {
      if (*matches(pattern, one)) files.insert(one);
      continue;
    }
    size_t before = files.size();
    bool any = false;
    for (const std::string& other : found) {
      if (!other.starts_with(one) || other.ends_with('/')) continue;
      if (all || !isHidden(other.substr(one.size()))) any = true, files.insert(other);
    }
    const std::string name = one.substr(0, one.size() - 1);
    if (!any && files.size() == before) return {{}, "cannot embed directory " + name + ": contains no embeddable files"};
  }
  if (files.empty()) return {{}, "no matching files found"};
  out.files.assign(files.begin(), files.end());
  return out;
}

std::vector<Message> Embedding::resolve(const std::vector<SourceText>& texts) {
  struct Wanted {
    std::string folder;
    std::map<std::string, Message> patterns;  // where each is first asked for
  };
  std::map<std::string, Wanted> packages;
  for (const SourceText& text : texts) {
    const std::vector<size_t> directives = directivesIn(text.text);
    if (directives.empty()) continue;
    syntax::FileSet files;
    syntax::SourceFile* file = files.add(text.name, text.text);
    const syntax::Header header = syntax::readHeader(file);
    const auto isEmbed = [](const syntax::HeaderImport& import) { return import.path == "embed"; };
    if (header.fault || std::none_of(header.imports.begin(), header.imports.end(), isEmbed)) continue;
    Wanted& wanted = packages[text.package];
    wanted.folder = types::folderOf(types::cleanPath(text.name));
    const size_t cut = file->hadByteOrderMark() ? 3 : 0;
    for (size_t at : directives) {
      const auto patterns = syntax::embedPatterns(lineAt(text.text, at + 2));
      if (!patterns) continue;
      const auto line = static_cast<uint32_t>(std::count(text.text.begin(), text.text.begin() + static_cast<ptrdiff_t>(at), '\n') + 1);
      const size_t begin = text.text.rfind('\n', at) + 1;  // 0 if there is none
      for (const syntax::EmbedPattern& one : *patterns) {
        const auto column = static_cast<uint32_t>(at + 2 + one.offset - begin - (line == 1 ? cut : 0) + 1);
        wanted.patterns.try_emplace(one.pattern, Message{text.name, line, column, line, column, {}});
      }
    }
  }
  std::vector<Message> faults;
  for (auto& [path, wanted] : packages) {
    for (auto& [pattern, message] : wanted.patterns) {
      Match found = match(wanted.folder, pattern);
      if (!found.fault.empty()) {
        message.text = "pattern " + pattern + ": " + found.fault;
        message.package = path;
        faults.push_back(std::move(message));
        break;
      }
      found_[wanted.folder][pattern] = std::move(found.files);
    }
  }
  return faults;
}

void Embedding::assign(const types::CheckedPackage& package, const syntax::Reporter& report, build::EmbeddedVariables& out) const {
  for (const syntax::File* file : package.files) {
    std::string_view text = file->source->text();
    const std::vector<size_t> directives = directivesIn(text);
    if (directives.empty()) continue;
    const std::string folder(types::folderOf(types::cleanPath(file->source->name())));
    auto known = found_.find(folder);
    if (known == found_.end()) continue;
    std::map<const syntax::VarDecl*, std::vector<std::string>> wanted;
    std::vector<const syntax::VarDecl*> inOrder;
    for (size_t at : directives) {
      const Pos begin = file->source->begin() + static_cast<uint32_t>(at);
      auto next = std::find_if(file->declarations.begin(), file->declarations.end(), [&](syntax::Decl* decl) { return decl->pos > begin; });
      const auto* decl = next == file->declarations.end() ? nullptr : syntax::as<const syntax::VarDecl>(*next);
      const auto patterns = syntax::embedPatterns(lineAt(text, at + 2));
      if (decl == nullptr || !patterns) continue;
      if (!wanted.contains(decl)) inOrder.push_back(decl);
      for (const syntax::EmbedPattern& one : *patterns) {
        auto files = known->second.find(one.pattern);
        if (files == known->second.end()) continue;
        wanted[decl].insert(wanted[decl].end(), files->second.begin(), files->second.end());
      }
    }
    for (const syntax::VarDecl* decl : inOrder) {
      auto* var = types::as<Var>(package.info.objectOf(decl->names[0]));
      if (var == nullptr) continue;
      const bool isSystem = isFileSystem(var->type);
      types::Type* under = types::underlying(var->type);
      auto* slice = types::as<types::Slice>(under);
      const bool isBytes = slice != nullptr && types::isBasicKind(slice->element, types::BasicKind::Uint8);
      const auto qualifier = [](types::Package* of, void* own) -> std::string_view {
        return of == own ? std::string_view() : of->name.text();
      };
      const std::string type = types::typeString(var->type, qualifier, package.package);
      const Pos at = decl->names[0]->pos;
      if (!isSystem && !isBytes && !types::isBasicKind(under, types::BasicKind::String)) {
        report({at, {}, "go:embed cannot apply to var of type " + type});
        continue;
      }
      std::set<std::string> names(wanted[decl].begin(), wanted[decl].end());
      if (!isSystem && names.size() > 1) {
        report({at, {}, "invalid go:embed: multiple files for type " + type});
        continue;
      }
      if (isSystem) {
        for (const std::string& name : std::set(names)) {
          for (std::string_view outer = types::folderOf(name); !outer.empty(); outer = types::folderOf(outer)) {
            names.insert(std::string(outer) + "/");
          }
        }
      }
      std::vector<std::string> sorted(names.begin(), names.end());
      std::sort(sorted.begin(), sorted.end(), comesBefore);
      build::Embedded& embedded = out[var];
      embedded.isFileSystem = isSystem;
      for (std::string& name : sorted) {
        auto bytes = files_.find(below(folder, name));
        embedded.files.push_back({name, bytes == files_.end() ? "" : bytes->second});
      }
    }
  }
}

}  // namespace millrace::driver
