package main

func main()
{ // ERROR `syntax error: unexpected semicolon or newline before \{`
	if true
	{
	}
	else {
	}
	for i := 0; i < 3; i++
	{
	}
}
