// Images: what a program takes of those it is linked to, and what the build of one leaves for programs.
//
// An image holds its packages' functions, variables and descriptors once. Programs are checked against skeletons of the
// packages; what has a body there they build for themselves, and all else that is declared there they expect in the image.
// Since an image cannot know who will come, it fills every method of every type it describes: programs may call any of them
// through interfaces.
//
// A program in turn fills the exported methods of its own types, which the image may call, and of those it has from the
// image by embedding, all.
#include <algorithm>

#include "runtime/abi/layout.h"
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"
#include "wasm/syntax/names.h"
#include "wasm/types/type-set.h"

namespace millrace::build {

using syntax::isExported;
using types::Named;
using types::Signature;

void ProgramBuilder::notePackages(std::span<const InitStep> order) {
  for (const InitStep& step : order) {
    if (step.package == nullptr) continue;
    CheckedPackage* checked = step.package;
    types::Package* package = checked->package;
    packages_[package] = checked;
    if (package->path == "runtime") runtime_ = package;
    bool linked = false;
    for (const Image* image : config_.images) linked = linked || image->package(package->path) != nullptr;
    if (linked) {
      linkedPackages_.insert(package);
      continue;
    }
    for (const types::Initializer& initializer : checked->info.initOrder) {
      if (initializer.lhs.size() == 1) initializers_[initializer.lhs[0]] = {&checked->info, initializer.rhs};
    }
  }
}

// ---------------------------------------------------------------------------------------------- what images have

// The function's own; empty for what has none: several inits, methods of local types.
std::string ProgramBuilder::linkSymbol(Func* function) const {
  const Signature* signature = function->signature();
  std::string name(function->package->path);
  if (signature->receiver == nullptr) {
    if (function->name.text() == "init" || function->name.isBlank()) return {};
    return name + "." + std::string(function->name.text());
  }
  Type* receiver = types::unalias(signature->receiver->type);
  auto* pointer = types::as<types::Pointer>(receiver);
  auto* named = types::as<Named>(pointer == nullptr ? receiver : types::unalias(pointer->base));
  if (named == nullptr || named->localNumber != 0 || function->name.isBlank()) return {};
  std::string type(named->object->name.text());
  return name + (pointer != nullptr ? ".(*" + type + ")." : "." + type + ".") + std::string(function->name.text());
}

std::optional<ImageFunction> ProgramBuilder::imageFunction(std::string_view symbol, const Image** image) const {
  if (symbol.empty()) return std::nullopt;
  for (const Image* candidate : config_.images) {
    auto found = candidate->function(symbol);
    if (!found) continue;
    if (image != nullptr) *image = candidate;
    return found;
  }
  return std::nullopt;
}

// kNone: no image has it.
FunctionId ProgramBuilder::linkedFunction(std::string_view symbol, uint32_t signature) {
  const Image* image = nullptr;
  auto known = imageFunction(symbol, &image);
  if (!known) return ir::kNone;
  FunctionId id = module_.addFunction(std::string(symbol), signature);
  ir::Function& function = *module_.functions[id];
  function.imported = true;
  function.importModule = image->name();
  function.importName = std::to_string(known->number);
  if (known->neverParks) function.flags |= ir::kNeverParks;
  linkedFunctions_[id] = *known;
  return id;
}

// The function if an image has it and nobody else: it has no body here. Intrinsics are built.
FunctionId ProgramBuilder::linkedFunctionFor(Func* function, Signature* signature) {
  if (function->decl == nullptr || function->decl->body != nullptr) return ir::kNone;
  if (intrinsicOf(function).kind != Intrinsic::None) return ir::kNone;
  uint32_t type = signatureOf(signature, true, false);
  FunctionId own = isLinked(function->package) ? linkedFunction(linkSymbol(function), type) : ir::kNone;
  const Link* link = linkOf(function);
  return own != ir::kNone || link == nullptr ? own : linkedFunction(link->symbol, type);
}

uint32_t ProgramBuilder::tableIndexOf(FunctionId function) {
  auto found = linkedFunctions_.find(function);
  bool has = found != linkedFunctions_.end() && found->second.tableIndex != 0;
  return has ? found->second.tableIndex : module_.tableIndexOf(function);
}

Address ProgramBuilder::linkedVariable(std::string_view symbol) const {
  for (const Image* image : config_.images) {
    if (Address address = image->variable(symbol); address != 0) return address;
  }
  return 0;
}

namespace {

// Types declared in functions without names of their own are numbered as the checker meets them, and so are not the same
// everywhere.
bool hasLocalNumber(std::string_view text) {
  constexpr std::string_view kMark = "·";
  for (size_t at = 0; (at = text.find(kMark, at)) != text.npos;) {
    at += kMark.size();
    if (at < text.size() && text[at] >= '0' && text[at] <= '9') return true;
  }
  return false;
}

}  // namespace

Address ProgramBuilder::linkedDescriptor(Type* type) const {
  if (config_.images.empty()) return 0;
  std::string text = types::typeString(type);
  if (hasLocalNumber(text)) return 0;
  for (const Image* image : config_.images) {
    if (Address address = image->descriptor(text); address != 0) return address;
  }
  return 0;
}

std::set<ir::SignatureType> ProgramBuilder::linkedParking() const {
  std::set<ir::SignatureType> all;
  for (const Image* image : config_.images) all.insert(image->parkingInTable().begin(), image->parkingInTable().end());
  return all;
}

// Is the method to be there although nothing here asks for it?
bool ProgramBuilder::isAlwaysWanted(Symbol name, types::Package* package) const {
  if (makesImage()) return true;
  if (isExported(name.text())) return reflectsMethods_ || !config_.images.empty();
  return isLinked(package);
}

namespace {

// Does the package use one of these functions or methods of another package?
bool uses(const CheckedPackage& package, std::string_view path, std::initializer_list<std::string_view> names) {
  const auto isOne = [&](const types::Object* object) {
    return object != nullptr && object->package != nullptr && object->package->path == path &&
           std::find(names.begin(), names.end(), object->name.text()) != names.end();
  };
  const types::Info& info = package.info;
  return std::any_of(info.objects.begin(), info.objects.end(), isOne) ||
         std::any_of(info.selections.begin(), info.selections.end(), [&](auto& entry) { return isOne(entry.second.object); });
}

// Does it itself, other than package reflect, call what needs methods or functions to be known to reflection?
bool callsReflection(const CheckedPackage& package) {
  return package.package->path != "reflect" &&
         uses(package, "reflect", {"Method", "MethodByName", "Call", "CallSlice", "MakeFunc", "FuncOf", "PointerTo", "PtrTo", "Methods"});
}

}  // namespace

// Must the program be ready for reflection that looks for methods, calls functions, or makes types? Without images it is
// found out while functions are built.
bool ProgramBuilder::wantsReflection(std::span<const InitStep> order) const {
  for (const InitStep& step : order) {
    for (const Image* image : config_.images) {
      const ImagePackage* package = image->package(step.path);
      if (package != nullptr && package->reflects) return true;
    }
    if (config_.images.empty() || step.package == nullptr || isLinked(step.package->package)) continue;
    for (const types::Package* import : step.package->package->imports) {
      if (import->path == "reflect") return true;
    }
    if (uses(*step.package, "runtime", {"SetFinalizer"})) return true;  // which calls a function of any type
  }
  return false;
}

// ------------------------------------------------------------------------------------------------ making an image

void ProgramBuilder::noteSymbol(std::string symbol, FunctionId id, Func* function) {
  if (makesImage() && !symbol.empty()) symbols_.try_emplace(std::move(symbol), Exported{id, function});
}

void ProgramBuilder::exportSymbols() {
  std::unordered_set<FunctionId> exported;
  for (auto& [symbol, e] : symbols_) {
    if (exported.insert(e.id).second) module_.exports.push_back({e.id, std::to_string(module_.exports.size())});
  }
}

void ProgramBuilder::buildImageRoots(std::span<const InitStep> order) {
  const auto add = [&](Func* function) {
    const Signature* signature = function->signature();
    bool isGeneric = !signature->typeParams.empty() || !signature->receiverTypeParams.empty();
    if (!isGeneric && intrinsicOf(function).kind == Intrinsic::None) functionFor({function, {}});
  };
  for (const InitStep& step : order) {
    if (step.package == nullptr || isLinked(step.package->package)) continue;
    FunctionId init = buildPackageInit(step.package);
    if (init != ir::kNone) noteSymbol(step.path + ".init", init, nullptr);
    for (types::Object* object : step.declared) {
      if (auto* function = types::as<Func>(object)) add(function);
      if (auto* var = types::as<Var>(object)) variable(var);
      if (auto* type = types::as<types::TypeName>(object)) describeDeclared(type);
    }
    if (step.package->package != runtime_) continue;
    // Other packages link to any of it.
    for (Func* function : step.package->info.functions) {
      if (!linkSymbol(function).empty()) add(function);
    }
    for (types::Object* object : runtime_->scope->objects()) {
      if (auto* var = types::as<Var>(object)) variable(var);
    }
  }
  for (auto& [symbol, function] : pushed_) noteSymbol(symbol, functionFor({function, {}}), function);
}

// T and *T of a package's own type T.
void ProgramBuilder::describeDeclared(types::TypeName* declared) {
  auto* named = types::as<Named>(declared->type);
  if (named == nullptr || declared->isAlias || named->object != declared || declared->parent != declared->package->scope) return;
  if (!named->typeParams.empty() || isLinked(declared->package)) return;
  auto* interface = types::under<types::Interface>(named);
  if (interface != nullptr && !types::typeSetOf(interface)->isMethodSet()) return;
  descriptorOf(named);
  descriptorOf(pointerTo(named));
}

ImageContents ProgramBuilder::imageContents(std::span<const InitStep> order) {
  ImageContents contents;
  contents.name = config_.imageName;
  contents.header = header_;
  contents.reflection = linkedModule_;
  contents.tableBase = module_.tableBase;
  contents.end = {(data_.end() + 15) & ~15u, module_.tableBase + static_cast<uint32_t>(module_.table.size()),
                  firstSite() + siteCount_};
  for (const DataBuilder::Range& range : data_.variableRanges()) contents.roots.push_back(range);
  for (FunctionId id : module_.table) {
    const ir::Function& function = *module_.functions[id];
    if ((function.flags & ir::kMayPark) != 0) contents.parkingInTable.insert(module_.signatures[function.signature]);
  }
  for (const InitStep& step : order) {
    if (step.package == nullptr || isLinked(step.package->package)) continue;
    ImagePackage package{step.path, {}, callsReflection(*step.package)};
    for (const types::Package* import : step.package->package->imports) {
      if (import->path != "unsafe") package.imports.push_back(std::string(import->path));
    }
    contents.packages.push_back(std::move(package));
  }
  std::unordered_map<FunctionId, uint32_t> inTable;
  for (size_t i = 0; i < module_.table.size(); i++) inTable[module_.table[i]] = module_.tableBase + static_cast<uint32_t>(i);
  std::unordered_map<FunctionId, uint32_t> numbers;
  for (size_t i = 0; i < module_.exports.size(); i++) numbers[module_.exports[i].function] = static_cast<uint32_t>(i);
  for (auto& [symbol, e] : symbols_) {
    bool parks = (module_.functions[e.id]->flags & ir::kMayPark) != 0;
    uint32_t tableIndex = inTable.contains(e.id) ? inTable[e.id] : 0;
    contents.functions.push_back({symbol, {numbers[e.id], !parks, e.function != nullptr && recovers(e.function), tableIndex}});
  }
  for (auto& [var, address] : variables_) {
    if (var->role != types::VarRole::Package || var->name.isBlank()) continue;
    contents.variables.push_back({std::string(var->package->path) + "." + std::string(var->name.text()), address});
  }
  for (auto& [var, target] : linkedVariables_) {
    auto found = variables_.find(target);
    if (found == variables_.end()) continue;
    contents.variables.push_back({std::string(var->package->path) + "." + std::string(var->name.text()), found->second});
  }
  for (auto& [id, address] : descriptors_) {
    std::string text = types::typeString(types_.typeOf(id));
    if (address >= data_.base() && !hasLocalNumber(text)) contents.descriptors.push_back({std::move(text), address});
  }
  return contents;
}

}  // namespace millrace::build
