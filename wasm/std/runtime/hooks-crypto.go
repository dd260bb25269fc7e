// What Go's cryptography wants of the runtime: marks in the symbol table, and a state of FIPS 140-3 per goroutine, which
// matters in a mode that is not supported.
package runtime

import "unsafe"

//go:linkname boring_BoringCrypto crypto/internal/boring/sig.BoringCrypto
func boring_BoringCrypto() {}

//go:linkname boring_FIPSOnly crypto/internal/boring/sig.FIPSOnly
func boring_FIPSOnly() {}

//go:linkname boring_StandardCrypto crypto/internal/boring/sig.StandardCrypto
func boring_StandardCrypto() {}

//go:linkname boring_registerCache crypto/internal/boring/bcache.registerCache
func boring_registerCache(p unsafe.Pointer) {}

//go:linkname fips_getIndicator crypto/internal/fips140.getIndicator
func fips_getIndicator() uint8 { return 0 }

//go:linkname fips_setIndicator crypto/internal/fips140.setIndicator
func fips_setIndicator(indicator uint8) {}

//go:linkname fips_setBypass crypto/fips140.setBypass
func fips_setBypass() {}

//go:linkname fips_isBypassed crypto/fips140.isBypassed
func fips_isBypassed() bool { return false }

//go:linkname fips_unsetBypass crypto/fips140.unsetBypass
func fips_unsetBypass() {}

// Data-independent timing is nothing that can be switched here.
//
//go:linkname subtle_setDITEnabled crypto/subtle.setDITEnabled
func subtle_setDITEnabled() bool { return false }

//go:linkname subtle_setDITDisabled crypto/subtle.setDITDisabled
func subtle_setDITDisabled() {}
