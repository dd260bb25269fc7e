// Builds a whole program's module and data from checked packages.
//
// Functions are built when something reaches them: asking for a function, a method table or a package variable puts what it
// needs on a worklist. A generic function is built once per list of type arguments, from its one checked body.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "runtime/abi/type.h"
#include "wasm/build/data.h"
#include "wasm/build/image.h"
#include "wasm/build/intrinsics.h"
#include "wasm/build/layout.h"
#include "wasm/ir/make.h"
#include "wasm/types/check.h"

namespace millrace::build {

using ir::FunctionId;
using types::CheckedPackage;
using types::Func;
using types::Symbol;
using types::Var;

// A function or method with the type arguments it is used with (those of the receiver's type first).
struct Instance {
  Func* function;  // the generic declaration
  std::span<Type*> arguments;
};

// What stands at an offset of the module: indices in the tables of ProgramHeader, and a line.
struct CodeLine {
  uint32_t offset, function, file, line;
};

// What a variable with `//go:embed` begins with: the only file's bytes, or all files' of an embed.FS, sorted as that wants them;
// folders, which end with a slash, among them.
struct EmbeddedFile {
  std::string name, bytes;
};
struct Embedded {
  bool isFileSystem;
  std::vector<EmbeddedFile> files;
};
using EmbeddedVariables = std::unordered_map<Var*, Embedded>;

struct Config {
  types::Session& session;
  syntax::FileSet& files;
  Address dataBase;
  uint32_t tableBase;
  std::vector<const Image*> images = {};  // what the program is linked to, lowest first
  std::string imageName = {};             // not empty: an image of this name is made
  const EmbeddedVariables* embedded = nullptr;
};

// A package in the order of initialisation.
struct InitStep {
  std::string path;
  CheckedPackage* package;  // null: of an image, and not needed besides
  bool isLinked = false;    // of an image
  // For an image: what the package's skeleton declares, so that programs may ask for it.
  std::vector<types::Object*> declared = {};
};

// What compiled code needs of package runtime, by name.
std::span<const std::string_view> namesOfRuntime();

class FunctionBuilder;

// Size of package runtime's linkedModule: what reflection must know of a module.
inline constexpr uint32_t kLinkedModuleBytes = 64;

class ProgramBuilder {
 public:
  explicit ProgramBuilder(const Config& config);
  ~ProgramBuilder();

  // Packages in the order in which they are initialised, package runtime among them; the last one is main. Functions of
  // the packages in `whole` are built also when nothing reaches them. For an image there is no main.
  void build(std::span<const InitStep> order, std::span<CheckedPackage* const> whole = {});
  // After lowering: where frames can lie, by site number.
  struct SiteInfo {
    uint32_t frameBytes;
    FunctionId function;
    syntax::Pos pos;
    uint32_t inlined = ir::kNone;  // as ir::Stmt's
    uint32_t resumer = 0, code = 0, returned = 0, live = 0;
  };
  struct LineInfo {
    uint32_t offset;  // in the module's bytes
    FunctionId function;
    syntax::Pos pos;
    uint32_t inlined = ir::kNone;
  };
  // Writes the tables of sites, functions and files, and the header. Returns `lines` with files and lines of the source.
  std::vector<CodeLine> finish(std::span<const SiteInfo> sites, std::span<const LineInfo> lines);
  // After finish(), for an image.
  ImageContents imageContents(std::span<const InitStep> order);
  // Where the sites and the table of the program begin, and what else lower is to know of its images.
  uint32_t firstSite() const { return config_.images.empty() ? 1 : config_.images.back()->end().site; }
  // After build(): the first number for lower's sites.
  uint32_t firstLoweredSite() const { return firstSite() + static_cast<uint32_t>(places_.size()); }
  std::set<ir::SignatureType> linkedParking() const;

  ir::Module& module() { return module_; }
  DataBuilder& data() { return data_; }
  TypeTable& typeTable() { return types_; }
  ir::Make& make() { return make_; }
  types::Session& session() { return config_.session; }
  Arena& arena() { return module_.arena; }
  // Called later, when what is being built now is done.
  void addWork(std::function<void()> work) { worklist_.push_back(std::move(work)); }

