package main

func main() {
	x := 1
	if x = 2 { // ERROR `syntax error: cannot use assignment x = 2 as value`
	}
	for x = 3 { // ERROR `syntax error: cannot use assignment x = 3 as value`
	}
	if x := 5 { // ERROR `syntax error: cannot use x := 5 as value`
	}
	switch x = 5 { // ERROR `syntax error: cannot use assignment x = 5 as value`
	}
}
