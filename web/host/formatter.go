// The program behind `millrace fmt` and the page's Format: Go's own formatter, for all files at once, in parallel.
//
// Standard input: for each file a line with its name, a line with its size, and its bytes. Behind the size may stand "sibling":
// then the file is not to be formatted, but is in the folder of others that are. Standard output: in the same order for each of
// the others a line "ok SIZE SIZE", its formatted bytes, and with -d how they differ from what was given; or "fault SIZE 0" and
// what is wrong with it, a line for each fault. With -imports imports are organised, too.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/scanner"
	"go/token"
	"io"
	"os"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"gofmt/diff" // internal/diff of the library, which the build gives this name
)

type file struct {
	name    string
	text    []byte
	sibling bool
	parsed  func() *ast.File // for those beside it; nil: it is faulty
	result  []byte
	diff    []byte
	fault   error
	done    chan struct{}
}

var withDiffs, withImports bool

// The other files of its folder.
func (f *file) siblings(all []*file) []*ast.File {
	var found []*ast.File
	for _, other := range all {
		if other == f || path.Dir(other.name) != path.Dir(f.name) {
			continue
		}
		if tree := other.parsed(); tree != nil {
			found = append(found, tree)
		}
	}
	return found
}

func (f *file) format(all []*file) {
	defer close(f.done)
	set := token.NewFileSet()
	mode := parser.ParseComments
	if !withImports {
		mode |= parser.SkipObjectResolution
	}
	tree, err := parser.ParseFile(set, f.name, f.text, mode)
	if err == nil {
		organised := withImports && organise(set, tree, f.siblings(all))
		var out bytes.Buffer
		err = format.Node(&out, set, tree)
		f.result = out.Bytes()
		if organised {
			f.result = apart(f.result)
		}
		if err == nil && withDiffs {
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
	withDiffs, withImports = slices.Contains(os.Args, "-d"), slices.Contains(os.Args, "-imports")
	in, out := bufio.NewReader(os.Stdin), bufio.NewWriter(os.Stdout)
	var files []*file
	for name := line(in); name != ""; name = line(in) {
		sizeText, rest, _ := strings.Cut(line(in), " ")
		size, err := strconv.Atoi(sizeText)
		if err != nil {
			panic(err)
		}
		f := &file{name: name, text: make([]byte, size), sibling: rest == "sibling", done: make(chan struct{})}
		if _, err := io.ReadFull(in, f.text); err != nil {
			panic(err)
		}
		f.parsed = sync.OnceValue(func() *ast.File {
			tree, err := parser.ParseFile(token.NewFileSet(), f.name, f.text, 0)
			if err != nil {
				return nil
			}
			return tree
		})
		files = append(files, f)
	}
	waiting := make(chan *file)
	for range runtime.GOMAXPROCS(0) {
		go func() {
			for f := range waiting {
				f.format(files)
			}
		}()
	}
	go func() {
		for _, f := range files {
			if !f.sibling {
				waiting <- f
			}
		}
	}()
	for _, f := range files {
		if f.sibling {
			continue
		}
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
