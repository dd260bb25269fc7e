// A library of a few lines, for tests that are about something else.
#pragma once

#include "wasm/driver/archive.h"

// What an archive has, and of package runtime what a program is built with when it does nothing.
inline millrace::driver::LibraryFinder smallLibrary(std::string archive = "") {
  return millrace::driver::archiveLibrary({std::move(archive) +
                                           "-- runtime/r.go --\n"
                                           "package runtime\n"
                                           "func beforeExit(status int64) {}\n"
                                           "func raise(fault uint32, a, b int64) {}\n"
                                           "func unrecovered() {}\n"});
}
