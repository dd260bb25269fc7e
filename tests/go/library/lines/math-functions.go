// math: every function, bit for bit as GOARCH=wasm has it (other machines use instructions of their own for some), over edge
// cases and random arguments of all sizes.
package main

import (
	"bufio"
	"fmt"
	"math"
)

func mathFunctions(out *bufio.Writer) {
	show := func(values ...float64) {
		for _, v := range values {
			if v != v {
				fmt.Fprint(out, "nan ") // which of them is the machine's business
			} else {
				fmt.Fprintf(out, "%x ", math.Float64bits(v))
			}
		}
		fmt.Fprintln(out)
	}
	r := random(6)
	edges := []float64{0, math.Copysign(0, -1), 1, -1, 0.5, -0.5, 2, -2, 3, 1.5, 2.5, -2.5, 0.49999999999999994, 4503599627370495.5, 4503599627370496, 9007199254740992, math.Inf(1), math.Inf(-1), math.NaN(), math.MaxFloat64, -math.MaxFloat64,
		math.SmallestNonzeroFloat64, -math.SmallestNonzeroFloat64, 0x1p-1022, 0x1p-1021, 0x1.fffffffffffffp-1023, math.Pi, math.Pi / 2, math.Pi / 4, 3 * math.Pi / 4, 1 << 29, 1<<29 - 0.5, 1e22, 1e300, 709.78, 709.79, 710, -745.1, -745.2, 1024, -1074, -1075, 0.7, 0.66, 1e-9, 1e-17,
		1 << 28, 2 << 28, 0.625, 21, 22, 44.01, 44.1, 1 << 53, 1 << 62, 1 << 63, 1e-300, math.E, math.Sqrt2, 0.4142135623730950, 0.41421356237309515, -0.2928932188134524}
	value := func(i int) float64 {
		if i < len(edges) {
			return edges[i]
		}
		switch r.next() % 5 {
		case 0:
			return math.Float64frombits(r.next())
		case 1:
			return (float64(r.next()) - 9e18) / 1e18
		case 2:
			return float64(int64(r.next())) / 1e15
		case 3:
			return float64(int32(r.next())) / 64
		}
		return math.Ldexp(float64(int64(r.next())), int(r.next()%120)-120)
	}
	for i := 0; i < 1200; i++ {
		x := value(i)
		frac, exp := math.Frexp(x)
		whole, rest := math.Modf(x)
		sin, cos := math.Sincos(x)
		show(x, frac, float64(exp), whole, rest, sin, cos, math.Sin(x), math.Cos(x), math.Tan(x))
		show(math.Abs(x), math.Floor(x), math.Ceil(x), math.Trunc(x), math.Round(x), math.RoundToEven(x), math.Sqrt(x), math.Cbrt(x), math.Logb(x), float64(math.Ilogb(x)))
		show(math.Exp(x), math.Exp2(x), math.Expm1(x), math.Log(x), math.Log2(x), math.Log10(x), math.Log1p(x))
		show(math.Asin(x), math.Acos(x), math.Atan(x), math.Sinh(x), math.Cosh(x), math.Tanh(x), math.Asinh(x), math.Acosh(x), math.Atanh(x))
		y, z := value(int(r.next()%4096)), value(int(r.next()%4096))
		show(y, z, math.Pow(x, y), math.Atan2(x, y), math.Hypot(x, y), math.Mod(x, y), math.Remainder(x, y), math.Max(x, y), math.Min(x, y), math.Dim(x, y), math.Copysign(x, y), math.Nextafter(x, y), math.FMA(x, y, z), math.FMA(x, 1/x, -1),
			math.Ldexp(x, int(r.next()%2300)-1150), float64(math.Nextafter32(float32(x), float32(y))))
		fmt.Fprintln(out, math.IsNaN(x), math.IsInf(x, 0), math.IsInf(x, 1), math.IsInf(x, -1), math.Signbit(x))
	}
	for i := range edges {
		for k := range edges {
			x, y := edges[i], edges[k]
			show(math.Pow(x, y), math.Atan2(x, y), math.Hypot(x, y), math.Mod(x, y), math.Remainder(x, y), math.Max(x, y), math.Min(x, y), math.Dim(x, y), math.Copysign(x, y), math.Nextafter(x, y), math.FMA(x, y, 0.1), math.FMA(0.1, x, y))
		}
	}
	for i := 0; i < 500; i++ { // small whole numbers: powers are often exact
		x, y := float64(int64(r.next()%40))-20, float64(int64(r.next()%60))-30
		show(math.Pow(x, y), math.Pow(x/4, y/2), math.Mod(x, y), math.Mod(x/8, y/16), math.Remainder(x/8, y/16))
	}
	for n := -400; n < 400; n++ {
		show(math.Pow10(n))
	}
	fmt.Fprintln(out, math.MaxInt64, uint64(math.MaxUint64), math.MaxFloat32, math.SmallestNonzeroFloat32, math.Pi, math.Float32bits(1.5), math.Float32frombits(0x40490fdb), math.Phi, math.Log2E, math.Log10E)
}
