// Finds instantiations that would go on for ever: func f[T any]() { f[*T]() }.
//
// A graph over type parameters (and types declared inside generic functions): an edge from P to Q says that Q is
// instantiated with P itself (weight 0) or with a type made from P (weight 1). Instances are finitely many unless a
// cycle has positive weight.
#pragma once

#include <unordered_map>
#include <vector>

#include "wasm/types/object.h"

namespace millrace::types {

class MonoGraph {
 public:
  // `param`, of a method's receiver, stands for `declared` of its type.
  void addCanonical(TypeParam* param, TypeParam* declared) { canonical_[param] = declared; }
  // `param` is instantiated with `arg` at `pos`.
  void addInstance(Package* package, Pos pos, TypeParam* param, Type* arg);

  struct Step {
    const TypeName* object;
    Pos pos;
    Type* type;
  };
  // A cycle of positive weight, or nothing.
  std::vector<Step> findCycle();

 private:
  struct Vertex {
    int weight = 0;         // of the heaviest path found to it
    int previous = -1;      // the last edge of that path
    int length = 0;         // of that path
    const TypeName* object;
  };
  struct Edge {
    int to, from, weight;
    Pos pos;
    Type* type;
  };

  void flow(Package* package, Pos pos, TypeParam* param, Type* arg, Type* part);
  int vertexOf(TypeParam* param);
  int vertexOf(Package* package, Named* local);  // -1: depends on no type parameters
  int addVertex(const TypeName* object);
  bool mayHaveCycle() const;

  std::vector<Vertex> vertices_;
  std::vector<Edge> edges_;
  std::unordered_map<TypeParam*, TypeParam*> canonical_;
  std::unordered_map<const TypeName*, int> indices_;
};

}  // namespace millrace::types
