// What a package does not export, but others have come to know of it.
package main

import (
	"os"
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
	time.sleep(3)          // ERROR `undefined: time\.sleep \(but have Sleep\)`
}
