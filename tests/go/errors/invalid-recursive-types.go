package main

type direct struct{ next direct } // ERROR `invalid recursive type: direct refers to itself`

type first struct{ second second } // ERROR `invalid recursive type first`
type second struct{ array [2]first }

type alias = alias // ERROR `invalid recursive type: alias refers to itself`

type itself itself // ERROR `invalid recursive type: itself refers to itself`

type loop1 loop2 // ERROR `invalid recursive type loop1`
type loop2 loop1

type fine struct {
	next *fine
	list []fine
	by   map[string]fine
	wait chan fine
	call func(fine) fine
}

type embeds interface{ embeds } // ERROR `invalid recursive type: embeds refers to itself`

type sized [len(sized{})]int // ERROR `invalid recursive type: sized refers to itself`

func main() {}
