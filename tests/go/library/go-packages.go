package main

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/format"
	"go/importer"
	"go/parser"
	"go/printer"
	"go/token"
	"go/types"
	"os"
)

const source = `package   main
import ("os";"fmt")
// F does.
func F(a,b int,  c string)(x int,err error){ if a>b{return a+b*2,nil}
for i:=0;i<10;i++{fmt.Println(i,a)}
switch c{case "x":
x++
default: }
return}
type T struct{A int; Bcd string // note
E []map[string]int }
var _=os.Args
`

type nothing struct{}

func (nothing) Import(path string) (*types.Package, error) {
	return types.NewPackage(path, path), nil
}

func main() {
	out, err := format.Source([]byte(source))
	fmt.Println(string(out), err)
	_, err = format.Source([]byte("package x\nfunc {"))
	fmt.Println(err)
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, "a.go", source, parser.ParseComments)
	if err != nil {
		fmt.Println(err)
		return
	}
	ast.Inspect(f, func(n ast.Node) bool {
		if id, ok := n.(*ast.FuncDecl); ok {
			fmt.Println("func", id.Name, fset.Position(id.Pos()))
		}
		return true
	})
	ast.Print(fset, f.Decls[len(f.Decls)-1])
	printer.Fprint(os.Stdout, fset, f.Decls[2])
	fmt.Println()
	_ = importer.Default
	src := `package p
import "fmt"
type G[T ~int | ~string] struct{ v T }
func (g G[T]) Get() T { return g.v }
var x = G[int]{3}.Get() + 1<<3
const c = 1 << 100 >> 98
func f() { var unused int; y := "a" + 1; _ = y; fmt.Foo() }
`
	file, _ := parser.ParseFile(fset, "p.go", src, 0)
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}}
	conf := types.Config{Importer: nothing{}, Error: func(err error) { fmt.Println(err) }}
	pkg, _ := conf.Check("p", fset, []*ast.File{file}, info)
	for _, name := range pkg.Scope().Names() {
		fmt.Println(pkg.Scope().Lookup(name))
	}
	fmt.Println(constant.BinaryOp(constant.MakeInt64(1), token.QUO, constant.MakeInt64(3)))
}
