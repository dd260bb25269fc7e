// Folders of the host's in the tree. Of a folder that is written through (kind 'w') and one that cannot be written ('r') the
// tree has nothing but its root: nodes of what is in it are made whenever somebody looks, and forgotten. Of a folder that
// is copied ('c') nodes are those of the tree, but what they hold is read when it is first wanted. Symbolic links are
// followed here, so they lead nowhere but within the tree.
package syscall

import (
	"slices"
	"unsafe"
)

//go:linkname hostCall rt_hostCall
func hostCall(what uint32, x, y int64, text unsafe.Pointer, textBytes int64, buffer unsafe.Pointer, bufferBytes int64) int64

// eachOutside is package runtime's: what the host has told.
func eachOutside(kind uint32, f func(name string, value []byte))

// abi::OutsideKind
const (
	outsideFolder   = 2
	outsideFile     = 3
	outsideMount    = 4
	outsideHostName = 6
	outsideStream   = 7
)

// abi::HostCall
const (
	hostStatusOf = 2 + iota
	hostList
	hostLink
	hostOpen
	hostClose
	hostRead
	hostWrite
	hostOpenStatus
	hostOpenTruncate
	hostSync
	hostMakeFolder
	hostRemove
	hostRemoveFolder
	hostRename
	hostHardLink
	hostSymbolicLink
	hostPermissions
	hostTimes
	hostTruncate
)

type mount struct {
	number int64
	kind   byte
}

// A hostFile is a file, folder or symbolic link below a mount.
type hostFile struct {
	mount *mount
	path  string // without slashes at its ends; "" is the mount itself
}

// abi::HostStatus
type hostStatus struct {
	inode, size                  float64
	readMs, writtenMs, changedMs float64
	mode, links, user, group     uint32
}

func call(what uint32, x, y int64, text string, buffer []byte) (int64, error) {
	n := hostCall(what, x, y, unsafe.Pointer(unsafe.StringData(text)), int64(len(text)),
		unsafe.Pointer(unsafe.SliceData(buffer)), int64(len(buffer)))
	if n < 0 {
		return -1, Errno(-n)
	}
	return n, nil
}

// ask is call for what is about a path.
func (h *hostFile) ask(what uint32, y int64, buffer []byte) (int64, error) {
	return call(what, h.mount.number, y, h.path, buffer)
}

// change is ask for what writes.
func (h *hostFile) change(what uint32, y int64, buffer []byte) error {
	if h.mount.kind != 'w' {
		return EROFS
	}
	_, err := h.ask(what, y, buffer)
	return err
}

// changeTwo is for what is about two paths, or a text and a path.
func (h *hostFile) changeTwo(what uint32, first, second string) error {
	if h.mount.kind != 'w' {
		return EROFS
	}
	_, err := call(what, h.mount.number, 0, first+"\x00"+second, nil)
	return err
}

// whole asks for something whose size is not known.
func (h *hostFile) whole(what uint32, guess int) ([]byte, error) {
	for {
		buffer := make([]byte, guess)
		n, err := h.ask(what, 0, buffer)
		if err != nil {
			return nil, err
		}
		if int(n) <= guess {
			return buffer[:n], nil
		}
		guess = int(n) + int(n)/4
	}
}

func (h *hostFile) at(name string) *hostFile {
	path := name
	if h.path != "" {
		path = h.path + "/" + name
	}
	return &hostFile{h.mount, path}
}

func (h *hostFile) status() (status hostStatus, err error) {
	_, err = h.ask(hostStatusOf, 0, bytesOf(&status))
	return status, err
}

func bytesOf[T any](p *T) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(p)), unsafe.Sizeof(*p))
}

func (h *hostFile) link() (string, error) {
	target, err := h.whole(hostLink, 256)
	return string(target), err
}

// list calls f for all entries of a folder.
func (h *hostFile) list(f func(name string, status hostStatus)) error {
	const head = unsafe.Sizeof(hostStatus{}) + 8
	entries, err := h.whole(hostList, 16<<10)
	if err != nil {
		return err
	}
	for len(entries) > 0 {
		var entry struct {
			hostStatus
			nameBytes, reserved uint32
		}
		copy(bytesOf(&entry), entries)
		end := int(head) + int(entry.nameBytes)
		f(string(entries[head:end]), entry.hostStatus)
		entries = entries[(end+7)&^7:]
	}
	return nil
}

// ---- nodes of what is the host's

// hostNode is a node of the host's own, or of a copy.
func hostNode(file *hostFile, status hostStatus) *node {
	n := &node{host: file}
	if file.mount.kind == 'c' {
		n = newNode(status.mode)
		n.later = file
	}
	ino, links := n.ino, n.links
	n.set(status)
	if n.later != nil {
		n.ino, n.links = ino, links
	}
	return n
}

func (n *node) set(status hostStatus) {
	n.ino, n.size = uint64(status.inode), int64(status.size)
	n.mode, n.links, n.user, n.group = status.mode, status.links, status.user, status.group
	n.read, n.written, n.changed = fromMs(status.readMs), fromMs(status.writtenMs), fromMs(status.changedMs)
}

// In two steps: ns since 1970 do not fit a float64.
func fromMs(ms float64) int64 {
	whole := int64(ms)
	return whole*1e6 + int64((ms-float64(whole))*1e6)
}

