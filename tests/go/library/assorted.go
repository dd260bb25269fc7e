package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"html"
	htmltemplate "html/template"
	"iter"
	"log"
	"log/slog"
	"maps"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
	"unicode/utf16"
	"unique"
	"weak"
)

type secret string

func (secret) LogValue() slog.Value { return slog.StringValue("***") }

func main() {
	drop := func(groups []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}
	l := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{Level: slog.LevelDebug, ReplaceAttr: drop}))
	l.Info("hello", "n", 1, "s", "a b", "err", errors.New("bad"), "d", time.Second, slog.Group("g", "x", 1.5, "y", []int{1}))
	l.With("a", 1).WithGroup("grp").Debug("dbg", "secret", secret("x"))
	j := slog.New(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: drop}))
	j.ErrorContext(context.Background(), "oops", "m", map[string]int{"a": 1}, "t", time.Unix(0, 0).UTC())
	log.SetFlags(log.Lmsgprefix)
	log.SetOutput(os.Stdout)
	log.SetPrefix("p: ")
	log.Println("x", 1)

	fs := flag.NewFlagSet("prog", flag.ContinueOnError)
	fs.SetOutput(os.Stdout)
	n := fs.Int("n", 5, "a `number`")
	d := fs.Duration("d", time.Second, "how long")
	fmt.Println(fs.Parse([]string{"-n", "7", "-d=2m", "rest"}), *n, *d, fs.Args())
	fmt.Println(fs.Parse([]string{"-x"}))
	tw := tabwriter.NewWriter(os.Stdout, 0, 8, 2, ' ', tabwriter.AlignRight|tabwriter.Debug)
	fmt.Fprintln(tw, "a\tbbb\tc")
	fmt.Fprintln(tw, "aaaa\tb\tccccc")
	tw.Flush()
	u, err := url.Parse("https://u:p@h.com:80/a%20b?q=1&r=x+y#f")
	fmt.Println(u, err, u.Query(), u.Port(), u.Path)
	fmt.Println(path.Join("a", "../b", "/c"), filepath.Ext("x.tar.gz"), html.EscapeString("<&>"))
	ht := htmltemplate.Must(htmltemplate.New("x").Parse(`<a href="/?q={{.}}" onclick="f({{.}})">{{.}}</a>` + "\n"))
	ht.Execute(os.Stdout, "a<b>&\"c'")
	h1, h2 := unique.Make("abc"), unique.Make(strings.Clone("abc"))
	fmt.Println(h1 == h2, h1.Value())
	x := new(int)
	*x = 3
	w := weak.Make(x)
	fmt.Println(*w.Value(), *x)
	next, stop := iter.Pull2(maps.All(map[string]int{"k": 1}))
	fmt.Println(next())
	fmt.Println(next())
	stop()
	fmt.Println(slices.Sorted(maps.Keys(map[int]bool{3: true, 1: true})), slices.Collect(slices.Chunk([]int{1, 2, 3}, 2)))
	fmt.Println(utf16.Encode([]rune("a😀")))
	var b bytes.Buffer
	b.WriteString("abc")
	m := maps.Clone(map[string][]int{"a": {1}})
	fmt.Println(m, b.Len())
	if err := os.WriteFile("x.txt", []byte("line1\nline2\n"), 0o644); err != nil {
		fmt.Println(err)
	}
	c, err := os.ReadFile("x.txt")
	fmt.Printf("%q %v\n", c, err)
	os.MkdirAll("d/e", 0o755)
	os.WriteFile("d/e/f", nil, 0o600)
	filepath.WalkDir("d", func(p string, e os.DirEntry, err error) error { fmt.Println(p, e.IsDir(), err); return nil })
	_, err = os.Open("none")
	fmt.Println(err, errors.Is(err, os.ErrNotExist))
	fmt.Println(os.RemoveAll("d"), os.Remove("x.txt"), os.Remove("x.txt"))
	dir, err := os.MkdirTemp("", "t*")
	fmt.Println(dir != "", err)
	os.RemoveAll(dir)
	t, err := time.Parse(time.RFC1123, "Mon, 02 Jan 2006 15:04:05 MST")
	fmt.Println(t, err)
	fmt.Println(time.Date(2024, 1, 31, 0, 0, 0, 0, time.UTC).AddDate(0, 1, 0).Format(time.RFC850))
}
