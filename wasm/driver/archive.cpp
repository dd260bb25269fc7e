// Writing text archives, and finding packages in them.
#include "wasm/driver/archive.h"

#include <algorithm>
#include <memory>
#include <optional>

namespace millrace::driver {

namespace {

// The path in a line `-- path --`; nothing: another line.
std::optional<std::string_view> pathOf(std::string_view line) {
  constexpr std::string_view kBefore = "-- ", kAfter = " --";
  if (line.size() <= kBefore.size() + kAfter.size() || !line.starts_with(kBefore) || !line.ends_with(kAfter)) return {};
  return line.substr(kBefore.size(), line.size() - kBefore.size() - kAfter.size());
}

}  // namespace

std::string writeArchive(std::span<const LibrarySource> files) {
  std::string archive;
  for (const LibrarySource& file : files) {
    archive += "-- " + file.name + " --\n" + file.text;
    if (!archive.ends_with('\n')) archive += '\n';
  }
  return archive;
}

void Archives::add(std::string archive) {
  const std::string_view text = texts_.emplace_back(std::move(archive));
  std::map<std::string_view, std::vector<File>> found;
  File file;
  const auto close = [&](size_t end) {
    if (file.path.empty()) return;
    file.text = file.text.substr(0, end - static_cast<size_t>(file.text.data() - text.data()));
    found[file.path.substr(0, file.path.rfind('/'))].push_back(file);
  };
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find('\n', at), text.size());
    if (auto path = pathOf(text.substr(at, end - at))) {
      close(at);
      file = {*path, text.substr(std::min(end + 1, text.size()))};
    }
    at = end + 1;
  }
  close(text.size());
  packages_.merge(found);
}

LibraryPackage Archives::find(std::string_view path) const {
  LibraryPackage package{std::string(path), {}};
  auto found = packages_.find(package.path);
  if (found == packages_.end()) {
    package.path = "vendor/" + package.path;
    found = packages_.find(package.path);
  }
  if (found == packages_.end()) return package;
  for (const File& file : found->second) {
    package.sources.push_back({std::string(file.path), std::string(file.text)});
  }
  return package;
}

LibraryFinder archiveLibrary(std::vector<std::string> texts) {
  auto archives = std::make_shared<Archives>();
  for (std::string& text : texts) archives->add(std::move(text));
  return [archives](std::string_view path) { return archives->find(path); };
}

}  // namespace millrace::driver
