// The program behind `millrace fmt` and the page's Format: Go's own formatter, for all files at once, in parallel.
//
// Standard input: for each file a line with its name, a line with its size, and its bytes. Standard output: in the same order
// for each a line "ok SIZE SIZE", its formatted bytes, and with -d how they differ from what was given; or "fault SIZE 0" and
// what is wrong with it, a line for each fault.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"go/format"
	"go/parser"
	"go/scanner"
	"go/token"
	"io"
	"os"
	"runtime"
	"strconv"
	"strings"

	"gofmt/diff" // internal/diff of the library, which the build gives this name
)

type file struct {
	name   string
	text   []byte
	result []byte
	diff   []byte
	fault  error
	done   chan struct{}
}

func (f *file) format() {
	defer close(f.done)
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, f.name, f.text, parser.ParseComments|parser.SkipObjectResolution)
	if err == nil {
		var out bytes.Buffer
		err = format.Node(&out, set, tree)
		f.result = out.Bytes()
		if err == nil && len(os.Args) > 1 {
			f.diff = diff.Diff(f.name+".orig", f.text, f.name, f.result)
		}
	}
	f.fault = err
}

func line(in *bufio.Reader) string {
	text, err := in.ReadString('\n')
	if err == io.EOF && text == "" {
		return ""
	}
	if err != nil {
		panic(err)
	}
	return strings.TrimSuffix(text, "\n")
}

func main() {
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	var files []*file
	for name := line(in); name != ""; name = line(in) {
		size, err := strconv.Atoi(line(in))
		if err != nil {
			panic(err)
		}
		f := &file{name: name, text: make([]byte, size), done: make(chan struct{})}
		if _, err := io.ReadFull(in, f.text); err != nil {
			panic(err)
		}
		files = append(files, f)
	}
	waiting := make(chan *file)
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for f := range waiting {
				f.format()
			}
		}()
	}
	go func() {
		for _, f := range files {
			waiting <- f
		}
	}()
	for _, f := range files {
		<-f.done
		word := "ok"
		if f.fault != nil {
			var text bytes.Buffer
			scanner.PrintError(&text, f.fault)
			word, f.result = "fault", text.Bytes()
		}
		fmt.Fprintln(out, word, len(f.result), len(f.diff))
		out.Write(f.result)
		out.Write(f.diff)
	}
	out.Flush()
}
