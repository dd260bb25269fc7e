// Pipes, and what poll wants of descriptors that block.
package syscall

import "sync"

// A pipe is a queue of bytes: readers wait for some, writers for room. The tree's lock guards it.
type pipe struct {
	data             []byte
	readers, writers int // descriptors
	changed          *sync.Cond
}

const (
	pipeBytes  = 64 << 10
	pipeAtomic = 4096 // what one call writes is kept together if it is no more
)

func Pipe(fds []int) error {
	if len(fds) != 2 {
		return EINVAL
	}
	tree.Lock()
	defer tree.Unlock()
	n := newNode(S_IFIFO | 0600)
	n.pipe = &pipe{readers: 1, writers: 1, changed: sync.NewCond(&tree.Mutex)}
	var err error
	if fds[0], err = addFile(&openFile{node: n, flags: O_RDONLY}); err != nil {
		return err
	}
	if fds[1], err = addFile(&openFile{node: n, flags: O_WRONLY}); err != nil {
		delete(openFiles, fds[0])
	}
	return err
}

// wait lets go of the tree's lock until something has changed, or the descriptor is to be closed.
func (p *pipe) wait(f *openFile) error {
	if !f.stopped {
		p.changed.Wait()
	}
	if f.stopped {
		return EAGAIN
	}
	return nil
}

func (p *pipe) readInto(f *openFile, b []byte) (int, error) {
	for len(p.data) == 0 && p.writers > 0 && len(b) > 0 {
		if err := p.wait(f); err != nil {
			return -1, err
		}
	}
	n := copy(b, p.data)
	p.data = p.data[n:]
	p.changed.Broadcast()
	return n, nil
}

func (p *pipe) writeFrom(f *openFile, b []byte) (written int, err error) {
	for len(b) > 0 {
		room := pipeBytes - len(p.data)
		switch {
		case p.readers == 0:
			return -1, EPIPE
		case room < min(len(b), pipeAtomic):
			if err := p.wait(f); err != nil {
				return written, err
			}
			continue
		}
		n := min(room, len(b))
		p.data = append(p.data, b[:n]...)
		b = b[n:]
		written += n
		p.changed.Broadcast()
	}
	return written, nil
}

func (p *pipe) close(f *openFile) {
	if f.readable() {
		p.readers--
	} else {
		p.writers--
	}
	p.changed.Broadcast()
}

// StopIO has those return who wait for a descriptor's pipe: it is about to be closed.
func StopIO(fd int) error {
	tree.Lock()
	defer tree.Unlock()
	f, err := descriptor(fd)
	if err == nil && f.node.pipe != nil {
		f.stopped = true
		f.node.pipe.changed.Broadcast()
	}
	return err
}
