package main

func main() {
	a := /* // ERROR "declared and not used: a" "string not terminated" */ `never ends
}