// refresh asks anew for what the host says of a node that was kept.
func (n *node) refresh() error {
	if n.host == nil {
		return nil
	}
	status, err := n.host.status()
	if err == nil {
		n.set(status)
	}
	return err
}

// load reads what a copied node holds, if that has not been done.
func (n *node) load() (err error) {
	from := n.later
	if from == nil {
		return nil
	}
	switch {
	case n.isDir():
		err = from.list(func(name string, status hostStatus) {
			if n.entries[name] != nil { // a mount
				return
			}
			child := hostNode(from.at(name), status)
			n.entries[name] = child
			if child.isDir() {
				child.parent, child.name = n, name
				n.links++
			}
		})
	case n.isLink():
		n.target, err = from.link()
	case n.isFile():
		n.data, err = from.read(n.size)
	default:
		err = ENXIO
	}
	if err == nil {
		n.later = nil
	}
	return err
}

func (h *hostFile) read(size int64) ([]byte, error) {
	if size > maxFileSize {
		return nil, EFBIG
	}
	file, err := h.ask(hostOpen, O_RDONLY, nil)
	if err != nil {
		return nil, err
	}
	defer call(hostClose, file, 0, "", nil)
	data := make([]byte, size)
	for at := 0; at < len(data); {
		n, err := call(hostRead, file, int64(at), "", data[at:])
		if err != nil {
			return nil, err
		}
		if n == 0 {
			return data[:at], nil
		}
		at += int(n)
	}
	return data, nil
}

// child is the entry of that name in a directory; nil if there is none.
func (n *node) child(name string) (*node, error) {
	if err := n.load(); err != nil {
		return nil, err
	}
	if known := n.entries[name]; known != nil || n.host == nil {
		return known, nil
	}
	file := n.host.at(name)
	status, err := file.status()
	if err == error(ENOENT) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	child := hostNode(file, status)
	child.parent, child.name = n, name
	return child, nil
}

// An entry of a directory; of its mode only the kind is sure.
type entry struct {
	name string
	mode uint32
}

// list is what a directory has, in the same order each time.
func (n *node) list() ([]entry, error) {
	if err := n.load(); err != nil {
		return nil, err
	}
	names := make([]string, 0, len(n.entries))
	for name := range n.entries {
		names = append(names, name)
	}
	slices.Sort(names)
	entries := make([]entry, len(names))
	for i, name := range names {
		entries[i] = entry{name, n.entries[name].mode}
	}
	if n.host == nil {
		return entries, nil
	}
	err := n.host.list(func(name string, status hostStatus) {
		if n.entries[name] == nil {
			entries = append(entries, entry{name, status.mode})
		}
	})
	return entries, err
}

func (n *node) linkTarget() (string, error) {
	if n.host != nil {
		return n.host.link()
	}
	err := n.load()
	return n.target, err
}

func (n *node) isMount() bool { return n.host != nil && n.host.path == "" }

// open opens a file of the host's own, which is no folder.
func (h *hostFile) open(mode int, perm uint32) (int64, error) {
	const passed = O_WRONLY | O_RDWR | O_CREAT | O_EXCL | O_TRUNC | O_APPEND | O_SYNC
	if h.mount.kind != 'w' && mode&(O_WRONLY|O_RDWR|O_CREAT|O_TRUNC) != 0 {
		return -1, EROFS
	}
	return h.ask(hostOpen, int64(mode&passed)|int64(perm&0777)<<32, nil)
}

// ---- the beginning

// folderAt is the directory at a path from the root, made of what is missing.
func folderAt(path string) *node {
	dir := tree.root
	for {
		var name string
		if name, path = cutPath(path); name == "" {
			return dir
		}
		next, _ := dir.child(name)
		if next == nil || !next.isDir() {
			next = newNode(S_IFDIR | 0755)
		}
		dir.keep(name, next)
		dir = next
	}
}

// keep makes a directory an entry of one that may be the host's.
func (n *node) keep(name string, dir *node) {
	if n.entries == nil {
		n.entries = map[string]*node{}
	}
	if n.host == nil && n.entries[name] == nil {
		n.links++
	}
	n.entries[name] = dir
	dir.parent, dir.name = n, name
}

// populate makes the tree what the host wants it to be at the start.
func populate() {
	start := home
	eachOutside(outsideFolder, func(name string, _ []byte) { start = name })
	eachOutside(outsideFile, func(path string, data []byte) {
		if path[0] != '/' {
			path = start + "/" + path
		}
		above, name := splitPath(path)
		n := newNode(S_IFREG | 0644)
		n.data = data[:len(data):len(data)]
		folderAt(above).add(name, n)
	})
	number := int64(0)
	eachOutside(outsideMount, func(path string, kind []byte) {
		file := &hostFile{mount: &mount{number, kind[0]}}
		number++
		status, err := file.status()
		if err != nil {
			return
		}
		above, name := splitPath(path)
		if name != "" {
			folderAt(above).keep(name, hostNode(file, status))
			return
		}
		tree.root.host = file // what it has stays in front
		tree.root.set(status)
	})
	tree.current = folderAt(start)
}

func splitPath(path string) (above, name string) {
	for i := len(path) - 1; i >= 0; i-- {
		if path[i] == '/' {
			return path[:i], path[i+1:]
		}
	}
	return "", path
}
