package runtime

const (
	GOOS     = "js"
	GOARCH   = "wasm"
	Compiler = "millrace"
)

// Version is the Go release whose language and library this is.
func Version() string { return "go1.26" }

// GOROOT is where Go is installed: nowhere.
func GOROOT() string { return "" }
