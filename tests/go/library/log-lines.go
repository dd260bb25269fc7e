// log: prefixes, flags (those whose output does not depend on the clock), destinations, Fatal and Panic; os: the environment and a
// file system without files.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"regexp"
)

func main() {
	var b bytes.Buffer
	l := log.New(&b, "pre: ", 0)
	l.Println("one", 1, nil)
	l.Print("a", "b", 3, 4)
	l.Printf("%05d\n", 42)
	l.SetFlags(log.Lmsgprefix)
	l.SetPrefix("p ")
	l.Print("")
	l.Output(1, "raw")
	fmt.Print(b.String(), l.Flags(), l.Prefix(), l.Writer() == io.Writer(&b), "\n")
	b.Reset()
	l.SetFlags(log.LstdFlags | log.Lmicroseconds | log.LUTC)
	l.Print("x")
	fmt.Println(regexp.MustCompile(`\d`).ReplaceAllString(b.String(), "0"))
	func() {
		defer func() { fmt.Println(recover()) }()
		l.Panicf("bad %d", 1)
	}()
	log.SetFlags(0)
	log.SetPrefix("std ")
	log.Println("to standard error")
	fmt.Println(log.Flags(), log.Prefix(), log.Default() != nil, log.Writer() == os.Stderr)

	os.Setenv("MILLRACE_A", "1")
	os.Setenv("MILLRACE_B", "two words")
	value, ok := os.LookupEnv("MILLRACE_B")
	fmt.Println(os.Getenv("MILLRACE_A"), value, ok, os.Getenv("MILLRACE_NONE"))
	os.Unsetenv("MILLRACE_A")
	_, ok = os.LookupEnv("MILLRACE_A")
	fmt.Println(ok, os.Setenv("", "x"), os.Setenv("a=b", "x"), len(os.Args))
	_, err := os.Open("no/such/file")
	var pathError *os.PathError
	fmt.Println(err, os.IsNotExist(err), errors.Is(err, os.ErrNotExist), errors.As(err, &pathError), pathError.Op, pathError.Path)
	_, err = os.ReadFile("no/such/file")
	fmt.Println(err)
	n, err := os.Stdout.WriteString("written\n")
	fmt.Println(n, err, os.Stdout.Name(), os.Stderr.Fd())
	_, err = os.Stdin.Read(make([]byte, 4))
	fmt.Println(err)
	n, err = io.WriteString(os.Stderr, "to the other\n")
	fmt.Println(n, err)
	defer fmt.Println("never printed")
	log.Fatalln("the end", 1)
}
