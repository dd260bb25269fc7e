// A panic value whose Error method panics itself. Go still shows where that was; here the stack has been unwound.
// varies: (?:\nmain\.\S+\n\t\S+)*\n*$
package main

import "errors"

type failing struct{ with any }

func (f failing) Error() string { panic(f.with) }

func main() {
	panic(failing{errors.New("while printing")})
}
