// Texts: equality without regard to case, quoting.
#pragma once

#include <string>
#include <string_view>

namespace millrace::types {

bool equalFold(std::string_view a, std::string_view b);

// As a Go string literal in double quotes.
std::string quote(std::string_view text);

}  // namespace millrace::types
