package main

type base struct{ id int }

func (base) Hello()  {}
func (*base) Reset() {}

type other struct{}

func (other) Hello() {}

type twice struct {
	base
	*base
}

type derived struct {
	base
	other
	*missing
	[]int // ERROR `syntax error: unexpected \[, expected field name or embedded type`
	**base // ERROR `syntax error: unexpected \*, expected name`
	int
	string
}

type pointerToInterface struct{ *error }

type greeter interface{ Hello() }
type resetter interface{ Reset() }

var _ greeter = derived{}
var _ greeter = struct{ base }{}
var _ resetter = struct{ base }{}
var _ resetter = struct{ *base }{}

func main() {
	derived{}.Hello()
	_ = derived{base: 5}
	_ = derived{id: 5}
}
