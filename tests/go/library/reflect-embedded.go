// Structs that reflection makes around an interface have its methods, which cannot be called.
package main

import (
	"fmt"
	"io"
	"reflect"
)

type shape interface {
	Area(scale float64, names ...string) (float64, error)
	Name() string
}

type square struct{ side float64 }

func (s square) Area(scale float64, names ...string) (float64, error) {
	return s.side * s.side * scale, nil
}
func (s square) Name() string { return "square" }

func try(what string, f func()) {
	defer func() { fmt.Println(what+":", recover()) }()
	f()
	fmt.Println(what, "returned")
}

func made(i, value any) any {
	t := reflect.TypeOf(i).Elem()
	v := reflect.New(reflect.StructOf([]reflect.StructField{
		{Name: t.Name(), Type: t, Anonymous: true},
		{Name: "Other", Type: reflect.TypeFor[int]()},
	})).Elem()
	v.Field(0).Set(reflect.ValueOf(value))
	v.Field(1).SetInt(7)
	return v.Interface()
}

func main() {
	stringer := made((*fmt.Stringer)(nil), reflect.ValueOf(3))
	fmt.Println(stringer)
	fmt.Printf("%T %d\n", stringer, reflect.ValueOf(stringer).Field(1))
	fmt.Println(reflect.TypeOf(stringer).NumMethod(), reflect.TypeOf(stringer).Method(0).Name)
	try("String", func() { fmt.Println(stringer.(fmt.Stringer).String()) })
	try("reflected", func() { reflect.ValueOf(stringer).Method(0).Call(nil) })
	try("by name", func() { reflect.ValueOf(stringer).MethodByName("String").Call(nil) })
	try("method value", func() { fmt.Println(reflect.ValueOf(stringer).Method(0).Interface().(func() string)()) })
	try("expression", func() {
		reflect.TypeOf(stringer).Method(0).Func.Call([]reflect.Value{reflect.ValueOf(stringer)})
	})
	try("inner", func() { fmt.Println(reflect.ValueOf(stringer).Field(0).Interface().(fmt.Stringer).String()) })

	reader := made((*io.ReadWriteCloser)(nil), struct{ io.ReadWriteCloser }{})
	try("Read", func() { io.ReadAll(reader.(io.Reader)) })
	try("Write", func() { fmt.Fprintln(reader.(io.Writer), "x") })
	_, ok := reader.(io.Seeker)
	fmt.Println("a Seeker:", ok)

	type Shape interface{ shape }
	own := made((*Shape)(nil), square{2})
	try("Area", func() { own.(shape).Area(1, "a", "b") })
	try("through Shape", func() { fmt.Println(own.(Shape).Name()) })
	try("as interface", func() {
		s := own.(shape)
		reflect.ValueOf(&s).Elem().Method(1).Call(nil)
	})
	try("conversion", func() {
		fmt.Println(reflect.ValueOf(own).Convert(reflect.TypeFor[shape]()).Interface().(shape).Name())
	})
	try("error", func() { fmt.Println(made((*error)(nil), io.EOF)) })
	try("unexported", func() {
		reflect.StructOf([]reflect.StructField{{Name: "T", Type: reflect.TypeFor[reflect.Type](), Anonymous: true}})
	})
	try("empty", func() {
		t := reflect.StructOf([]reflect.StructField{{Name: "Any", Type: reflect.TypeFor[any](), Anonymous: true}})
		v := reflect.New(t).Elem()
		v.Field(0).Set(reflect.ValueOf(8))
		fmt.Println(t, v.NumMethod(), v)
	})
	one := reflect.StructOf([]reflect.StructField{{Name: "Stringer", Type: reflect.TypeFor[fmt.Stringer](), Anonymous: true}})
	try("pointer", func() { reflect.New(one).Interface().(fmt.Stringer).String() })
	try("alone", func() { fmt.Println(reflect.New(one).Elem().Interface().(fmt.Stringer).String()) })
}
