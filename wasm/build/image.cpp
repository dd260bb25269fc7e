// Reading and writing an image's index: little-endian words, tables as columns, since these compress best.
#include "wasm/build/image.h"

#include <algorithm>
#include <cstring>

#include "runtime/base/check.h"

namespace millrace::build {
namespace {

constexpr uint32_t kMagic = 0x676d696d;  // "mimg"
constexpr uint32_t kVersion = 1;

// FNV-1a, with what Murmur's end does for the high bits: 64 bits, so that no two of an image's names have met yet, and none
// of a program's will.
uint64_t hashOf(std::string_view text) {
  uint64_t hash = 0xcbf29ce484222325;
  for (char c : text) hash = (hash ^ static_cast<uint8_t>(c)) * 0x100000001b3;
  hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
  return hash ^ (hash >> 33);
}

enum FunctionBits : uint32_t { kNeverParks = 1, kRecovers = 2 };
constexpr int kNumberShift = 2;

class Writer {
 public:
  std::vector<uint8_t> out;

  void number(uint32_t value) {
    for (int i = 0; i < 4; i++) out.push_back(static_cast<uint8_t>(value >> (8 * i)));
  }
  void text(std::string_view text) {
    number(static_cast<uint32_t>(text.size()));
    out.insert(out.end(), text.begin(), text.end());
  }

  // Each name once; equal names must have equal values.
  void table(std::vector<std::pair<uint64_t, std::vector<uint32_t>>> entries) {
    std::sort(entries.begin(), entries.end());
    entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
    for (size_t i = 1; i < entries.size(); i++) ENSURE(entries[i - 1].first != entries[i].first);
    size_t width = entries.empty() ? 0 : entries[0].second.size();
    number(static_cast<uint32_t>(entries.size()));
    for (auto& [key, values] : entries) number(static_cast<uint32_t>(key)), number(static_cast<uint32_t>(key >> 32));
    for (size_t column = 0; column < width; column++) {
      for (auto& [key, values] : entries) number(values[column]);
    }
  }
};

}  // namespace

std::vector<uint8_t> ImageContents::write() const {
  Writer w;
  w.number(kMagic);
  w.number(kVersion);
  w.text(name);
  for (uint32_t n : {header, end.data, tableBase, end.table, end.site, reflection}) w.number(n);
  w.number(static_cast<uint32_t>(roots.size()));
  for (const DataBuilder::Range& range : roots) w.number(range.begin), w.number(range.end);
  w.number(static_cast<uint32_t>(parkingInTable.size()));
  for (const ir::SignatureType& signature : parkingInTable) {
    for (const auto* list : {&signature.parameters, &signature.results}) {
      std::string letters;
      for (ir::ValueType type : *list) letters.push_back(static_cast<char>(type));
      w.text(letters);
    }
  }
  w.number(static_cast<uint32_t>(packages.size()));
  for (const ImagePackage& package : packages) {
    w.text(package.path);
    w.number(package.reflects);
    w.number(static_cast<uint32_t>(package.imports.size()));
    for (const std::string& import : package.imports) w.text(import);
  }
  std::vector<std::pair<uint64_t, std::vector<uint32_t>>> entries;
  for (const auto& [symbol, f] : functions) {
    uint32_t bits = (f.neverParks ? kNeverParks : 0) | (f.recovers ? kRecovers : 0);
    entries.push_back({hashOf(symbol), {f.number << kNumberShift | bits, f.tableIndex}});
  }
  w.table(std::move(entries));
  for (const auto* list : {&variables, &descriptors}) {
    entries.clear();
    for (const auto& [text, address] : *list) entries.push_back({hashOf(text), {address}});
    w.table(entries);
  }
  return std::move(w.out);
}

class ImageReader {
 public:
  explicit ImageReader(std::span<const uint8_t> bytes) : bytes_(bytes) {}

