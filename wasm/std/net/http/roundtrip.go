package http

// RoundTrip sends a request over package net's connections, as on all systems but JavaScript's.
func (t *Transport) RoundTrip(req *Request) (*Response, error) {
	if t == nil {
		panic("transport is nil")
	}
	return t.roundTrip(req)
}
