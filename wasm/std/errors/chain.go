package errors

import (
	"internal/rtype"
	"unsafe"
)

// visit calls match for err and all it wraps, depth first, until match says true, and tells whether it did.
func visit(err error, match func(error) bool) bool {
	for err != nil {
		if match(err) {
			return true
		}
		switch w := err.(type) {
		case interface{ Unwrap() error }:
			err = w.Unwrap()
		case interface{ Unwrap() []error }:
			for _, inner := range w.Unwrap() {
				if visit(inner, match) {
					return true
				}
			}
			return false
		default:
			return false
		}
	}
	return false
}

// Is tells whether err, or something it wraps, is target or says it is by an Is method.
func Is(err, target error) bool {
	if err == nil || target == nil {
		return err == target
	}
	comparable := rtype.TypeOf(target).Equal != nil
	return visit(err, func(e error) bool {
		if comparable && e == target {
			return true
		}
		x, ok := e.(interface{ Is(error) bool })
		return ok && x.Is(target)
	})
}

// As finds the first error in err's tree that can be assigned to the variable target points to, and assigns it.
func As(err error, target any) bool {
	if err == nil {
		return false
	}
	if target == nil {
		panic("errors: target cannot be nil")
	}
	pointer := rtype.TypeOf(target)
	variable := rtype.EfaceOf(&target).Data
	if pointer.Kind != rtype.Pointer || variable == nil {
		panic("errors: target must be a non-nil pointer")
	}
	wanted := pointer.Elem()
	if wanted.Kind != rtype.Interface && !rtype.Implements(wanted, errorType()) {
		panic("errors: *target must be interface or implement error")
	}
	return visit(err, func(e error) bool {
		if assign(wanted, variable, e) {
			return true
		}
		x, ok := e.(interface{ As(any) bool })
		return ok && x.As(target)
	})
}

func errorType() *rtype.Type { return rtype.TypeOf((*error)(nil)).Elem() }

func assign(wanted *rtype.Type, variable unsafe.Pointer, err error) bool {
	value := any(err)
	have := rtype.TypeOf(value)
	if wanted.Kind == rtype.Interface {
		if !rtype.Implements(have, wanted) {
			return false
		}
		rtype.StoreInterface(wanted, variable, value)
		return true
	}
	if have != wanted {
		return false
	}
	rtype.Copy(wanted, variable, rtype.Address(&value))
	return true
}
