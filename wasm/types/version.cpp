// Versions of the language.
#include "wasm/types/version.h"

namespace millrace::types {

GoVersion parseVersion(std::string_view text) {
  constexpr std::string_view kPrefix = "go1";
  if (text.substr(0, kPrefix.size()) != kPrefix) return {};
  text.remove_prefix(kPrefix.size());
  if (text.empty()) return {0};
  if (text[0] != '.' || text.size() == 1) return {};
  int minor = 0;
  size_t digits = 0;
  for (size_t i = 1; i < text.size() && text[i] >= '0' && text[i] <= '9' && minor < 100'000; i++, digits++) {
    minor = minor * 10 + (text[i] - '0');
  }
  return digits == 0 ? GoVersion() : GoVersion{minor};
}

std::string versionText(GoVersion version) {
  return version.minor == 0 ? "go1" : "go1." + std::to_string(version.minor);
}

}  // namespace millrace::types
