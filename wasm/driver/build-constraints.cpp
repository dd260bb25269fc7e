// The go command's rules for choosing files (see `go help buildconstraint`).
#include "wasm/driver/build-constraints.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "wasm/syntax/directives.h"

namespace millrace::driver {

namespace {

constexpr int kGoMinor = 26;  // tags go1.1 to go1.26 are set

constexpr std::string_view kSystems[] = {"aix",   "android", "darwin", "dragonfly", "freebsd", "hurd",    "illumos", "ios",   "js",
                                         "linux", "nacl",    "netbsd", "openbsd",   "plan9",   "solaris", "wasip1",  "windows", "zos"};
constexpr std::string_view kMachines[] = {"386",      "amd64",  "amd64p32", "arm",   "armbe",   "arm64",   "arm64be", "loong64",
                                          "mips",     "mipsle", "mips64",   "ppc",   "mips64le", "mips64p32", "mips64p32le",
                                          "ppc64",    "ppc64le", "riscv",   "riscv64", "s390",  "s390x",   "sparc",   "sparc64", "wasm"};

template <size_t N>
bool isOneOf(const std::string_view (&list)[N], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

// x_GOOS.go, x_GOARCH.go and x_GOOS_GOARCH.go are for these only.
bool fitsName(std::string_view name) {
  name = name.substr(0, name.find('.'));
  std::vector<std::string_view> words;
  for (size_t at = name.find('_'); at != std::string_view::npos;) {
    size_t next = name.find('_', at + 1);
    words.push_back(name.substr(at + 1, next == std::string_view::npos ? next : next - at - 1));
    at = next;
  }
  if (words.empty()) return true;
  std::string_view last = words.back();
  if (words.size() >= 2 && isOneOf(kSystems, words[words.size() - 2]) && isOneOf(kMachines, last)) {
    return isTargetTag(words[words.size() - 2]) && isTargetTag(last);
  }
  return !(isOneOf(kSystems, last) || isOneOf(kMachines, last)) || isTargetTag(last);
}

// The first `//go:build` line among the comments before everything else; empty: there is none.
std::string_view buildLine(std::string_view text) {
  while (!text.empty()) {
    size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    text.remove_prefix(begin);
    size_t end;
    if (text.starts_with("//")) {
      end = std::min(text.find('\n'), text.size());
      std::string_view line = text.substr(0, end);
      if (line.starts_with("//go:build ")) return line;
    } else if (text.starts_with("/*")) {
      end = text.find("*/");
      if (end == std::string_view::npos) return {};
      end += 2;
    } else {
      return {};
    }
    text.remove_prefix(end);
  }
  return {};
}

}  // namespace

bool isTargetTag(std::string_view tag) {
  // The last one asks math/big for its loops in Go instead of assembly.
  if (tag == "js" || tag == "wasm" || tag == "gc" || tag == "math_big_pure_go") return true;
  constexpr std::string_view kVersion = "go1.";
  if (!tag.starts_with(kVersion) || tag.size() == kVersion.size() || tag.size() > kVersion.size() + 3) return false;
  int minor = 0;
  for (char c : tag.substr(kVersion.size())) {
    if (c < '0' || c > '9') return false;
    minor = minor * 10 + (c - '0');
  }
  return minor >= 1 && minor <= kGoMinor;
}

bool isForTarget(std::string_view name, std::string_view text) {
  if (name.ends_with("_test.go")) name.remove_suffix(std::string_view("_test.go").size());
  if (!fitsName(name)) return false;
  std::string_view line = buildLine(text);
  return line.empty() || syntax::holdsBuildLine(line, isTargetTag).value_or(true);
}

bool isSelected(std::string_view name, std::string_view text) {
  if (!name.ends_with(".go") || name.ends_with("_test.go") || name.starts_with("_") || name.starts_with(".")) return false;
  return isForTarget(name, text);
}

}  // namespace millrace::driver
