// System calls on files: opening, reading and writing, and what they are.
package syscall

import (
	"sync"
	"unsafe"
)

//go:linkname engineWrite rt_write
func engineWrite(p unsafe.Pointer, n int64, file int64) int64

//go:linkname engineRead rt_read
func engineRead(p unsafe.Pointer, n int64, file int64) int64

//go:linkname engineRandom rt_random
func engineRandom() uint64

//go:linkname walltime rt_walltime
func walltime() int64

// An openFile is what a descriptor stands for. All but `node`, `flags` and `writing` is guarded by the tree's lock.
type openFile struct {
	node    *node
	flags   int
	at      int64
	writing sync.Mutex // standard output and error: keeps what one call writes together
	stopped bool       // nobody is to wait for its pipe any longer
	file    int64      // of the host's own files: its number there
	entries []entry    // of a directory, when it was first read
	read    int        // of entries
}

var openFiles = map[int]*openFile{} // guarded by the tree's lock

const (
	maxOpen     = 4096
	maxFileSize = 1 << 30
)

func descriptor(fd int) (*openFile, error) {
	f := openFiles[fd]
	if f == nil {
		return nil, EBADF
	}
	return f, nil
}

func (f *openFile) isStream() bool {
	return f.node.pipe != nil || f.node.device != noDevice && f.node.device <= standardError
}

func (f *openFile) isHosts() bool  { return f.node.host != nil && !f.node.isDir() }
func (f *openFile) readable() bool { return f.flags&(O_WRONLY|O_RDWR) != O_WRONLY }
func (f *openFile) writable() bool { return f.flags&(O_WRONLY|O_RDWR) != 0 }

func Open(path string, mode int, perm uint32) (fd int, err error) {
	tree.Lock()
	defer tree.Unlock()
	f := &openFile{flags: mode}
	n, err := find(path, mode&O_NOFOLLOW == 0)
	switch {
	case err == nil:
		if mode&(O_CREAT|O_EXCL) == O_CREAT|O_EXCL {
			return -1, EEXIST
		}
		if n.isLink() {
			return -1, ELOOP
		}
		if n.isDir() && (mode&(O_WRONLY|O_RDWR|O_CREAT|O_TRUNC) != 0) {
			return -1, EISDIR
		}
		if !n.isDir() && mode&O_DIRECTORY != 0 {
			return -1, ENOTDIR
		}
		f.node = n
		if err := f.open(mode); err != nil {
			return -1, err
		}
	case err == error(ENOENT) && mode&O_CREAT != 0:
		if path[len(path)-1] == '/' {
			return -1, EISDIR
		}
		if err = f.create(path, perm, mode); err != nil {
			return -1, err
		}
	default:
		return -1, err
	}
	return addFile(f)
}

func addFile(f *openFile) (fd int, err error) {
	for fd = 0; openFiles[fd] != nil; fd++ {
	}
	if fd >= maxOpen {
		return -1, EMFILE
	}
	openFiles[fd] = f
	return fd, nil
}

// open makes ready what is there.
func (f *openFile) open(mode int) (err error) {
	n := f.node
	switch {
	case n.host != nil:
		f.file, err = n.host.open(mode&^O_CREAT, 0)
		if err == nil && n.isDir() { // it may be read; that is done by its name
			_, err = call(hostClose, f.file, 0, "", nil)
		}
		return err
	case !allowed(n, mode):
		return EACCES
	case n.isFile() && mode&O_TRUNC != 0:
		n.data, n.later = nil, nil
		n.touch()
		return nil
	}
	return n.load()
}

