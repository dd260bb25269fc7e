// Hash and equality of values by their types.
//
// Within a program a value has one hash per seed, whichever way it is computed: keys of plain memory hash as their bytes,
// strings as their text, whether a map's fast entry points are used, its hasher, or reflection.
#pragma once

#include "runtime/lang/program.h"

namespace millrace::lang {

namespace detail {
inline uint64_t stir(uint64_t h) {
  h *= 0x9fb21c651e98df25;
  h ^= h >> 32;
  h *= 0xd6e8feb86659fd93;
  return h ^ h >> 32;
}
}  // namespace detail

inline uint64_t hash64(uint64_t value, uint64_t seed) { return detail::stir(value ^ seed); }
uint64_t hashMemory(const void* data, uint64_t bytes, uint64_t seed);
inline uint64_t hashString(const abi::StringAbi& s, uint64_t seed) {
  return hashMemory(s.data, static_cast<uint64_t>(s.length), seed);
}
uint64_t hashFloat(double value, uint64_t seed);

// Of an interface value; a panic if its dynamic type cannot be hashed.
uint64_t hashInterface(const abi::Type* type, void* const* dataWord, uint64_t seed);
// Of a value of any comparable type.
uint64_t hashValue(const abi::Type& type, const void* value, uint64_t seed);

// The type that makes hashValue panic; null: it does not.
const abi::Type* unhashableIn(const abi::Type& type, const void* value);

bool memoryEqual(const void* a, const void* b, uint64_t bytes);
// Of two values of a comparable type.
bool equalValues(const abi::Type& type, const void* a, const void* b);
// Of two interface values of one dynamic type, by their data words; a panic if it cannot be compared.
bool equalInterfaces(const abi::Type& type, void* a, void* b);

}  // namespace millrace::lang