  // ---- functions (functions.cpp)
  FunctionId functionFor(const Instance& instance);
  Instance methodInstance(Func* method, Type* receiver);  // receiver: T or *T
  Type* receiverType(Func* method);                       // as its declaration has it
  // Of package runtime, by name: what compiled code calls for run-time faults and the like.
  FunctionId runtimeFunction(std::string_view name);
  Intrinsic intrinsicOf(Func* function);
  uint32_t tableIndexOf(FunctionId function);
  // The number of a site at which no frame is left: a place in the source.
  uint32_t placeNumber(FunctionId function, syntax::Pos pos);
  // The WebAssembly signature of a Go signature: receiver first (if asked for), the closure's address last (if asked for).
  uint32_t signatureOf(types::Signature* signature, bool withReceiver, bool withClosure);
  // The signature of the instance, without type parameters; a method's with its receiver.
  types::Signature* signatureOf(const Instance& instance);
  uint32_t interfaceSignature(types::Signature* signature);  // receiver is the data word
  // A closure that captures nothing, in constant data; `function` takes a closure.
  Address staticClosure(FunctionId function);
  Address functionValue(const Instance& instance);
  // The method as a method table holds it: the receiver is the data word.
  FunctionId interfaceMethod(Type* type, const types::Selection& method);
  FunctionId methodExpression(const types::Selection& selection, types::Signature* signature);
  bool recovers(Func* function);  // does it call recover itself?
  std::string methodName(Type* type, Func* method);  // for traces

  // ---- package variables and constants (variables.cpp, descriptors.cpp)
  Address variable(Var* var);
  void writeEmbedded(Address at, Var* var, const Embedded& embedded);
  Address staticArray(const types::Info& info, const syntax::CompositeLit* literal, Type* element, int64_t length);
  Address zeroes(uint64_t size);
  Address constantObject(Type* type, std::span<const uint64_t> bits);  // leaves in registers
  void putLeaf(Address at, const Leaf& leaf, uint64_t bits);

  // ---- type descriptors (descriptors.cpp)
  Address descriptorOf(Type* type);
  // Descriptors that serve the allocator only: size and pointers.
  Address shapeOf(uint64_t size, const std::vector<bool>& pointers);
  Address allocationShape(Type* type);
  Address itabOf(Type* concrete, Type* interface);
  // Index of a method in the interface's method table.
  uint32_t methodIndex(types::Interface* interface, Symbol name, types::Package* package);
  static bool isDirect(Type* type, TypeTable& table);  // held in an interface's data word itself
  void wantMethod(Symbol name);  // the program calls methods of this name through interfaces

  // ---- calls by reflection (reflection.cpp)
  // `function` is in the function table, or will be, and of this Go type; `hasReceiver`: the data word comes first.
  void noteCallable(FunctionId function, types::Signature* signature, bool hasReceiver);

  // ---- generated functions (equality.cpp)
  FunctionId equalFunction(Type* type);  // (p, q, closure) -> i32
  FunctionId hashFunction(Type* type);   // (p, seed, closure) -> i64
  bool isRegularMemory(Type* type);      // equality is that of its bytes

  // ---- types made on the way
  Type* pointerTo(Type* type);
  Type* sliceTypeOf(Type* element);
  Type* methodType(Func* method);  // its signature without receiver

 private:
  struct Link {
    std::string symbol;
    Func* function;  // who defines it; null: an entry point, an intrinsic, or nobody
  };
  struct MethodEntry {
    Type* type;
    types::Selection method;
    Address at;
  };
  // What waits for methods of one name to be wanted.
  struct WantedName {
    bool type = false, code = false;
    std::vector<MethodEntry> untyped, uncoded;  // of descriptors
    std::vector<MethodEntry> inTables;          // `at`: the entry of a method table
  };
  struct VariableInit {
    const types::Info* info;
    syntax::Expr* value;
  };

  const types::Info& infoOf(types::Package* package) const;
  std::string instanceKey(const Instance& instance);
  std::string functionName(const Instance& instance);
  void appendValueTypes(Type* type, std::vector<ValueType>& out);
  void buildFunction(const Instance& instance, types::Signature* signature, FunctionId id);
  static Type* receiverBase(Type* type);
  const Link* linkOf(Func* function);
  void resolveLinks();

  // linking.cpp
  bool isLinked(const types::Package* package) const { return linkedPackages_.contains(package); }
  void notePackages(std::span<const InitStep> order);
  std::string linkSymbol(Func* function) const;
  std::optional<ImageFunction> imageFunction(std::string_view symbol, const Image** image = nullptr) const;
  FunctionId linkedFunction(std::string_view symbol, uint32_t signature);
  FunctionId linkedFunctionFor(Func* function, types::Signature* signature);
  Address linkedVariable(std::string_view symbol) const;
  Address linkedDescriptor(Type* type) const;
  void noteSymbol(std::string symbol, FunctionId id, Func* function);
  void exportSymbols();
  bool isAlwaysWanted(Symbol name, types::Package* package) const;
  bool wantsReflection(std::span<const InitStep> order) const;
  void buildImageRoots(std::span<const InitStep> order);
  void describeDeclared(types::TypeName* declared);

