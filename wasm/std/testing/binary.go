// What Go's linker does for test binaries.
package testing

import _ "unsafe" // for go:linkname

//go:linkname markTestBinary testing/internal/testdeps.markTestBinary
func markTestBinary() { testBinary = "1" }
