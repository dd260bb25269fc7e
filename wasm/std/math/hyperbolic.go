package math

// magnitude is |x|, but for negative zero, which stays.
func magnitude(x float64) float64 {
	if x < 0 {
		return -x
	}
	return x
}

func Sinh(x float64) float64 {
	size := magnitude(x)
	var y float64
	switch {
	case size > 21:
		y = Exp(size) * 0.5
	case size > 0.5:
		e := Exp(size)
		y = (e - 1/e) * 0.5
	default:
		w := size * size
		p := ((-0.2630563213397497062819489e+2*w+-0.2894211355989563807284660366e+4)*w+-0.8991272022039509355398013511e+5)*w +
			-0.6307673640497716991184787251e+6
		q := ((w+-0.173678953558233699533450911e+3)*w+0.1521517378790019070696485176e+5)*w +
			-0.6307673640497716991212077277e+6
		y = p * size
		y = y / q
	}
	return negatedIf(x < 0, y)
}

func Cosh(x float64) float64 {
	x = Abs(x)
	if x > 21 {
		return Exp(x) * 0.5
	}
	e := Exp(x)
	return (e + 1/e) * 0.5
}

// Tanh, as in Cephes.
func Tanh(x float64) float64 {
	const maxLog = 8.8029691931113054295988e+01 // log(2^127)
	size := Abs(x)
	switch {
	case size > 0.5*maxLog:
		return Copysign(1, x)
	case size >= 0.625:
		return negatedIf(x < 0, 1-2/(Exp(2*size)+1))
	case x == 0:
		return x
	}
	w := x * x
	p := (-9.64399179425052238628e-1*w+-9.92877231001918586564e1)*w + -1.61468768441708447952e3
	q := ((w+1.12811678491632931402e2)*w+2.23548839060100448583e3)*w + 4.84406305325125486048e3
	return x + x*w*p/q
}

func Asinh(x float64) float64 {
	if x-x != 0 {
		return x
	}
	size := Abs(x)
	var y float64
	switch {
	case size > 1<<28:
		y = Log(size) + Ln2
	case size > 2:
		y = Log(2*size + 1/(Sqrt(size*size+1)+size))
	case size < 1.0/(1<<28):
		return x
	default:
		y = Log1p(size + size*size/(1+Sqrt(1+size*size)))
	}
	return negatedIf(x < 0, y)
}

func Acosh(x float64) float64 {
	switch {
	case x < 1 || x != x:
		return NaN()
	case x == 1:
		return 0
	case x >= 1<<28:
		return Log(x) + Ln2
	case x > 2:
		return Log(2*x - 1/(x+Sqrt(x*x-1)))
	}
	t := x - 1
	return Log1p(t + Sqrt(2*t+t*t))
}

func Atanh(x float64) float64 {
	size := Abs(x)
	var y float64
	switch {
	case size > 1 || x != x:
		return NaN()
	case size == 1:
		return Copysign(Inf(1), x)
	case size < 1.0/(1<<28):
		return x
	case size < 0.5:
		t := size + size
		y = 0.5 * Log1p(t+t*size/(1-size))
	default:
		y = 0.5 * Log1p((size+size)/(1-size))
	}
	return negatedIf(x < 0, y)
}
