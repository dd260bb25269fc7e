// What patterns of `//go:embed` mean. The reference is the go command.
#include <catch2/catch.hpp>

#include "tests/unit/driver/library.h"
#include "wasm/driver/compiler.h"
#include "wasm/driver/embedding.h"

using namespace millrace::driver;

namespace {

// What a program says that embeds `pattern` in a file system, with these empty files beside it.
std::string faultOf(const std::string& pattern, const std::vector<std::string>& files) {
  const std::string program = "package main\nimport \"embed\"\n\n//go:embed " + pattern + "\nvar fs embed.FS\n\nfunc main() {}\n";
  std::vector<SourceText> texts = {{"m/main.go", program, ""}};
  for (const std::string& file : files) texts.push_back({"m/" + file, "", ""});
  Embedding embedding(texts);
  CHECK(texts.size() == 1);
  std::vector<Message> faults = embedding.resolve(texts);
  CHECK(faults.size() <= 1);
  return faults.empty() ? "" : std::to_string(faults[0].line) + ":" + std::to_string(faults[0].column) + ": " + faults[0].text;
}

std::string messagesOf(const std::string& declaration, std::vector<SourceText> files) {
  files.insert(files.begin(), {"m.go", "package main\nimport _ \"embed\"\n\n//go:embed " + declaration + "\nfunc main() {}\n", ""});
  std::string all;
  Compiler compiler(smallLibrary("-- embed/e.go --\npackage embed\ntype FS struct{ files *int }\n"));
  for (const Message& message : compiler.compile(std::move(files), {}).messages) {
    all += std::to_string(message.line) + ":" + std::to_string(message.column) + ": " + message.text + "\n";
  }
  return all;
}

}  // namespace

TEST_CASE("Files that patterns find") {
  const std::vector<std::string> files = {"a.txt", "b[1].txt", "dir/one", "dir/sub/two", ".hidden", "secret/.x", "secret/_y", "two words"};
  for (const char* pattern : {"a.txt", "*.txt", "?.txt", "[a-c].txt", "[^b].txt", "dir", "dir/*", "dir/sub", "*/one", ".hidden",
                              "secret/.x", "all:secret", "secret/*", "\"two words\"", "`two words`", "b\\[1].txt", "main.go",
                              "a.txt dir", "a.txt *.txt"}) {
    INFO(pattern);
    CHECK(faultOf(pattern, files) == "");
  }
  for (const char* pattern : {"b.txt", "b[1].txt", "*.md", "di", "one", "dir/*/one", "[^a].txt", "A.txt"}) {
    INFO(pattern);
    CHECK(faultOf(pattern, files) == "4:12: pattern " + std::string(pattern) + ": no matching files found");
  }
  for (const char* pattern : {"../a.txt", "/a.txt", "./a.txt", "dir/", "dir//one", "[", "[]", "[a", "a\\", "."}) {
    INFO(pattern);
    CHECK(faultOf(pattern, files) == "4:12: pattern " + std::string(pattern) + ": invalid pattern syntax");
  }
  CHECK(faultOf("secret", files) == "4:12: pattern secret: cannot embed directory secret: contains no embeddable files");
  // The first fault in the order of the patterns' texts, where it stands.
  CHECK(faultOf("z y", files) == "4:14: pattern y: no matching files found");
}

TEST_CASE("Variables that hold files") {
  const std::vector<SourceText> two = {{"a", "A", ""}, {"b", "B", ""}};
  CHECK(messagesOf("a\nvar s string", two) == "");
  CHECK(messagesOf("a\nvar s []byte", two) == "");
  CHECK(messagesOf("a\nvar s int", two) == "5:5: go:embed cannot apply to var of type int\n");
  CHECK(messagesOf("a b\nvar s string", two) == "5:5: invalid go:embed: multiple files for type string\n");
  CHECK(messagesOf("c\nvar s string", two) == "4:12: pattern c: no matching files found\n");
}
