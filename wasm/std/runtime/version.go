package runtime

// Compiler is one of the two that Go's packages for tools (go/build, go/importer) know.
const (
	GOOS     = "js"
	GOARCH   = "wasm"
	Compiler = "gc"
)

// Version is the Go release whose language and library this is.
func Version() string { return release }
