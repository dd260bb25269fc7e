package main

import "sync/atomic"

type counter struct{ n atomic.Int64 }

func main() {
	var c counter
	c.n++ // ERROR `invalid operation: c\.n\+\+ \(non-numeric type atomic\.Int64\)`
	c.n = 5 // ERROR `cannot use 5 \(untyped int constant\) as atomic\.Int64 value in assignment`
	c.n.Add(1.5) // ERROR `cannot use 1\.5 \(untyped float constant\) as int64 value in argument to c\.n\.Add \(truncated\)`
	var i int
	atomic.AddInt64(&i, 1) // ERROR `cannot use &i \(value of type \*int\) as \*int64 value in argument to atomic\.AddInt64`
	atomic.AddInt32(i, 1) // ERROR `cannot use i \(variable of type int\) as \*int32 value in argument to atomic\.AddInt32`
	var x int64 = c.n // ERROR `cannot use c\.n \(variable of struct type atomic\.Int64\) as int64 value in variable declaration`
	var p atomic.Pointer // ERROR `cannot use generic type atomic\.Pointer\[T any\] without instantiation`
	var q atomic.Pointer[counter]
	q.Store(counter{}) // ERROR `cannot use counter\{\} \(value of struct type counter\) as \*counter value in argument to q\.Store`
	_ = q.Load().n.load() // ERROR `q\.Load\(\)\.n\.load undefined \(type atomic\.Int64 has no field or method load, but does have method Load\)`
	_ = atomic.Value{1} // ERROR `implicit assignment to unexported field v in struct literal of type atomic\.Value`
	_, _ = x, p
}
