// Comments that speak to the compiler: `//line`, `//go:build`, `//go:noinline`, `//go:linkname` and their like.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wasm/syntax/ast.h"
#include "wasm/syntax/parser.h"

namespace millrace::syntax {

struct DirectiveFault {
  Pos pos;
  std::string message;
};

// Applies a `//line` or `/*line */` comment, which stands at `pos`, to `source`. Comments that only look like one are
// ignored, as in Go.
std::optional<DirectiveFault> applyLineDirective(SourceFile& source, Pos pos, std::string_view comment);

// The least Go version without which a `//go:build` comment cannot be satisfied: "go1.N", or "" if there is none.
// Nothing if the comment is malformed.
std::optional<std::string> goVersionOfBuildLine(std::string_view comment);

// Does a `//go:build` comment hold where the tags are set that `isTagSet` says? Nothing if the comment is malformed.
using TagTest = std::function<bool(std::string_view tag)>;
std::optional<bool> holdsBuildLine(std::string_view comment, const TagTest& isTagSet);

// A pattern of a `//go:embed` directive, unquoted, and where in the directive it begins.
struct EmbedPattern {
  std::string pattern;
  uint32_t offset;
};
// `directive` is the comment without its slashes. Nothing if a quoted pattern is malformed.
std::optional<std::vector<EmbedPattern>> embedPatterns(std::string_view directive);

// Collects `//go:` directives until the declaration comes along that they are for.
//
// Directives without such a declaration are reported at once; those at a declaration of the wrong kind, as Go does it,
// only where the package is well typed.
class Directives {
 public:
  Directives(const ParseContext& context) : context_(context) {}

  // `comment` is a whole `//go:...` comment at `pos`; `alone`: nothing stands before it on its line.
  void add(Pos pos, std::string_view comment, bool alone);

  // What a declaration takes besides the directives it does not know.
  enum class Owner { Package, Func, Var, Other };
  // The pending directives belong to a declaration that begins now. Returns the Pragma bits.
  uint32_t take(Owner owner) { return pending_.empty() ? 0 : takePending(owner); }
  // After take(Owner::Var): where a go:embed is that the variables shall have; unknown: none.
  Pos takeEmbed() { return std::exchange(embed_, {}); }
  // What begins now takes no directives.
  void drop() {
    if (!pending_.empty()) dropPending();
  }

  const std::vector<Linkname>& linknames() const { return linknames_; }

 private:
  enum class Kind : uint8_t { Build, Func, Wasm, Embed };
  struct Pending {
    Pos pos;
    Kind kind;
    uint32_t pragma;
    std::string_view text;
  };

  void report(Pos pos, std::string message, Stage stage = Stage::Types);
  void addLinkname(Pos pos, std::string_view text);
  uint32_t takePending(Owner owner);
  void dropPending();
  void misplaced(const Pending& directive, Stage stage);

  const ParseContext& context_;
  std::vector<Pending> pending_;
  Pos embed_;
  std::vector<Linkname> linknames_;
};

}  // namespace millrace::syntax
