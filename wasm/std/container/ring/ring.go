// Package ring: circular lists. A Ring is one of the elements, which has no beginning and no end.
package ring

type Ring struct {
	next, prev *Ring // nil: a ring of its own
	Value      any
}

// New makes a ring of n elements.
func New(n int) *Ring {
	if n <= 0 {
		return nil
	}
	first := (&Ring{}).init()
	for ; n > 1; n-- {
		first.prev.Link((&Ring{}).init())
	}
	return first
}

func (r *Ring) init() *Ring {
	if r.next == nil {
		r.next, r.prev = r, r
	}
	return r
}

func (r *Ring) Next() *Ring { return r.init().next }
func (r *Ring) Prev() *Ring { return r.init().prev }

// Move goes n elements on, or back if n is negative.
func (r *Ring) Move(n int) *Ring {
	r.init()
	for ; n > 0; n-- {
		r = r.next
	}
	for ; n < 0; n++ {
		r = r.prev
	}
	return r
}

// Link joins r to s, so that s is next to r, and gives what was next to r. In one ring it takes out what is between them.
func (r *Ring) Link(s *Ring) *Ring {
	after := r.Next()
	if s != nil {
		before := s.Prev()
		r.next, s.prev = s, r
		after.prev, before.next = before, after
	}
	return after
}

// Unlink takes out n elements after r.
func (r *Ring) Unlink(n int) *Ring {
	if n <= 0 {
		return nil
	}
	return r.Link(r.Move(n + 1))
}

func (r *Ring) Len() int {
	n := 0
	r.Do(func(any) { n++ })
	return n
}

// Do calls f for every value.
func (r *Ring) Do(f func(any)) {
	if r == nil {
		return
	}
	f(r.Value)
	for p := r.Next(); p != r; p = p.next {
		f(p.Value)
	}
}
