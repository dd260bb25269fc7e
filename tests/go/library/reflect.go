package main

import (
	"fmt"
	"reflect"
	"sort"
	"strings"
)

type S struct {
	A int `k:"v" j:"w"`
	b string
	C []float64
	*E
}
type E struct{ Z complex128 }

func (s S) Value(x int, y string) (string, error) { return fmt.Sprint(s.A, x, y), nil }
func (s *S) Pointer(xs ...int) int {
	n := s.A
	for _, x := range xs {
		n += x
	}
	s.A = n
	return n
}
func (e *E) Promoted() complex128 { return e.Z }
func (s S) unexported()           {}

type Big struct{ X, Y, Z, W, V [3]int }

func (b Big) Sum(other Big, f func(int) int) (Big, int8, float32) {
	b.X[0] += other.Y[1]
	return b, int8(f(b.X[0])), 1.5
}

type I interface {
	Value(int, string) (string, error)
}

func main() {
	s := &S{A: 1, b: "x", C: []float64{1}, E: &E{2i}}
	t := reflect.TypeOf(s)
	for i := 0; i < t.NumMethod(); i++ {
		m := t.Method(i)
		fmt.Println(m.Name, m.Type, m.Index, m.PkgPath, m.IsExported())
	}
	for i := 0; i < t.Elem().NumField(); i++ {
		f := t.Elem().Field(i)
		fmt.Println(f.Name, f.Type, f.Tag.Get("k"), f.Offset, f.Index, f.Anonymous, f.PkgPath)
	}
	v := reflect.ValueOf(s)
	fmt.Println(v.MethodByName("Value").Call([]reflect.Value{reflect.ValueOf(5), reflect.ValueOf("y")})[0])
	fmt.Println(v.MethodByName("Pointer").Call([]reflect.Value{reflect.ValueOf(5), reflect.ValueOf(6)})[0], s.A)
	fmt.Println(v.MethodByName("Promoted").Call(nil)[0])
	fmt.Println(t.Method(0).Func.Call([]reflect.Value{v, reflect.ValueOf(100)})[0])
	fn := v.MethodByName("Pointer").Interface().(func(...int) int)
	fmt.Println(fn(1, 2, 3))
	var i I = *s
	fmt.Println(reflect.ValueOf(&i).Elem().Method(0).Call([]reflect.Value{reflect.ValueOf(9), reflect.ValueOf("q")})[0])
	b := Big{}
	b.Y[1] = 4
	out := reflect.ValueOf(b).Method(0).Call([]reflect.Value{reflect.ValueOf(b), reflect.ValueOf(func(x int) int { return x * 2 })})
	fmt.Println(out[0].Interface(), out[1].Int(), out[2].Float())
	out = reflect.ValueOf(Big.Sum).Call([]reflect.Value{reflect.ValueOf(b), reflect.ValueOf(b), reflect.ValueOf(func(x int) int { return x * 3 })})
	fmt.Println(out[1].Int())

	swap := reflect.MakeFunc(reflect.TypeFor[func(int8, Big, string) (string, Big, int8)](), func(args []reflect.Value) []reflect.Value {
		return []reflect.Value{args[2], args[1], args[0]}
	}).Interface().(func(int8, Big, string) (string, Big, int8))
	x, y, z := swap(-3, b, "hey")
	fmt.Println(x, y.Y, z)
	ft := reflect.FuncOf([]reflect.Type{reflect.TypeFor[uint16](), reflect.TypeFor[[]string]()}, []reflect.Type{reflect.TypeFor[int]()}, true)
	fmt.Println(ft)
	made := reflect.MakeFunc(ft, func(args []reflect.Value) []reflect.Value {
		return []reflect.Value{reflect.ValueOf(int(args[0].Uint()) + args[1].Len())}
	})
	fmt.Println(made.Call([]reflect.Value{reflect.ValueOf(uint16(40)), reflect.ValueOf("a"), reflect.ValueOf("b")})[0])

	mt := reflect.MapOf(reflect.TypeFor[[2]string](), reflect.TypeFor[*S]())
	m := reflect.MakeMap(mt)
	m.SetMapIndex(reflect.ValueOf([2]string{"a", "b"}), reflect.ValueOf(s))
	m.SetMapIndex(reflect.ValueOf([2]string{"c", "d"}), reflect.Zero(reflect.TypeFor[*S]()))
	fmt.Println(mt, m.Len(), m.MapIndex(reflect.ValueOf([2]string{"a", "b"})).Elem().Field(0))
	keys := m.MapKeys()
	sort.Slice(keys, func(i, j int) bool { return keys[i].Index(0).String() < keys[j].Index(0).String() })
	fmt.Println(keys)
	m.SetMapIndex(reflect.ValueOf([2]string{"a", "b"}), reflect.Value{})
	fmt.Println(m.Len())
	st := reflect.StructOf([]reflect.StructField{
		{Name: "X", Type: reflect.TypeFor[int](), Tag: `json:"x"`},
		{Name: "Y", Type: reflect.TypeFor[map[string]any]()},
	})
	sv := reflect.New(st).Elem()
	sv.Field(0).SetInt(5)
	sv.Field(1).Set(reflect.ValueOf(map[string]any{"k": 1}))
	fmt.Printf("%v %+v\n", st, sv)
	at := reflect.ArrayOf(3, reflect.TypeFor[string]())
	av := reflect.New(at).Elem()
	av.Index(1).SetString("mid")
	fmt.Printf("%T %q %v\n", av.Interface(), av.Interface(), av.Interface() == any([3]string{"", "mid", ""}))
	ch := reflect.MakeChan(reflect.ChanOf(reflect.BothDir, reflect.TypeFor[string]()), 2)
	ch.Send(reflect.ValueOf("one"))
	fmt.Println(ch.TrySend(reflect.ValueOf("two")), ch.TrySend(reflect.ValueOf("three")), ch.Len(), ch.Cap())
	r, ok := ch.Recv()
	fmt.Println(r, ok)
	other := make(chan int)
	go func() { other <- 7 }()
	chosen, rv, ok := reflect.Select([]reflect.SelectCase{{Dir: reflect.SelectRecv, Chan: reflect.ValueOf(other)}, {Dir: reflect.SelectSend, Chan: reflect.ValueOf((chan int)(nil)), Send: reflect.ValueOf(1)}})
	fmt.Println(chosen, rv, ok)
	ch.Close()
	ch.Recv()
	r, ok = ch.Recv()
	fmt.Println(r, ok)
	sl := reflect.MakeSlice(reflect.TypeFor[[]S](), 0, 1)
	sl = reflect.Append(sl, reflect.ValueOf(*s), reflect.ValueOf(S{A: 9}))
	fmt.Println(sl.Len(), sl.Index(1).Field(0), reflect.Copy(sl, sl.Slice(1, 2)))
	fmt.Println(reflect.DeepEqual(map[string][]int{"a": {1}}, map[string][]int{"a": {1}}), reflect.DeepEqual(s, &S{}))
	var e error
	fmt.Println(reflect.TypeOf(&e).Elem().Kind(), reflect.TypeFor[error]().NumMethod(), t.Implements(reflect.TypeFor[I]()), reflect.TypeFor[I]().Method(0).Type)
	fmt.Println(reflect.TypeFor[map[string]chan<- func(int, ...string) (a, b error)](), reflect.TypeFor[struct {
		A int `x:"y"`
		b *[]byte
	}](), reflect.TypeFor[interface{ M(int) string }]())
	fmt.Println(reflect.ValueOf(3.7).Convert(reflect.TypeFor[int]()), reflect.ValueOf([]byte("hi")).Convert(reflect.TypeFor[string]()), reflect.ValueOf([]int{1, 2}).Convert(reflect.TypeFor[[2]int]()))
	fmt.Println(reflect.ValueOf(s).Elem().FieldByName("Z"), reflect.TypeFor[strings.Builder]().PkgPath(), reflect.TypeFor[strings.Builder]().Name())
	func() {
		defer func() { fmt.Println(recover()) }()
		reflect.ValueOf(1).Elem()
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		reflect.ValueOf(strings.ToUpper).Call(nil)
	}()
	for it := range reflect.ValueOf([]string{"x", "y"}).Seq2() {
		fmt.Print(it, " ")
	}
	for a := range reflect.ValueOf(func(yield func(int) bool) { _ = yield(4) && yield(5) }).Seq() {
		fmt.Print(a, " ")
	}
	fmt.Println()
	sw := reflect.Swapper([]string{"a", "b"})
	sw(0, 1)
	fmt.Println(reflect.PointerTo(reflect.TypeFor[Big]()), reflect.TypeFor[*Big]() == reflect.PointerTo(reflect.TypeFor[Big]()), reflect.SliceOf(t) == reflect.TypeFor[[]*S]())
	fmt.Println(reflect.Zero(reflect.TypeFor[Big]()).IsZero(), reflect.ValueOf(Big{}).Comparable(), reflect.ValueOf(1).Equal(reflect.ValueOf(1)))
}
