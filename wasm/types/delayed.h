// An action that is put off until enough is known.
#pragma once

#include <cstddef>
#include <new>
#include <type_traits>

#include "wasm/types/version.h"

namespace millrace::types {

class DelayedAction {
 public:
  template <typename F>
  DelayedAction(GoVersion version, F action) : version(version) {
    static_assert(sizeof(F) <= sizeof(storage_) && alignof(F) <= alignof(std::max_align_t));
    static_assert(std::is_trivially_copyable_v<F>, "capture pointers and numbers; lists go into the arena");
    new (storage_) F(action);
    run_ = [](void* storage) { (*static_cast<F*>(storage))(); };
  }

  // On a copy: running may add further actions and so move this one.
  void run() const {
    DelayedAction copy = *this;
    run_(copy.storage_);
  }

  GoVersion version;  // that held where the action was put off

 private:
  alignas(std::max_align_t) std::byte storage_[72];
  void (*run_)(void*);
};

}  // namespace millrace::types
