// What of package net and its relatives works without a network: pipes, handlers, servers and clients of one program.
package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/rpc"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"
)

type Arithmetic struct{}

func (Arithmetic) Multiply(factors [2]int, product *int) error {
	*product = factors[0] * factors[1]
	return nil
}

func handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /hello/{name}", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Test", "yes")
		fmt.Fprintf(w, "hello, %s", r.PathValue("name"))
	})
	mux.HandleFunc("POST /sum", func(w http.ResponseWriter, r *http.Request) {
		text, _ := io.ReadAll(r.Body)
		http.Error(w, strings.ToUpper(string(text)), http.StatusTeapot)
	})
	return mux
}

func record(method, path, body string) {
	recorder := httptest.NewRecorder()
	handler().ServeHTTP(recorder, httptest.NewRequest(method, path, strings.NewReader(body)))
	result := recorder.Result()
	text, _ := io.ReadAll(result.Body)
	fmt.Printf("%s %q %q %q\n", result.Status, result.Header.Get("Content-Type"), result.Header.Get("X-Test"), text)
}

func pipes() {
	client, server := net.Pipe()
	go func() {
		defer server.Close()
		lines := bufio.NewScanner(server)
		for lines.Scan() {
			fmt.Fprintln(server, strings.ToUpper(lines.Text()))
		}
	}()
	fmt.Fprintln(client, "through a pipe")
	line, err := bufio.NewReader(client).ReadString('\n')
	fmt.Printf("%q %v\n", line, err)
	client.SetReadDeadline(time.Now().Add(-time.Second))
	_, err = client.Read(make([]byte, 1))
	fmt.Println(err, errors.Is(err, os.ErrDeadlineExceeded))
	client.Close()

	clientEnd, serverEnd := net.Pipe()
	calls := rpc.NewServer()
	calls.Register(Arithmetic{})
	go calls.ServeConn(serverEnd)
	caller := rpc.NewClient(clientEnd)
	var product int
	fmt.Println(caller.Call("Arithmetic.Multiply", [2]int{6, 7}, &product), product)
	fmt.Println(caller.Call("Arithmetic.Divide", [2]int{6, 7}, &product))
	caller.Close()
}

func loopback() {
	server := httptest.NewServer(handler())
	defer server.Close()
	for _, path := range []string{"/hello/gopher", "/nobody"} {
		response, err := http.Get(server.URL + path)
		if err != nil {
			fmt.Println(err)
			continue
		}
		text, err := io.ReadAll(response.Body)
		response.Body.Close()
		fmt.Printf("%s %s %q %v\n", response.Proto, response.Status, text, err)
	}

	named, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	go http.Serve(named, handler())
	_, port, _ := net.SplitHostPort(named.Addr().String())
	response, err := http.Get("http://localhost:" + port + "/hello/localhost")
	if err != nil {
		fmt.Println(err)
		return
	}
	text, err := io.ReadAll(response.Body)
	fmt.Printf("%q %v\n", text, err)
	addresses, err := net.LookupHost("localhost")
	fmt.Println(slices.Contains(addresses, "127.0.0.1"), err)

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		fmt.Println(err)
		return
	}
	go func() {
		connection, err := listener.Accept()
		if err == nil {
			io.Copy(connection, connection)
			connection.Close()
		}
	}()
	connection, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Fprint(connection, "echo")
	connection.(*net.TCPConn).CloseWrite()
	text, err = io.ReadAll(connection)
	fmt.Printf("%q %v\n", text, err)
	address := listener.Addr().String()
	listener.Close()
	_, err = listener.Accept()
	fmt.Println(errors.Is(err, net.ErrClosed))
	_, err = net.Dial("tcp", address)
	var failed *net.OpError
	fmt.Println(errors.As(err, &failed), failed.Op, failed.Net)
	text = []byte(strings.ReplaceAll(err.Error(), address, "ADDRESS"))
	fmt.Printf("%s %v\n", text, errors.Is(err, syscall.ECONNREFUSED))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = (&net.Dialer{}).DialContext(ctx, "tcp", address)
	fmt.Println(err != nil)
}

// Who listens at all of a machine's addresses is reached by those of the machine itself.
func everywhere() {
	for _, at := range []string{":0", "0.0.0.0:0", "[::]:0"} {
		listener, err := net.Listen("tcp", at)
		if err != nil {
			fmt.Println(err)
			return
		}
		go http.Serve(listener, handler())
		_, port, _ := net.SplitHostPort(listener.Addr().String())
		for _, host := range []string{"localhost", "127.0.0.1", "0.0.0.0"} {
			address := net.JoinHostPort(host, port)
			connection, err := net.Dial("tcp", address)
			if err != nil {
				fmt.Println(at, host, err)
				continue
			}
			fmt.Fprint(connection, "GET /hello/there HTTP/1.0\r\n\r\n")
			text, err := io.ReadAll(connection)
			status, _, _ := strings.Cut(string(text), "\r\n")
			_, remote, _ := net.SplitHostPort(connection.RemoteAddr().String())
			fmt.Println(at, host, status, err, remote == port)
			connection.Close()
		}
		listener.Close()
	}
}

func main() {
	record("GET", "/hello/world", "")
	record("POST", "/sum", "short and stout")
	record("GET", "/sum", "")
	pipes()
	loopback()
	everywhere()

	_, block, err := net.ParseCIDR("192.168.17.0/20")
	fmt.Println(block, err, block.Contains(net.ParseIP("192.168.31.255")), net.ParseIP("::ffff:10.0.0.1"))
	prefix := netip.MustParsePrefix("fe80::/10")
	fmt.Println(prefix.Contains(netip.MustParseAddr("fe80::1%eth0").WithZone("")), prefix.Masked())
	host, port, err := net.SplitHostPort("[::1]:8080")
	fmt.Println(host, port, err)
	_, err = net.Dial("tcp", "no port")
	fmt.Println(err)

	_, err = exec.LookPath("no-such-program")
	fmt.Println(err, errors.Is(err, exec.ErrNotFound))
	fmt.Println(exec.Command("no-such-program", "-x").Run())
}
