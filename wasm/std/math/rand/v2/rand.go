// Package rand, the second version: pseudo-random numbers. What a PCG source gives is what Go's gives. ChaCha8 and Zipf are
// not there.
package rand

import (
	"errors"
	"internal/ziggurat"
	"math/bits"
)

// Source gives uniform numbers of 64 bits.
type Source interface {
	Uint64() uint64
}

// PCG is Melissa O'Neill's generator PCG-DXSM with 128 bits of state.
type PCG struct {
	hi, lo uint64
}

func NewPCG(seed1, seed2 uint64) *PCG { return &PCG{seed1, seed2} }

func (p *PCG) Seed(seed1, seed2 uint64) { p.hi, p.lo = seed1, seed2 }

func (p *PCG) Uint64() uint64 {
	const (
		factorHigh = 2549297995355413924
		factorLow  = 4865540595714422341
		plusHigh   = 6364136223846793005
		plusLow    = 1442695040888963407
		mix        = 0xda942042e4dd58b5
	)
	high, low := bits.Mul64(p.lo, factorLow)
	high += p.hi*factorLow + p.lo*factorHigh
	low, carry := bits.Add64(low, plusLow, 0)
	high, _ = bits.Add64(high, plusHigh, carry)
	p.hi, p.lo = high, low
	high ^= high >> 32
	high *= mix
	high ^= high >> 48
	return high * (low | 1)
}

func (p *PCG) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, "pcg:"...)
	for _, v := range [...]uint64{p.hi, p.lo} {
		for shift := 56; shift >= 0; shift -= 8 {
			b = append(b, byte(v>>shift))
		}
	}
	return b, nil
}

func (p *PCG) MarshalBinary() ([]byte, error) { return p.AppendBinary(nil) }

func (p *PCG) UnmarshalBinary(data []byte) error {
	if len(data) != 20 || string(data[:4]) != "pcg:" {
		return errors.New("invalid PCG encoding")
	}
	for i := 4; i < 12; i++ {
		p.hi = p.hi<<8 | uint64(data[i])
		p.lo = p.lo<<8 | uint64(data[i+8])
	}
	return nil
}

// Rand draws from a source.
type Rand struct {
	src Source
}

func New(src Source) *Rand { return &Rand{src} }

func (r *Rand) Uint64() uint64   { return r.src.Uint64() }
func (r *Rand) Int64() int64     { return int64(r.src.Uint64() &^ (1 << 63)) }
func (r *Rand) Uint32() uint32   { return uint32(r.src.Uint64() >> 32) }
func (r *Rand) Int32() int32     { return int32(r.src.Uint64() >> 33) }
func (r *Rand) Int() int         { return int(r.Int64()) }
func (r *Rand) Uint() uint       { return uint(r.src.Uint64()) }
func (r *Rand) Float64() float64 { return float64(r.Uint64()<<11>>11) / (1 << 53) }
func (r *Rand) Float32() float32 { return float32(r.Uint32()<<8>>8) / (1 << 24) }

// below draws from [0, n), n > 0, by multiplication (Lemire's method).
func (r *Rand) below(n uint64) uint64 {
	if n&(n-1) == 0 {
		return r.Uint64() & (n - 1)
	}
	high, low := bits.Mul64(r.Uint64(), n)
	if low < n {
		threshold := -n % n
		for low < threshold {
			high, low = bits.Mul64(r.Uint64(), n)
		}
	}
	return high
}

func (r *Rand) signedBelow(n int64, name string) int64 {
	if n <= 0 {
		panic("invalid argument to " + name)
	}
	return int64(r.below(uint64(n)))
}

func (r *Rand) unsignedBelow(n uint64, name string) uint64 {
	if n == 0 {
		panic("invalid argument to " + name)
	}
	return r.below(n)
}

func (r *Rand) Int64N(n int64) int64    { return r.signedBelow(n, "Int64N") }
func (r *Rand) Int32N(n int32) int32    { return int32(r.signedBelow(int64(n), "Int32N")) }
func (r *Rand) IntN(n int) int          { return int(r.signedBelow(int64(n), "IntN")) }
func (r *Rand) Uint64N(n uint64) uint64 { return r.unsignedBelow(n, "Uint64N") }
func (r *Rand) Uint32N(n uint32) uint32 { return uint32(r.unsignedBelow(uint64(n), "Uint32N")) }
func (r *Rand) UintN(n uint) uint       { return uint(r.unsignedBelow(uint64(n), "UintN")) }

// Perm is a random order of the numbers below n.
func (r *Rand) Perm(n int) []int {
	p := make([]int, n)
	for i := range p {
		p[i] = i
	}
	r.Shuffle(n, func(i, j int) { p[i], p[j] = p[j], p[i] })
	return p
}

// Shuffle brings n things into a random order.
func (r *Rand) Shuffle(n int, swap func(i, j int)) {
	if n < 0 {
		panic("invalid argument to Shuffle")
	}
	for i := n - 1; i > 0; i-- {
		swap(i, int(r.below(uint64(i+1))))
	}
}

// NormFloat64 draws from the standard normal distribution.
func (r *Rand) NormFloat64() float64 {
	for {
		u := r.Uint64()
		if x, ok := ziggurat.Normal(int32(u), uint32(u>>32&0x7F), r.Float64); ok {
			return x
		}
	}
}

// ExpFloat64 draws from the exponential distribution with rate 1.
func (r *Rand) ExpFloat64() float64 {
	for {
		u := r.Uint64()
		if x, ok := ziggurat.Exponential(uint32(u), uint32(u>>32&0xFF), r.Float64); ok {
			return x
		}
	}
}

// ---- the functions without a Rand: by the runtime's generator, which every goroutine may use

type runtimeSource struct{}

func (runtimeSource) Uint64() uint64 { return random() }

var global = &Rand{runtimeSource{}}

func Int64() int64                       { return global.Int64() }
func Uint32() uint32                     { return global.Uint32() }
func Uint64() uint64                     { return global.Uint64() }
func Int32() int32                       { return global.Int32() }
func Int() int                           { return global.Int() }
func Uint() uint                         { return global.Uint() }
func Int64N(n int64) int64               { return global.Int64N(n) }
func Int32N(n int32) int32               { return global.Int32N(n) }
func IntN(n int) int                     { return global.IntN(n) }
func Uint64N(n uint64) uint64            { return global.Uint64N(n) }
func Uint32N(n uint32) uint32            { return global.Uint32N(n) }
func UintN(n uint) uint                  { return global.UintN(n) }
func Float64() float64                   { return global.Float64() }
func Float32() float32                   { return global.Float32() }
func Perm(n int) []int                   { return global.Perm(n) }
func Shuffle(n int, swap func(i, j int)) { global.Shuffle(n, swap) }
func NormFloat64() float64               { return global.NormFloat64() }
func ExpFloat64() float64                { return global.ExpFloat64() }
