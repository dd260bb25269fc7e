// 3.5 The GOMAXPROCS lever: Mandelbrot by rows
// The rows of a picture do not depend on each other: as many goroutines as
// there are processors share them out by a counter.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
)

const (
	width, height = 64, 24
	limit         = 200
)

func steps(x, y float64) int {
	var re, im float64
	for n := range limit {
		if re*re+im*im > 4 {
			return n
		}
		re, im = re*re-im*im+x, 2*re*im+y
	}
	return limit
}

func main() {
	const shades = " .:-=+*#%@"
	picture := make([]string, height)
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for row := int(next.Add(1)) - 1; row < height; row = int(next.Add(1)) - 1 {
				var line strings.Builder
				for column := range width {
					n := steps(-2.2+3.2*float64(column)/width, -1.2+2.4*float64(row)/height)
					line.WriteByte(shades[n*(len(shades)-1)/limit])
				}
				picture[row] = strings.TrimRight(line.String(), " ")
			}
		})
	}
	wg.Wait()
	fmt.Println(strings.Join(picture, "\n"))
}