  bool read(Image& image) {
    if (number() != kMagic || number() != kVersion) return false;
    image.name_ = text();
    image.header_ = number();
    image.end_.data = number();
    number();  // where the table begins: the host's to know
    image.end_.table = number();
    image.end_.site = number();
    image.reflection_ = number();
    for (uint32_t left = count(8); left > 0; left--) {
      Address begin = number();
      image.roots_.push_back({begin, number()});
    }
    for (uint32_t left = count(8); left > 0; left--) {
      ir::SignatureType signature;
      for (auto* list : {&signature.parameters, &signature.results}) {
        for (char c : text()) list->push_back(static_cast<ir::ValueType>(c));
      }
      image.parkingInTable_.insert(signature);
    }
    for (uint32_t left = count(12); left > 0; left--) {
      ImagePackage package;
      package.path = text();
      package.reflects = number() != 0;
      for (uint32_t imports = count(4); imports > 0; imports--) package.imports.push_back(text());
      image.packages_.push_back(std::move(package));
    }
    table(image.functions_, 2);
    table(image.variables_, 1);
    table(image.descriptors_, 1);
    return sound_ && at_ == bytes_.size();
  }

 private:
  uint32_t number() {
    if (bytes_.size() - at_ < 4) {
      sound_ = false;
      at_ = bytes_.size();
      return 0;
    }
    uint32_t value;
    std::memcpy(&value, bytes_.data() + at_, 4);
    at_ += 4;
    return value;
  }
  // Of things that take at least so many bytes each.
  uint32_t count(size_t bytes) {
    uint32_t value = number();
    if (value > (bytes_.size() - at_) / bytes) {
      sound_ = false;
      return 0;
    }
    return value;
  }
  std::string text() {
    uint32_t size = count(1);
    std::string value(reinterpret_cast<const char*>(bytes_.data() + at_), size);
    at_ += size;
    return value;
  }
  void table(Image::Table& table, uint32_t width) {
    uint32_t size = count(8 + 4 * width);
    table.width = width;
    table.keys.resize(size);
    std::memcpy(table.keys.data(), bytes_.data() + at_, 8 * size_t{size});
    at_ += 8 * size_t{size};
    table.values.resize(width * size_t{size});
    for (uint32_t column = 0; column < width; column++) {
      for (size_t i = 0; i < size; i++) table.values[i * width + column] = number();
    }
  }

  std::span<const uint8_t> bytes_;
  size_t at_ = 0;
  bool sound_ = true;
};

std::optional<Image> Image::read(std::span<const uint8_t> bytes) {
  std::optional<Image> image(std::in_place);
  if (!ImageReader(bytes).read(*image)) return std::nullopt;
  return image;
}

const uint32_t* Image::Table::find(std::string_view text) const {
  uint64_t key = hashOf(text);
  auto at = std::lower_bound(keys.begin(), keys.end(), key);
  if (at == keys.end() || *at != key) return nullptr;
  return &values[static_cast<size_t>(at - keys.begin()) * width];
}

const ImagePackage* Image::package(std::string_view path) const {
  auto found = std::find_if(packages_.begin(), packages_.end(), [&](const ImagePackage& p) { return p.path == path; });
  return found == packages_.end() ? nullptr : &*found;
}

std::optional<ImageFunction> Image::function(std::string_view symbol) const {
  const uint32_t* values = functions_.find(symbol);
  if (values == nullptr) return std::nullopt;
  return ImageFunction{values[0] >> kNumberShift, (values[0] & kNeverParks) != 0, (values[0] & kRecovers) != 0, values[1]};
}

Address Image::variable(std::string_view symbol) const {
  const uint32_t* values = variables_.find(symbol);
  return values == nullptr ? 0 : values[0];
}

Address Image::descriptor(std::string_view typeText) const {
  const uint32_t* values = descriptors_.find(typeText);
  return values == nullptr ? 0 : values[0];
}

}  // namespace millrace::build
