package main

import (
	"fmt"
	"math"
	"math/big"
	"math/bits"
	"math/cmplx"
	v1 "math/rand"
	"math/rand/v2"
)

func main() {
	a, _ := new(big.Int).SetString("123456789012345678901234567890123456789", 10)
	b := new(big.Int).Exp(big.NewInt(3), big.NewInt(200), nil)
	fmt.Println(new(big.Int).Mul(a, b), new(big.Int).Div(b, a), new(big.Int).Mod(b, a), new(big.Int).GCD(nil, nil, a, b))
	fmt.Println(new(big.Int).MulRange(1, 300))
	p := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 521), big.NewInt(1))
	fmt.Println(p.ProbablyPrime(10), new(big.Int).ModInverse(a, p), new(big.Int).Sqrt(b), b.BitLen(), b.Text(36))
	r := big.NewRat(1, 3)
	r.Add(r, big.NewRat(5, 7))
	fmt.Println(r, r.FloatString(40))
	f := new(big.Float).SetPrec(300).SetInt64(2)
	f.Sqrt(f)
	fmt.Println(f.Text('g', 80), f.Mode(), f.Acc())
	fmt.Printf("%x %d %s %v %+.3f\n", b, a, a, r, f)
	fmt.Println(new(big.Int).Exp(a, b, p))
	big1 := new(big.Int).Lsh(big.NewInt(1), 20000)
	big2 := new(big.Int).Sub(big1, big.NewInt(1))
	fmt.Println(len(new(big.Int).Mul(big1, big2).String()))
	fmt.Println(math.Gamma(5.5), math.Erf(0.3), math.J0(1), math.Pow(2, 0.5), math.Hypot(3, 4), math.Cbrt(27), math.Mod(-7, 3), math.FMA(2, 3, 4), math.Floor(-1.5), math.Trunc(1e300), math.Ceil(0.2), math.Log1p(1e-10))
	fmt.Println(cmplx.Sqrt(-1), cmplx.Exp(1i*math.Pi), cmplx.Pow(1+2i, 3-1i))
	hi, lo := bits.Mul64(math.MaxUint64, 12345)
	fmt.Println(hi, lo, bits.Reverse32(7), bits.Len(99))
	q, rem := bits.Div64(1, 2, 3)
	fmt.Println(q, rem)
	x := rand.New(rand.NewPCG(1, 2))
	fmt.Println(x.IntN(100), x.Perm(5), x.Float64(), x.NormFloat64())
	c := randv1()
	fmt.Println(c)
	ch := rand.NewChaCha8([32]byte{1, 2, 3})
	fmt.Println(ch.Uint64(), ch.Uint64())
	defer func() { fmt.Println(recover()) }()
	bits.Div64(1, 0, 0)
}

func randv1() []int {
	r := v1.New(v1.NewSource(42))
	return []int{r.Intn(1000), r.Intn(1000), r.Perm(3)[0]}
}