// create makes a file where path leads, through a symbolic link that leads nowhere too.
func (f *openFile) create(path string, perm uint32, mode int) error {
	links := 0
	dir, name, err := walk(tree.current, path, &links)
	for {
		if err != nil {
			return err
		}
		if name == "" {
			return EISDIR
		}
		old, err := dir.child(name)
		if err != nil {
			return err
		}
		if old == nil {
			break
		}
		if mode&(O_EXCL|O_NOFOLLOW) != 0 {
			return EEXIST
		}
		if links++; links > maxLinks {
			return ELOOP
		}
		target, err := old.linkTarget()
		if err != nil {
			return err
		}
		dir, name, err = walk(dir, target, &links)
	}
	perm = perm & 07777 &^ tree.mask
	switch {
	case dir.isRemoved():
		return ENOENT
	case dir.host != nil:
		f.node = &node{host: dir.host.at(name), mode: S_IFREG | perm, parent: dir, name: name}
		f.file, err = f.node.host.open(mode, perm)
		return err
	case dir.mode&S_IWUSR == 0:
		return EACCES
	}
	f.node = newNode(S_IFREG | perm)
	dir.add(name, f.node)
	return nil
}

func allowed(n *node, mode int) bool {
	if mode&(O_WRONLY|O_RDWR) != O_WRONLY && n.mode&S_IRUSR == 0 {
		return false
	}
	return mode&(O_WRONLY|O_RDWR) == 0 || n.mode&S_IWUSR != 0
}

func Close(fd int) error {
	tree.Lock()
	defer tree.Unlock()
	f, err := descriptor(fd)
	if err != nil {
		return err
	}
	delete(openFiles, fd)
	if f.node.pipe != nil {
		f.node.pipe.close(f)
	}
	if f.isHosts() {
		_, err = call(hostClose, f.file, 0, "", nil)
	}
	return err
}

// ---- reading and writing

func Read(fd int, b []byte) (int, error) {
	tree.Lock()
	defer tree.Unlock()
	f, err := descriptor(fd)
	if err != nil {
		return -1, err
	}
	n, err := f.readAt(b, f.at)
	if n > 0 {
		f.at += int64(n)
	}
	return n, err
}

func Pread(fd int, b []byte, offset int64) (int, error) {
	tree.Lock()
	defer tree.Unlock()
	f, err := descriptor(fd)
	if err != nil {
		return -1, err
	}
	if f.isStream() {
		return -1, ESPIPE
	}
	if offset < 0 {
		return -1, EINVAL
	}
	return f.readAt(b, offset)
}

func (f *openFile) readAt(b []byte, at int64) (int, error) {
	n := f.node
	if !f.readable() {
		return -1, EBADF
	}
	switch {
	case n.isDir():
		return -1, EISDIR
	case n.device != noDevice:
		return readDevice(n.device, b)
	case n.pipe != nil:
		return n.pipe.readInto(f, b)
	case f.isHosts():
		count, err := call(hostRead, f.file, at, "", b)
		return int(count), err
	case at >= int64(len(n.data)):
		return 0, nil
	}
	n.read = walltime()
	return copy(b, n.data[at:]), nil
}

// readDevice lets go of the tree's lock while it waits.
func readDevice(d device, b []byte) (int, error) {
	if len(b) == 0 {
		return 0, nil
	}
	switch d {
	case standardInput:
		tree.Unlock()
		defer tree.Lock()
		return int(engineRead(unsafe.Pointer(&b[0]), int64(len(b)), 0)), nil
	case zeroDevice:
		clear(b)
		return len(b), nil
	case randomDevice:
		for i := range b {
			b[i] = byte(engineRandom())
		}
		return len(b), nil
	}
	return 0, nil
}

func Write(fd int, b []byte) (int, error) {
	tree.Lock()
	defer tree.Unlock()
	f, err := descriptor(fd)
	if err != nil {
		return -1, err
	}
	if f.flags&O_APPEND != 0 {
		if f.at, err = f.end(); err != nil {
			return -1, err
		}
	}
	n, err := f.writeAt(b, f.at)
	if n > 0 {
		f.at += int64(n)
	}
	return n, err
}

func Pwrite(fd int, b []byte, offset int64) (int, error) {
	tree.Lock()
	defer tree.Unlock()
	f, err := descriptor(fd)
	if err != nil {
		return -1, err
	}
	if f.isStream() {
		return -1, ESPIPE
	}
	if offset < 0 {
		return -1, EINVAL
	}
	return f.writeAt(b, offset)
}

