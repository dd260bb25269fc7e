// The entry points as C++ functions, and the check that they are what entry-points.def says.
#pragma once

#include <string_view>

#include "runtime/abi/entry-points.h"
#include "runtime/abi/layout.h"
#include "runtime/abi/type.h"
#include "runtime/lang/map.h"
#include "runtime/lang/panic.h"
#include "runtime/sync/chan.h"
#include "runtime/sync/semaphore.h"

// Defines the entry point rt_NAME: ENTRY_POINT(void, yield)() { ... }
#define ENTRY_POINT(Result, name) extern "C" __attribute__((export_name("rt_" #name), used)) Result rt_##name

namespace millrace::edge {

template <typename T>
constexpr char signatureLetter() {
  if constexpr (std::is_void_v<T>) return 'v';
  else if constexpr (std::is_pointer_v<T>) return 'i';
  else if constexpr (std::is_same_v<T, float>) return 'f';
  else if constexpr (std::is_same_v<T, double>) return 'd';
  else if constexpr (sizeof(T) == 8) return 'l';
  else return 'i';
}

template <typename Result, typename... Parameters>
constexpr bool agrees(Result (*)(Parameters...), std::string_view signature) {
  constexpr char letters[] = {signatureLetter<Result>(), signatureLetter<Parameters>()...};
  return signature == std::string_view(letters, sizeof letters);
}

// Leaves the second result of an entry point.
inline void setResult(int64_t result) { sched::self().abi.result = result; }
inline void* withResult(lang::Sized sized) {
  setResult(sized.number);
  return sized.data;
}

}  // namespace millrace::edge