  FunctionId buildMain(std::span<const InitStep> order);
  FunctionId buildRoot();
  void buildAllOf(const CheckedPackage* package);
  FunctionId buildPackageInit(CheckedPackage* package);
  FunctionBuilder generated(const std::string& name, std::vector<ValueType> parameters, std::vector<ValueType> results,
                            uint32_t flags);

  bool isBuilt(Func* function) const;
  Func* functionNamed(std::string_view package, std::string_view name);
  Var* variableNamed(std::string_view package, std::string_view name);
  void drainWorklist();
  void buildReflection();
  FunctionId callThunk(types::Signature* signature, bool hasReceiver);
  FunctionId makeFuncStub(types::Signature* signature, FunctionId target, FunctionId panics);
  void writeLinkedModule(const std::vector<uint32_t>& callThunks);

  Address nameData(std::string_view name, bool exported, std::string_view tag, types::Package* package, bool embedded);
  Address pointerBitmap(const std::vector<bool>& map);
  void fillHead(Type* type, abi::Kind kind, Address at, bool uncommon);
  void fillMapGroup(types::Map* map, Address at);
  void fillInterface(Type* type, types::Interface* interface, Address at);
  void fillStruct(types::Struct* fields, Address at);
  void addMethod(Type* type, const types::Selection& method, Address entry, types::Package* ofType);
  void wantMethodType(Symbol name);
  void wantAllMethods();
  void wantPointerTypes();
  void describeRelated(Type* named);
  void fillMethods(Symbol name);

  bool makesImage() const { return !config_.imageName.empty(); }

  Config config_;
  ir::Module module_;
  ir::Make make_;
  DataBuilder data_;
  TypeTable types_;
  Address header_ = 0, zeroes_ = 0;
  Address linkedModule_ = 0;  // the record of package runtime
  std::vector<ir::SourceFrame> places_;  // the first sites
  uint32_t siteCount_ = 0;

  std::unordered_map<types::Package*, CheckedPackage*> packages_;
  types::Package* runtime_ = nullptr;
  std::unordered_map<Func*, Link> links_;
  std::unordered_map<Var*, Var*> linkedVariables_;
  std::unordered_set<const types::Package*> linkedPackages_;  // of images
  std::unordered_map<FunctionId, ImageFunction> linkedFunctions_;
  struct Exported {
    FunctionId id;
    Func* function;  // null: a package's initialisation
  };
  std::map<std::string, Exported> symbols_;  // of an image
  std::vector<std::pair<std::string, Func*>> pushed_;    // functions that a go:linkname gives another symbol
  std::unordered_map<Func*, std::string> pushedAs_;
  std::unordered_map<Var*, VariableInit> initializers_;
  std::deque<std::function<void()>> worklist_;
  size_t nextWork_ = 0;

  std::unordered_map<std::string, FunctionId> functions_;       // by instanceKey
  std::unordered_map<std::string, FunctionId> functionValues_;  // by instanceKey: entries that take a closure
  std::unordered_map<std::string, FunctionId> runtimeFunctions_;
  std::unordered_map<std::string, FunctionId> interfaceMethods_;
  std::unordered_map<FunctionId, Address> staticClosures_;
  std::unordered_map<Func*, bool> recovers_;
  std::unordered_map<Var*, Address> variables_;
  std::map<std::pair<uint32_t, std::vector<uint64_t>>, Address> constantObjects_;
  std::unordered_map<uint32_t, Address> descriptors_, allocationShapes_;  // by type id
  std::map<std::pair<uint64_t, std::vector<bool>>, Address> shapes_;
  std::map<std::pair<uint32_t, uint32_t>, Address> itabs_;
  std::unordered_map<Symbol, WantedName> wanted_;
  bool reflectsMethods_ = false, reflectsPointers_ = false;
  std::vector<uint32_t> relatedToTypes_;  // ids of those with descriptors of which reflection may make others: see describeRelated
  std::unordered_map<uint32_t, FunctionId> equals_, hashes_;              // by type id
  std::unordered_map<uint32_t, FunctionId> memoryEquals_, memoryHashes_;  // by size
  std::unordered_map<std::string, Address> names_;
  struct Callable {
    types::Signature* signature;
    bool hasReceiver;
  };
  std::unordered_map<FunctionId, Callable> callables_;
  std::map<std::string, FunctionId> callThunks_, makeFuncStubs_;  // by what they do
  std::vector<uint32_t> functionTypes_;                           // ids of those with descriptors
  size_t stubbedTypes_ = 0;                                       // how many of them have their stub
};

}  // namespace millrace::build
