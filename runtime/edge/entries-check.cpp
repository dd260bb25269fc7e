// Makes every entry point's C++ type agree with its line in entry-points.def. Comes last in the engine's one translation
// unit: an entry point that nobody defined is an error here.
#include "runtime/edge/entries.h"

#define ENTRY(name, signature, flags) static_assert(millrace::edge::agrees(&rt_##name, signature), "rt_" #name);
#include "runtime/abi/entry-points.def"
#undef ENTRY
