// Package list: doubly linked lists.
package list

// Element is a place in a list.
type Element struct {
	next, prev *Element // in a ring that the list's root closes
	list       *List    // nil: in none
	Value      any
}

// Next and Prev give nil at the ends.
func (e *Element) Next() *Element {
	if e.list == nil || e.next == &e.list.root {
		return nil
	}
	return e.next
}

func (e *Element) Prev() *Element {
	if e.list == nil || e.prev == &e.list.root {
		return nil
	}
	return e.prev
}

// List is empty as its zero value.
type List struct {
	root Element // only its links are used
	len  int
}

func New() *List { return new(List).Init() }

func (l *List) Init() *List {
	l.root.next, l.root.prev = &l.root, &l.root
	l.len = 0
	return l
}

func (l *List) ready() {
	if l.root.next == nil {
		l.Init()
	}
}

func (l *List) Len() int { return l.len }

func (l *List) Front() *Element {
	if l.len == 0 {
		return nil
	}
	return l.root.next
}

func (l *List) Back() *Element {
	if l.len == 0 {
		return nil
	}
	return l.root.prev
}

func (l *List) insert(v any, after *Element) *Element {
	e := &Element{list: l, Value: v}
	e.link(after)
	l.len++
	return e
}

func (e *Element) link(after *Element) {
	e.prev, e.next = after, after.next
	e.prev.next = e
	e.next.prev = e
}

func (e *Element) unlink() {
	e.prev.next = e.next
	e.next.prev = e.prev
}

func (l *List) PushFront(v any) *Element {
	l.ready()
	return l.insert(v, &l.root)
}

func (l *List) PushBack(v any) *Element {
	l.ready()
	return l.insert(v, l.root.prev)
}

// InsertBefore and InsertAfter do nothing if mark is not in the list.
func (l *List) InsertBefore(v any, mark *Element) *Element {
	if mark.list != l {
		return nil
	}
	return l.insert(v, mark.prev)
}

func (l *List) InsertAfter(v any, mark *Element) *Element {
	if mark.list != l {
		return nil
	}
	return l.insert(v, mark)
}

// Remove gives e's value, whether it was in the list or not.
func (l *List) Remove(e *Element) any {
	if e.list == l {
		e.unlink()
		e.next, e.prev, e.list = nil, nil, nil
		l.len--
	}
	return e.Value
}

func (l *List) move(e, after *Element) {
	if e != after {
		e.unlink()
		e.link(after)
	}
}

func (l *List) MoveToFront(e *Element) {
	if e.list == l && l.root.next != e {
		l.move(e, &l.root)
	}
}

func (l *List) MoveToBack(e *Element) {
	if e.list == l && l.root.prev != e {
		l.move(e, l.root.prev)
	}
}

func (l *List) MoveBefore(e, mark *Element) {
	if e.list == l && e != mark && mark.list == l {
		l.move(e, mark.prev)
	}
}

func (l *List) MoveAfter(e, mark *Element) {
	if e.list == l && e != mark && mark.list == l {
		l.move(e, mark)
	}
}

// PushBackList and PushFrontList add copies of other's elements; other may be the list itself.
func (l *List) PushBackList(other *List) {
	l.ready()
	for n, e := other.Len(), other.Front(); n > 0; n, e = n-1, e.Next() {
		l.insert(e.Value, l.root.prev)
	}
}

func (l *List) PushFrontList(other *List) {
	l.ready()
	for n, e := other.Len(), other.Back(); n > 0; n, e = n-1, e.Prev() {
		l.insert(e.Value, &l.root)
	}
}
