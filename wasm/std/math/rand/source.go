// Package rand: pseudo-random numbers. What a seeded source gives is what Go's gives.
package rand

// Source gives uniform numbers of 63 bits.
type Source interface {
	Int63() int64
	Seed(seed int64)
}

// Source64 gives 64 bits too.
type Source64 interface {
	Source
	Uint64() uint64
}

const (
	sourceLength = 607
	sourceTap    = 273
)

// fibonacci adds up its own earlier numbers: x[n] = x[n-607] + x[n-273].
type fibonacci struct {
	state [sourceLength]uint64
	tap   int // where x[n-273] stands
	feed  int // where x[n-607] stands and x[n] goes
}

// NewSource makes a source that is for one goroutine at a time.
func NewSource(seed int64) Source {
	f := new(fibonacci)
	f.Seed(seed)
	return f
}

// minimal is one step of the "minimal standard" generator.
func minimal(x uint32) uint32 { return uint32(uint64(x) * 48271 % (1<<31 - 1)) }

func (f *fibonacci) Seed(seed int64) {
	f.tap, f.feed = 0, sourceLength-sourceTap
	seed %= 1<<31 - 1
	if seed < 0 {
		seed += 1<<31 - 1
	}
	if seed == 0 {
		seed = 89482311
	}
	x := uint32(seed)
	for i := 0; i < 20; i++ {
		x = minimal(x)
	}
	for i := range f.state {
		x = minimal(x)
		v := uint64(x) << 40
		x = minimal(x)
		v ^= uint64(x) << 20
		x = minimal(x)
		v ^= uint64(x)
		for b := 7; b >= 0; b-- {
			v ^= uint64(mixed[i*8+b]) << (8 * b)
		}
		f.state[i] = v
	}
}

func (f *fibonacci) Uint64() uint64 {
	if f.tap--; f.tap < 0 {
		f.tap += sourceLength
	}
	if f.feed--; f.feed < 0 {
		f.feed += sourceLength
	}
	x := f.state[f.feed] + f.state[f.tap]
	f.state[f.feed] = x
	return x
}

func (f *fibonacci) Int63() int64 { return int64(f.Uint64() &^ (1 << 63)) }
