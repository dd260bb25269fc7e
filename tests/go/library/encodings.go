// Values that are hard to encode, to JSON, XML and gob and back: generic, embedded and recursive types, types that encode
// themselves as values, texts and keys, and interfaces.
package main

import (
	"bytes"
	"encoding"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
)

type Opt[T any] struct {
	v  T
	ok bool
}

func Some[T any](v T) Opt[T]  { return Opt[T]{v, true} }
func (o Opt[T]) IsZero() bool { return !o.ok }
func (o Opt[T]) MarshalJSON() ([]byte, error) {
	if !o.ok {
		return []byte("null"), nil
	}
	return json.Marshal(o.v)
}
func (o *Opt[T]) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*o = Opt[T]{}
		return nil
	}
	o.ok = true
	return json.Unmarshal(b, &o.v)
}

type Kind uint8

const (
	KA Kind = iota
	KB
)

var kindNames = [...]string{"a", "b"}

func (k Kind) MarshalText() ([]byte, error) {
	if int(k) >= len(kindNames) {
		return nil, fmt.Errorf("bad kind %d", k)
	}
	return []byte(kindNames[k]), nil
}
func (k *Kind) UnmarshalText(b []byte) error {
	for i, n := range kindNames {
		if n == string(b) {
			*k = Kind(i)
			return nil
		}
	}
	return fmt.Errorf("unknown kind %q", b)
}

var _ encoding.TextUnmarshaler = (*Kind)(nil)

type Shape interface{ isShape() }
type Circle struct{ R float64 }
type Rect struct{ W, H float64 }

func (Circle) isShape() {}
func (*Rect) isShape()  {}

type Any struct{ Shape }

func (a Any) MarshalJSON() ([]byte, error) {
	type tagged struct {
		Type string `json:"type"`
		Data any    `json:"data"`
	}
	return json.Marshal(tagged{fmt.Sprintf("%T", a.Shape), a.Shape})
}
func (a *Any) UnmarshalJSON(b []byte) error {
	var t struct {
		Type string
		Data json.RawMessage
	}
	if err := json.Unmarshal(b, &t); err != nil {
		return err
	}
	switch t.Type {
	case "main.Circle":
		var c Circle
		err := json.Unmarshal(t.Data, &c)
		a.Shape = c
		return err
	case "*main.Rect":
		r := new(Rect)
		a.Shape = r
		return json.Unmarshal(t.Data, r)
	}
	return errors.New("type " + t.Type)
}

type Deep struct {
	Opt1 Opt[int]               `json:"o1,omitzero"`
	Opt2 Opt[[]Opt[string]]     `json:"o2"`
	K    Kind                   `json:"k"`
	MK   map[Kind][]*Kind       `json:"mk"`
	S    []Any                  `json:"s"`
	P    **int                  `json:"p"`
	A    any                    `json:"a"`
	E    struct{ X, Y int }     `json:"e"`
	I    map[int8]map[bool1]int `json:"i"`
	F    [2]struct{ Q *Deep }   `json:"f"`
	U8   []uint8                `json:"u8"`
	N    []MyB                  `json:"n"`
	R    rune                   `json:"r,string"`
	Emb
	*PEmb `json:"pemb"`
	unexp
}
type bool1 string
type MyB byte
type Emb struct{ EX string }
type PEmb struct{ PX string }
type unexp struct{ Up int }

type XT struct {
	XMLName xml.Name  `xml:"xt"`
	A       []XI      `xml:"list>item"`
	M       *XI       `xml:"m,omitempty"`
	K       Kind      `xml:"k,attr"`
	F       []float64 `xml:"f"`
	I       any       `xml:"-"`
	C       string    `xml:",cdata"`
	N       XN        `xml:"ns:n"`
	Emb
}
type XI struct {
	V string `xml:",chardata"`
	T *bool  `xml:"t,attr"`
}
type XN struct{ V int }

func main() {
	x := 5
	px := &x
	kb := KB
	d := Deep{Opt1: Some(3), Opt2: Some([]Opt[string]{Some("a"), {}}), K: KB, MK: map[Kind][]*Kind{KA: {&kb, nil}, KB: nil}, S: []Any{{Circle{1.5}}, {&Rect{1, 2}}}, P: &px, A: map[string]any{"z": []any{1, nil}}, I: map[int8]map[bool1]int{-3: {"t": 1}}, U8: []byte{1, 2}, N: []MyB{3}, R: 'x', Emb: Emb{"e"}, PEmb: &PEmb{"p"}, unexp: unexp{9}}
	d.F[1].Q = &Deep{}
	b, err := json.MarshalIndent(d, "", " ")
	fmt.Println(string(b), err)
	var e Deep
	err = json.Unmarshal(b, &e)
	fmt.Println(err, e.Opt1, e.Opt2, e.K, len(e.MK), *e.MK[KA][0], e.MK[KA][1], e.S[0].Shape, e.S[1].Shape, **e.P, e.A, e.I, e.F[1].Q != nil, e.U8, e.N, e.R, e.EX, e.PX, e.Up)
	b2, _ := json.MarshalIndent(e, "", " ")
	fmt.Println(bytes.Equal(b, b2))
	fmt.Println(json.Unmarshal([]byte(`{"k":"zz"}`), &e), json.Unmarshal([]byte(`{"s":[{"type":"q"}]}`), &e), json.Unmarshal([]byte(`{"mk":{"q":[]}}`), &e))
	_, err = json.Marshal(Kind(7))
	fmt.Println(err)
	_, err = json.Marshal(map[Kind]int{9: 1})
	fmt.Println(err)
	tr := true
	xt := XT{A: []XI{{"1", nil}, {"2<", &tr}}, K: KB, F: []float64{1, 2.5}, C: "c]]>d", N: XN{4}, Emb: Emb{"em"}}
	o, err := xml.MarshalIndent(xt, "", " ")
	fmt.Println(string(o), err)
	var xb XT
	err = xml.Unmarshal(bytes.Replace(o, []byte("ns:n"), []byte("n"), -1), &xb)
	fmt.Println(err, len(xb.A), xb.A[1].V, *xb.A[1].T, xb.K, xb.F, xb.C, xb.EX)
	fmt.Println(xml.Unmarshal([]byte(`<xt k="zz"/>`), &xb))
	var buf bytes.Buffer
	gob.RegisterName("circ", Circle{})
	gob.Register(&Rect{})
	type G struct {
		S []Shape
		M map[Kind]map[[2]string][]*int
		F func()
		C chan int
		A [3]*Circle
		Z *G2[string]
		B []bool
		X complex64
	}
	g := G{S: []Shape{Circle{2}, &Rect{3, 4}}, M: map[Kind]map[[2]string][]*int{KB: {{"a", "b"}: {&x}}}, Z: &G2[string]{"v", &G2[string]{"w", nil}}, B: []bool{true, false}, X: 1 + 2i}
	for i := range g.A {
		g.A[i] = &Circle{float64(i)}
	}
	fmt.Println(gob.NewEncoder(&buf).Encode(g))
	var h G
	fmt.Println(gob.NewDecoder(&buf).Decode(&h))
	fmt.Println(h.S[0], h.S[1], *h.M[KB][[2]string{"a", "b"}][0], h.A[2], h.Z.N.V, h.B, h.X)
	fmt.Println(strings.Count(fmt.Sprintf("%+v", g.Z), "v"))
}

type G2[T any] struct {
	V T
	N *G2[T]
}
