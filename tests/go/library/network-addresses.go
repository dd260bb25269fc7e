// Who listens where is reached how, and what is said of addresses and of errors, within one program.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"regexp"
	"syscall"
	"time"
)

var port = regexp.MustCompile(`:\d{4,5}\b`)

func show(what string, values ...any) {
	fmt.Println(what, port.ReplaceAllString(fmt.Sprintln(values...), ":PORT"))
}

// greet tells everyone who connects what it is, and that it hears them.
func greet(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		fmt.Fprint(conn, "hello, ", conn.RemoteAddr().(*net.TCPAddr).IP)
		conn.Close()
	}
}

func main() {
	for _, at := range []string{":0", "127.0.0.1:0", "[::1]:0", "0.0.0.0:0", "localhost:0"} {
		listener, err := net.Listen("tcp", at)
		show("listening at "+at, err, listener.Addr())
		go greet(listener)
		number := listener.Addr().(*net.TCPAddr).Port
		for _, host := range []string{"127.0.0.1", "[::1]", "localhost", ""} {
			conn, err := net.Dial("tcp", fmt.Sprintf("%s:%d", host, number))
			if err != nil {
				show(" by "+host, err, errors.Is(err, syscall.ECONNREFUSED))
				continue
			}
			said, err := io.ReadAll(conn)
			show(" by "+host, conn.RemoteAddr().String() != "", string(said), err)
			conn.Close()
		}
		_, err = net.Listen("tcp", listener.Addr().String())
		show("again", err, errors.Is(err, syscall.EADDRINUSE))
		listener.Close()
		_, err = net.DialTimeout("tcp", fmt.Sprintf("127.0.0.1:%d", number), time.Second)
		show("closed", err)
	}

	told := net.ListenConfig{Control: func(network, address string, conn syscall.RawConn) error {
		show("to listen:", network, address, conn != nil)
		return nil
	}}
	listener, err := told.Listen(context.Background(), "tcp", "127.0.0.1:0")
	show("told", err)
	go greet(listener)
	for _, refused := range []error{nil, errors.New("not this one")} {
		dialer := net.Dialer{ControlContext: func(_ context.Context, network, address string, _ syscall.RawConn) error {
			show("to dial:", network, address)
			return refused
		}}
		conn, err := dialer.Dial("tcp", listener.Addr().String())
		show("dialled", conn != nil, err)
	}
	dialer := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}}
	conn, err := dialer.Dial("tcp4", listener.Addr().String())
	show("from", conn.LocalAddr(), conn.LocalAddr().Network(), err)

	packets, err := net.ListenPacket("udp", "127.0.0.1:0")
	show("packets", packets.LocalAddr(), err)
	sender, err := net.Dial("udp", packets.LocalAddr().String())
	show("sender", sender.RemoteAddr(), err)
	fmt.Fprint(sender, "datagram")
	buffer := make([]byte, 20)
	n, from, err := packets.ReadFrom(buffer)
	show("got", string(buffer[:n]), from.String() == sender.LocalAddr().String(), err)
	packets.WriteTo([]byte("answer"), from)
	n, err = sender.Read(buffer)
	show("and", string(buffer[:n]), err)
	_, err = net.ListenPacket("udp", packets.LocalAddr().String())
	show("again", err)
}
