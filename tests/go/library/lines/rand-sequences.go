// math/rand and math/rand/v2: seeded sources give the same sequences; the others keep their promises. Also math/bits.
package main

import (
	"bufio"
	"fmt"
	"math/bits"
	"math/rand"
	randv2 "math/rand/v2"
	"time"
)

func randSequences(out *bufio.Writer) {
	for _, seed := range []int64{0, 1, 2, 42, -1, 1<<31 - 1, 1 << 31, -1 << 63, 1<<63 - 1, 20091110, 89482311} {
		r := rand.New(rand.NewSource(seed))
		for i := 0; i < 400; i++ {
			fmt.Fprintln(out, r.Int63(), r.Uint32(), r.Uint64(), r.Int31(), r.Int(), r.Int63n(int64(i)*1e15+1), r.Int31n(int32(i)*1000+7), r.Intn(i+1), r.Intn(1<<40+i), r.Float64(), r.Float32(), r.NormFloat64(), r.ExpFloat64())
		}
		fmt.Fprintln(out, r.Perm(20))
		list := []string{"a", "b", "c", "d", "e", "f", "g"}
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		p := make([]byte, 20)
		r.Read(p[:5])
		r.Read(p[5:])
		fmt.Fprintln(out, list, p)
		r.Seed(seed + 1)
		fmt.Fprintln(out, r.Int())

		q := randv2.New(randv2.NewPCG(uint64(seed), 7))
		for i := 0; i < 400; i++ {
			fmt.Fprintln(out, q.Int64(), q.Uint32(), q.Uint64(), q.Int32(), q.Int(), q.Uint(), q.Int64N(int64(i)*1e15+1), q.Int32N(int32(i)*1000+7), q.IntN(i+1), q.Uint64N(uint64(i)<<50+3), q.Uint32N(uint32(i)+5), q.UintN(9), q.Float64(), q.Float32(), q.NormFloat64(), q.ExpFloat64())
		}
		fmt.Fprintln(out, q.Perm(20))
		pcg := randv2.NewPCG(uint64(seed), 9)
		state, err := pcg.MarshalBinary()
		fmt.Fprintln(out, state, err, pcg.UnmarshalBinary(state[1:]), pcg.UnmarshalBinary(state), pcg.Uint64())
	}
	rand.Seed(1)
	for i := 0; i < 1000; i++ {
		d := randv2.N(10 * time.Second)
		if n := rand.Intn(10); n < 0 || n > 9 || randv2.IntN(5) > 4 || rand.Float64() >= 1 || d < 0 || d >= 10*time.Second || len(rand.Perm(3)) != 3 {
			fmt.Fprintln(out, "out of range")
		}
	}
	fmt.Fprintln(out, rand.Uint64() == rand.Uint64(), randv2.Uint64() == randv2.Uint64())
	for _, f := range []func(){func() { rand.Intn(0) }, func() { rand.Int63n(-1) }, func() { rand.Int31n(0) }, func() { rand.Shuffle(-1, nil) }, func() { randv2.IntN(0) }, func() { randv2.Uint32N(0) }, func() { randv2.N(-5) }} {
		func() {
			defer func() { fmt.Fprintln(out, recover()) }()
			f()
		}()
	}

	r := random(12)
	for i := 0; i < 1500; i++ {
		x, y, z := r.next()>>(r.next()%64), r.next()>>(r.next()%64), r.next()
		k := int(r.next()%140) - 70
		fmt.Fprintln(out, bits.LeadingZeros64(x), bits.LeadingZeros32(uint32(x)), bits.LeadingZeros16(uint16(x)), bits.LeadingZeros8(uint8(x)), bits.LeadingZeros(uint(x)), bits.TrailingZeros64(x), bits.TrailingZeros32(uint32(x)), bits.TrailingZeros16(uint16(x)),
			bits.TrailingZeros8(uint8(x)), bits.OnesCount64(x), bits.OnesCount32(uint32(x)), bits.OnesCount16(uint16(x)), bits.OnesCount8(uint8(x)), bits.RotateLeft64(x, k), bits.RotateLeft32(uint32(x), k), bits.RotateLeft16(uint16(x), k), bits.RotateLeft8(uint8(x), k),
			bits.Reverse64(x), bits.Reverse32(uint32(x)), bits.Reverse16(uint16(x)), bits.Reverse8(uint8(x)), bits.ReverseBytes64(x), bits.ReverseBytes32(uint32(x)), bits.ReverseBytes16(uint16(x)), bits.Len64(x), bits.Len32(uint32(x)), bits.Len16(uint16(x)), bits.Len8(uint8(x)))
		s, c := bits.Add64(x, y, z&1)
		d, b := bits.Sub64(x, y, z&1)
		h, l := bits.Mul64(x, z)
		fmt.Fprintln(out, s, c, d, b, h, l)
		s32, c32 := bits.Add32(uint32(x), uint32(y), uint32(z&1))
		d32, b32 := bits.Sub32(uint32(x), uint32(y), uint32(z&1))
		h32, l32 := bits.Mul32(uint32(x), uint32(z))
		fmt.Fprintln(out, s32, c32, d32, b32, h32, l32)
		func() {
			defer func() {
				if r := recover(); r != nil {
					fmt.Fprintln(out, r)
				}
			}()
			fmt.Fprintln(out, bits.Rem64(x, z, y))
			q32, r32 := bits.Div32(uint32(x)>>3, uint32(z), uint32(y))
			fmt.Fprintln(out, q32, r32)
			q, m := bits.Div64(x, z, y)
			fmt.Fprintln(out, q, m)
		}()
	}
}
