package main

import (
	"bytes"
	"cmp"
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"gofmt/astutil" // of golang.org/x/tools, as Go's own tools have it
)

// Organising imports, as goimports does: what is named and not imported is looked for in the library, what is imported and
// not named goes. An import stays whose name cannot be known, because the library has no such package.

// references are the names of packages, and what of them is named. Names that are declared in the file are none of packages.
type references map[string]map[string]bool

func referencesIn(tree *ast.File) references {
	found := references{}
	ast.Inspect(tree, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if name, ok := selector.X.(*ast.Ident); ok && name.Obj == nil && selector.Sel.IsExported() {
			if found[name.Name] == nil {
				found[name.Name] = map[string]bool{}
			}
			found[name.Name][selector.Sel.Name] = true
		}
		return true
	})
	return found
}

func pathOf(spec *ast.ImportSpec) string {
	text, _ := strconv.Unquote(spec.Path.Value)
	return text
}

// nameOf guesses by what name an import is known, as goimports does when it cannot read the package.
func nameOf(spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	return assumedName(pathOf(spec))
}

func assumedName(importPath string) string {
	base := path.Base(importPath)
	if version, is := strings.CutPrefix(base, "v"); is {
		if _, err := strconv.Atoi(version); err == nil && path.Dir(importPath) != "." {
			base = path.Base(path.Dir(importPath))
		}
	}
	base = strings.TrimPrefix(base, "go-")
	if end := strings.IndexFunc(base, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' }); end >= 0 {
		base = base[:end]
	}
	return base
}

// exportsOf finds what a package of the library exports, among words that are surrounded by blanks; "" if there is none.
func exportsOf(importPath string) string {
	_, rest, _ := strings.Cut(library, "\n"+importPath+" ")
	words, _, found := strings.Cut(rest, "\n")
	if !found {
		return ""
	}
	return " " + words + " "
}

// candidates are the packages of the library with this name, the likeliest first.
func candidates(name string) []string {
	if name == "rand" { // goimports' policy: crypto/rand where it has all that is named
		return []string{"crypto/rand", "math/rand/v2", "math/rand"}
	}
	var found []string
	for line := range strings.Lines(library) {
		if importPath, _, is := strings.Cut(line, " "); is && path.Base(importPath) == name {
			found = append(found, importPath)
		}
	}
	slices.SortFunc(found, func(a, b string) int { // runtime/pprof before net/http/pprof, text/template before html/template
		return cmp.Or(strings.Count(a, "/")-strings.Count(b, "/"), cmp.Compare(b, a))
	})
	return found
}

func hasAll(exports string, names map[string]bool) bool {
	for name := range names {
		if !strings.Contains(exports, " "+name+" ") {
			return false
		}
	}
	return true
}

type importOf struct{ name, path string }

// missing finds an import for a name: what other files of the package import by it, else from the library.
func missing(name string, wanted map[string]bool, siblings []*ast.File) (importOf, bool) {
	for _, sibling := range siblings {
		for _, spec := range sibling.Imports {
			if nameOf(spec) != name {
				continue
			}
			found := importOf{path: pathOf(spec)}
			if spec.Name != nil {
				found.name = name
			}
			if exports := exportsOf(found.path); exports == "" && referencesIn(sibling).include(name, wanted) || hasAll(exports, wanted) {
				return found, true
			}
		}
	}
	for _, importPath := range candidates(name) {
		if hasAll(exportsOf(importPath), wanted) {
			return importOf{path: importPath}, true
		}
	}
	return importOf{}, false
}

func (r references) include(name string, wanted map[string]bool) bool {
	for word := range wanted {
		if !r[name][word] {
			return false
		}
	}
	return true
}

func declares(file *ast.File, name string) bool {
	return file.Scope != nil && file.Scope.Lookup(name) != nil
}

// organise tells whether it has changed anything. Siblings are the other files of the folder.
func organise(set *token.FileSet, tree *ast.File, siblings []*ast.File) bool {
	named := referencesIn(tree)
	imported := map[string]bool{}
	var unused, added []importOf
	for _, spec := range tree.Imports {
		name := nameOf(spec)
		imported[name] = true
		if name == "_" || name == "." || pathOf(spec) == "C" || named[name] != nil {
			continue
		}
		if spec.Name != nil {
			unused = append(unused, importOf{name, pathOf(spec)})
		} else if exportsOf(pathOf(spec)) != "" {
			unused = append(unused, importOf{"", pathOf(spec)})
		}
	}
	for name, wanted := range named {
		isOurs := slices.ContainsFunc(siblings, func(s *ast.File) bool {
			return s.Name.Name == tree.Name.Name && declares(s, name)
		})
		if imported[name] || isOurs {
			continue
		}
		if found, ok := missing(name, wanted, siblings); ok {
			added = append(added, found)
		}
	}
	slices.SortFunc(added, func(a, b importOf) int { return cmp.Compare(a.path, b.path) })
	for _, i := range unused {
		astutil.DeleteNamedImport(set, tree, i.name, i.path)
	}
	for _, i := range added {
		astutil.AddNamedImport(set, tree, i.name, i.path)
	}
	return len(unused)+len(added) > 0
}

// apart puts the imports of other modules behind those of the library, a blank line between them, where both stand in lines
// one after the other. The text is formatted.
func apart(text []byte) []byte {
	isSpec := func(line []byte) (other, is bool) {
		trimmed := bytes.TrimSpace(line)
		from := bytes.IndexAny(trimmed, "\"`")
		if from < 0 || bytes.HasPrefix(trimmed, []byte("//")) {
			return false, false
		}
		first, _, _ := bytes.Cut(trimmed[from+1:], []byte("/"))
		return bytes.ContainsRune(first, '.'), true
	}
	var out, run, others [][]byte
	flush := func() {
		out = append(out, run...)
		if len(run) > 0 && len(others) > 0 {
			out = append(out, []byte("\n"))
		}
		out = append(out, others...)
		run, others = nil, nil
	}
	inside := false
	for line := range bytes.Lines(text) {
		if other, is := isSpec(line); inside && is {
			if other {
				others = append(others, line)
			} else {
				run = append(run, line)
			}
			continue
		}
		flush()
		out = append(out, line)
		inside = bytes.Equal(line, []byte("import (\n")) || inside && !bytes.HasPrefix(line, []byte(")"))
	}
	flush()
	return bytes.Join(out, nil)
}
