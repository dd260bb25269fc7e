// The order of methods whose names are not ASCII: exported ones first, then by bytes.
package main

import (
	"fmt"
	"reflect"
)

type T struct{}

func (T) Zed()   {}
func (T) Äpfel() {}
func (T) Alpha() {}
func (T) beta()  {}
func (T) Ωmega() {}
func (T) épi()   {}

type I interface {
	Zed()
	Äpfel()
	Alpha()
	beta()
	Ωmega()
	épi()
}

type J interface {
	Ωmega()
	Q()
	épi()
}

func main() {
	for _, t := range []reflect.Type{reflect.TypeFor[T](), reflect.TypeFor[*T](), reflect.TypeFor[I]()} {
		for i := range t.NumMethod() {
			m := t.Method(i)
			fmt.Println(t, i, m.Name, m.IsExported(), m.Index)
		}
	}
	_, ok := reflect.TypeFor[T]().MethodByName("Ωmega")
	fmt.Println(ok)
	_, ok = reflect.TypeFor[T]().MethodByName("Äpfel")
	fmt.Println(ok)
	fmt.Println(reflect.TypeFor[I]())
	var x any = T{}
	i := x.(I)
	i.Ωmega()
	defer func() { fmt.Println(recover()) }()
	j := x.(J)
	fmt.Println(j)
}
