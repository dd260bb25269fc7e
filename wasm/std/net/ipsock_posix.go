// Where sockets of TCP and UDP come from: others than Go's fake network has there are none, and who asks for one is told so and
// not that somebody refused. What that network says in words of its own is put into those of a system.
package net

import (
	"context"
	"errors"
	"net/netip"
	"os"
	"syscall"
)

// The first port that is given to who wants any, about where systems begin.
const firstPort = 32768

func init() { nextPortCounter.Store(firstPort - 1) }

func (p *ipStackCapabilities) probe() {
	p.ipv4Enabled, p.ipv6Enabled, p.ipv4MappedIPv6Enabled = true, true, true
}

var errOutside = errors.New(errNoNetwork)

type control = func(context.Context, string, string, syscall.RawConn) error

func internetSocket(ctx context.Context, network string, laddr, raddr sockaddr, kind, protocol int, mode string, ask control) (*netFD, error) {
	to := raddr
	if mode == "dial" && to.isWildcard() {
		to = to.toLocal(network)
	}
	family, onlyIPv6 := favoriteAddrFamily(network, laddr, to, mode)
	for _, addr := range []sockaddr{laddr, to} {
		if addr == nil {
			continue
		}
		if _, err := addr.sockaddr(family); err != nil { // it is of another family
			return nil, err
		}
	}
	if ask != nil {
		about := to
		if about == nil {
			about = laddr
		}
		if err := ask(ctx, familyNetwork(network, family), about.String(), &rawConn{&netFD{net: network, family: family, sotype: kind}}); err != nil {
			return nil, err
		}
	}
	if mode != "dial" {
		// The fake network takes any address for 127.0.0.1. For datagrams it must, since it does not ask who hears them.
		if laddr.isWildcard() && kind == syscall.SOCK_STREAM {
			laddr = anywhere(laddr.(*TCPAddr), family)
		}
		fd, err := socket(ctx, network, family, kind, protocol, onlyIPv6, laddr, nil, nil)
		return fd, inSystemsWords(err, "listen", "bind")
	}
	if kind == syscall.SOCK_STREAM {
		return dialStream(ctx, network, laddr.(*TCPAddr), to.(*TCPAddr), protocol)
	}
	if udp, ok := to.(*UDPAddr); ok && !udp.IP.IsLoopback() {
		return nil, errOutside
	}
	return socket(ctx, network, family, kind, protocol, onlyIPv6, laddr, to, nil)
}

func dialStream(ctx context.Context, network string, laddr, to *TCPAddr, protocol int) (*netFD, error) {
	listener := listenerFor(to)
	switch {
	case listener == nil && to.IP.IsLoopback():
		return nil, os.NewSyscallError("connect", syscall.ECONNREFUSED)
	case listener == nil:
		return nil, errOutside
	}
	if laddr.isWildcard() {
		port := 0
		if laddr != nil {
			port = laddr.Port
		}
		laddr = &TCPAddr{IP: to.IP, Port: port}
	}
	// Of both families: who is reached by 127.0.0.1 may listen at [::].
	family, _ := favoriteAddrFamily("tcp", laddr, listener, "dial")
	fd, err := socket(ctx, "tcp", family, syscall.SOCK_STREAM, protocol, false, laddr, listener, nil)
	if err != nil {
		return nil, inSystemsWords(err, "connect", "connect")
	}
	fd.net, fd.raddr = network, to
	return fd, nil
}

func anywhere(addr *TCPAddr, family int) *TCPAddr {
	at := &TCPAddr{IP: IPv6unspecified}
	if family == syscall.AF_INET {
		at.IP = IPv4zero
	}
	if addr != nil {
		at.Port = addr.Port
	}
	return at
}

// familyNetwork is what functions that control sockets are told.
func familyNetwork(network string, family int) string {
	switch last := network[len(network)-1]; {
	case last == '4', last == '6':
		return network
	case family == syscall.AF_INET:
		return network + "4"
	default:
		return network + "6"
	}
}

// inSystemsWords gives an error of the fake network, whose call it names and often flattens into a text with the address, as the
// call that fails in a system.
func inSystemsWords(err error, fake, call string) error {
	for _, number := range []syscall.Errno{syscall.EADDRINUSE, syscall.ECONNREFUSED} {
		flat, isFlat := err.(*AddrError)
		if errors.Is(err, number) || isFlat && flat.Err == fake+": "+number.Error() {
			return os.NewSyscallError(call, number)
		}
	}
	return err
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

// favoriteAddrFamily tells of which family the socket is: who listens everywhere hears both.
func favoriteAddrFamily(network string, laddr, raddr sockaddr, mode string) (family int, onlyIPv6 bool) {
	isIPv4 := func(addr sockaddr) bool { return addr == nil || addr.family() == syscall.AF_INET }
	switch last := network[len(network)-1]; {
	case last == '4':
		return syscall.AF_INET, false
	case last == '6':
		return syscall.AF_INET6, true
	case mode == "listen" && (laddr == nil || laddr.isWildcard()):
		return syscall.AF_INET6, false
	case isIPv4(laddr) && isIPv4(raddr):
		return syscall.AF_INET, false
	}
	return syscall.AF_INET6, false
}

// Addresses as a system has them; nobody looks at them here.

func ipToSockaddr(family int, ip IP, port int, zone string) (syscall.Sockaddr, error) {
	if family == syscall.AF_INET {
		address, err := ipToSockaddrInet4(ip, port)
		return &address, err
	}
	address, err := ipToSockaddrInet6(ip, port, zone)
	return &address, err
}

func ipToSockaddrInet4(ip IP, port int) (address syscall.SockaddrInet4, err error) {
	if len(ip) == 0 {
		ip = IPv4zero
	}
	if ip.To4() == nil {
		return address, &AddrError{Err: "non-IPv4 address", Addr: ip.String()}
	}
	address.Port = port
	copy(address.Addr[:], ip.To4())
	return address, nil
}

func ipToSockaddrInet6(ip IP, port int, zone string) (address syscall.SockaddrInet6, err error) {
	if len(ip) == 0 || ip.Equal(IPv4zero) {
		ip = IPv6zero
	}
	if ip.To16() == nil {
		return address, &AddrError{Err: "non-IPv6 address", Addr: ip.String()}
	}
	address.Port, address.ZoneId = port, uint32(zoneCache.index(zone))
	copy(address.Addr[:], ip.To16())
	return address, nil
}

func addrPortToSockaddrInet4(from netip.AddrPort) (address syscall.SockaddrInet4, err error) {
	if ip := from.Addr(); !ip.Is4() && !ip.Is4In6() {
		return address, &AddrError{Err: "non-IPv4 address", Addr: ip.String()}
	}
	return syscall.SockaddrInet4{Addr: from.Addr().As4(), Port: int(from.Port())}, nil
}

func addrPortToSockaddrInet6(from netip.AddrPort) (syscall.SockaddrInet6, error) {
	ip := from.Addr()
	return syscall.SockaddrInet6{Addr: ip.As16(), Port: int(from.Port()), ZoneId: uint32(zoneCache.index(ip.Zone()))}, nil
}
