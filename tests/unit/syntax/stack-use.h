// Measures how much of a thread's stack a call uses. Not under sanitizers, whose frames are larger, nor in WebAssembly.
#pragma once

#if !defined(__EMSCRIPTEN__) && !defined(__SANITIZE_ADDRESS__) && !__has_feature(address_sanitizer) && \
    !__has_feature(thread_sanitizer)
#define MILLRACE_MEASURES_STACK

#include <pthread.h>
#include <sys/mman.h>

#include <algorithm>
#include <catch2/catch.hpp>

namespace millrace::syntax {

// In bytes: the stack is filled with a pattern first.
template <typename F>
size_t stackUse(F function) {
  constexpr size_t kSize = 8 << 20;
  constexpr char kPattern = 0x5A;
  void* stack = mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  REQUIRE(stack != MAP_FAILED);
  char* bytes = static_cast<char*>(stack);
  std::fill(bytes, bytes + kSize, kPattern);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstack(&attributes, stack, kSize);
  pthread_t thread;
  auto run = [](void* f) -> void* {
    (*static_cast<F*>(f))();
    return nullptr;
  };
  REQUIRE(pthread_create(&thread, &attributes, run, &function) == 0);
  pthread_join(thread, nullptr);
  pthread_attr_destroy(&attributes);
  const size_t untouched = std::find_if(bytes, bytes + kSize, [](char c) { return c != kPattern; }) - bytes;
  munmap(stack, kSize);
  return kSize - untouched;
}

}  // namespace millrace::syntax
#endif
