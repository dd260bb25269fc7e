package errors

// AsType finds the first error of type E in err's tree.
func AsType[E error](err error) (found E, ok bool) {
	ok = visit(err, func(e error) bool {
		if x, is := e.(E); is {
			found = x
			return true
		}
		if x, can := e.(interface{ As(any) bool }); can {
			var target E
			if x.As(&target) {
				found = target
				return true
			}
		}
		return false
	})
	return found, ok
}
