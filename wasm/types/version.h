// Versions of the language: "go1.N".
#pragma once

#include <string>
#include <string_view>

namespace millrace::types {

struct GoVersion {
  int minor = -1;  // negative: not given, everything is allowed

  bool given() const { return minor >= 0; }
  friend auto operator<=>(GoVersion, GoVersion) = default;
};

inline constexpr GoVersion kCurrentVersion = {26};

// Of "go1.21", "go1.21.3", "go1.21rc2"; not given for anything else.
GoVersion parseVersion(std::string_view text);
std::string versionText(GoVersion version);

}  // namespace millrace::types
