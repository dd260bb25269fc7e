// The library over many inputs, most of them random. Each section tells a hash of what it has printed so far after every
// thousand lines; with its name as the argument it prints the lines themselves, to find where they differ.
// reference: wasm
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
)

var sections = []struct {
	name string
	run  func(out *bufio.Writer)
}{
	{"bufio-streams", bufioStreams},
	{"fmt-scan", fmtScan},
	{"fmt-verbs", fmtVerbs},
	{"math-functions", mathFunctions},
	{"rand-sequences", randSequences},
	{"slices-maps", slicesMaps},
	{"sort-order", sortOrder},
	{"strconv-floats", strconvFloats},
	{"strconv-integers", strconvIntegers},
	{"strconv-quote", strconvQuote},
	{"strings-functions", stringsFunctions},
	{"time-calendar", timeCalendar},
	{"unicode-runes", unicodeRunes},
}

func main() {
	if len(os.Args) > 1 {
		for _, s := range sections {
			if s.name == os.Args[1] {
				write(os.Stdout, s.run)
			}
		}
		return
	}
	digests := make([]digest, len(sections))
	var all sync.WaitGroup
	for i, s := range sections {
		all.Go(func() { write(&digests[i], s.run) })
	}
	all.Wait()
	for i, s := range sections {
		digests[i].tell()
		fmt.Printf("%s\n%s", s.name, digests[i].told.String())
	}
}

func write(to io.Writer, run func(out *bufio.Writer)) {
	out := bufio.NewWriter(to)
	defer out.Flush()
	run(out)
}

type digest struct {
	hash  uint64
	lines int
	told  strings.Builder
}

func (d *digest) Write(text []byte) (int, error) {
	for _, c := range text {
		d.hash = (d.hash ^ uint64(c)) * 1099511628211
		if c != '\n' {
			continue
		}
		if d.lines++; d.lines%1000 == 0 {
			d.tell()
		}
	}
	return len(text), nil
}

func (d *digest) tell() { fmt.Fprintf(&d.told, "  %d %016x\n", d.lines, d.hash) }

type random uint64

func (r *random) next() uint64 {
	*r = *r*6364136223846793005 + 1442695040888963407
	x := uint64(*r)
	return x ^ x>>29
}

func (r *random) below(n int) int { return int(r.next()>>1) % n }
