// A panic whose value panics when it is to be printed.
package main

type failure struct{ reasons []string }

func (f failure) Error() string { return f.reasons[0] }

func fail() { panic(failure{}) }

func main() { fail() }
