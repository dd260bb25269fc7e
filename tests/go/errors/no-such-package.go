package main

import (
	"fmt"
	"no/such/package" // ERROR `package no/such/package is not in std`
)

func main() { fmt.Println(missing.Name) }
