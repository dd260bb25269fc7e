// Package os: the standard streams, the arguments, the environment, Exit; and a file system that is empty and read-only.
package os

import (
	"errors"
	"io"
	"sync"
	"unsafe"
)

// File is one of the standard streams.
type File struct {
	name    string
	fd      uintptr
	writing sync.Mutex // keeps what one Write writes together
	closed  bool
}

var (
	Stdin  = &File{name: "/dev/stdin", fd: 0}
	Stdout = &File{name: "/dev/stdout", fd: 1}
	Stderr = &File{name: "/dev/stderr", fd: 2}
)

const DevNull = "/dev/null"

func (f *File) Name() string { return f.name }

func (f *File) Fd() uintptr { return f.fd }

// check tells why the file cannot be used; a nil one is as in Go.
func (f *File) check(op string) error {
	if f == nil {
		return ErrInvalid
	}
	if f.closed {
		return &PathError{op, f.name, ErrClosed}
	}
	return nil
}

// Write waits while the other end does not keep up.
func (f *File) Write(b []byte) (n int, err error) {
	if err := f.check("write"); err != nil {
		return 0, err
	}
	if f.fd == 0 {
		return 0, &PathError{"write", f.name, errBadFile}
	}
	f.writing.Lock()
	for n < len(b) {
		n += int(write(unsafe.Pointer(&b[n]), int64(len(b)-n), int64(f.fd)))
	}
	f.writing.Unlock()
	return n, nil
}

func (f *File) WriteString(s string) (n int, err error) {
	return f.Write(unsafe.Slice(unsafe.StringData(s), len(s)))
}

// Read waits for input.
func (f *File) Read(b []byte) (n int, err error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	if f.fd != 0 {
		return 0, &PathError{"read", f.name, errBadFile}
	}
	if len(b) == 0 {
		return 0, nil
	}
	n = int(read(unsafe.Pointer(&b[0]), int64(len(b)), 0))
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func (f *File) Close() error {
	if err := f.check("close"); err != nil {
		return err
	}
	f.closed = true
	return nil
}

// Sync does nothing: nothing is kept back.
func (f *File) Sync() error { return f.check("sync") }

// FileMode is a file's kind and permissions.
type FileMode uint32

const (
	O_RDONLY = 0
	O_WRONLY = 1
	O_RDWR   = 2
	O_APPEND = 0x400
	O_CREATE = 0x40
	O_EXCL   = 0x80
	O_SYNC   = 0x101000
	O_TRUNC  = 0x200
)

// Open finds no file: there are none.
func Open(name string) (*File, error) { return OpenFile(name, O_RDONLY, 0) }

// Create cannot make one.
func Create(name string) (*File, error) { return OpenFile(name, O_RDWR|O_CREATE|O_TRUNC, 0666) }

func OpenFile(name string, flag int, perm FileMode) (*File, error) {
	if flag&O_CREATE != 0 {
		return nil, &PathError{"open", name, errReadOnly}
	}
	return nil, &PathError{"open", name, errNoEntry}
}

func ReadFile(name string) ([]byte, error) {
	_, err := Open(name)
	return nil, err
}

func WriteFile(name string, data []byte, perm FileMode) error {
	_, err := Create(name)
	return err
}

func Remove(name string) error    { return &PathError{"remove", name, errNoEntry} }
func RemoveAll(path string) error { return nil }

func Mkdir(name string, perm FileMode) error    { return &PathError{"mkdir", name, errReadOnly} }
func MkdirAll(path string, perm FileMode) error { return &PathError{"mkdir", path, errReadOnly} }

var (
	ErrInvalid          = errors.New("invalid argument")
	ErrPermission       = errors.New("permission denied")
	ErrExist            = errors.New("file already exists")
	ErrNotExist         = errors.New("file does not exist")
	ErrClosed           = errors.New("file already closed")
	ErrNoDeadline       = errors.New("file type does not support deadline")
	ErrDeadlineExceeded = errors.New("i/o timeout")
	ErrProcessDone      = errors.New("os: process already finished")
)

// A system's error has a text of its own and is one of the errors above.
type systemError struct {
	text string
	kind error
}

func (e *systemError) Error() string        { return e.text }
func (e *systemError) Is(target error) bool { return e.kind != nil && target == e.kind }

var (
	errNoEntry  = &systemError{"no such file or directory", ErrNotExist}
	errReadOnly = &systemError{"read-only file system", nil}
	errBadFile  = &systemError{"bad file descriptor", nil}
)

// PathError says which operation on which file went wrong.
type PathError struct {
	Op   string
	Path string
	Err  error
}

func (e *PathError) Error() string { return e.Op + " " + e.Path + ": " + e.Err.Error() }
func (e *PathError) Unwrap() error { return e.Err }

func isKind(err, kind error) bool {
	if e, ok := err.(*PathError); ok {
		err = e.Err
	}
	if e, ok := err.(*systemError); ok {
		return e.kind == kind
	}
	return err == kind
}

// IsExist, IsNotExist and IsPermission are older than errors.Is.
func IsExist(err error) bool      { return isKind(err, ErrExist) }
func IsNotExist(err error) bool   { return isKind(err, ErrNotExist) }
func IsPermission(err error) bool { return isKind(err, ErrPermission) }
