// Package bits counts and manipulates bits. The compiler replaces calls of LeadingZeros, TrailingZeros, OnesCount and
// RotateLeft of 32 and 64 bits by instructions.
package bits

// UintSize is the size of a uint in bits.
const UintSize = 64

// ---- leading zeros and lengths

func LeadingZeros(x uint) int     { return 64 - Len64(uint64(x)) }
func LeadingZeros8(x uint8) int   { return 8 - Len8(x) }
func LeadingZeros16(x uint16) int { return 16 - Len16(x) }
func LeadingZeros32(x uint32) int { return 32 - Len32(x) }
func LeadingZeros64(x uint64) int { return 64 - Len64(x) }

// Len is the number of bits needed for x: 0 for 0.
func Len(x uint) int     { return Len64(uint64(x)) }
func Len8(x uint8) int   { return Len32(uint32(x)) }
func Len16(x uint16) int { return Len32(uint32(x)) }

func Len32(x uint32) (n int) {
	for step := 16; step > 0; step >>= 1 {
		if x>>step != 0 {
			x >>= step
			n += step
		}
	}
	return n + int(x)
}

func Len64(x uint64) int {
	if high := uint32(x >> 32); high != 0 {
		return 32 + Len32(high)
	}
	return Len32(uint32(x))
}

// ---- trailing zeros: those of the lowest one, alone, are the bits below it

func TrailingZeros(x uint) int { return TrailingZeros64(uint64(x)) }

func TrailingZeros8(x uint8) int {
	if x == 0 {
		return 8
	}
	return TrailingZeros32(uint32(x))
}

func TrailingZeros16(x uint16) int {
	if x == 0 {
		return 16
	}
	return TrailingZeros32(uint32(x))
}

func TrailingZeros32(x uint32) int { return OnesCount32(x&-x - 1) }
func TrailingZeros64(x uint64) int { return OnesCount64(x&-x - 1) }

// ---- ones

const (
	everySecond = 0x5555555555555555
	everyPair   = 0x3333333333333333
	everyNibble = 0x0f0f0f0f0f0f0f0f
	everyByte   = 0x0101010101010101
)

func OnesCount(x uint) int     { return OnesCount64(uint64(x)) }
func OnesCount8(x uint8) int   { return OnesCount64(uint64(x)) }
func OnesCount16(x uint16) int { return OnesCount64(uint64(x)) }
func OnesCount32(x uint32) int { return OnesCount64(uint64(x)) }

// Sums of two, four, eight bits side by side, then of all bytes by one multiplication.
func OnesCount64(x uint64) int {
	x -= x >> 1 & everySecond
	x = x&everyPair + x>>2&everyPair
	x = (x + x>>4) & everyNibble
	return int(x * everyByte >> 56)
}

// ---- rotation, to the left by k, to the right by -k

func RotateLeft(x uint, k int) uint       { return uint(RotateLeft64(uint64(x), k)) }
func RotateLeft8(x uint8, k int) uint8    { return x<<(k&7) | x>>(-k&7) }
func RotateLeft16(x uint16, k int) uint16 { return x<<(k&15) | x>>(-k&15) }
func RotateLeft32(x uint32, k int) uint32 { return x<<(k&31) | x>>(-k&31) }
func RotateLeft64(x uint64, k int) uint64 { return x<<(k&63) | x>>(-k&63) }

// ---- reversal

func Reverse(x uint) uint { return uint(Reverse64(uint64(x))) }

func Reverse8(x uint8) uint8    { return uint8(Reverse64(uint64(x)) >> 56) }
func Reverse16(x uint16) uint16 { return uint16(Reverse64(uint64(x)) >> 48) }
func Reverse32(x uint32) uint32 { return uint32(Reverse64(uint64(x)) >> 32) }

func Reverse64(x uint64) uint64 {
	x = x>>1&everySecond | x&everySecond<<1
	x = x>>2&everyPair | x&everyPair<<2
	x = x>>4&everyNibble | x&everyNibble<<4
	return ReverseBytes64(x)
}

func ReverseBytes(x uint) uint { return uint(ReverseBytes64(uint64(x))) }

func ReverseBytes16(x uint16) uint16 { return x>>8 | x<<8 }

func ReverseBytes32(x uint32) uint32 {
	const m = 0x00ff00ff
	x = x>>8&m | x&m<<8
	return x>>16 | x<<16
}

func ReverseBytes64(x uint64) uint64 {
	return uint64(ReverseBytes32(uint32(x)))<<32 | uint64(ReverseBytes32(uint32(x>>32)))
}
