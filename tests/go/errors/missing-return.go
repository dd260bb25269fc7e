package main

func sign(x int) int {
	if x < 0 {
		return -1
	} else if x > 0 {
		return 1
	}
} // ERROR `missing return`

func loop(n int) int {
	for n > 0 {
		n--
	}
} // ERROR `missing return`

func endless() int {
	for {
	}
}

func leaves() int {
outer:
	for {
		for {
			break outer
		}
	}
} // ERROR `missing return`

func chooses(x any) string {
	switch x.(type) {
	case int:
		return "int"
	}
} // ERROR `missing return`

func waits(c chan int) int {
	select {
	case x := <-c:
		return x
	}
}

func main() {}
