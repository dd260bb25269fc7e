// A run of the checker from beginning to end, and the front door.
#include "wasm/types/checker.h"

#include <algorithm>

namespace millrace::types {

Checker::Checker(const CheckConfig& config, std::string_view path, std::span<syntax::File* const> files,
                 uint32_t exprCount)
    : config_(config),
      session_(config.session.state()),
      arena_(session_.arena),
      result_(new CheckedPackage),
      info_(result_->info),
      flags_(exprCount) {
  package_ = make<Package>(Package{arena_.copy(path), Symbol(), make<Scope>(&universe_.scope), {}, false});
  owner_ = make<Owner>(Owner{&session_, this});
  result_->package = package_;
  result_->files = arena_.copy(files);
  info_.expressions.resize(exprCount);
  info_.objects.resize(exprCount);
}

// What was made stays; it only loses sight of the checker.
Checker::~Checker() {
  owner_->checker = nullptr;
  for (Object* object : objects_) object->declaration = nullptr;
}

std::unique_ptr<CheckedPackage> Checker::run() {
  collectFiles(result_->files);
  collectObjects();
  findDirectCycles();
  checkPackageObjects();
  processDelayed(0);  // function bodies too
  completeTypes();
  findInitOrder();
  checkUnusedImports();
  if (!failed_) checkMonomorphic();
  if (!failed_) lateChecks();
  std::sort(importedPackages_.begin(), importedPackages_.end(),
            [](Package* a, Package* b) { return a->path < b->path; });
  package_->imports = arena_.copy(importedPackages_);
  package_->complete = !failed_;
  return std::move(result_);
}

// Everything that is computed on demand is computed now, while faults can still be reported.
void Checker::completeTypes() {
  for (size_t i = 0; i < named_.size(); i++) underlying(named_[i]);
  for (size_t i = 0; i < typeParams_.size(); i++) {
    if (auto* interface = as<Interface>(underlying(typeParams_[i]))) typeSetOf(interface);
  }
  for (size_t i = 0; i < interfaces_.size(); i++) typeSetOf(interfaces_[i]);
  processDelayed(0);
}

void Checker::checkMonomorphic() {
  std::vector<MonoGraph::Step> cycle = mono_.findCycle();
  if (cycle.empty()) return;
  Report loop = newReport();
  loop.add(cycle[0].object, {"instantiation cycle:"});
  for (const MonoGraph::Step& step : cycle) {
    bool isParam = as<TypeParam>(step.object->type) != nullptr;
    loop.add(step.pos, {step.object->name, isParam ? " instantiated as " : " implicitly parameterized by ",
                        typeRelativeTo(package_, step.type)});
  }
  report(loop);
}

std::unique_ptr<CheckedPackage> checkPackage(const CheckConfig& config, std::string_view path,
                                             std::span<syntax::File* const> files, uint32_t exprCount) {
  Checker checker(config, path, files, exprCount);
  return checker.run();
}

// ------------------------------------------------------------------------------- questions the IR builder asks

Type* substitute(Session& session, Type* type, std::span<TypeParam* const> params, std::span<Type* const> args) {
  return substitute(session.state().outside, type, Substitution{params, args});
}

Named* instantiate(Session& session, Named* generic, std::span<Type* const> args) {
  return static_cast<Named*>(instantiateType(session.state().outside, generic, args, Pos{}));
}

}  // namespace millrace::types
