package main

func none() { return 1 } // ERROR `too many return values`

func one() int { return } // ERROR `not enough return values`

func two() (int, error) { return 1 } // ERROR `not enough return values`

func named() (n int, err error) {
	{
		err := error(nil)
		_ = err
		return // ERROR `result parameter err not in scope at return`
	}
}

func three() (int, int, int) { return two() } // ERROR `not enough return values`

func main() {}
