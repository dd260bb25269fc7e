// strconv: floats to text in every format, and text to floats, over edge cases and many random values.
package main

import (
	"bufio"
	"fmt"
	"math"
	"strconv"
	"strings"
)

func strconvFloats(out *bufio.Writer) {
	r := random(7)
	values := []float64{0, math.Copysign(0, -1), 1, -1, 0.1, 0.5, 1.5, 2.5, 0.05, 0.25, 0.125, 9.5, 99.5, 999.95, 1e21, 1e20, 123456789, 1e22, 1e23, 9.999999999999999e22, 8.41e21,
		5e-324, 1e-323, 2.2250738585072014e-308, 2.225073858507201e-308, math.MaxFloat64, math.MaxFloat32, math.SmallestNonzeroFloat32,
		math.Inf(1), math.Inf(-1), math.NaN(), 4503599627370496, 4503599627370496.5, 9007199254740991, 9007199254740993, 1 << 60, 1 << 63, 0.3, 2.0 / 3,
		100, 1000000, 1e15, 1e16, 1e17, 12345678901234567, 0.000001, 0.0000001, 33909, 498484681984085570, 5.8339553793802237e+23, 1.2e-5, 4.35, 8.345, 1.005}
	for i := 0; i < 64; i++ {
		values = append(values, math.Ldexp(1, i*33-1074), math.Ldexp(3, -i*16), math.Pow(10, float64(i*9-300)))
	}
	for i := 0; i < 200; i++ {
		values = append(values, math.Float64frombits(r.next()))
		values = append(values, float64(int64(r.next()>>(r.next()%50)))/math.Pow(10, float64(r.next()%12)))
		values = append(values, float64(math.Float32frombits(uint32(r.next()))))
	}
	formats := []struct {
		format    byte
		precision int
	}{{'g', -1}, {'e', -1}, {'f', -1}, {'x', -1}, {'b', -1}, {'e', 0}, {'e', 5}, {'f', 0}, {'f', 1}, {'f', 2}, {'f', 6}, {'f', 17}, {'g', 0}, {'g', 1}, {'g', 3}, {'g', 6},
		{'g', 17}, {'G', -1}, {'E', 20}, {'x', 3}, {'X', 0}, {'x', 20}, {'z', -1}, {'f', 40}, {'e', 30}}
	for _, v := range values {
		for _, f := range formats {
			if f.format == 'f' && math.Abs(v) > 1e40 && f.precision != 0 {
				continue // long and all the same
			}
			fmt.Fprintln(out, strconv.FormatFloat(v, f.format, f.precision, 64), strconv.FormatFloat(v, f.format, f.precision, 32))
		}
	}
	fmt.Fprintln(out, strconv.FormatFloat(5e-324, 'e', 1000, 64), strconv.FormatFloat(math.MaxFloat64, 'f', 3, 64), strconv.FormatFloat(1.0/3, 'f', 1100, 64))

	check := func(s string) {
		f, err := strconv.ParseFloat(s, 64)
		g, err2 := strconv.ParseFloat(s, 32)
		fmt.Fprintf(out, "%x %v %x %v\n", math.Float64bits(f), err, math.Float64bits(g), err2)
	}
	texts := []string{"", "-", "+", ".", "1.", ".5", "0", "-0", "1e", "1e+", "1e5", "1E-5", "1e400", "-1e400", "1e-400", "1e99999999999", "1e-99999999999", "inf", "-Inf", "+INFINITY",
		"infin", "nan", "NaN", "-nan", "nan1", "0x1p-2", "0x1", "0x1.8p1", "0x.8p0", "0x1p1024", "0x1.fffffffffffff8p1023", "0x1.fffffffffffff7p1023", "0x1p-1075",
		"0x1.0000000000001p-1075", "0x1p-1074", "0x123456789abcdef01234p-10", "1_000.5", "1__0", "_1", "0x_1p0", "1_e5", "9007199254740993", "9007199254740992.99999999999999999999999",
		"9007199254740993.00000000000000000000000000000000000001", "1.00000000000000011102230246251565404236316680908203125",
		"1.00000000000000011102230246251565404236316680908203124", "1.00000000000000011102230246251565404236316680908203126",
		"1" + strings.Repeat("0", 400) + "e-400", "0." + strings.Repeat("0", 400) + "1e401", "2.2250738585072011e-308", "2.2250738585072012e-308", "4.9e-324", "2.4703282292062327e-324",
		"2.4703282292062328e-324", "1.7976931348623157e308", "1.7976931348623158e308", "1.797693134862315807e308", "1.797693134862315808e308", "179769313486231580793" + strings.Repeat("0", 288),
		"3.4028235677973366e38", "3.4028235677973362e38", "1e23", "8.5e22", "123456789012345678901234567890", "0.1e1_0", "1e1_0", "1 ", " 1", "1,5", "1.5f", "0b1", "1p5", "1.2.3",
		strings.Repeat("9", 900), "0." + strings.Repeat("3", 900), "1." + strings.Repeat("0", 850) + "1"}
	for _, s := range texts {
		check(s)
	}
	for i := 0; i < 500; i++ {
		v := math.Float64frombits(r.next())
		check(strconv.FormatFloat(v, 'g', int(r.next()%25)-1, 64))
		check(fmt.Sprintf("%d.%de%d", r.next()>>(r.next()%60), r.next(), int(r.next()%660)-340))
		check(fmt.Sprintf("%d.%d", r.next()>>(r.next()%60), r.next()>>(r.next()%64)))
		// Just between two floats, or next to it.
		low := math.Float64frombits(r.next() &^ (1 << 62))
		middle := strconv.FormatFloat(low, 'e', -1, 64)
		if !math.IsNaN(low) && !math.IsInf(low, 0) {
			exact := strconv.FormatFloat(low, 'e', 1100, 64)
			digits, exponent, _ := strings.Cut(exact, "e")
			check(strings.TrimRight(digits, "0") + "e" + exponent)
		}
		check(middle)
	}
	for _, v := range values[:400] {
		c := complex(v, values[r.next()%uint64(len(values))])
		fmt.Fprintln(out, strconv.FormatComplex(c, 'g', -1, 128), strconv.FormatComplex(c, 'f', 2, 64))
		back, err := strconv.ParseComplex(strconv.FormatComplex(c, 'g', -1, 128), 128)
		fmt.Fprintln(out, back, err)
	}
	for _, s := range []string{"", "1", "i", "1i", "-i", "1+i", "1+2i", "1-2i", "(1+2i)", "(1+2i", "1++2i", "1+-2i", "1 + 2i", "inf+nani", "Inf-Infi", "1e400+1i", "1+1e400i", "1+2", "1+2j", "()", "0x1p3-0x1p-3i", "+1+2i", "1+2ii"} {
		for _, size := range []int{64, 128} {
			c, err := strconv.ParseComplex(s, size)
			fmt.Fprintln(out, c, err)
		}
	}
	// Exact middles: (2m+1) × 2^k written out.
	for i := 0; i < 150; i++ {
		m := float64(r.next()>>11 | 1<<52)
		k := int(r.next() % 40)
		text := strconv.FormatFloat(math.Ldexp(m, k), 'f', 0, 64) // a float; the middle above it is half a unit more
		whole := strconv.FormatFloat(math.Ldexp(1, k-1), 'f', 0, 64)
		check(addDecimal(text, whole))
		check(addDecimal(addDecimal(text, whole), "1"))
		check(addDecimal(text, whole) + ".00000000000000000000000000001")
	}
}

func addDecimal(a, b string) string {
	out := []byte{}
	carry := byte(0)
	for i := 1; i <= len(a) || i <= len(b) || carry > 0; i++ {
		sum := carry
		if i <= len(a) {
			sum += a[len(a)-i] - '0'
		}
		if i <= len(b) {
			sum += b[len(b)-i] - '0'
		}
		out = append([]byte{'0' + sum%10}, out...)
		carry = sum / 10
	}
	return string(out)
}
