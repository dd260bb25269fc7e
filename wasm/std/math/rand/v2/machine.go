// The runtime's entry points that this package calls.
package rand

import _ "unsafe"

//go:linkname random rt_random
func random() uint64
