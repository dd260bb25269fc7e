// Method tables are made when first asked for, and kept: in a hash table that is read without a lock. It is replaced, never
// changed in place, when it becomes too full; entries are only ever added, by whoever holds the lock, with the table first
// complete and then visible.
#include "runtime/lang/interface.h"

#include <cstring>

#include "runtime/base/check.h"
#include "runtime/host/console.h"

namespace millrace::lang {

namespace {

using abi::ITab;

struct ItabTable {
  uint32_t mask;
  uint32_t count;
  host::Atomic<const ITab*> entries[1];  // mask + 1
};

host::Lock lock;
host::Atomic<ItabTable*> current;
char* chunk GUARDED_BY(lock) = nullptr;
size_t chunkLeft GUARDED_BY(lock) = 0;

// Memory that is never given back.
void* allocateForever(size_t bytes) REQUIRES(lock) {
  if (bytes > chunkLeft) {
    size_t pages = (bytes + host::kPageBytes - 1) / host::kPageBytes;
    host::PageHeap::Run run = host::pageHeap.allocate(pages);
    if (!run.address) host::outOfMemory(bytes);
    std::memset(run.address, 0, pages * host::kPageBytes);
    chunk = static_cast<char*>(run.address);
    chunkLeft = pages * host::kPageBytes;
  }
  void* memory = chunk;
  bytes = (bytes + 7) & ~size_t{7};
  chunk += bytes;
  chunkLeft -= bytes;
  return memory;
}

uint32_t hashOf(const abi::InterfaceType& interface, const abi::Type& type) {
  uint32_t h = (interface.hash ^ type.hash * 31) * 0x9e3779b1;
  return h ^ h >> 15;
}

const ITab* find(ItabTable* table, const abi::InterfaceType& interface, const abi::Type& type) {
  if (!table) return nullptr;
  for (uint32_t at = hashOf(interface, type);; at++) {
    const ITab* itab = table->entries[at & table->mask].load();
    if (!itab || (itab->interface == &interface && itab->type == &type)) return itab;
  }
}

void insert(ItabTable* table, const ITab* itab) {
  uint32_t at = hashOf(*itab->interface, *itab->type);
  while (table->entries[at & table->mask].relaxed()) at++;
  table->entries[at & table->mask].store(itab);
  table->count++;
}

ItabTable* tableWithRoom() REQUIRES(lock) {
  ItabTable* table = current.relaxed();
  if (table && (table->count + 1) * 4 <= (table->mask + 1) * 3) return table;
  uint32_t size = table ? (table->mask + 1) * 2 : 64;
  ItabTable* larger = static_cast<ItabTable*>(allocateForever(sizeof(ItabTable) + size * sizeof(void*)));
  larger->mask = size - 1;
  for (uint32_t i = 0; table && i <= table->mask; i++) {
    if (const ITab* itab = table->entries[i].relaxed()) insert(larger, itab);
  }
  current.store(larger);
  return larger;
}

// ---- names and methods

struct Text {
  const uint8_t* data;
  uint32_t length;
  friend bool operator==(const Text& a, const Text& b) {
    return a.length == b.length && std::memcmp(a.data, b.data, a.length) == 0;
  }
};

const abi::Name* nameAt(abi::NameOff offset) { return reinterpret_cast<const abi::Name*>(static_cast<uintptr_t>(offset)); }

Text varintText(const uint8_t*& at) {
  uint32_t length = 0;
  for (int shift = 0;; shift += 7) {
    uint8_t byte = *at++;
    length |= uint32_t{byte & 0x7fu} << shift;
    if (!(byte & 0x80)) break;
  }
  Text text{at, length};
  at += length;
  return text;
}

Text textOf(const abi::Name* name) {
  if (!name) return {nullptr, 0};
  const uint8_t* at = name + 1;
  return varintText(at);
}

bool isExported(const abi::Name* name) { return name[0] & 1; }

// The package that an unexported name belongs to; `otherwise` if the name does not say.
Text packageOf(const abi::Name* name, const abi::Name* otherwise) {
  if (!(name[0] & 4)) return textOf(otherwise);
  const uint8_t* at = name + 1;
  varintText(at);
  if (name[0] & 2) varintText(at);
  abi::NameOff offset;
  std::memcpy(&offset, at, sizeof offset);
  return textOf(nameAt(offset));
}

const abi::UncommonType* uncommonOf(const abi::Type& type) {
  if (!(type.flags & abi::kTypeUncommon)) return nullptr;
  size_t bytes;
  switch (static_cast<abi::Kind>(static_cast<uint8_t>(type.kind) & 31)) {
    case abi::Kind::Struct: bytes = sizeof(abi::StructType); break;
    case abi::Kind::Pointer: bytes = sizeof(abi::PointerType); break;
    case abi::Kind::Func: bytes = sizeof(abi::FuncType); break;
    case abi::Kind::Slice: bytes = sizeof(abi::SliceType); break;
    case abi::Kind::Array: bytes = sizeof(abi::ArrayType); break;
    case abi::Kind::Chan: bytes = sizeof(abi::ChanType); break;
    case abi::Kind::Map: bytes = sizeof(abi::MapType); break;
    case abi::Kind::Interface: bytes = sizeof(abi::InterfaceType); break;
    default: bytes = sizeof(abi::Type); break;
  }
  return reinterpret_cast<const abi::UncommonType*>(reinterpret_cast<const char*>(&type) + bytes);
}

uint32_t codeOf(const abi::Method& method) {
  if (method.interfaceCall != abi::kMethodOfEmbedded) return static_cast<uint32_t>(method.interfaceCall);
  const auto& type = *reinterpret_cast<const abi::FuncType*>(static_cast<uintptr_t>(method.type));
  ENSURE(type.flags & abi::kTypeHasMadeCode);
  return type.madeCode + 1;
}

// Both lists are sorted by name: one walk finds all, or the first that is missing.
bool fill(ITab& itab, const abi::InterfaceType& interface, const abi::Type& type) {
  const abi::UncommonType* uncommon = uncommonOf(type);
  if (!uncommon) return false;
  auto method = reinterpret_cast<const abi::Method*>(reinterpret_cast<const char*>(uncommon) + uncommon->methodsOffset);
  const abi::Method* end = method + uncommon->methodCount;
  for (int64_t i = 0; i < interface.methods.length; i++) {
    const abi::InterfaceMethod& wanted = interface.methods.data.pointer[i];
    const abi::Name* wantedName = nameAt(wanted.name);
    Text wantedText = textOf(wantedName);
    for (;; method++) {
      if (method == end) return false;
      const abi::Name* name = nameAt(method->name);
      if (method->type != wanted.type || !(textOf(name) == wantedText)) continue;
      if (isExported(name) ||
          packageOf(name, nameAt(uncommon->packagePath)) == packageOf(wantedName, interface.packagePath)) {
        break;
      }
    }
    itab.functions[i] = codeOf(*method);
    method++;
  }
  return true;
}

const ITab* make(const abi::InterfaceType& interface, const abi::Type& type) {
  host::Guard guard(lock);
  if (const ITab* made = find(current.relaxed(), interface, type)) return made;  // by somebody else meanwhile
  size_t methods = static_cast<size_t>(interface.methods.length);
  ITab* itab = static_cast<ITab*>(allocateForever(sizeof(ITab) + (methods - 1) * sizeof(uint64_t)));
  itab->interface = const_cast<abi::InterfaceType*>(&interface);
  itab->type = const_cast<abi::Type*>(&type);
  itab->hash = type.hash;
  if (!fill(*itab, interface, type)) itab->functions[0] = 0;
  insert(tableWithRoom(), itab);
  return itab;
}

}  // namespace

const ITab* itabFor(const abi::InterfaceType& interface, const abi::Type& type, bool mayFail) {
  const ITab* itab = find(current.load(), interface, type);
  if (!itab) itab = make(interface, type);
  if (itab->functions[0]) return itab;
  if (mayFail) return nullptr;
  raise(abi::Fault::MissingMethod, asArgument(&type), asArgument(&interface));
}

void startInterfaces() NO_THREAD_SAFETY_ANALYSIS {
  current.store(nullptr);
  chunk = nullptr;
  chunkLeft = 0;
}

}  // namespace millrace::lang
