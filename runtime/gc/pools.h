// The values of package sync's pools grow old: what nobody has taken out again when a second cycle begins is given up.
//
// This is done before a cycle marks anything, so that it already frees what it gives up; and with the world stopped, so that
// pools need no lock for it. A goroutine may have been stopped with a PoolPart in hand: what it puts into that is then as old
// as the rest of it.
#pragma once

#include "runtime/abi/layout.h"

namespace millrace::gc {

// Where the lists begin, in the program's data; null: nowhere.
void describePools(abi::PoolLists* lists);
// The world is stopped.
void agePools();

}  // namespace millrace::gc
