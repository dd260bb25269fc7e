// Hash and equality.
//
// Interface values can hold structs that hold interface values, a million deep, and neither the engine's stack nor ours has
// room for that: walks over values keep what is still to be looked at themselves. Compiled equality, which is faster, is
// called as long as it is not nested deep.
#include "runtime/lang/hash.h"

#include <cstring>

namespace millrace::lang {

namespace {

abi::Kind kindOf(const abi::Type& type) { return static_cast<abi::Kind>(static_cast<uint8_t>(type.kind) & 31); }

// Comparisons within comparisons, each with three frames or so on the engine's stack.
constexpr uint32_t kMostNested = 64;

// The parts of a value, or of two values of one type, that are neither structs nor arrays, in their order. Interface values
// are for the caller to open.
class Walk {
 public:
  Walk() = default;
  ~Walk() {
    if (places_ != few_) sched::self().blocks.free(places_, capacity_ * sizeof(Place));
  }
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;

  struct Part {
    const abi::Type* type;
    const char *a, *b;
  };
  // What this part consists of is next.
  void open(const Part& part) {
    if (count_ == capacity_) grow();
    places_[count_++] = {part, 0};
  }
  // The next one. False: there are none left.
  bool next(Part& part) {
    while (count_ > 0) {
      Place& place = places_[count_ - 1];
      const Part whole = place.whole;
      uint64_t at = place.at++;
      if (isWhole(*whole.type)) {
        count_--;
        part = whole;
        return true;
      }
      if (kindOf(*whole.type) == abi::Kind::Array) {
        const auto& array = static_cast<const abi::ArrayType&>(*whole.type);
        if (at + 1 >= array.length) count_--;
        if (at < array.length) open(moved(whole, *array.element, at * array.element->size));
      } else {
        const auto& fields = static_cast<const abi::StructType&>(*whole.type).fields;
        if (at + 1 >= static_cast<uint64_t>(fields.length)) count_--;
        if (at >= static_cast<uint64_t>(fields.length)) continue;
        const abi::StructField& field = fields.data.pointer[at];
        bool isBlank = field.name.pointer[1] == 1 && field.name.pointer[2] == '_';  // those do not count
        if (!isBlank) open(moved(whole, *field.type, field.offset));
      }
    }
    return false;
  }

 private:
  struct Place {
    Part whole;
    uint64_t at;  // of the parts
  };
  static bool isWhole(const abi::Type& type) {
    if (type.flags & abi::kTypeRegularMemory) return true;
    return kindOf(type) != abi::Kind::Array && kindOf(type) != abi::Kind::Struct;
  }
  static Part moved(const Part& whole, const abi::Type& type, uint64_t offset) {
    return {&type, whole.a + offset, whole.b ? whole.b + offset : nullptr};
  }
  void grow() {
    auto more = static_cast<Place*>(sched::self().blocks.allocate(2 * capacity_ * sizeof(Place)));
    std::memcpy(static_cast<void*>(more), places_, count_ * sizeof(Place));
    if (places_ != few_) sched::self().blocks.free(places_, capacity_ * sizeof(Place));
    places_ = more;
    capacity_ *= 2;
  }

