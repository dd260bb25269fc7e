// What a goroutine's frames in memory say of where it is, as Go's traces show it.
#pragma once

#include "runtime/lang/program.h"
#include "runtime/task/goroutine.h"

namespace millrace::lang {

// The lines of a trace for a goroutine whose frames are all in memory: a pair for each function, innermost first, and who
// started the goroutine. Of very many frames Go shows fifty at both ends.
void printFrames(const task::Goroutine& goroutine);

}  // namespace millrace::lang
