// Sessions.
#include "wasm/types/owner.h"
#include "wasm/types/universe.h"

namespace millrace::types {

Session::Session(Session* parent)
    : state_(new State{this, parent != nullptr ? parent->state_.get() : nullptr, {}, {}, {}, nullptr}) {
  state_->outside = state_->arena.make<Owner>(Owner{state_.get(), nullptr});
}

Session::~Session() = default;

Arena& Session::arena() { return state_->arena; }
syntax::SymbolTable& Session::symbols() { return universe().symbols; }
Session::State& Session::state() { return *state_; }

}  // namespace millrace::types
