package main

func main() {
	var
	if { // ERROR `syntax error: unexpected keyword if, expected name`
	}
	for i := range { // ERROR `syntax error: non-declaration statement outside function body`
	}
	switch {
		x := 1
	}
	return 1, 
	case 5:
	else {
	}
	go
	defer
	:= 5
	x =
	func
	type // ERROR `syntax error: unexpected keyword type, expected name or \(`
	else if true {
	}
} // ERROR `syntax error: non-declaration statement outside function body`
