// A package checked for a test, with all that must live as long as what it is asked.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "wasm/syntax/parser.h"
#include "wasm/types/check.h"

namespace millrace::types {

class Checked {
 public:
  // The text of a package p, its clause included or not. It can import what `imported` holds, by the path "imported".
  explicit Checked(std::string text, const Checked* imported = nullptr, std::string goVersion = {})
      : goVersion_(std::move(goVersion)), list_(files_) {
    if (!text.starts_with("package ")) text = "package p; " + text;
    const syntax::Reporter report = [this](syntax::Diagnostic d) { list_.add(std::move(d)); };
    uint32_t expressions = 0;
    file_ = syntax::parseFile(files_.add("x.go", std::move(text)),
                              {arena_, session_.symbols(), expressions, report});
    if (!list_.empty()) {
      finish();
      return;
    }
    CheckConfig config{.session = session_, .importer = {}, .report = report, .goVersion = goVersion_};
    config.importer = [imported](std::string_view path) {
      return imported != nullptr && path == "imported" ? imported->result_->package : nullptr;
    };
    result_ = checkPackage(config, "p", {&file_, 1}, expressions);
    finish();
  }

  // "line:column: message", one per line.
  const std::string& errors() const { return errors_; }
  const CheckedPackage& result() const { return *result_; }
  Session& session() { return session_; }

  Object* object(std::string_view name) { return result_->package->scope->lookup(session_.symbols().intern(name)); }
  Type* type(std::string_view name) { return object(name)->type; }
  // The value of a constant, as messages show it.
  std::string value(std::string_view name) { return toString(static_cast<Const*>(object(name))->value); }

 private:
  void finish() {
    for (const syntax::Diagnostic& d : list_.takeSorted()) {
      syntax::Location at = files_.location(d.begin);
      errors_ += (errors_.empty() ? "" : "\n") + std::to_string(at.line) + ":" + std::to_string(at.column) + ": " + d.message;
    }
  }

  std::string goVersion_;
  syntax::FileSet files_;
  syntax::DiagnosticList list_;
  Arena arena_;
  Session session_;
  syntax::File* file_;
  std::unique_ptr<CheckedPackage> result_;
  std::string errors_;
};

}  // namespace millrace::types
