// Faults of the outside world: a value, or a sentence that says what went wrong. Never dropped silently.
#pragma once

#include <string>
#include <utility>
#include <variant>

#include "runtime/base/check.h"

namespace millrace {

// One sentence for a person, without a trailing full stop; whoever shows it adds the next step.
struct Error {
  std::string message;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}
  Result(Error error) : state_(std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  T& value() {
    ENSURE(ok());
    return std::get<0>(state_);
  }
  const Error& error() const {
    ENSURE(!ok());
    return std::get<1>(state_);
  }

 private:
  std::variant<T, Error> state_;
};

}  // namespace millrace
