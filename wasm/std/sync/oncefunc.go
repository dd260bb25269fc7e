package sync

// onceCall is a Once that remembers how its function ended.
type onceCall struct {
	once     Once
	returned bool
	panicked any // if it did not return
}

func (c *onceCall) do(f func()) {
	c.once.Do(func() {
		defer func() {
			if !c.returned {
				c.panicked = recover()
				panic(c.panicked)
			}
		}()
		f()
		c.returned = true
	})
	if !c.returned {
		panic(c.panicked)
	}
}

// OnceFunc gives a function that calls f once; every further call panics as the first did, if it did.
func OnceFunc(f func()) func() {
	c := new(onceCall)
	return func() {
		c.do(func() {
			call := f
			f = nil
			call()
		})
	}
}

// OnceValue gives a function that calls f once and returns its result every time.
func OnceValue[T any](f func() T) func() T {
	c := new(onceCall)
	var result T
	return func() T {
		c.do(func() {
			call := f
			f = nil
			result = call()
		})
		return result
	}
}

// OnceValues is OnceValue for a function of two results.
func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	c := new(onceCall)
	var first T1
	var second T2
	return func() (T1, T2) {
		c.do(func() {
			call := f
			f = nil
			first, second = call()
		})
		return first, second
	}
}
