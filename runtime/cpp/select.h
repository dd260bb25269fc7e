// Waiting for the first of several sends and receives.
//
//   std::optional<int> value;
//   switch (Select().receive(numbers, value).send(answers, 42).wait()) {
//     case 0: ...   // received: value is there, or none when `numbers` is closed
//     case 1: ...   // sent
//   }
#pragma once

#include <vector>

#include "runtime/cpp/chan.h"

namespace millrace {

// To be made, waited for once, and thrown away, by one goroutine. Cases are numbered from 0 in the order in which they are
// added; of several that are possible one is chosen at random. At most 65535.
class Select {
 public:
  Select() = default;
  Select(const Select&) = delete;
  Select& operator=(const Select&) = delete;
  ~Select();

  // `into` is written if this case is chosen: a value, or none if the channel is closed. It must live until then.
  template <typename T>
  Select& receive(const Chan<T>& chan, std::optional<T>& into) {
    Case& one = add(chan.core(), false, sizeof(typename detail::Travelling<T>::Type));
    one.into = &into;
    one.finish = [](Case& chosen, void* cell, bool came) {
      std::optional<T>& value = *static_cast<std::optional<T>*>(chosen.into);
      value.reset();
      if (came) value.emplace(detail::Travelling<T>::take(cell));
    };
    return *this;
  }

  // The channel must not be closed when this case is chosen, which it is if it could be.
  template <typename T>
  Select& send(const Chan<T>& chan, T value) {
    Case& one = add(chan.core(), true, sizeof(typename detail::Travelling<T>::Type));
    detail::Travelling<T>::put(one.cell(), std::move(value));
    // Of a value that was not sent.
    if (!detail::Travelling<T>::kAsBytes) one.drop = [](void* cell) { (void)detail::Travelling<T>::take(cell); };
    return *this;
  }

  // Waits until a case is possible, and tells which was chosen. Without cases, or with nil channels only: for ever.
  size_t wait();
  // The same without waiting: none if no case is possible now. Go's select with a default.
  std::optional<size_t> poll();

 private:
  struct Case {
    detail::ChanCore* chan;
    bool isSend;
    void* into = nullptr;
    void (*finish)(Case& chosen, void* cell, bool came) = nullptr;
    void (*drop)(void* cell) = nullptr;
    std::unique_ptr<unsigned char[]> large;  // what travels, if it does not fit into `small`
    alignas(16) unsigned char small[16];

    void* cell() { return large ? large.get() : small; }
  };

  Case& add(detail::ChanCore* chan, bool isSend, size_t bytes);
  std::optional<size_t> choose(bool hasDefault);

  std::vector<Case> cases_;
};

}  // namespace millrace
