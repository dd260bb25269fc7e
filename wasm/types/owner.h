// Sessions from inside: whose memory a type lives in, and the instances of generic types.
//
// A type belongs to the session whose checker made it, and whatever is computed about it later (an instance's
// underlying type and methods) is made in that same session, however much later and for whomever. So nothing of a
// parent session ever points into a child, and a child can be dropped at any time.
#pragma once

#include <unordered_map>
#include <vector>

#include "wasm/types/check.h"

namespace millrace::types {

class Checker;

// One for each run of a checker. Types point to it, so that ending the run is one assignment.
struct Owner {
  Session::State* state;
  Checker* checker;  // null once the package has been checked
};

struct Session::State {
  Session* session;
  State* parent;
  Arena arena;
  std::unordered_multimap<uint64_t, Type*> instances;       // of generic types, by hashInstance
  std::unordered_multimap<uint64_t, Named*> localInstances;  // of types declared inside generic functions
  Owner* outside;  // owner of what is made when no checker runs
};

// The instance among `table`s of the session and its parents for which `matches` holds, or null.
template <typename T, typename Matches>
T* findInstance(Session::State* state, std::unordered_multimap<uint64_t, T*> Session::State::*table, uint64_t hash,
                Matches matches) {
  // Comparing types may expand other instances, and so change the table: candidates are collected first.
  std::vector<T*> candidates;
  for (; state != nullptr; state = state->parent) {
    auto [at, end] = (state->*table).equal_range(hash);
    for (; at != end; ++at) candidates.push_back(at->second);
  }
  for (T* candidate : candidates) {
    if (matches(candidate)) return candidate;
  }
  return nullptr;
}

}  // namespace millrace::types
