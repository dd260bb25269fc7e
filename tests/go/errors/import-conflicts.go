package main

import (
	"fmt" // ERROR `"fmt" imported and not used`
	fmt "strings" // ERROR `fmt redeclared in this block` `"strings" imported as fmt and not used`
	os "errors" // ERROR `"errors" imported as os and not used`
)

var os = 5 // ERROR `os already declared through import of package errors \("errors"\)`

func fmt() {} // ERROR `fmt already declared through import of package fmt \("fmt"\)`

func main() {}
