package main

import (
	"fmt"
	"os"
	"strings"
	"text/template"
)

type Item struct {
	Name  string
	Price float64
	Tags  []string
}

func (i Item) Upper() string        { return strings.ToUpper(i.Name) }
func (i *Item) Times(n int) float64 { return i.Price * float64(n) }
func (i Item) Join(sep string, more ...string) string {
	return strings.Join(append(i.Tags, more...), sep)
}
func (i Item) Fail() (string, error) { return "", fmt.Errorf("failed for %s", i.Name) }

func main() {
	const text = `{{define "row"}}{{printf "%-8s" .Name}}|{{.Upper}}|{{.Times 3 | printf "%.2f"}}|{{.Join ", " "x" "y"}}{{end -}}
{{range $i, $e := .Items}}{{$i}}: {{template "row" $e}}
{{else}}none{{end}}{{with .Map}}{{range $k, $v := .}}{{$k}}={{$v}} {{end}}{{end}}
{{if and (gt (len .Items) 1) (not .Off)}}many{{else if .Off}}off{{else}}few{{end}}
{{index .Map "b"}} {{slice "hello" 1 3}} {{html "<a&b>"}} {{js "it's"}} {{urlquery "a b&c"}} {{eq .N 5 6 7}} {{call .F 4}} {{.Nested.Deep.Value}}
{{- /* comment */ -}}
{{block "footer" .}} footer {{.N}}{{end}}{{break_test}}
{{range 3}}{{.}},{{end}} {{range .Items}}{{if eq .Name "pear"}}{{break}}{{end}}{{.Name}}{{end}}
`
	type deep struct{ Value any }
	data := map[string]any{
		"Items":  []*Item{{"apple", 1.25, []string{"red"}}, {"pear", 2, nil}},
		"Map":    map[string]int{"b": 2, "a": 1},
		"Off":    false,
		"N":      7,
		"F":      func(n int) int { return n * n },
		"Nested": struct{ Deep *deep }{&deep{[]int{1, 2}}},
	}
	t := template.Must(template.New("t").Funcs(template.FuncMap{"break_test": func() string { return "!" }}).Parse(text))
	if err := t.Execute(os.Stdout, data); err != nil {
		fmt.Println(err)
	}
	for _, bad := range []string{"{{.Missing.X}}", "{{.Items.Foo}}", "{{(index .Items 0).Fail}}", "{{index .Items 9}}", "{{.N.Foo}}", "{{template \"no\"}}", "{{call .N}}"} {
		t, err := template.New("bad").Parse(bad)
		if err == nil {
			err = t.Execute(new(strings.Builder), data)
		}
		fmt.Println(err)
	}
	_, err := template.New("x").Parse("{{if}}")
	fmt.Println(err)
	_, err = template.New("x").Parse("a\n{{foo}}")
	fmt.Println(err)
}
