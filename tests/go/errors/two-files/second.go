package main

import "fmt" // ERROR `"fmt" imported and not used`

func helper() int { return 2 } // ERROR `helper redeclared in this block`

func (shared) method() { undefinedInSecond() } // ERROR `undefined: undefinedInSecond`
func (shared) method() {} // ERROR `method shared\.method already declared at two-files/second\.go:7:15`

func onlyInSecond() string { return 5 } // ERROR `cannot use 5 \(untyped int constant\) as string value in return statement`
