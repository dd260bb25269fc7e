// Programs that nest deeper and deeper, in every way that the grammar has.
#pragma once

#include <string>
#include <string_view>

namespace millrace::syntax {

inline std::string repeat(std::string_view text, int count) {
  std::string out;
  out.reserve(text.size() * count);
  for (int i = 0; i < count; i++) out += text;
  return out;
}

// A program that nests: prefix, then `open` many times, `middle`, `close` as often, and what ends it.
struct Nesting {
  const char *prefix, *open, *middle, *close, *end;
  std::string program(int depth) const {
    return std::string("package p\n") + prefix + repeat(open, depth) + middle + repeat(close, depth) + end + "\n";
  }
};

inline const Nesting kNestings[] = {
    {"var x = ", "(", "1", ")", ""},
    {"var x = ", "a[", "1", "]", ""},
    {"var x = ", "f(", "1", ")", ""},
    {"var x = ", "- ", "1", "", ""},
    {"var x = ", "!", "1", "", ""},
    {"var x = ", "& ", "a", "", ""},
    {"var x = ", "<-", "c", "", ""},
    {"var x = ", "a + (", "1", ")", ""},
    {"var x = ", "T{a: ", "1", "}", ""},
    {"var x = T", "{", "1", "}", ""},
    {"var x = ", "[]T{", "1", "}", ""},
    {"var x = ", "func() { f(", "", ") }", ""},
    {"var x = a", "", "", ".b", ""},
    {"var x = a", "", "", "()", ""},
    {"var x = a", "", "", "[0]", ""},
    {"var x = a", "", "", "[:]", ""},
    {"var x = a", "", "", ".(T)", ""},
    {"type x ", "[]", "int", "", ""},
    {"type x ", "[1]", "int", "", ""},
    {"type x ", "[", "1", "]int", ""},
    {"type x ", "*", "int", "", ""},
    {"type x ", "(", "int", ")", ""},
    {"type x ", "chan ", "int", "", ""},
    {"type x ", "map[int]", "int", "", ""},
    {"type x ", "map[", "int", "]int", ""},
    {"type x ", "T[", "int", "]", ""},
    {"type x ", "struct{ a ", "int", "}", ""},
    {"type x struct { a ", "[a ", "", "]int", "}"},
    {"type x ", "interface{ m(", "int", ") }", ""},
    {"type x ", "interface{ m[", "int", "] }", ""},
    {"type x ", "interface{ ", "int", " }", ""},
    {"type x ", "func(", "int", ")", ""},
    {"type x ", "func(a ", "int", ")", ""},
    {"type x ", "func() ", "int", "", ""},
    {"type x", "[P ", "int", "]", ""},
    {"func f() ", "{", "", "}", ""},
    {"func f() { ", "if x { ", "", "}", "}"},
    {"func f() { ", "if x { } else { ", "", "}", "}"},
    {"func f() { ", "if func() { ", "", "}() { }", "}"},
    {"func f() { ", "for i := 0; i < 1; i++ { ", "", "}", "}"},
    {"func f() { ", "for range x { ", "", "}", "}"},
    {"func f() { ", "switch { case x: ", "", "}", "}"},
    {"func f() { ", "select { case <-c: ", "", "}", "}"},
    {"func f() { ", "L: ", "", "", "}"},
    {"func f() { ", "go func() { ", "", "}()", "}"},
    {"func f() { ", "x := func() { ", "", "}", "}"},
    {"func f() { ", "var x = func() { ", "", "}", "}"},
    {"func f() { ", "type T [len(func() { ", "", "})]int", "}"},
};

}  // namespace millrace::syntax
