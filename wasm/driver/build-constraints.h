// Which files of a folder belong to a build: by name, as in x_js.go, and by `//go:build` line.
#pragma once

#include <string_view>

namespace millrace::driver {

// The tags of our target: GOOS=js GOARCH=wasm, so that Go's library takes the branches made for a wasm engine.
bool isTargetTag(std::string_view tag);

// Does the file of this name (without folder) and content belong to a build for the target, by both rules?
bool isForTarget(std::string_view name, std::string_view text);

// Does the Go file of this name (without folder) and content belong to a package built for the target? Tests do not.
bool isSelected(std::string_view name, std::string_view text);

}  // namespace millrace::driver
