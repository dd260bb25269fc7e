package main

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/csv"
	"encoding/gob"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"hash/adler32"
	"hash/crc32"
	"hash/crc64"
	"hash/fnv"
	"hash/maphash"
	"io"
	"strings"
)

type P struct {
	XMLName xml.Name `xml:"person"`
	Name    string   `xml:"name,attr"`
	Emails  []string `xml:"email"`
}

func main() {
	data := []byte("The quick brown fox jumps over the lazy dog")
	fmt.Printf("%x\n%x\n%x\n%x\n", md5.Sum(data), sha1.Sum(data), sha256.Sum256(data), sha512.Sum512(data))
	m := hmac.New(sha256.New, []byte("key"))
	m.Write(data)
	fmt.Println(hex.EncodeToString(m.Sum(nil)))
	fmt.Println(crc32.ChecksumIEEE(data), adler32.Checksum(data), crc64.Checksum(data, crc64.MakeTable(crc64.ISO)))
	h := fnv.New64a()
	h.Write(data)
	fmt.Println(h.Sum64())
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	w.Write(bytes.Repeat(data, 20))
	w.Close()
	r, err := gzip.NewReader(&buf)
	all, err2 := io.ReadAll(r)
	fmt.Println(len(all), err, err2)
	fw, _ := flate.NewWriter(&buf, 9)
	fw.Write(data)
	fw.Close()
	fmt.Println(buf.Len())
	fmt.Println(base64.StdEncoding.EncodeToString(data))
	var e bytes.Buffer
	binary.Write(&e, binary.BigEndian, struct {
		A uint16
		B int32
		C [2]byte
	}{1, -2, [2]byte{3, 4}})
	fmt.Println(e.Bytes(), binary.LittleEndian.Uint32([]byte{1, 2, 3, 4}))
	rows, err := csv.NewReader(strings.NewReader("a,\"b,c\",d\n1,2,3\n")).ReadAll()
	fmt.Println(rows, err)
	var g bytes.Buffer
	type G struct {
		A map[string][]int
		B *float64
		C any
	}
	gob.Register(P{})
	f := 2.5
	fmt.Println(gob.NewEncoder(&g).Encode(G{map[string][]int{"x": {1, 2}}, &f, P{Name: "n"}}))
	var back G
	fmt.Println(gob.NewDecoder(&g).Decode(&back), back.A, *back.B, back.C)
	x, err := xml.MarshalIndent(P{Name: "Ann", Emails: []string{"a@b", "c<d"}}, "", " ")
	fmt.Println(string(x), err)
	var p P
	fmt.Println(xml.Unmarshal(x, &p), p.Name, p.Emails)
	block, _ := aes.NewCipher([]byte("0123456789abcdef"))
	gcm, _ := cipher.NewGCM(block)
	sealed := gcm.Seal(nil, make([]byte, 12), data, nil)
	opened, err := gcm.Open(nil, make([]byte, 12), sealed, nil)
	fmt.Printf("%x %s %v\n", sealed[:8], opened, err)
	b := make([]byte, 8)
	n, err := rand.Read(b)
	fmt.Println(n, err, bytes.Equal(b, make([]byte, 8)))
	seed := maphash.MakeSeed()
	fmt.Println(maphash.String(seed, "a") == maphash.Bytes(seed, []byte("a")), maphash.Comparable(seed, [2]int{1, 2}) == maphash.Comparable(seed, [2]int{1, 2}))
}
