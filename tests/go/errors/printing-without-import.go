package main

func main() {
	fmt.Println("hello") // ERROR `undefined: fmt`
	x := strings.ToUpper("a") // ERROR `declared and not used: x` `undefined: strings`
	var wg sync.WaitGroup // ERROR `declared and not used: wg` `undefined: sync`
	os.Exit(1) // ERROR `undefined: os`
	errors.New("x") // ERROR `undefined: errors`
}
