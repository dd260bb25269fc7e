package

func main() {} // ERROR `expected 'IDENT', found 'func'`
