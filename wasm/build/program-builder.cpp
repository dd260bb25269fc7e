// A program as a whole: from main down, what every goroutine starts in, package initialisation, the header of the data.
#include "wasm/build/program-builder.h"

#include "runtime/abi/layout.h"
#include "runtime/abi/type.h"
#include "runtime/base/check.h"
#include "wasm/build/function-builder.h"
#include "wasm/build/variables.h"

namespace millrace::build {

using types::Signature;

namespace {

const types::Info kNoInfo;

}  // namespace

std::span<const std::string_view> namesOfRuntime() {
  static constexpr std::string_view kNames[] = {
      "beforeExit",  "complex128div", "panicAssert", "panicDivide", "panicGoNil", "panicIndex",
      "panicIndexU", "panicNil",      "panicRange",  "panicShift",  "panicSlice", "panicSliceConvert",
      "panicSliceU", "panicUnsafe",   "panicWrap",   "raise",       "unrecovered"};
  return kNames;
}

ProgramBuilder::ProgramBuilder(const Config& config)
    : config_(config), make_(module_.arena), data_(config.dataBase), types_(module_.arena) {
  module_.tableBase = config.tableBase;
  header_ = data_.constants(sizeof(abi::ProgramHeader), 16);
  ENSURE(header_ == config.dataBase);
}

ProgramBuilder::~ProgramBuilder() = default;

void ProgramBuilder::build(std::span<const InitStep> order, std::span<CheckedPackage* const> whole) {
  notePackages(order);
  ENSURE(runtime_ != nullptr);
  resolveLinks();
  if (!config_.images.empty() || variableNamed("runtime", "modules") != nullptr) linkedModule_ = data_.constants(kLinkedModuleBytes, 8);
  data_.put32(header_ + offsetof(abi::ProgramHeader, magic), abi::kProgramMagic);
  data_.put32(header_ + offsetof(abi::ProgramHeader, version), abi::kProgramVersion);
  if (makesImage() || wantsReflection(order)) {
    wantAllMethods();
    wantPointerTypes();
  }
  if (makesImage()) {
    buildImageRoots(order);
  } else {
    FunctionId main = buildMain(order);
    FunctionId root = buildRoot();
    auto* raise = types::as<Func>(runtime_->scope->lookup(session().symbols().intern("raise")));
    ENSURE(raise != nullptr);
    data_.putPointer(header_ + offsetof(abi::ProgramHeader, main), staticClosure(main));
    data_.putPointer(header_ + offsetof(abi::ProgramHeader, root), staticClosure(root));
    data_.putPointer(header_ + offsetof(abi::ProgramHeader, raise), functionValue({raise, {}}));
  }
  for (const CheckedPackage* package : whole) buildAllOf(package);
  drainWorklist();
  buildReflection();
  exportSymbols();
}

void ProgramBuilder::drainWorklist() {
  while (nextWork_ < worklist_.size()) {
    auto work = std::move(worklist_[nextWork_++]);
    work();
  }
}

// What the first goroutine runs.
FunctionId ProgramBuilder::buildMain(std::span<const InitStep> order) {
  FunctionBuilder b = generated("runtime.main", {ValueType::I32}, {}, ir::kTakesClosure | ir::kNoPoll | ir::kNoInline);
  if (linkedModule_ != 0 && !config_.images.empty()) {
    Expr* modules = make_.i32(static_cast<int32_t>(linkedVariable("runtime.modules")));
    b.store(Op::I64Store, {modules, 0}, make_.i64(linkedModule_));
  }
  for (const InitStep& step : order) {
    bool isOwn = step.package != nullptr && !isLinked(step.package->package);
    FunctionId init = isOwn ? buildPackageInit(step.package) : linkedFunction(step.path + ".init", module_.signatureOf({}));
    if (init != ir::kNone) b.call(init, {});
  }
  types::Package* last = order.back().package->package;
  // A package that is only looked at may have no main.
  auto* main = types::as<Func>(last->scope->lookup(session().symbols().intern("main")));
  if (main != nullptr) b.call(functionFor({main, {}}), {});
  b.call(runtimeFunction("beforeExit"), std::vector<Expr*>{make_.i64(0)});
  b.returnValues({});
  return b.id();
}

// Every goroutine starts in this: it calls the closure and is there when a panic comes out of it.
FunctionId ProgramBuilder::buildRoot() {
  FunctionBuilder b = generated("runtime.goexit", {ValueType::I32, ValueType::I32}, {},
                                ir::kTakesClosure | ir::kNoPoll | ir::kNoInline);
  uint32_t plain = module_.signatureOf({{ValueType::I32}, {}});
  b.callTable(make_.load(Op::I32Load, b.get(0), 0), plain, std::vector<Expr*>{b.get(0)});
  b.returnValues({});
  ir::BlockId handler = b.newBlock(), fatal = b.newBlock(), end = b.newBlock();
  b.function().handler = handler;
  b.startBlock(handler);
  Expr* record = b.callEntry(abi::Entry::panicCatch, {make_.i32(0)});
  Expr* flags = b.callEntry(abi::Entry::panicFlags, {record});
  b.branch(make_.binary(Op::I32And, flags, make_.i32(2)), end, fatal);  // Goexit just ends the goroutine
  b.startBlock(fatal);
  b.call(runtimeFunction("unrecovered"), {});
  b.jump(end);
  b.startBlock(end);
  b.returnValues({});
  return b.id();
}

void ProgramBuilder::buildAllOf(const CheckedPackage* package) {
  for (Func* function : package->info.functions) {
    const Signature* signature = function->signature();
    bool isGeneric = !signature->typeParams.empty() || !signature->receiverTypeParams.empty();
    bool hasName = function->name.text() != "init" && function->name.text() != "_";
    if (isGeneric || !hasName || intrinsicOf(function).kind != Intrinsic::None) continue;
    if (signature->receiver == nullptr) {
      functionValue({function, {}});
    } else {
      functionFor({function, {}});
    }
  }
}

// Variables that need code, in order, then the init functions in order. kNone: nothing to do.
FunctionId ProgramBuilder::buildPackageInit(CheckedPackage* package) {
  const types::Info& info = package->info;
  std::vector<const types::Initializer*> steps;
  StaticInitializer statics(*this, info, true);
  for (const types::Initializer& initializer : info.initOrder) {
    bool asData = initializer.lhs.size() == 1 && statics.isStatic(initializer.rhs, initializer.lhs[0]->type);
    if (!asData) steps.push_back(&initializer);
  }
  std::vector<Func*> inits;
  for (Func* function : info.functions) {
    if (function->name.text() == "init" && function->signature()->receiver == nullptr) inits.push_back(function);
  }
  if (steps.empty() && inits.empty()) return ir::kNone;
  std::string path(package->package->path);
  FunctionId id = module_.addFunction(path + ".init", module_.signatureOf({}));
  module_.functions[id]->flags |= ir::kNoInline;
  std::vector<FunctionId> initFunctions;
  for (size_t i = 0; i < inits.size(); i++) {
    FunctionId function = functionFor({inits[i], {}});
    module_.functions[function]->name = path + ".init." + std::to_string(i);
    initFunctions.push_back(function);
  }
  addWork([this, id, package, steps, initFunctions] {
    FunctionBuilder b(*this, id, package->info, package->package, {});
    b.buildInit(steps, initFunctions);
  });
  return id;
}

uint32_t ProgramBuilder::placeNumber(FunctionId function, syntax::Pos pos) {
  places_.push_back({function, pos});
  return firstSite() + static_cast<uint32_t>(places_.size()) - 1;
}

// What can only be known when everything is lowered: sites, functions and files; and where the variables are.
std::vector<CodeLine> ProgramBuilder::finish(std::span<const SiteInfo> sites, std::span<const LineInfo> lines) {
  std::vector<std::string_view> files;
  std::unordered_map<std::string_view, uint32_t> fileIndices;
  const auto fileIndex = [&](std::string_view file) {
    auto [at, isNew] = fileIndices.try_emplace(file, static_cast<uint32_t>(files.size()));
    if (isNew) files.push_back(file);
    return at->second;
  };
  // Places that calls were inlined at follow the sites; each only once.
  std::vector<SiteInfo> records;
  for (const ir::SourceFrame& place : places_) records.push_back({0, place.function, place.pos});
  records.insert(records.end(), sites.begin(), sites.end());
  std::vector<uint32_t> callers(records.size());
  std::map<std::tuple<FunctionId, uint32_t, uint32_t>, uint32_t> known;  // function, position, caller
  const auto numberOf = [&](std::span<const ir::SourceFrame> frames) {
    uint32_t number = 0;
    for (size_t i = frames.size(); i-- > 0;) {
      auto next = firstSite() + static_cast<uint32_t>(records.size());
      auto [at, isNew] = known.try_emplace({frames[i].function, frames[i].pos.value, number}, next);
      if (isNew) {
        records.push_back({0, frames[i].function, frames[i].pos});
        callers.push_back(number);
      }
      number = at->second;
    }
    return number;
  };
  for (size_t i = 0; i < sites.size(); i++) {
    const SiteInfo& site = sites[i];
    if (site.inlined == ir::kNone) continue;
    std::vector<ir::SourceFrame> frames = ir::sourceFrames(module_, site.function, site.pos, site.inlined);
    records[places_.size() + i].function = frames[0].function;
    callers[places_.size() + i] = numberOf(std::span<const ir::SourceFrame>(frames).subspan(1));
  }
  std::vector<CodeLine> codeLines;
  Address codeTable = data_.constants(std::max<size_t>(1, lines.size()) * sizeof(abi::CodeRecord), 8);
  for (size_t i = 0; i < lines.size(); i++) {
    const LineInfo& line = lines[i];
    syntax::Location location = config_.files.location(line.pos);
    codeLines.push_back({line.offset, line.function, fileIndex(location.file), location.line});
    Address record = codeTable + static_cast<Address>(i * sizeof(abi::CodeRecord));
    data_.put32(record + offsetof(abi::CodeRecord, offset), line.offset);
    data_.put32(record + offsetof(abi::CodeRecord, site),
                numberOf(ir::sourceFrames(module_, line.function, line.pos, line.inlined)));
  }
  siteCount_ = static_cast<uint32_t>(records.size());
  Address siteTable = data_.constants(std::max<size_t>(1, records.size()) * sizeof(abi::SiteRecord), 8);
  for (size_t i = 0; i < records.size(); i++) {
    syntax::Location location = config_.files.location(records[i].pos);
    Address record = siteTable + static_cast<Address>(i * sizeof(abi::SiteRecord));
    data_.put32(record + offsetof(abi::SiteRecord, frameBytes), records[i].frameBytes);
    data_.put32(record + offsetof(abi::SiteRecord, function), records[i].function);
    data_.put32(record + offsetof(abi::SiteRecord, line), location.line);
    data_.put32(record + offsetof(abi::SiteRecord, file), fileIndex(location.file));
    data_.put32(record + offsetof(abi::SiteRecord, caller), callers[i]);
    data_.put32(record + offsetof(abi::SiteRecord, resumer), records[i].resumer);
    data_.put32(record + offsetof(abi::SiteRecord, code), records[i].code);
    data_.put32(record + offsetof(abi::SiteRecord, returned), records[i].returned);
    data_.put32(record + offsetof(abi::SiteRecord, live), records[i].live);
  }
  Address functionTable = data_.constants(std::max<size_t>(1, module_.functions.size()) * sizeof(abi::FunctionRecord), 8);
  for (size_t i = 0; i < module_.functions.size(); i++) {
    data_.putString(functionTable + static_cast<Address>(i * sizeof(abi::FunctionRecord)), module_.functions[i]->name);
  }
  Address entries = data_.constants(std::max<size_t>(1, module_.table.size()) * sizeof(abi::TableRecord), 8);
  for (size_t i = 0; i < module_.table.size(); i++) {
    const ir::Function& function = *module_.functions[module_.table[i]];
    syntax::Location location = config_.files.location(function.pos);
    if (std::string_view(function.name).ends_with(abi::kMethodValueSuffix)) location = {.file = "<autogenerated>", .line = 1};
    Address record = entries + static_cast<Address>(i * sizeof(abi::TableRecord));
    data_.put32(record + offsetof(abi::TableRecord, function), module_.table[i]);
    data_.put32(record + offsetof(abi::TableRecord, line), location.line);
    data_.put32(record + offsetof(abi::TableRecord, file), fileIndex(location.file));
  }
  Address fileTable = data_.constants(std::max<size_t>(1, files.size()) * 16, 8);
  for (size_t i = 0; i < files.size(); i++) data_.putString(fileTable + static_cast<Address>(16 * i), files[i]);
  std::vector<DataBuilder::Range> ranges;
  for (const Image* image : config_.images) ranges.insert(ranges.end(), image->roots().begin(), image->roots().end());
  ranges.insert(ranges.end(), data_.variableRanges().begin(), data_.variableRanges().end());
  Address roots = data_.constants(std::max<size_t>(1, ranges.size()) * sizeof(abi::DataRange), 8);
  for (size_t i = 0; i < ranges.size(); i++) {
    Address record = roots + static_cast<Address>(i * sizeof(abi::DataRange));
    data_.putPointer(record, ranges[i].begin);
    data_.putPointer(record + 8, ranges[i].end);
  }
  using abi::ProgramHeader;
  data_.putPointer(header_ + offsetof(ProgramHeader, roots), roots);
  data_.put64(header_ + offsetof(ProgramHeader, rootCount), ranges.size());
  data_.putPointer(header_ + offsetof(ProgramHeader, sites), siteTable);
  data_.put64(header_ + offsetof(ProgramHeader, siteCount), records.size());
  data_.putPointer(header_ + offsetof(ProgramHeader, code), codeTable);
  data_.put64(header_ + offsetof(ProgramHeader, codeCount), lines.size());
  data_.putPointer(header_ + offsetof(ProgramHeader, table), entries);
  data_.put32(header_ + offsetof(ProgramHeader, tableCount), static_cast<uint32_t>(module_.table.size()));
  data_.put32(header_ + offsetof(ProgramHeader, firstInTable), module_.tableBase);
  data_.putPointer(header_ + offsetof(ProgramHeader, functions), functionTable);
  data_.put64(header_ + offsetof(ProgramHeader, functionCount), module_.functions.size());
  data_.putPointer(header_ + offsetof(ProgramHeader, files), fileTable);
  data_.put64(header_ + offsetof(ProgramHeader, fileCount), files.size());
  data_.put32(header_ + offsetof(ProgramHeader, flags),
              abi::kProgramHasBarriers | (sites.empty() ? 0u : abi::kProgramGrowsStacks));
  data_.put32(header_ + offsetof(ProgramHeader, firstSite), firstSite());
  if (!config_.images.empty()) data_.putPointer(header_ + offsetof(ProgramHeader, image), config_.images.back()->header());
  data_.putPointer(header_ + offsetof(ProgramHeader, dataEnd), data_.end());
  return codeLines;
}

}  // namespace millrace::build
