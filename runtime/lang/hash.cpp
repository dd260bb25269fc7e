// Hash and equality.
#include "runtime/lang/hash.h"

#include <cstring>

namespace millrace::lang {

namespace {


abi::Kind kindOf(const abi::Type& type) { return static_cast<abi::Kind>(static_cast<uint8_t>(type.kind) & 31); }

}  // namespace

uint64_t hashMemory(const void* data, uint64_t bytes, uint64_t seed) {
  const char* at = static_cast<const char*>(data);
  size_t left = static_cast<size_t>(bytes);
  if (left == 8) {
    uint64_t word;
    std::memcpy(&word, at, 8);
    return hash64(word, seed);
  }
  if (left == 4) {
    uint32_t word;
    std::memcpy(&word, at, 4);
    return hash64(word, seed);
  }
  uint64_t h = seed ^ bytes * 0x9e3779b97f4a7c15;
  for (; left >= 8; at += 8, left -= 8) {
    uint64_t word;
    std::memcpy(&word, at, 8);
    h = (h ^ word) * 0x9fb21c651e98df25;
    h ^= h >> 32;
  }
  if (left >= 4) {
    uint32_t low, high;  // they overlap
    std::memcpy(&low, at, 4);
    std::memcpy(&high, at + left - 4, 4);
    h ^= low | uint64_t{high} << 32;
  } else if (left > 0) {
    h ^= static_cast<uint8_t>(at[0]) | static_cast<uint64_t>(static_cast<uint8_t>(at[left / 2])) << 8 |
         static_cast<uint64_t>(static_cast<uint8_t>(at[left - 1])) << 16;
  }
  return detail::stir(h);
}

uint64_t hashFloat(double value, uint64_t seed) {
  if (value == 0) return hash64(0, seed);  // +0 and -0 are equal
  if (value != value) return sched::self().nextRandom();  // a NaN equals nothing
  return hash64(__builtin_bit_cast(uint64_t, value), seed);
}

uint64_t hashInterface(const abi::Type* type, void* const* dataWord, uint64_t seed) {
  if (!type) return detail::stir(seed);
  if (!type->equal) raise(abi::Fault::Unhashable, asArgument(type));
  const void* value = type->flags & abi::kTypeDirectIface ? static_cast<const void*>(dataWord) : *dataWord;
  return hashValue(*type, value, seed ^ type->hash);
}

uint64_t hashValue(const abi::Type& type, const void* value, uint64_t seed) {
  const char* at = static_cast<const char*>(value);
  if (type.flags & abi::kTypeRegularMemory) return hashMemory(at, type.size, seed);
  switch (kindOf(type)) {
    case abi::Kind::Float32: return hashFloat(*reinterpret_cast<const float*>(at), seed);
    case abi::Kind::Float64: return hashFloat(*reinterpret_cast<const double*>(at), seed);
    case abi::Kind::Complex64: {
      const float* parts = reinterpret_cast<const float*>(at);
      return hashFloat(parts[1], hashFloat(parts[0], seed));
    }
    case abi::Kind::Complex128: {
      const double* parts = reinterpret_cast<const double*>(at);
      return hashFloat(parts[1], hashFloat(parts[0], seed));
    }
    case abi::Kind::String: return hashString(*reinterpret_cast<const abi::StringAbi*>(at), seed);
    case abi::Kind::Interface: {
      auto word = reinterpret_cast<void* const*>(at);
      const abi::Type* dynamic = static_cast<const abi::Type*>(*word);
      if (dynamic && static_cast<const abi::InterfaceType&>(type).methods.length) {
        dynamic = static_cast<const abi::ITab*>(*word)->type;
      }
      return hashInterface(dynamic, reinterpret_cast<void* const*>(at + 8), seed);
    }
    case abi::Kind::Array: {
      const auto& array = static_cast<const abi::ArrayType&>(type);
      for (uint64_t i = 0; i < array.length; i++, at += array.element->size) seed = hashValue(*array.element, at, seed);
      return seed;
    }
    case abi::Kind::Struct: {
      const auto& fields = static_cast<const abi::StructType&>(type).fields;
      for (int64_t i = 0; i < fields.length; i++) {
        const abi::StructField& field = fields.data.pointer[i];
        uint32_t nameLength = field.name.pointer[1];
        if (nameLength == 1 && field.name.pointer[2] == '_') continue;  // blank fields do not count
        seed = hashValue(*field.type, at + field.offset, seed);
      }
      return seed;
    }
    default: raise(abi::Fault::Unhashable, asArgument(&type));
  }
}

bool memoryEqual(const void* a, const void* b, uint64_t bytes) {
  const char* p = static_cast<const char*>(a);
  const char* q = static_cast<const char*>(b);
  if (p == q) return true;
  size_t left = static_cast<size_t>(bytes);
  for (; left >= 8; p += 8, q += 8, left -= 8) {
    uint64_t x, y;
    std::memcpy(&x, p, 8);
    std::memcpy(&y, q, 8);
    if (x != y) return false;
  }
  for (; left > 0; p++, q++, left--) {
    if (*p != *q) return false;
  }
  return true;
}

bool equalValues(const abi::Type& type, const void* a, const void* b) {
  if (type.flags & abi::kTypeRegularMemory) return memoryEqual(a, b, type.size);
  if (kindOf(type) == abi::Kind::String) {
    const auto& x = *static_cast<const abi::StringAbi*>(a);
    const auto& y = *static_cast<const abi::StringAbi*>(b);
    return x.length == y.length && memoryEqual(x.data, y.data, static_cast<uint64_t>(x.length));
  }
  return call<int32_t>(type.equal, a, b) != 0;
}

bool equalInterfaces(const abi::Type& type, void* a, void* b) {
  if (!type.equal) raise(abi::Fault::Uncomparable, asArgument(&type));
  if (type.flags & abi::kTypeDirectIface) return a == b;
  return equalValues(type, a, b);
}

}  // namespace millrace::lang
