// Functions of types that reflection makes, converted to declared types and called directly.
package main

import (
	"errors"
	"fmt"
	"reflect"
)

type handler func(n int8, name string) (string, error)

func (h handler) twice(n int8, name string) string {
	first, _ := h(n, name)
	second, err := h(2*n, first)
	return fmt.Sprint(second, " ", err)
}

type visit[T any] func(x T, more ...float32) T

func main() {
	made := reflect.MakeFunc(
		reflect.FuncOf([]reflect.Type{reflect.TypeFor[int8](), reflect.TypeFor[string]()}, []reflect.Type{reflect.TypeFor[string](), reflect.TypeFor[error]()}, false),
		func(args []reflect.Value) []reflect.Value {
			text := fmt.Sprint(args[1], "+", args[0].Int())
			return []reflect.Value{reflect.ValueOf(text), reflect.ValueOf(errors.New("made")).Convert(reflect.TypeFor[error]())}
		})
	h := made.Convert(reflect.TypeFor[handler]()).Interface().(handler)
	fmt.Println(h(3, "x"))
	fmt.Println(h.twice(4, "y"))

	generic := reflect.MakeFunc(
		reflect.FuncOf([]reflect.Type{reflect.TypeFor[[2]uint16](), reflect.TypeFor[[]float32]()}, []reflect.Type{reflect.TypeFor[[2]uint16]()}, true),
		func(args []reflect.Value) []reflect.Value {
			sum := float32(0)
			for _, x := range args[1].Interface().([]float32) {
				sum += x
			}
			return []reflect.Value{reflect.ValueOf([2]uint16{args[0].Interface().([2]uint16)[1], uint16(sum)})}
		})
	var v visit[[2]uint16]
	reflect.ValueOf(&v).Elem().Set(generic.Convert(reflect.TypeOf(v)))
	fmt.Println(v([2]uint16{1, 2}, 3.5, 4.5))
}
