// Finding instantiations that would go on for ever.
#include "wasm/types/mono.h"

#include <algorithm>

#include "wasm/types/predicates.h"

namespace millrace::types {

int MonoGraph::addVertex(const TypeName* object) {
  int index = static_cast<int>(vertices_.size());
  vertices_.push_back({.object = object});
  indices_[object] = index;
  return index;
}

int MonoGraph::vertexOf(TypeParam* param) {
  auto canonical = canonical_.find(param);
  if (canonical != canonical_.end()) param = canonical->second;
  auto known = indices_.find(param->object);
  return known != indices_.end() ? known->second : addVertex(param->object);
}

// A type declared in a generic function depends on the function's type parameters.
int MonoGraph::vertexOf(Package* package, Named* local) {
  if (local->object->package != package || local->outerParams.empty()) return -1;
  auto known = indices_.find(local->object);
  if (known != indices_.end()) return known->second;
  int vertex = addVertex(local->object);
  for (TypeParam* param : local->outerParams) {
    int from = vertexOf(param);
    edges_.push_back({vertex, from, 1, local->object->pos, param});
  }
  return vertex;
}

void MonoGraph::addInstance(Package* package, Pos pos, TypeParam* param, Type* arg) {
  // A cycle lies within one package: parameters of others cannot be part of it.
  if (param->object->package == package) flow(package, pos, param, arg, arg);
}

// Adds edges to `param` from whatever occurs in `part` of its argument.
void MonoGraph::flow(Package* package, Pos pos, TypeParam* param, Type* arg, Type* part) {
  auto add = [&](int from, Type* type) {
    int to = vertexOf(param);
    edges_.push_back({to, from, type == arg ? 0 : 1, pos, arg});
  };
  auto visit = [&](Type* type) { flow(package, pos, param, arg, type); };
  auto visitVars = [&](std::span<Var*> vars) {
    for (Var* var : vars) visit(var->type);
  };
  part = unalias(part);
  if (part == nullptr) return;
  switch (part->kind) {
    case TypeKind::TypeParam: return add(vertexOf(static_cast<TypeParam*>(part)), part);
    case TypeKind::Named: {
      auto* named = static_cast<Named*>(part);
      int vertex = vertexOf(package, named->origin);
      if (vertex >= 0) add(vertex, named);
      for (Type* type : named->typeArgs) visit(type);
      return;
    }
    case TypeKind::Pointer: return visit(static_cast<Pointer*>(part)->base);
    case TypeKind::Slice: return visit(static_cast<Slice*>(part)->element);
    case TypeKind::Array: return visit(static_cast<Array*>(part)->element);
    case TypeKind::Chan: return visit(static_cast<Chan*>(part)->element);
    case TypeKind::Map: visit(static_cast<Map*>(part)->key); return visit(static_cast<Map*>(part)->value);
    case TypeKind::Struct: return visitVars(static_cast<Struct*>(part)->fields);
    case TypeKind::Signature:
      visitVars(static_cast<Signature*>(part)->params->vars);
      return visitVars(static_cast<Signature*>(part)->results->vars);
    case TypeKind::Interface:
      // Not through allMethods(): explicit ones are enough to find a type parameter, and cannot lead in circles.
      for (Func* method : static_cast<Interface*>(part)->explicitMethods) visit(method->type);
      return;
    default: return;
  }
}

// Cheap, and mostly the last word: without an edge of weight 1 between vertices that lead to each other there is no
// cycle.
bool MonoGraph::mayHaveCycle() const {
  // Vertices that nothing leads to cannot be on a cycle: take them away, again and again.
  std::vector<int> incoming(vertices_.size());
  std::vector<std::vector<int>> outgoing(vertices_.size());
  for (const Edge& edge : edges_) {
    incoming[edge.to]++;
    outgoing[edge.from].push_back(edge.to);
  }
  std::vector<int> pending;
  for (size_t i = 0; i < incoming.size(); i++) {
    if (incoming[i] == 0) pending.push_back(static_cast<int>(i));
  }
  while (!pending.empty()) {
    int vertex = pending.back();
    pending.pop_back();
    for (int to : outgoing[vertex]) {
      if (--incoming[to] == 0) pending.push_back(to);
    }
  }
  return std::any_of(edges_.begin(), edges_.end(), [&](const Edge& edge) {
    return edge.weight > 0 && incoming[edge.from] > 0 && incoming[edge.to] > 0;
  });
}

// Bellman and Ford's algorithm for heaviest paths: a path as long as there are vertices contains a cycle.
std::vector<MonoGraph::Step> MonoGraph::findCycle() {
  if (!mayHaveCycle()) return {};
  int last = -1;
  for (bool again = true; again && last < 0;) {
    again = false;
    for (size_t i = 0; i < edges_.size() && last < 0; i++) {
      const Edge& edge = edges_[i];
      const Vertex& from = vertices_[edge.from];
      Vertex& to = vertices_[edge.to];
      int weight = from.weight + edge.weight;
      if (weight <= to.weight) continue;
      to.previous = static_cast<int>(i);
      to.length = from.length + 1;
      if (to.length == static_cast<int>(vertices_.size())) {
        last = edge.to;
        break;
      }
      to.weight = weight;
      again = true;
    }
  }
  if (last < 0) return {};
  // Back along the path until a vertex comes twice; what was before its first time is not on the cycle.
  std::vector<int> stack;
  std::vector<bool> seen(vertices_.size());
  int vertex = last;
  while (!seen[vertex]) {
    stack.push_back(vertex);
    seen[vertex] = true;
    vertex = edges_[vertices_[vertex].previous].from;
  }
  stack.erase(stack.begin(), std::find(stack.begin(), stack.end(), vertex));
  std::vector<Step> steps;
  for (int v : stack) {
    const Edge& edge = edges_[vertices_[v].previous];
    steps.push_back({vertices_[edge.to].object, edge.pos, edge.type});
  }
  return steps;
}

}  // namespace millrace::types
