// What os, syscall and their relatives want of the runtime.
package runtime

import "unsafe"

//go:linkname write8 rt_write
func write8(p unsafe.Pointer, n int64, file int64) int64

//go:linkname argumentList rt_arguments
func argumentList() unsafe.Pointer

//go:linkname os_runtime_args os.runtime_args
func os_runtime_args() []string {
	list := argumentList()
	return unsafe.Slice((*string)(list), int(result64()))
}

//go:linkname os_beforeExit os.runtime_beforeExit
func os_beforeExit(status int) { beforeExit(int64(status)) }

//go:linkname os_sigpipe os.sigpipe
func os_sigpipe() { exit(2) }

//go:linkname exit rt_exit
func exit(status int64)

//go:linkname syscall_Exit syscall.Exit
func syscall_Exit(status int) { exit(int64(status)) }

//go:linkname syscall_Getpagesize syscall.Getpagesize
func syscall_Getpagesize() int { return 65536 }

//go:linkname syscall_envs syscall.runtime_envs
func syscall_envs() (environment []string) {
	eachOutside(outsideVariable, func(name string, value []byte) {
		environment = append(environment, name+"="+string(value))
	})
	return environment
}

// variable is one of the environment's at the start; "" if it is not there.
func variable(wanted string) (found string) {
	eachOutside(outsideVariable, func(name string, value []byte) {
		if name == wanted {
			found = string(value)
		}
	})
	return found
}

// GOROOT is where the environment says that Go is installed; "" if it does not.
func GOROOT() string { return variable("GOROOT") }

//go:linkname syscall_Setenv syscall.runtimeSetenv
func syscall_Setenv(key, value string) { environmentChanged(key, value) }

//go:linkname syscall_Unsetenv syscall.runtimeUnsetenv
func syscall_Unsetenv(key string) { environmentChanged(key, "") }

//go:linkname syscall_Clearenv syscall.runtimeClearenv
func syscall_Clearenv(environment map[string]int) {
	for key := range environment {
		environmentChanged(key, "")
	}
}

// ---- GODEBUG

var godebugUpdate func(defaults, environment string)

//go:linkname godebug_setUpdate internal/godebug.setUpdate
func godebug_setUpdate(update func(string, string)) {
	godebugUpdate = update
	update("", variable("GODEBUG"))
}

func environmentChanged(key, value string) {
	if key == "GODEBUG" && godebugUpdate != nil {
		godebugUpdate("", value)
	}
}

// Metrics of settings are for runtime/metrics, which has none.
//
//go:linkname godebug_registerMetric internal/godebug.registerMetric
func godebug_registerMetric(name string, read func() uint64) {}

//go:linkname godebug_setNewIncNonDefault internal/godebug.setNewIncNonDefault
func godebug_setNewIncNonDefault(f func(string) func()) {}

// write is internal/godebug's.
func write(file uintptr, p unsafe.Pointer, n int32) int32 {
	return int32(write8(p, int64(n), int64(file)))
}

// ---- randomness

//go:linkname sysrand_getRandomValues crypto/internal/sysrand.getRandomValues
func sysrand_getRandomValues(b []byte) {
	for len(b) > 0 {
		word := random()
		for i := 0; i < 8 && len(b) > 0; i++ {
			b[0] = byte(word)
			b = b[1:]
			word >>= 8
		}
	}
}

//go:linkname sysrand_fatal crypto/internal/sysrand.fatal
func sysrand_fatal(text string) { fatal(text) }

//go:linkname rand_fatal crypto/rand.fatal
func rand_fatal(text string) { fatal(text) }

//go:linkname fips_fatal crypto/internal/fips140.fatal
func fips_fatal(text string) { fatal(text) }
