// The sizes that small objects are rounded up to: Go's, because cap() of a slice grown by append shows them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace millrace::gc {

inline constexpr uint32_t kSizeClasses = 68;  // class 0 is none
inline constexpr size_t kMaxSmallBytes = 32768;
// Objects with pointers up to this size have their pointer bits in the span; larger ones begin with a header.
inline constexpr size_t kMaxBytesWithBits = 512;
inline constexpr size_t kHeaderBytes = 8;

inline constexpr uint16_t kClassBytes[kSizeClasses] = {
    0,    8,    16,   24,   32,   48,   64,   80,   96,    112,   128,   144,   160,   176,   192,   208,   224,
    240,  256,  288,  320,  352,  384,  416,  448,  480,   512,   576,   640,   704,   768,   896,   1024,  1152,
    1280, 1408, 1536, 1792, 2048, 2304, 2688, 3072, 3200,  3456,  4096,  4864,  5376,  6144,  6528,  6784,  6912,
    8192, 9472, 9728, 10240, 10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768};

// The smallest run of pages of which an object of the class wastes little at the end; Go's numbers too.
inline constexpr uint8_t kClassPages[kSizeClasses] = {
    0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 2, 1, 2, 1, 2, 1, 3, 2, 3, 1, 3, 2, 3, 4, 5, 6, 1, 7, 6, 5, 4, 3, 5, 7, 2, 9, 7, 5, 8, 3, 10, 7, 4};

namespace detail {
// Class by size in steps of 8 up to 1024, then in steps of 128.
struct ClassTable {
  uint8_t fine[1024 / 8 + 1] = {};
  uint8_t coarse[(kMaxSmallBytes - 1024) / 128 + 1] = {};
  constexpr ClassTable() {
    uint32_t c = 1;
    for (size_t i = 1; i < sizeof fine; i++) {
      while (kClassBytes[c] < i * 8) c++;
      fine[i] = static_cast<uint8_t>(c);
    }
    for (size_t i = 0; i < sizeof coarse; i++) {
      while (kClassBytes[c] < 1024 + i * 128) c++;
      coarse[i] = static_cast<uint8_t>(c);
    }
  }
};
inline constexpr ClassTable kClassTable;
}  // namespace detail

// For 1 to kMaxSmallBytes bytes.
inline uint32_t sizeClass(size_t bytes) {
  if (bytes <= 1024) return detail::kClassTable.fine[(bytes + 7) / 8];
  return detail::kClassTable.coarse[(bytes - 1024 + 127) / 128];
}

// How many bytes an object of `bytes` can really use: what append makes of a wanted capacity.
inline uint64_t roundUpSize(uint64_t bytes, bool hasPointers) {
  uint64_t header = hasPointers && bytes > kMaxBytesWithBits ? kHeaderBytes : 0;
  if (bytes > kMaxSmallBytes - kHeaderBytes) {  // whole pages
    uint64_t rounded = bytes + 8191;
    return rounded < bytes ? bytes : rounded & ~uint64_t{8191};
  }
  return kClassBytes[sizeClass(static_cast<size_t>(bytes + header))] - header;
}

}  // namespace millrace::gc
