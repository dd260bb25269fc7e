package main

import (
	"fmt"
	"os" // ERROR `"os" imported and not used`
	str "strings" // ERROR `"strings" imported as str and not used`
	_ "errors"
)

func main() {
	fmt.Println()
}
