// An image: library packages that were compiled once, at build time, into a module and data with final addresses, for
// programs to link to. Its *index* is all that a compiler needs to know of it: where functions, variables and type descriptors
// are, and in which order its packages are initialised. Images may lie on top of each other.
//
// Symbols are the names that traces show: "fmt.Println", "sync.(*Mutex).Lock", "fmt.init" (a package's initialisation), and
// the names that go:linkname gives. A type is known by its canonical text. The index holds hashes of both.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wasm/build/data.h"
#include "wasm/ir/ir.h"

namespace millrace::build {

// Where the first image goes: beyond what engines have for themselves. The build of an image checks it.
inline constexpr Address kImageDataBase = 1 << 20;
inline constexpr uint32_t kImageTableBase = 1024;

struct ImageFunction {
  uint32_t number;      // its export's name, in decimal digits
  bool neverParks;
  bool recovers;        // calls recover itself
  uint32_t tableIndex;  // 0: it is not in the table
};

struct ImagePackage {
  std::string path;
  std::vector<std::string> imports;
  // Does it look methods up, or call functions, by reflection? Then a program that imports it must be ready for that.
  bool reflects;
};

// Places after an image, where what is linked to it begins.
struct ImageEnd {
  Address data = kImageDataBase;
  uint32_t table = kImageTableBase;
  uint32_t site = 0;
};

class Image {
 public:
  // Null: these are not an index's bytes, or of another version.
  static std::optional<Image> read(std::span<const uint8_t> bytes);

  const std::string& name() const { return name_; }  // of the module, for imports
  Address header() const { return header_; }          // of its abi::ProgramHeader, with which its data begins
  Address reflection() const { return reflection_; }  // of its runtime.linkedModule
  const ImageEnd& end() const { return end_; }
  const std::vector<DataBuilder::Range>& roots() const { return roots_; }
  const std::set<ir::SignatureType>& parkingInTable() const { return parkingInTable_; }
  const std::vector<ImagePackage>& packages() const { return packages_; }  // in order of initialisation
  const ImagePackage* package(std::string_view path) const;

  std::optional<ImageFunction> function(std::string_view symbol) const;
  Address variable(std::string_view symbol) const;    // 0: none
  Address descriptor(std::string_view typeText) const;  // 0: none

 private:
  // Sorted by key; values of `width` words each.
  struct Table {
    std::vector<uint64_t> keys;
    std::vector<uint32_t> values;
    uint32_t width = 1;
    const uint32_t* find(std::string_view text) const;
  };
  friend class ImageReader;

  std::string name_;
  Address header_ = 0, reflection_ = 0;
  ImageEnd end_;
  std::vector<DataBuilder::Range> roots_;
  std::set<ir::SignatureType> parkingInTable_;
  std::vector<ImagePackage> packages_;
  Table functions_, variables_, descriptors_;
};

// What an index is written from.
struct ImageContents {
  std::string name;
  Address header = 0, reflection = 0;
  uint32_t tableBase = 0;
  ImageEnd end;
  std::vector<DataBuilder::Range> roots;
  std::set<ir::SignatureType> parkingInTable;
  std::vector<ImagePackage> packages;
  std::vector<std::pair<std::string, ImageFunction>> functions;
  std::vector<std::pair<std::string, Address>> variables, descriptors;

  std::vector<uint8_t> write() const;
};

}  // namespace millrace::build
