package main

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"testing/quick"
)

func TestA(t *testing.T) {
	t.Run("sub", func(t *testing.T) { t.Log("inside") })
	t.Run("par", func(t *testing.T) { t.Parallel() })
}
func TestB(t *testing.T) { t.Errorf("bad %d", 1) }
func TestC(t *testing.T) { t.Skip("later") }

func main() {
	fmt.Println(testing.AllocsPerRun(1, func() {}) >= 0)
	r := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
		}
	})
	fmt.Println(r.N > 0)
	f := func(a, b int) bool { return a+b == b+a }
	fmt.Println(quick.Check(f, nil))
	fs := fstest.MapFS{"a/b.txt": {Data: []byte("x")}}
	fmt.Println(fstest.TestFS(fs, "a/b.txt"))
	_, err := io.ReadAll(iotest.ErrReader(errors.New("no")))
	fmt.Println(err)
	b, err := io.ReadAll(iotest.OneByteReader(strings.NewReader("abc")))
	fmt.Println(string(b), err)
	ok := testing.RunTests(func(pat, str string) (bool, error) { return true, nil }, []testing.InternalTest{{"TestA", TestA}, {"TestB", TestB}, {"TestC", TestC}})
	fmt.Println(ok)
}
