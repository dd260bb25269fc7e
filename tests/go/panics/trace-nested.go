// A panic in a call deferred by a function that panics: both stacks are shown, one on the other.
package main

type list struct{ values []int }

func (l *list) get(i int) int { return l.values[i] }

func inner(l *list, n int) int {
	if n == 0 {
		return l.get(7)
	}
	return inner(l, n-1) + 1
}

func nested() {
	defer func() {
		panic("second")
	}()
	inner(&list{}, 3)
}

func main() {
	nested()
}
