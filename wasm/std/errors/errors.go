// Package errors makes errors and looks through those that wrap others.
package errors

// New gives an error that prints as text; every call gives another one.
func New(text string) error { return &errorString{text} }

type errorString struct{ s string }

func (e *errorString) Error() string { return e.s }

// ErrUnsupported says that an operation cannot be done here.
var ErrUnsupported = New("unsupported operation")

// Join gives an error that wraps those of errs that are not nil, and prints each on a line; nil if there is none.
func Join(errs ...error) error {
	var joined joinError
	for _, err := range errs {
		if err != nil {
			joined.errs = append(joined.errs, err)
		}
	}
	if joined.errs == nil {
		return nil
	}
	return &joined
}

type joinError struct{ errs []error }

func (e *joinError) Unwrap() []error { return e.errs }

func (e *joinError) Error() string {
	var text []byte
	for i, err := range e.errs {
		if i > 0 {
			text = append(text, '\n')
		}
		text = append(text, err.Error()...)
	}
	return string(text)
}

// Unwrap gives the error that err wraps, if it wraps a single one.
func Unwrap(err error) error {
	if w, ok := err.(interface{ Unwrap() error }); ok {
		return w.Unwrap()
	}
	return nil
}
