// What a test of error messages is: a program, and the errors in it.
#pragma once

#include <ostream>

// To add one, write the program and let the reference say what is wrong with it. `go vet` stops after ten errors and
// shows one per line of source, so the expected texts here come from Go's parser itself (cmd/compile/internal/syntax,
// with CheckBranches), sorted by position.
struct ErrorCase {
  const char* program;
  const char* errors;  // line:column: message, one per line
};

inline std::ostream& operator<<(std::ostream& out, const ErrorCase& c) { return out << c.program; }
