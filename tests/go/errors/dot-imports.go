// What a package brings in by a dot cannot be declared again.
package main

import . "strings"

func Index() {} // ERROR "Index already declared through dot-import of package strings"

func main() {
	Index() // ERROR "not enough arguments in call to Index"
}
