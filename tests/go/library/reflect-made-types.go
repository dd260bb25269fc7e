// What reflect makes has the methods that it has when the compiler makes it, and a select may have 65536 cases.
package main

import (
	"fmt"
	"reflect"
	"time"
)

type named struct{ name string }

func (n *named) String() string { return "named " + n.name }

type secret interface {
	Open() int
	close() int
}

type door struct{ n int }

func (d door) Open() int  { return d.n }
func (d door) close() int { return -d.n }

func main() {
	// A pointer type that the program never writes, to a struct that has methods only through a pointer.
	y := struct{ named }{named{"inner"}}
	p := reflect.New(reflect.TypeOf(y))
	p.Elem().Set(reflect.ValueOf(y))
	s, ok := p.Interface().(fmt.Stringer)
	fmt.Println(s, ok)

	// A struct that embeds a type whose methods are not all exported.
	t := reflect.StructOf([]reflect.StructField{{Name: "Time", Type: reflect.TypeFor[time.Time](), Anonymous: true}})
	_, present := t.MethodByName("After")
	fmt.Println(t, t.NumMethod() > 40, present)
	d := reflect.StructOf([]reflect.StructField{{Name: "Door", Type: reflect.TypeFor[door](), Anonymous: true}})
	v := reflect.New(d).Elem()
	v.Field(0).Set(reflect.ValueOf(door{3}))
	fmt.Println(v.Type().NumMethod(), v.Interface().(interface{ Open() int }).Open())

	// What is not exported says which package it is of.
	i := reflect.TypeFor[secret]()
	for n := range i.NumMethod() {
		m := i.Method(n)
		fmt.Printf("%s %q %t\n", m.Name, m.PkgPath, m.IsExported())
	}
	unnamed := reflect.TypeFor[interface{ close() int }]()
	fmt.Println(unnamed.Method(0).PkgPath, reflect.TypeFor[door]().Implements(i), reflect.TypeFor[*door]().Implements(unnamed))
	var opened any = &door{4}
	fmt.Println(opened.(secret).close(), opened.(interface{ close() int }).close())

	const most = 65536
	closed := make(chan int)
	close(closed)
	cases := make([]reflect.SelectCase, most)
	for i := range cases {
		cases[i].Dir = reflect.SelectRecv
	}
	cases[most-1].Chan = reflect.ValueOf(closed)
	chosen, value, received := reflect.Select(cases)
	fmt.Println(chosen, value, received)
	defer func() { fmt.Println(recover()) }()
	reflect.Select(append(cases, cases[0]))
}
