// strconv: integers and booleans to text and back, with every error.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"strconv"
)

func strconvIntegers(out *bufio.Writer) {
	r := random(1)
	edges := []uint64{0, 1, 9, 10, 99, 100, 101, 999, 1000, 1 << 7, 1<<7 - 1, 1 << 31, 1<<31 - 1, 1 << 32, 1<<63 - 1, 1 << 63, 1<<64 - 1}
	for i := 0; i < 250; i++ {
		u := r.next() >> (r.next() % 64)
		if i < len(edges) {
			u = edges[i]
		}
		for _, base := range []int{2, 3, 8, 10, 16, 35, 36} {
			fmt.Fprintln(out, strconv.FormatInt(int64(u), base), strconv.FormatUint(u, base), string(strconv.AppendInt([]byte("x"), -int64(u), base)))
		}
		fmt.Fprintln(out, strconv.Itoa(int(u)), strconv.Itoa(-int(u)))
	}

	report := func(v any, err error) {
		var e *strconv.NumError
		if errors.As(err, &e) {
			fmt.Fprintf(out, "%v %v | %s %q %v %v %v\n", v, err, e.Func, e.Num, e.Err, errors.Is(err, strconv.ErrRange), errors.Is(err, strconv.ErrSyntax))
		} else {
			fmt.Fprintln(out, v, err)
		}
	}
	texts := []string{"", "-", "+", "0", "-0", "+0", "00", "07", "08", "0x", "0xg", "0x1F", "0X1f", "0b101", "0b2", "0o17", "0o8", "_1", "1_", "1_0", "1__0",
		"0_7", "0x_1f", "0_x1", "12a", "a", "z", "Z", " 1", "1 ", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
		"-9223372036854775809", "18446744073709551615", "18446744073709551616", "99999999999999999999999", "127", "128", "-128", "-129", "255",
		"256", "65535", "65536", "2147483648", "-2147483648", "4294967296", "1.5", "é", "１", "+-1", "--1", "0x8000000000000000", "-0x8000000000000000",
		"000000000000000000000000000000001", "1\x00", "99999999999999999999_"}
	for i := 0; i < 250; i++ {
		s := ""
		for n := r.next() % 22; n > 0; n-- {
			s += string("0123456789abcdefxob_+-"[r.next()%22])
		}
		texts = append(texts, s)
	}
	for _, s := range texts {
		report(strconv.Atoi(s))
		for _, base := range []int{0, 2, 8, 10, 16, 36, 1, 37, -1} {
			for _, size := range []int{0, 8, 16, 32, 64, 65, -1} {
				report(strconv.ParseInt(s, base, size))
				report(strconv.ParseUint(s, base, size))
			}
		}
	}
	for _, s := range []string{"1", "t", "T", "TRUE", "true", "True", "tRUE", "0", "f", "F", "FALSE", "false", "False", "", "yes"} {
		report(strconv.ParseBool(s))
	}
	fmt.Fprintln(out, strconv.FormatBool(true), strconv.FormatBool(false), string(strconv.AppendBool(nil, true)), strconv.IntSize)
	defer func() { fmt.Fprintln(out, recover()) }()
	strconv.FormatInt(1, 1)
}
