// The runtime for programs in C++: goroutines, channels, select and locks, with the words and rules of Go.
//
//   #include "runtime/cpp/millrace.h"
//   using namespace millrace;
//
//   int main() {
//     return run([] {
//       Chan<int> squares = makeChan<int>();
//       go([=] {
//         for (int i = 0; i < 10; i++) squares.send(i * i);
//         squares.close();
//       });
//       for (int square : squares) print(std::to_string(square) + "\n");
//     });
//   }
//
// The same source is a native program (link with the CMake target `cpp`) and a WebAssembly one (runtime/cpp/build.mjs).
//
// What a goroutine may rely on.
//  * Whatever may wait (what this room's headers say waits, and nothing else) lets another goroutine run meanwhile, and may
//    come back on another worker. So nothing that belongs to a thread is kept across it: no thread_local's address, no lock
//    that must be released by the thread that took it.
//  * Nobody takes its worker away: a loop that waits for nothing should call yield() now and then, for the others' sake.
//  * Exceptions stay inside: one that leaves the goroutine's function ends the process.
//  * It ends with the program. When the function given to run() has returned, others are not waited for, and what they have
//    on their stacks is not destroyed.
//
// Errors. A program that breaks a rule (sends on a closed channel, unlocks what is not locked) ends with Go's text on standard
// error and status 2, as does one whose goroutines all wait for each other.
#pragma once

#include "runtime/cpp/chan.h"
#include "runtime/cpp/goroutine.h"
#include "runtime/cpp/select.h"
#include "runtime/cpp/sync.h"
