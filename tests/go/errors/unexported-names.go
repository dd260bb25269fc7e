// What a package does not export, but others have come to know of it.
package main

import (
	"math"
	"os"
	"strings"
	"time"
)

type copied struct {
	f *os.file // ERROR `name file not exported by package os`
}

func main() {
	var c copied
	_ = c.f
	_ = os.file{}          // ERROR `name file not exported by package os`
	_ = new(time.zone)     // ERROR `name zone not exported by package time`
	_ = time.unixToNever   // ERROR `undefined: time\.unixToNever`
	_ = time.month(1)      // ERROR `undefined: time\.month \(but have Month\)`
	_ = time.fileSizeError // ERROR `undefined: time\.fileSizeError`
	_ = math.sqrt(2)       // ERROR `name sqrt not exported by package math`
	_ = math.uvnan         // ERROR `undefined: math\.uvnan`
	_ = strings.indexFunc  // ERROR `name indexFunc not exported by package strings`
	_ = strings.explode    // ERROR `undefined: strings\.explode`
	time.sleep(3)          // ERROR `undefined: time\.sleep \(but have Sleep\)`
}
