// The smallest program that uses package fmt.
package main

import "fmt"

func main() {
	fmt.Println("Hello, 世界")
}
