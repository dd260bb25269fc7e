// Checks every package of an archive of skeletons with Go's own checker: go run check.go ARCHIVE
package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"slices"
	"strings"
)

type library struct {
	set     *token.FileSet
	files   map[string][]*ast.File // by package path
	checked map[string]*types.Package
	faults  int
}

func (l *library) read(archive string) {
	for _, section := range strings.Split("\n"+archive, "\n-- ")[1:] {
		head, text, _ := strings.Cut(section, "\n")
		name := strings.TrimSuffix(head, " --")
		file, err := parser.ParseFile(l.set, name, text, parser.SkipObjectResolution|parser.ParseComments)
		if err != nil {
			l.report(err)
			continue
		}
		l.files[path.Dir(name)] = append(l.files[path.Dir(name)], file)
	}
}

func (l *library) report(err error) {
	fmt.Println(err)
	l.faults++
}

func (l *library) Import(name string) (*types.Package, error) {
	if name == "unsafe" {
		return types.Unsafe, nil
	}
	if l.files[name] == nil {
		name = "vendor/" + name
	}
	if checked := l.checked[name]; checked != nil {
		return checked, nil
	}
	if l.files[name] == nil {
		return nil, fmt.Errorf("no package %s", name)
	}
	config := types.Config{Importer: l, Error: l.report, Sizes: types.SizesFor("gc", "wasm")}
	checked, err := config.Check(name, l.set, l.files[name], nil)
	l.checked[name] = checked
	return checked, err
}

func main() {
	archive, err := os.ReadFile(os.Args[1])
	if err != nil {
		panic(err)
	}
	l := &library{token.NewFileSet(), map[string][]*ast.File{}, map[string]*types.Package{}, 0}
	l.read(string(archive))
	names := make([]string, 0, len(l.files))
	for name := range l.files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		l.Import(name)
	}
	fmt.Printf("%d packages, %d faults\n", len(names), l.faults)
	if l.faults > 0 {
		os.Exit(1)
	}
}
