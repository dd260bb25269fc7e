// Package ziggurat draws from the normal and the exponential distribution by the method of Marsaglia and Tsang ("The Ziggurat
// Method for Generating Random Variables", 2000): their tables, computed when they are first wanted.
package ziggurat

import (
	"math"
	"sync"
)

const (
	normalRight      = 3.442619855899
	normalArea       = 9.91256303526217e-3
	exponentialRight = 7.69711747013104972
	exponentialArea  = 3.9496598225815571993e-3
)

// One strip of a distribution: a number below `inside`, times width, lies under the curve for sure.
type strip struct {
	inside uint32
	width  float32
	height float32
}

var (
	tablesOnce  sync.Once
	normal      [128]strip
	exponential [256]strip
)

func makeTables() {
	fill(normal[:], 1<<31, normalRight, normalArea,
		func(x float64) float64 { return math.Exp(-.5 * x * x) },
		func(y float64) float64 { return math.Sqrt(-2 * math.Log(y)) })
	fill(exponential[:], 1<<32, exponentialRight, exponentialArea,
		func(x float64) float64 { return math.Exp(-x) },
		func(y float64) float64 { return -math.Log(y) })
}

func fill(strips []strip, scale, right, area float64, curve, inverse func(float64) float64) {
	last := len(strips) - 1
	base := area / curve(right)
	strips[0] = strip{uint32(right / base * scale), float32(base / scale), 1}
	strips[1].inside = 0
	strips[last].width = float32(right / scale)
	strips[last].height = float32(curve(right))
	x := right
	for i := last - 1; i >= 1; i-- {
		before := x
		x = inverse(area/x + curve(x))
		strips[i+1].inside = uint32(x / before * scale)
		strips[i].width = float32(x / scale)
		strips[i].height = float32(curve(x))
	}
}

// Normal tries to make a standard normal number of the random j and strip number i; uniform gives more randomness.
func Normal(j int32, i uint32, uniform func() float64) (x float64, ok bool) {
	tablesOnce.Do(makeTables)
	s := &normal[i]
	x = float64(j) * float64(s.width)
	size := uint32(j)
	if j < 0 {
		size = -size
	}
	if size < s.inside {
		return x, true
	}
	if i == 0 { // the tail
		for {
			x = -math.Log(uniform()) * (1.0 / normalRight)
			y := -math.Log(uniform())
			if y+y >= x*x {
				break
			}
		}
		if j > 0 {
			return normalRight + x, true
		}
		return -normalRight - x, true
	}
	return x, s.height+float32(uniform())*(normal[i-1].height-s.height) < float32(math.Exp(-.5*x*x))
}

// Exponential is Normal for the exponential distribution with rate 1.
func Exponential(j, i uint32, uniform func() float64) (x float64, ok bool) {
	tablesOnce.Do(makeTables)
	s := &exponential[i]
	x = float64(j) * float64(s.width)
	if j < s.inside {
		return x, true
	}
	if i == 0 {
		return exponentialRight - math.Log(uniform()), true
	}
	return x, s.height+float32(uniform())*(exponential[i-1].height-s.height) < float32(math.Exp(-x))
}
