// The host's part of the output ring, as web/host does it.
#pragma once

#include <string>

namespace millrace::test {

struct Printed {
  std::string output, errors;  // of standard output and standard error
  std::string both;            // in the order in which they were written
};

// Takes everything out of the ring.
Printed takeOutput();

}  // namespace millrace::test
