// Images of small packages, and programs that are linked to them.
#include "wasm/build/image.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/unit/driver/library.h"
#include "wasm/driver/compiler.h"
#include "wasm/driver/skeleton.h"

using namespace millrace::driver;
namespace build = millrace::build;

namespace {

struct Made {
  build::Image image;
  std::string skeletons;
};

Made makeImage(const std::string& archive, std::vector<std::string> packages) {
  Options options;
  options.imageName = "small";
  options.imagePackages = std::move(packages);
  options.declareImage = declareImage;
  Compiled compiled = Compiler(smallLibrary(archive)).compile({}, options);
  REQUIRE(compiled.ok());
  auto image = build::Image::read(compiled.index);
  REQUIRE(image);
  return {std::move(*image), compiled.skeletons};
}

Compiled compileWith(const Made& made, const std::string& program) {
  std::vector<build::Image> images = {made.image};
  Compiled compiled = Compiler(archiveLibrary({made.skeletons}), std::move(images)).compile({{"x.go", program, {}}}, {});
  REQUIRE(compiled.ok());
  return compiled;
}

bool mentions(const Compiled& compiled, std::string_view text) {
  return std::search(compiled.data.begin(), compiled.data.end(), text.begin(), text.end()) != compiled.data.end();
}

}  // namespace

TEST_CASE("A local type of a generic function has one descriptor, whoever makes the function") {
  // What is before F is in no skeleton, and would change numbers that are counted through the package.
  const std::string archive =
      "-- p/p.go --\npackage p\n"
      "var before = func() any { type local int; for { return local(1) } }()\n"
      "func hidden() any { type local int; for { return local(2) } }\n"
      "type G[T any] struct{}\n"
      "func (*G[T]) F(x T) any { type other struct{}; type local struct{ x T }; for { return local{x} } }\n"
      "func F[T any](x T) any { type local struct{ x T }; for { return local{x} } }\n"
      "var V, W, X = F(1), (&G[int]{}).F(1), hidden()\n";
  Made made = makeImage(archive, {"p"});
  CHECK(made.image.descriptor("p.local·F.1[int]") != 0);
  CHECK(made.image.descriptor("p.local·G.F.2[int]") != 0);
  const std::string head = "package main\nimport \"p\"\nfunc main() { var g p.G[int]; println(";
  Compiled same = compileWith(made, head + "p.F(2) == p.V, g.F(2) == p.W) }\n");
  CHECK(!mentions(same, "p.local[int]"));
  Compiled other = compileWith(made, head + "p.F(\"\") == p.V, g.F(2) == p.W) }\n");
  CHECK(!mentions(other, "p.local[int]"));
  CHECK(mentions(other, "p.local[string]"));
}
