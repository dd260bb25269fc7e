package strconv

// natural is a number of any size: 32-bit digits, the lowest first, without zeros at the top. What reading and writing
// floats need is done exactly, with the few operations here.
type natural []uint32

func newNatural(x uint64, room int) natural {
	n := make(natural, 0, room+2)
	for ; x != 0; x >>= 32 {
		n = append(n, uint32(x))
	}
	return n
}

func (n natural) mulSmall(m uint32) natural {
	var carry uint64
	for i, digit := range n {
		carry += uint64(digit) * uint64(m)
		n[i] = uint32(carry)
		carry >>= 32
	}
	if carry != 0 {
		n = append(n, uint32(carry))
	}
	return n
}

func (n natural) addSmall(a uint32) natural {
	carry := uint64(a)
	for i := 0; carry != 0; i++ {
		if i == len(n) {
			return append(n, uint32(carry))
		}
		carry += uint64(n[i])
		n[i] = uint32(carry)
		carry >>= 32
	}
	return n
}

// mulPowerOfTen multiplies by 10^k, taking the twos out of it to shift them in at the end.
func (n natural) mulPowerOfTen(k int) natural {
	if k == 0 || len(n) == 0 {
		return n
	}
	const fiveTo13 = 1220703125
	rest := k
	for ; rest >= 13; rest -= 13 {
		n = n.mulSmall(fiveTo13)
	}
	for ; rest >= 4; rest -= 4 {
		n = n.mulSmall(625)
	}
	for ; rest > 0; rest-- {
		n = n.mulSmall(5)
	}
	return n.shiftLeft(k)
}

func (n natural) shiftLeft(bits int) natural {
	if len(n) == 0 || bits == 0 {
		return n
	}
	words, small := bits/32, uint(bits%32)
	length := len(n)
	for i := 0; i < words; i++ {
		n = append(n, 0)
	}
	if small == 0 {
		copy(n[words:], n[:length])
	} else {
		n = append(n, 0)
		high := uint32(0)
		for i := length - 1; i >= 0; i-- {
			n[i+words+1] = high | n[i]>>(32-small)
			high = n[i] << small
		}
		n[words] = high
		if n[len(n)-1] == 0 {
			n = n[:len(n)-1]
		}
	}
	clear(n[:words])
	return n
}

// compare gives -1, 0 or 1.
func (n natural) compare(m natural) int {
	if len(n) != len(m) {
		if len(n) < len(m) {
			return -1
		}
		return 1
	}
	for i := len(n) - 1; i >= 0; i-- {
		if n[i] != m[i] {
			if n[i] < m[i] {
				return -1
			}
			return 1
		}
	}
	return 0
}

// compareSum compares n + a with m.
func (n natural) compareSum(a, m natural) int {
	if len(n) > len(m) || len(a) > len(m) {
		return 1
	}
	if max(len(n), len(a))+1 < len(m) {
		return -1
	}
	// Going down, the difference m - n - a so far must be 0 or 1, or it is decided: what is below adds less than 2.
	var ahead uint64
	for i := len(m) - 1; i >= 0; i-- {
		sum := uint64(digitAt(n, i)) + uint64(digitAt(a, i))
		have := ahead<<32 + uint64(m[i])
		if sum > have {
			return 1
		}
		ahead = have - sum
		if ahead > 1 {
			return -1
		}
	}
	if ahead == 0 {
		return 0
	}
	return -1
}

func digitAt(n natural, i int) uint32 {
	if i < len(n) {
		return n[i]
	}
	return 0
}

// divideDigit takes the quotient n / m, which must be below 10, and leaves the remainder. m's top digit must be at least
// 2^27 (normalise), for the estimate to be nearly right.
func (n natural) divideDigit(m natural) (uint32, natural) {
	if len(n) < len(m) {
		return 0, n
	}
	top := len(m) - 1
	high := uint64(n[top])
	if len(n) > len(m) {
		high |= uint64(n[top+1]) << 32
	}
	quotient := high / (uint64(m[top]) + 1) // too small by one at most
	if quotient != 0 {
		n = n.subProduct(m, quotient)
	}
	if n.compare(m) >= 0 {
		quotient++
		n = n.subProduct(m, 1)
	}
	return uint32(quotient), n
}

func (n natural) subProduct(m natural, factor uint64) natural {
	var carry, borrow uint64
	for i := range n {
		carry += uint64(digitAt(m, i)) * factor
		difference := uint64(n[i]) - carry&0xffffffff - borrow
		n[i] = uint32(difference)
		borrow = difference >> 63
		carry >>= 32
	}
	length := len(n)
	for length > 0 && n[length-1] == 0 {
		length--
	}
	return n[:length]
}
