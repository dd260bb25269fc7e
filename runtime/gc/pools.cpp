// Moving pools' values from one list to the other.
#include "runtime/gc/pools.h"

#include <utility>

namespace millrace::gc {

namespace {

abi::PoolLists* lists = nullptr;

}  // namespace

void describePools(abi::PoolLists* described) { lists = described; }

void agePools() {
  if (!lists) return;
  // Nothing is being marked: no barriers. Links go, or a part that somebody holds would hold all that were ever behind it.
  for (abi::PoolPart* part = std::exchange(lists->old, nullptr); part;) {
    if (part->pool->old == part) part->pool->old = nullptr;
    part = std::exchange(part->next, nullptr);
  }
  for (abi::PoolPart* part = lists->young; part; part = part->next) {
    part->pool->old = part;
    part->pool->young = nullptr;
  }
  lists->old = std::exchange(lists->young, nullptr);
}

}  // namespace millrace::gc
