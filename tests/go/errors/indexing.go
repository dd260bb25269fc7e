package main

func main() {
	var a [3]int
	var p *[3]int
	var s []int
	var t string
	var m map[string]int
	n := 5
	_ = a[3]
	_ = p[5]
	_ = a["x"]
	_ = a[1.5]
	_ = a[1.0]
	_ = s[-1]
	_ = m[1]
	_ = n[0]
	_ = s[2:1]
	_ = t[1:2:3]
	_ = s[1::3] // ERROR `middle index required in 3-index slice`
	_ = s[1:2:] // ERROR `final index required in 3-index slice`
	_ = m[1:2]
	_ = a[0:4]
	_ = [3]int{}[:]
	_ = (&[3]int{})[:]
	_ = main[0]
	_ = s[] // ERROR `syntax error: unexpected \], expected operand`
	_ = s[1, 2] // ERROR `syntax error: unexpected literal 2, expected \]`
	var ps *[]int
	_ = ps[0]
	_ = "text"[10]
	_ = t["x"]
}
