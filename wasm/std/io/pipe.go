package io

import (
	"errors"
	"sync"
)

// ErrClosedPipe is what reading from or writing to a closed pipe gives.
var ErrClosedPipe = errors.New("io: read/write on closed pipe")

// A pipe hands what is written over to readers, without a buffer: a writer offers its bytes, a reader takes as many as it
// has room for and says how many.
type pipe struct {
	writing sync.Mutex // one Write after the other
	offers  chan []byte
	taken   chan int

	closing    sync.Mutex // guards what follows
	done       chan struct{}
	closed     bool
	readError  error // given by the reader's Close, for writers
	writeError error // given by the writer's Close, for readers
}

// Pipe makes a pipe: what is written to the one end is read from the other.
func Pipe() (*PipeReader, *PipeWriter) {
	p := &pipe{offers: make(chan []byte), taken: make(chan int), done: make(chan struct{})}
	return &PipeReader{p}, &PipeWriter{p}
}

func (p *pipe) close(at *error, err error) {
	p.closing.Lock()
	defer p.closing.Unlock()
	if *at == nil {
		*at = err
	}
	if !p.closed {
		p.closed = true
		close(p.done)
	}
}

// closeError is what the other side said when it closed, or else that this side is closed itself.
func (p *pipe) closeError(own, other *error) error {
	p.closing.Lock()
	defer p.closing.Unlock()
	if *own == nil && *other != nil {
		return *other
	}
	return ErrClosedPipe
}

type PipeReader struct{ p *pipe }

func (r *PipeReader) Read(data []byte) (n int, err error) {
	p := r.p
	select {
	case <-p.done:
		return 0, p.closeError(&p.readError, &p.writeError)
	default:
	}
	select {
	case offer := <-p.offers:
		n = copy(data, offer)
		p.taken <- n
		return n, nil
	case <-p.done:
		return 0, p.closeError(&p.readError, &p.writeError)
	}
}

func (r *PipeReader) Close() error { return r.CloseWithError(nil) }

// CloseWithError makes writers get err.
func (r *PipeReader) CloseWithError(err error) error {
	if err == nil {
		err = ErrClosedPipe
	}
	r.p.close(&r.p.readError, err)
	return nil
}

type PipeWriter struct{ p *pipe }

func (w *PipeWriter) Write(data []byte) (n int, err error) {
	p := w.p
	select {
	case <-p.done:
		return 0, p.closeError(&p.writeError, &p.readError)
	default:
	}
	p.writing.Lock()
	defer p.writing.Unlock()
	for first := true; first || len(data) > 0; first = false {
		select {
		case p.offers <- data:
			taken := <-p.taken
			data = data[taken:]
			n += taken
		case <-p.done:
			return n, p.closeError(&p.writeError, &p.readError)
		}
	}
	return n, nil
}

func (w *PipeWriter) Close() error { return w.CloseWithError(nil) }

// CloseWithError makes readers get err, or EOF, once they have read everything.
func (w *PipeWriter) CloseWithError(err error) error {
	if err == nil {
		err = EOF
	}
	w.p.close(&w.p.writeError, err)
	return nil
}
