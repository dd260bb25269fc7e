package os

import (
	"errors"
	"sync"
)

// Args are the program's name and arguments.
var Args = arguments()

// Exit ends the program at once: deferred calls are not made.
func Exit(code int) { exit(int64(code)) }

// Signal is what a system sends to a process; none is ever sent here.
type Signal interface {
	String() string
	Signal()
}

type signal struct{ text string }

func (s *signal) Signal()        {}
func (s *signal) String() string { return s.text }

var (
	Interrupt Signal = &signal{"interrupt"}
	Kill      Signal = &signal{"killed"}
)

func Getpid() int      { return 1 }
func Getppid() int     { return 0 }
func Getuid() int      { return -1 }
func Getgid() int      { return -1 }
func Getpagesize() int { return 65536 }
func TempDir() string  { return "/tmp" }

func Hostname() (name string, err error) { return "js", nil }
func Getwd() (dir string, err error)     { return "/", nil }
func Executable() (string, error)        { return "", errors.New("Executable not implemented for js") }
func UserHomeDir() (string, error)       { return "", errors.New("$HOME is not defined") }

// The environment is empty at first, and the program's own.
var environment struct {
	sync.RWMutex
	names  []string // in the order in which they were set
	values map[string]string
}

func LookupEnv(key string) (string, bool) {
	environment.RLock()
	defer environment.RUnlock()
	value, ok := environment.values[key]
	return value, ok
}

func Getenv(key string) string {
	value, _ := LookupEnv(key)
	return value
}

func Setenv(key, value string) error {
	if key == "" {
		return &SyscallError{"setenv", ErrInvalid}
	}
	for i := 0; i < len(key); i++ {
		if key[i] == '=' || key[i] == 0 {
			return &SyscallError{"setenv", ErrInvalid}
		}
	}
	environment.Lock()
	defer environment.Unlock()
	if environment.values == nil {
		environment.values = map[string]string{}
	}
	if _, ok := environment.values[key]; !ok {
		environment.names = append(environment.names, key)
	}
	environment.values[key] = value
	return nil
}

func Unsetenv(key string) error {
	environment.Lock()
	defer environment.Unlock()
	delete(environment.values, key)
	for i, name := range environment.names {
		if name == key {
			environment.names = append(environment.names[:i:i], environment.names[i+1:]...)
			break
		}
	}
	return nil
}

func Clearenv() {
	environment.Lock()
	defer environment.Unlock()
	environment.names, environment.values = nil, nil
}

// Environ lists the environment as KEY=value.
func Environ() []string {
	environment.RLock()
	defer environment.RUnlock()
	list := make([]string, 0, len(environment.names))
	for _, name := range environment.names {
		list = append(list, name+"="+environment.values[name])
	}
	return list
}

// SyscallError names the system call that failed.
type SyscallError struct {
	Syscall string
	Err     error
}

func (e *SyscallError) Error() string { return e.Syscall + ": " + e.Err.Error() }
func (e *SyscallError) Unwrap() error { return e.Err }
