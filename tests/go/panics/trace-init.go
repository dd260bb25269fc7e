// A panic while packages are initialised.
package main

type table map[string]int

var names table

func init() {
	names.add("a")
}

func (t table) add(name string) { t[name] = len(t) }

func main() {}
