// What tests of the collector share: objects with pointers, garbage, and every way of running.
#pragma once

#include "tests/unit/runtime/program.h"

namespace millrace::test {

// A node of Go's: two pointers and a number. Its pointers are set as compiled code does it.
struct Node {
  abi::Slot<Node> left, right;
  int64_t value;
};
inline const uint8_t kNodePointers[] = {3};
inline abi::Type nodeType() {
  abi::Type type{};
  type.size = sizeof(Node);
  type.pointerBytes = 16;
  type.gcData = const_cast<uint8_t*>(kNodePointers);
  return type;
}
inline const abi::Type kNodeType = nodeType();

inline Node* newNode() { return static_cast<Node*>(sched::self().heap.allocate(kNodeType, 1, sizeof(Node))); }
inline void set(abi::Slot<Node>& slot, Node* node) {
  sched::beforeWrite(&slot);
  slot = node;
}

inline Node* tree(int depth, int64_t value) {
  Node* node = newNode();
  node->value = value;
  if (depth > 0) {
    set(node->left, tree(depth - 1, 2 * value));
    set(node->right, tree(depth - 1, 2 * value + 1));
  }
  return node;
}

inline int64_t count(Node* node, int64_t value) {
  if (!node) return 0;
  if (node->value != value) return -1000000;
  return 1 + count(node->left, 2 * value) + count(node->right, 2 * value + 1);
}

inline Go collectGarbage() {
  if (co_await Step(sched::collect())) sched::collectResumed();
}

struct Way {
  unsigned workers;
  bool hasBarriers;
  uint32_t stress;
};
template <typename Test>
void inEveryWay(Test test) {
  for (unsigned workers : {0u, 1u, 2u, 8u, 16u}) {
    for (bool hasBarriers : {false, true}) {
      for (uint32_t stress : {0u, uint32_t{abi::kStressCollect | abi::kStressPoll | abi::kStressSteal}}) {
        INFO(workers << " workers, barriers " << hasBarriers << ", stress " << stress);
        test(Options{.workers = workers, .hasBarriers = hasBarriers, .stress = stress});
      }
    }
  }
}

}  // namespace millrace::test
