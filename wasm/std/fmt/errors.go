package fmt

import (
	"errors"
	"sort"
)

// Errorf makes an error of a formatted text; it wraps the operands of %w.
func Errorf(format string, a ...any) error {
	p := newPrinter()
	p.wraps = true
	p.printf(format, a)
	wrapped := append([]int(nil), p.wrapped...)
	text := p.text()
	switch len(wrapped) {
	case 0:
		return errors.New(text)
	case 1:
		e := &wrapError{msg: text}
		e.err, _ = a[wrapped[0]].(error)
		return e
	}
	sort.Ints(wrapped)
	e := &wrapErrors{msg: text}
	for i, at := range wrapped {
		if i > 0 && wrapped[i-1] == at {
			continue
		}
		if err, ok := a[at].(error); ok {
			e.errs = append(e.errs, err)
		}
	}
	return e
}

type wrapError struct {
	msg string
	err error
}

func (e *wrapError) Error() string { return e.msg }
func (e *wrapError) Unwrap() error { return e.err }

type wrapErrors struct {
	msg  string
	errs []error
}

func (e *wrapErrors) Error() string   { return e.msg }
func (e *wrapErrors) Unwrap() []error { return e.errs }
