// Texts: equality without regard to case, paths, quoting.
#pragma once

#include <string>
#include <string_view>

namespace millrace::types {

bool equalFold(std::string_view a, std::string_view b);

// Of paths with slashes: "a/./b/../c" to "a/c", and "a/b/c" to "c".
std::string cleanPath(std::string_view path);
std::string_view lastElement(std::string_view path);
// What is before that, without the slash; empty: there is nothing.
std::string_view folderOf(std::string_view path);

// As a Go string literal in double quotes.
std::string quote(std::string_view text);

}  // namespace millrace::types
