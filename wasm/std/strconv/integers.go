// Package strconv turns numbers, booleans and quoted strings into text and back.
package strconv

const digits = "0123456789abcdefghijklmnopqrstuvwxyz"

// Two decimal digits for each number below 100: halves the number of divisions.
const digitPairs = "00010203040506070809" +
	"10111213141516171819" +
	"20212223242526272829" +
	"30313233343536373839" +
	"40414243444546474849" +
	"50515253545556575859" +
	"60616263646566676869" +
	"70717273747576777879" +
	"80818283848586878889" +
	"90919293949596979899"

// Room for 64 binary digits and a sign.
type digitBuffer [65]byte

// put writes u in the given base at the end of the buffer and gives the index of the first digit.
func (d *digitBuffer) put(u uint64, base int) int {
	if base < 2 || base > len(digits) {
		panic("strconv: illegal AppendInt/FormatInt base")
	}
	i := len(d)
	if base == 10 {
		for u >= 100 {
			pair := u % 100 * 2
			u /= 100
			i -= 2
			d[i], d[i+1] = digitPairs[pair], digitPairs[pair+1]
		}
		if u >= 10 {
			i -= 2
			d[i], d[i+1] = digitPairs[u*2], digitPairs[u*2+1]
			return i
		}
		i--
		d[i] = byte('0' + u)
		return i
	}
	for b := uint64(base); u >= b; u /= b {
		i--
		d[i] = digits[u%b]
	}
	i--
	d[i] = digits[u]
	return i
}

func (d *digitBuffer) putSigned(n int64, base int) int {
	if n >= 0 {
		return d.put(uint64(n), base)
	}
	i := d.put(-uint64(n), base) - 1
	d[i] = '-'
	return i
}

// FormatInt is n in a base from 2 to 36, with small letters.
func FormatInt(n int64, base int) string {
	if base == 10 && uint64(n) < 100 {
		return smallNumber(n)
	}
	var d digitBuffer
	return string(d[d.putSigned(n, base):])
}

// FormatUint is FormatInt for an unsigned n.
func FormatUint(n uint64, base int) string {
	if base == 10 && n < 100 {
		return smallNumber(int64(n))
	}
	var d digitBuffer
	return string(d[d.put(n, base):])
}

// smallNumber needs no memory.
func smallNumber(n int64) string {
	if n < 10 {
		return digits[n : n+1]
	}
	return digitPairs[n*2 : n*2+2]
}

// Itoa is n in decimal.
func Itoa(n int) string { return FormatInt(int64(n), 10) }

func AppendInt(to []byte, n int64, base int) []byte {
	var d digitBuffer
	return append(to, d[d.putSigned(n, base):]...)
}

func AppendUint(to []byte, n uint64, base int) []byte {
	var d digitBuffer
	return append(to, d[d.put(n, base):]...)
}
