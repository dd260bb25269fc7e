package main

func noBody()

func (receiver) noType() {}

func (a, b int) twoReceivers() {} // ERROR `method has multiple receivers`

func () noReceiver() {} // ERROR `method has no receiver`

func variadicFirst(a ...int, b int) {} // ERROR `can only use \.\.\. with final parameter`

func variadicResult() (a ...int) { return } // ERROR `invalid use of \.\.\.`

func mixed(a int, string) {} // ERROR `syntax error: missing parameter type`

func unnamed(int, string) (a int, string) { return } // ERROR `syntax error: missing parameter type`

func nested() {
	func inner() {} // ERROR `syntax error: unexpected name inner, expected \(`
} // ERROR `syntax error: non-declaration statement outside function body`

func defaults(a int = 5) {} // ERROR `syntax error: unexpected = in parameter list; possibly missing comma or \)`

func init()

func main() int { return 0 }
