package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
)

type Color int

func (c Color) MarshalText() ([]byte, error) { return []byte([]string{"red", "green"}[c]), nil }
func (c *Color) UnmarshalText(b []byte) error {
	switch string(b) {
	case "red":
		*c = 0
	case "green":
		*c = 1
	default:
		return errors.New("no such colour: " + string(b))
	}
	return nil
}

type Base struct {
	ID   int `json:"id"`
	Note string
}

type Thing struct {
	Base
	Name     string            `json:"name"`
	Tags     []string          `json:"tags,omitempty"`
	Attrs    map[string]any    `json:"attrs"`
	ByColor  map[Color]float64 `json:"by_color"`
	Next     *Thing            `json:"next,omitempty"`
	When     time.Time         `json:"when"`
	Raw      json.RawMessage   `json:"raw"`
	Bytes    []byte            `json:"bytes"`
	Dur      time.Duration     `json:"dur,string"`
	Any      any               `json:"any"`
	private  int
	Skipped  int `json:"-"`
	Float    float32
	Array    [3]uint8
	Color    Color
	Pointers map[int]*Base
}

type Temp float64

func (t Temp) MarshalJSON() ([]byte, error) { return fmt.Appendf(nil, `"%.1f°"`, float64(t)), nil }

func main() {
	t := Thing{
		Base: Base{7, "a <b> & c"}, Name: "größe", Tags: []string{"x", "y"},
		Attrs:   map[string]any{"b": 1.5, "a": []any{nil, true, "s"}, "c": map[string]any{}},
		ByColor: map[Color]float64{1: 2.5, 0: 1e21},
		Next:    &Thing{Name: "inner"},
		When:    time.Date(2024, 2, 29, 12, 30, 0, 5000, time.UTC),
		Raw:     json.RawMessage(`{"k": [1,2]}`), Bytes: []byte("hello"), Dur: time.Minute,
		Any: Temp(21.55), Float: 0.1, Array: [3]uint8{1, 2, 3}, Color: 1,
		Pointers: map[int]*Base{10: {1, "one"}, 2: nil},
	}
	out, err := json.MarshalIndent(t, "", "  ")
	fmt.Println(string(out), err)
	var back Thing
	err = json.Unmarshal(out, &back)
	fmt.Println(err)
	back.Any = nil
	fmt.Printf("%+v\n", back.Base)
	fmt.Println(back.Name, back.Tags, back.Attrs, back.ByColor, back.Next.Name, back.When, string(back.Raw), string(back.Bytes), back.Dur, back.Float, back.Array, back.Color, *back.Pointers[10], back.Pointers[2])

	var v any
	dec := json.NewDecoder(strings.NewReader(`{"a": [1, 2.5e3, "x\u00e9\n", null, false], "big": 12345678901234567890}`))
	dec.UseNumber()
	fmt.Println(dec.Decode(&v), v)
	for _, bad := range []string{`{"id": "x"}`, `[1,2`, `{"name": 5}`, `{"Color": "blue"}`, `nul`, `{"a":1}}`, ``, `{"Array":[300]}`} {
		var t Thing
		err := json.Unmarshal([]byte(bad), &t)
		var syn *json.SyntaxError
		var typ *json.UnmarshalTypeError
		switch {
		case errors.As(err, &syn):
			fmt.Println("syntax", syn.Offset, err)
		case errors.As(err, &typ):
			fmt.Println("type", typ.Field, typ.Value, typ.Type, err)
		default:
			fmt.Println(err)
		}
	}
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.Encode(map[string]any{"z": "<>", "a": []int(nil), "m": struct{ X, y int }{1, 2}})
	os.Stdout.Write(buf.Bytes())
	_, err = json.Marshal(map[string]any{"c": make(chan int)})
	fmt.Println(err)
	buf.Reset()
	json.Compact(&buf, []byte(`{ "a" : [ 1 , 2 ] }`))
	fmt.Println(buf.String(), json.Valid([]byte("{}")), json.Valid([]byte("{")))
	type strict struct{ A int }
	d := json.NewDecoder(strings.NewReader(`{"A":1,"B":2}`))
	d.DisallowUnknownFields()
	fmt.Println(d.Decode(new(strict)))
}
