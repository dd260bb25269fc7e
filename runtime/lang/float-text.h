// The shortest decimal text that reads back as the same float, in the form print and println use.
#pragma once

#include "runtime/host/format.h"

namespace millrace::lang {

using FloatText = host::Text<32>;

// As strconv.FormatFloat(value, 'g', -1, 64), or 32 when `single`.
FloatText floatText(double value, bool single);

}  // namespace millrace::lang