func (f *openFile) writeAt(b []byte, at int64) (int, error) {
	n := f.node
	if !f.writable() {
		return -1, EBADF
	}
	if n.device != noDevice {
		return f.writeDevice(b)
	}
	if n.pipe != nil {
		return n.pipe.writeFrom(f, b)
	}
	if f.isHosts() {
		count, err := call(hostWrite, f.file, at, "", b)
		return int(count), err
	}
	end := at + int64(len(b))
	if end > maxFileSize {
		return -1, EFBIG
	}
	if end > int64(len(n.data)) {
		n.resize(end)
	}
	copy(n.data[at:], b)
	n.touch()
	return len(b), nil
}

// What comes to be behind the old end is zero.
func (n *node) resize(size int64) {
	old := len(n.data)
	if size <= int64(old) {
		clear(n.data[size:])
		n.data = n.data[:size]
		return
	}
	if size > int64(cap(n.data)) {
		n.data = append(n.data, make([]byte, size-int64(old))...)
	}
	n.data = n.data[:size]
	clear(n.data[old:])
}

// writeDevice lets go of the tree's lock while it waits for whoever reads.
func (f *openFile) writeDevice(b []byte) (int, error) {
	d := f.node.device
	if d != standardOutput && d != standardError {
		return len(b), nil
	}
	file := int64(1)
	if d == standardError {
		file = 2
	}
	tree.Unlock()
	f.writing.Lock()
	for at := 0; at < len(b); {
		at += int(engineWrite(unsafe.Pointer(&b[at]), int64(len(b)-at), file))
	}
	f.writing.Unlock()
	tree.Lock()
	return len(b), nil
}

func Seek(fd int, offset int64, whence int) (int64, error) {
	tree.Lock()
	defer tree.Unlock()
	f, err := descriptor(fd)
	if err != nil {
		return -1, err
	}
	if f.isStream() {
		return -1, ESPIPE
	}
	switch whence {
	case 0:
	case 1:
		offset += f.at
	case 2:
		end, err := f.end()
		if err != nil {
			return -1, err
		}
		offset += end
	default:
		return -1, EINVAL
	}
	if offset < 0 {
		return -1, EINVAL
	}
	f.at = offset
	f.entries, f.read = nil, 0 // a directory is read again
	return offset, nil
}

// end is where a file ends.
func (f *openFile) end() (int64, error) {
	err := f.refresh()
	return f.node.length(), err
}

// refresh asks anew for what the host says of what is open.
func (f *openFile) refresh() error {
	if !f.isHosts() {
		return f.node.refresh()
	}
	var status hostStatus
	_, err := call(hostOpenStatus, f.file, 0, "", bytesOf(&status))
	if err == nil {
		f.node.set(status)
	}
	return err
}

func Fsync(fd int) error {
	tree.Lock()
	defer tree.Unlock()
	f, err := descriptor(fd)
	if err == nil && f.isHosts() {
		_, err = call(hostSync, f.file, 0, "", nil)
	}
	return err
}

func Truncate(path string, length int64) error {
	tree.Lock()
	defer tree.Unlock()
	n, err := find(path, true)
	if err != nil {
		return err
	}
	return n.truncate(length)
}

func Ftruncate(fd int, length int64) error {
	tree.Lock()
	defer tree.Unlock()
	f, err := descriptor(fd)
	if err != nil {
		return err
	}
	if !f.writable() {
		return EINVAL
	}
	if f.isHosts() && length >= 0 {
		_, err = call(hostOpenTruncate, f.file, length, "", nil)
		return err
	}
	return f.node.truncate(length)
}

func (n *node) truncate(length int64) error {
	switch {
	case n.isDir():
		return EISDIR
	case length < 0 || !n.isFile():
		return EINVAL
	case length > maxFileSize:
		return EFBIG
	case n.host != nil:
		return n.host.change(hostTruncate, length, nil)
	case n.mode&S_IWUSR == 0:
		return EACCES
	}
	if err := n.load(); err != nil {
		return err
	}
	n.resize(length)
	n.touch()
	return nil
}

// ---- what a node is

func (n *node) length() int64 {
	switch {
	case n.host != nil || n.later != nil:
		return n.size
	case n.isLink():
		return int64(len(n.target))
	case n.isDir():
		return 4096
	}
	return int64(len(n.data))
}