  static constexpr size_t kFew = 8;
  Place few_[kFew];
  Place* places_ = few_;
  size_t count_ = 0, capacity_ = kFew;
};

// Of an interface value in memory.
const abi::Type* dynamicType(const abi::Type& interface, const char* value) {
  const void* word = *reinterpret_cast<void* const*>(value);
  if (!word || !static_cast<const abi::InterfaceType&>(interface).methods.length) return static_cast<const abi::Type*>(word);
  return static_cast<const abi::ITab*>(word)->type;
}

const char* dynamicValue(const abi::Type& type, const char* value) {
  return type.flags & abi::kTypeDirectIface ? value + 8 : *reinterpret_cast<char* const*>(value + 8);
}

bool equalStrings(const void* a, const void* b) {
  const auto& x = *static_cast<const abi::StringAbi*>(a);
  const auto& y = *static_cast<const abi::StringAbi*>(b);
  return x.length == y.length && memoryEqual(x.data, y.data, static_cast<uint64_t>(x.length));
}

template <typename Number, size_t kCount>
bool equalNumbers(const char* a, const char* b) {
  auto x = reinterpret_cast<const Number*>(a), y = reinterpret_cast<const Number*>(b);
  for (size_t i = 0; i < kCount; i++) {
    if (!(x[i] == y[i])) return false;
  }
  return true;
}

// Both have the type. `bad` becomes a type that cannot be compared, if one was met.
bool equalByWalking(const abi::Type& type, const void* a, const void* b, const abi::Type*& bad) {
  Walk walk;
  Walk::Part part{&type, static_cast<const char*>(a), static_cast<const char*>(b)};
  walk.open(part);
  while (walk.next(part)) {
    bool isEqual;
    if (part.type->flags & abi::kTypeRegularMemory) {
      isEqual = memoryEqual(part.a, part.b, part.type->size);
    } else {
      switch (kindOf(*part.type)) {
        case abi::Kind::Float32: isEqual = equalNumbers<float, 1>(part.a, part.b); break;
        case abi::Kind::Float64: isEqual = equalNumbers<double, 1>(part.a, part.b); break;
        case abi::Kind::Complex64: isEqual = equalNumbers<float, 2>(part.a, part.b); break;
        case abi::Kind::Complex128: isEqual = equalNumbers<double, 2>(part.a, part.b); break;
        case abi::Kind::String: isEqual = equalStrings(part.a, part.b); break;
        case abi::Kind::Interface: {
          const abi::Type* dynamic = dynamicType(*part.type, part.a);
          isEqual = dynamic == dynamicType(*part.type, part.b);
          if (!isEqual || !dynamic) break;
          if (!dynamic->equal) {
            bad = dynamic;
            return false;
          }
          walk.open({dynamic, dynamicValue(*dynamic, part.a), dynamicValue(*dynamic, part.b)});
          break;
        }
        default: bad = part.type; return false;
      }
    }
    if (!isEqual) return false;
  }
  return true;
}

// Leaves all comparisons that run.
[[noreturn]] void raiseUncomparable(const abi::Type& type) {
  sched::self().nested = 0;
  raise(abi::Fault::Uncomparable, asArgument(&type));
}

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

namespace {

// `bad` becomes a type that cannot be hashed, if one was met.
uint64_t hashByWalking(const abi::Type& type, const void* value, uint64_t seed, const abi::Type*& bad) {
  Walk walk;
  Walk::Part part{&type, static_cast<const char*>(value), nullptr};
  walk.open(part);
  while (walk.next(part)) {
    const char* at = part.a;
    if (part.type->flags & abi::kTypeRegularMemory) {
      seed = hashMemory(at, part.type->size, seed);
      continue;
    }
    switch (kindOf(*part.type)) {
      case abi::Kind::Float32: seed = hashFloat(*reinterpret_cast<const float*>(at), seed); break;
      case abi::Kind::Float64: seed = hashFloat(*reinterpret_cast<const double*>(at), seed); break;
      case abi::Kind::Complex64: {
        const float* parts = reinterpret_cast<const float*>(at);
        seed = hashFloat(parts[1], hashFloat(parts[0], seed));
        break;
      }
      case abi::Kind::Complex128: {
        const double* parts = reinterpret_cast<const double*>(at);
        seed = hashFloat(parts[1], hashFloat(parts[0], seed));
        break;
      }
      case abi::Kind::String: seed = hashString(*reinterpret_cast<const abi::StringAbi*>(at), seed); break;
      case abi::Kind::Interface: {
        const abi::Type* dynamic = dynamicType(*part.type, at);
        if (!dynamic) {
          seed = detail::stir(seed);
          break;
        }
        if (!dynamic->equal) {
          bad = dynamic;
          return 0;
        }
        seed ^= dynamic->hash;
        walk.open({dynamic, dynamicValue(*dynamic, at), nullptr});
        break;
      }
      default: bad = part.type; return 0;
    }
  }
  return seed;
}

}  // namespace

uint64_t hashValue(const abi::Type& type, const void* value, uint64_t seed) {
  if (type.flags & abi::kTypeRegularMemory) return hashMemory(value, type.size, seed);
  if (kindOf(type) == abi::Kind::String) return hashString(*static_cast<const abi::StringAbi*>(value), seed);
  const abi::Type* bad = nullptr;
  uint64_t hash = hashByWalking(type, value, seed, bad);
  if (bad) raise(abi::Fault::Unhashable, asArgument(bad));
  return hash;
}

const abi::Type* unhashableIn(const abi::Type& type, const void* value) {
  const abi::Type* bad = nullptr;
  hashByWalking(type, value, 0, bad);
  return bad;
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
  if (kindOf(type) == abi::Kind::String) return equalStrings(a, b);
  sched::Worker& worker = sched::self();
  if (worker.nested < kMostNested) [[likely]] {
    worker.nested++;
    bool isEqual = call<int32_t>(type.equal, a, b) != 0;
    worker.nested--;
    return isEqual;
  }
  const abi::Type* bad = nullptr;
  bool isEqual = equalByWalking(type, a, b, bad);
  if (bad) raiseUncomparable(*bad);
  return isEqual;
}

bool equalInterfaces(const abi::Type& type, void* a, void* b) {
  if (!type.equal) raiseUncomparable(type);
  if (type.flags & abi::kTypeDirectIface) return a == b;
  return equalValues(type, a, b);
}

}  // namespace millrace::lang
