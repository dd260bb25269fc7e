// 9 More Go: A panic with a trace
// Writing to a map that was never made panics. The trace names every call on
// the way, the innermost first.
package main

import "fmt"

type registry struct{ names map[string]int }

func (r *registry) add(name string) {
	r.names[name]++ // names is nil
}

func fill(r *registry, names ...string) {
	for _, name := range names {
		r.add(name)
	}
}

func main() {
	r := &registry{}
	fmt.Println("reading a nil map is fine:", r.names["x"], len(r.names))
	defer fmt.Println("deferred calls are made")
	fill(r, "a", "b")
}