func (n *node) stat(st *Stat_t) {
	size := n.length()
	dev := int64(1)
	if n.host != nil {
		dev = 2 + n.host.mount.number
	}
	*st = Stat_t{
		Dev: dev, Ino: n.ino, Mode: n.mode, Nlink: n.links, Uid: n.user, Gid: n.group,
		Size: size, Blksize: 4096, Blocks: int32((size + 511) / 512),
		Atime: n.read / 1e9, AtimeNsec: n.read % 1e9,
		Mtime: n.written / 1e9, MtimeNsec: n.written % 1e9,
		Ctime: n.changed / 1e9, CtimeNsec: n.changed % 1e9,
	}
}

func Stat(path string, st *Stat_t) error {
	return with(path, true, func(n *node) error { n.stat(st); return nil })
}
func Lstat(path string, st *Stat_t) error {
	return with(path, false, func(n *node) error { n.stat(st); return nil })
}

func Fstat(fd int, st *Stat_t) error {
	tree.Lock()
	defer tree.Unlock()
	f, err := descriptor(fd)
	if err != nil {
		return err
	}
	if err = f.refresh(); err == nil {
		f.node.stat(st)
	}
	return err
}

// with calls f for the node at path, and withOpen for a descriptor's.
func with(path string, following bool, f func(*node) error) error {
	tree.Lock()
	defer tree.Unlock()
	n, err := find(path, following)
	if err != nil {
		return err
	}
	return f(n)
}

func withOpen(fd int, f func(*node) error) error {
	tree.Lock()
	defer tree.Unlock()
	file, err := descriptor(fd)
	if err != nil {
		return err
	}
	return f(file.node)
}

func (n *node) chmod(mode uint32) error {
	if n.host != nil {
		return n.host.change(hostPermissions, int64(mode&07777), nil)
	}
	n.mode = n.kind() | mode&07777
	n.changed = walltime()
	return nil
}

func (n *node) chown(user, group int) error {
	if n.host != nil {
		if (user < 0 || uint32(user) == n.user) && (group < 0 || uint32(group) == n.group) {
			return nil
		}
		return EPERM
	}
	if user >= 0 {
		n.user = uint32(user)
	}
	if group >= 0 {
		n.group = uint32(group)
	}
	n.changed = walltime()
	return nil
}

func Chmod(path string, mode uint32) error {
	return with(path, true, func(n *node) error { return n.chmod(mode) })
}

func Fchmod(fd int, mode uint32) error {
	return withOpen(fd, func(n *node) error { return n.chmod(mode) })
}

func Chown(path string, uid, gid int) error {
	return with(path, true, func(n *node) error { return n.chown(uid, gid) })
}

func Lchown(path string, uid, gid int) error {
	return with(path, false, func(n *node) error { return n.chown(uid, gid) })
}

func Fchown(fd int, uid, gid int) error {
	return withOpen(fd, func(n *node) error { return n.chown(uid, gid) })
}

func UtimesNano(path string, ts []Timespec) error {
	const omitted = -2 // internal/syscall/unix.UTIME_OMIT
	if len(ts) != 2 {
		return EINVAL
	}
	return with(path, true, func(n *node) error {
		if n.host != nil {
			var ms [2]float64
			for i := range ms {
				ms[i] = float64(ts[i].Sec)*1e3 + float64(ts[i].Nsec)/1e6
				if ts[i].Nsec == omitted || ts[i].Sec == omitted {
					ms[i] = *(*float64)(unsafe.Pointer(&notANumber))
				}
			}
			return n.host.change(hostTimes, 0, bytesOf(&ms))
		}
		for i, field := range []*int64{&n.read, &n.written} {
			if ts[i].Nsec != omitted && ts[i].Sec != omitted {
				*field = ts[i].Sec*1e9 + ts[i].Nsec
			}
		}
		n.changed = walltime()
		return nil
	})
}

var notANumber uint64 = 0x7ff8 << 48

func Readlink(path string, buf []byte) (n int, err error) {
	err = with(path, false, func(link *node) error {
		if !link.isLink() {
			return EINVAL
		}
		target, err := link.linkTarget()
		n = copy(buf, target)
		return err
	})
	return n, err
}
