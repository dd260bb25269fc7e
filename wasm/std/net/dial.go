// Connections within the program: others there are none, and who asks for one is told so and not that somebody refused.
package net

import (
	"context"
	"errors"
	"os"
	"syscall"
)

var errOutside = errors.New(errNoNetwork)

// The hook is for tests, and is asked for every connection of TCP.
func init() { testHookDialTCP = dialOwn }

func dialOwn(ctx context.Context, network string, laddr, raddr *TCPAddr) (*TCPConn, error) {
	to := raddr
	if to.isWildcard() {
		to = to.toLocal(network).(*TCPAddr)
	}
	listener := listenerFor(to)
	if listener == nil {
		if to.IP.IsLoopback() {
			return nil, os.NewSyscallError("connect", syscall.ECONNREFUSED)
		}
		return nil, errOutside
	}
	family, _ := favoriteAddrFamily(network, laddr, listener, "dial")
	fd, err := socket(ctx, network, family, syscall.SOCK_STREAM, 0, false, laddr, listener, nil)
	if err != nil {
		return nil, err
	}
	fd.raddr = to
	return newTCPConn(fd, 0, KeepAliveConfig{}, testPreHookSetKeepAlive, testHookSetKeepAlive), nil
}

// listenerFor returns the address that somebody listens at who is reached by addr; nil: nobody.
func listenerFor(addr *TCPAddr) *TCPAddr {
	candidates := []*TCPAddr{addr}
	if addr.IP.IsLoopback() {
		candidates = append(candidates, &TCPAddr{IP: IPv4zero, Port: addr.Port}, &TCPAddr{IP: IPv6unspecified, Port: addr.Port})
	}
	for _, candidate := range candidates {
		if _, listens := sockets.Load(fakeAddr(candidate)); listens {
			return candidate
		}
	}
	return nil
}
