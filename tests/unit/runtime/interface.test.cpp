// Interfaces: method tables, and equality and hash by dynamic type.
#include "runtime/lang/interface.h"

#include <sys/mman.h>

#include <cstring>
#include <thread>

#include "runtime/lang/hash.h"
#include "tests/unit/runtime/lang.h"

using namespace millrace;
using namespace millrace::test;

namespace {

// NameOff and TypeOff are 32-bit addresses: natively these records must lie low in memory.
struct LowMemory {
  char* at;
  LowMemory() {
    void* memory = mmap(nullptr, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    REQUIRE(memory != MAP_FAILED);
    at = static_cast<char*>(memory);
  }
  int32_t place(const std::string& bytes) {
    char* begin = at;
    std::memcpy(begin, bytes.data(), bytes.size());
    at += bytes.size();
    return static_cast<int32_t>(reinterpret_cast<uintptr_t>(begin));
  }
  // An abi name: flags, length, text, package path.
  int32_t name(const std::string& text, const std::string& package = "") {
    int32_t path = package.empty() ? 0 : name(package);
    std::string bytes;
    bytes += static_cast<char>((text[0] < 'a' ? 1 : 0) | (package.empty() ? 0 : 4));
    bytes += static_cast<char>(text.size());
    bytes += text;
    if (path) bytes.append(reinterpret_cast<char*>(&path), 4);
    return place(bytes);
  }
};

struct NamedMethod {
  int32_t name, type;
  int32_t code;
};

// A concrete type of some kind with methods.
struct Concrete : PlainType {
  abi::UncommonType uncommon{};
  abi::Method methods[8];
  Concrete(std::vector<NamedMethod> list, int32_t package) : PlainType(8) {
    flags |= abi::kTypeUncommon;
    uncommon.packagePath = package;
    uncommon.methodCount = static_cast<uint16_t>(list.size());
    uncommon.methodsOffset = static_cast<uint32_t>(reinterpret_cast<char*>(methods) - reinterpret_cast<char*>(&uncommon));
    for (size_t i = 0; i < list.size(); i++) methods[i] = {list[i].name, list[i].type, list[i].code, list[i].code};
    hash = static_cast<uint32_t>(list.size() * 77 + 5);
  }
};

struct Interface : abi::InterfaceType {
  std::vector<abi::InterfaceMethod> list;
  Interface(std::vector<abi::InterfaceMethod> wanted, int32_t package) : abi::InterfaceType{}, list(std::move(wanted)) {
    kind = abi::Kind::Interface;
    packagePath = reinterpret_cast<abi::Name*>(static_cast<uintptr_t>(package));
    methods = {list.data(), static_cast<int64_t>(list.size()), static_cast<int64_t>(list.size())};
    hash = static_cast<uint32_t>(list.size() * 31);
  }
};

}  // namespace

TEST_CASE("a method table holds the methods the interface asks for, in its order") {
  LangWorld world;
  LowMemory low;
  int32_t main = low.name("main"), type1 = 1000, type2 = 2000;
  Concrete concrete({{low.name("Close"), type1, 11}, {low.name("Read"), type2, 12}, {low.name("Write"), type1, 13}}, main);
  Interface readWriter({{low.name("Read"), type2}, {low.name("Write"), type1}}, main);
  const abi::ITab* itab = lang::itabFor(readWriter, concrete, true);
  REQUIRE(itab);
  CHECK(itab->functions[0] == 12);
  CHECK(itab->functions[1] == 13);
  CHECK(itab->type == &concrete);
  CHECK(itab->hash == concrete.hash);
  CHECK(lang::itabFor(readWriter, concrete, false) == itab);
}

TEST_CASE("a method of another type, or none, is missing: asked twice, answered twice") {
  LangWorld world;
  LowMemory low;
  int32_t main = low.name("main");
  Concrete concrete({{low.name("Read"), 1000, 12}}, main);
  PlainType bare(8);
  Interface otherType({{low.name("Read"), 2000}}, main), more({{low.name("Read"), 1000}, {low.name("Seek"), 1000}}, main);
  for (int i = 0; i < 2; i++) {
    CHECK(!lang::itabFor(otherType, concrete, true));
    CHECK(!lang::itabFor(more, concrete, true));
    CHECK(!lang::itabFor(more, bare, true));
    CHECK(world.faultOf([&] { lang::itabFor(more, concrete, false); }) == static_cast<int>(abi::Fault::MissingMethod));
    CHECK(world.faultA == lang::asArgument(&concrete));
    CHECK(world.faultB == lang::asArgument(&more));
  }
}

TEST_CASE("unexported methods belong to their package") {
  LangWorld world;
  LowMemory low;
  int32_t main = low.name("main"), other = low.name("other");
  Concrete concrete({{low.name("close"), 1000, 12}}, main);
  Interface mine({{low.name("close"), 1000}}, main), theirs({{low.name("close"), 1000}}, other);
  Interface named({{low.name("close", "main"), 1000}}, other);
  CHECK(lang::itabFor(mine, concrete, true));
  CHECK(!lang::itabFor(theirs, concrete, true));
  CHECK(lang::itabFor(named, concrete, true));
}

TEST_CASE("tables for many types, made by several workers at once, are one each") {
  LangWorld world;
  LowMemory low;
  int32_t main = low.name("main"), read = low.name("Read");
  std::vector<std::unique_ptr<Concrete>> types;
  for (int i = 0; i < 500; i++) {
    types.push_back(std::make_unique<Concrete>(std::vector<NamedMethod>{{read, 1000, i + 1}}, main));
    types.back()->hash = static_cast<uint32_t>(i * 2654435761u);
  }
  Interface reader({{read, 1000}}, main);
  std::vector<const abi::ITab*> found[4];
  std::vector<std::thread> threads;
  for (auto& mine : found) {
    threads.emplace_back([&] {
      for (auto& type : types) mine.push_back(lang::itabFor(reader, *type, true));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (size_t i = 0; i < types.size(); i++) {
    REQUIRE(found[0][i]->functions[0] == i + 1);
    for (auto& mine : found) REQUIRE(mine[i] == found[0][i]);
  }
}

TEST_CASE("interface values are equal if their dynamic values are") {
  LangWorld world;
  PlainType number(8), direct(8, abi::Kind::Pointer), slice(24, abi::Kind::Slice);
  direct.flags |= abi::kTypeDirectIface;
  slice.equal = nullptr;
  StringType string;
  int64_t a = 5, b = 5, c = 6;
  CHECK(lang::equalInterfaces(number, &a, &b));
  CHECK(!lang::equalInterfaces(number, &a, &c));
  CHECK(!lang::equalInterfaces(direct, &a, &b));
  CHECK(lang::equalInterfaces(direct, &a, &a));
  std::string x = "text", y = "text";
  abi::StringAbi s = goString(x), t = goString(y);
  CHECK(lang::equalInterfaces(string, &s, &t));
  CHECK(world.faultOf([&] { lang::equalInterfaces(slice, &a, &b); }) == static_cast<int>(abi::Fault::Uncomparable));
}

TEST_CASE("equal values hash alike whichever way they are hashed") {
  LangWorld world;
  int64_t number = 77;
  CHECK(lang::hashMemory(&number, 8, 3) == lang::hash64(77, 3));
  std::string x = "some text that is longer than a word", y = x;
  StringType string;
  abi::StringAbi s = goString(x), t = goString(y);
  CHECK(lang::hashValue(string, &s, 9) == lang::hashString(t, 9));
  CHECK(lang::hashFloat(0.0, 1) == lang::hashFloat(-0.0, 1));
  // A struct with padding and a blank field, by its fields.
  PlainType i32(4, abi::Kind::Int32), i64(8);
  struct Padded {
    int32_t a, blank;
    int64_t b;
  } p{1, 111, 2}, q{1, 222, 2};
  abi::Name nameA[] = {0, 1, 'a'}, blank[] = {0, 1, '_'};
  abi::StructField fields[] = {{nameA, &i32, 0}, {blank, &i32, 4}, {nameA, &i64, 8}};
  abi::StructType type{};
  type.kind = abi::Kind::Struct;
  type.size = 16;
  type.fields = {fields, 3, 3};
  CHECK(lang::hashValue(type, &p, 4) == lang::hashValue(type, &q, 4));
  q.b = 3;
  CHECK(lang::hashValue(type, &p, 4) != lang::hashValue(type, &q, 4));
}

TEST_CASE("hashes of similar keys spread over all bits") {
  int ones[64] = {};
  constexpr int kKeys = 4096;
  for (uint64_t k = 0; k < kKeys; k++) {
    uint64_t h = lang::hash64(k, 1);
    for (int bit = 0; bit < 64; bit++) ones[bit] += h >> bit & 1;
  }
  for (int count : ones) {
    CHECK(count > kKeys * 45 / 100);
    CHECK(count < kKeys * 55 / 100);
  }
}
