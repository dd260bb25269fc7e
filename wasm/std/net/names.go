// Names of hosts: there are no name servers to ask. A program knows itself by the name "localhost" and those of its /etc/hosts,
// unless it brings a way to reach a server of its own.
package net

import "context"

const errNoNetwork = "there is no network here but the program's own"

func (r *Resolver) hasServers() bool { return r != nil && r.Dial != nil }

func nothingKnownOf(name string) error {
	return &DNSError{Err: errNoNetwork, Name: name, IsNotFound: true}
}

func lookupProtocol(_ context.Context, name string) (int, error) { return lookupProtocolMap(name) }

func (r *Resolver) lookupHost(ctx context.Context, host string) (addrs []string, err error) {
	ips, err := r.lookupIP(ctx, "ip", host)
	for _, ip := range ips {
		addrs = append(addrs, ip.String())
	}
	return addrs, err
}

func (r *Resolver) lookupIP(ctx context.Context, network, host string) ([]IPAddr, error) {
	if ips, _ := goLookupIPFiles(host); len(ips) > 0 {
		return ips, nil
	}
	if isLocalhost(host) {
		return []IPAddr{{IP: IPv4(127, 0, 0, 1)}}, nil
	}
	if !r.hasServers() {
		return nil, nothingKnownOf(host)
	}
	order, conf := systemConf().hostLookupOrder(r, host)
	return r.goLookupIP(ctx, network, host, order, conf)
}

func (r *Resolver) lookupPort(ctx context.Context, network, service string) (int, error) {
	return goLookupPort(network, service)
}

func (r *Resolver) lookupCNAME(ctx context.Context, name string) (string, error) {
	if isLocalhost(name) {
		return "localhost.", nil
	}
	if !r.hasServers() {
		return "", nothingKnownOf(name)
	}
	order, conf := systemConf().hostLookupOrder(r, name)
	return r.goLookupCNAME(ctx, name, order, conf)
}

func (r *Resolver) lookupSRV(ctx context.Context, service, proto, name string) (string, []*SRV, error) {
	if !r.hasServers() {
		return "", nil, nothingKnownOf(name)
	}
	return r.goLookupSRV(ctx, service, proto, name)
}

func (r *Resolver) lookupMX(ctx context.Context, name string) ([]*MX, error) {
	if !r.hasServers() {
		return nil, nothingKnownOf(name)
	}
	return r.goLookupMX(ctx, name)
}

func (r *Resolver) lookupNS(ctx context.Context, name string) ([]*NS, error) {
	if !r.hasServers() {
		return nil, nothingKnownOf(name)
	}
	return r.goLookupNS(ctx, name)
}

func (r *Resolver) lookupTXT(ctx context.Context, name string) ([]string, error) {
	if !r.hasServers() {
		return nil, nothingKnownOf(name)
	}
	return r.goLookupTXT(ctx, name)
}

func (r *Resolver) lookupAddr(ctx context.Context, addr string) ([]string, error) {
	if names := lookupStaticAddr(addr); len(names) > 0 {
		return names, nil
	}
	if ip := ParseIP(addr); ip != nil && ip.IsLoopback() {
		return []string{"localhost"}, nil
	}
	if !r.hasServers() {
		return nil, nothingKnownOf(addr)
	}
	order, conf := systemConf().addrLookupOrder(r, addr)
	return r.goLookupPTR(ctx, addr, order, conf)
}
