// The file system: a tree of nodes in memory. One lock guards it all, since every operation is short.
package syscall

import (
	"sync"
	"unsafe"
)

var tree struct {
	sync.Mutex
	root    *node
	current *node // the working directory
	nextIno uint64
	mask    uint32
}

// The one user.
const owner = 1000

// A node is a file, a directory, a symbolic link or a device. Its mode has Unix's bits.
type node struct {
	ino     uint64
	mode    uint32
	links   uint32
	user    uint32
	group   uint32
	read    int64 // times, ns since 1970
	written int64
	changed int64

	data    []byte           // files
	entries map[string]*node // directories
	parent  *node            // directories: the root is its own
	name    string           // directories: in parent
	target  string           // symbolic links
	device  device
	pipe    *pipe

	host  *hostFile // the host's own: data, entries and target are there, but that entries has mounts
	later *hostFile // copied of the host's: data, entries and target are read from there when they are wanted
	size  int64     // of host, and of later
}

type device uint8

const (
	noDevice device = iota
	standardInput
	standardOutput
	standardError
	nullDevice
	zeroDevice
	randomDevice
)

const home = "/home/gopher" // where a program starts

func init() {
	tree.mask = 022
	tree.root = newNode(S_IFDIR | 0755)
	tree.root.parent = tree.root
	tree.current = tree.root
	for _, folder := range []string{"/dev", "/tmp"} {
		folderAt(folder)
	}
	temporary, _ := find("/tmp", true)
	temporary.mode = S_IFDIR | S_ISVTX | 0777
	devices := []struct {
		path string
		device
	}{
		{"/dev/stdin", standardInput}, {"/dev/stdout", standardOutput}, {"/dev/stderr", standardError},
		{"/dev/null", nullDevice}, {"/dev/zero", zeroDevice}, {"/dev/random", randomDevice}, {"/dev/urandom", randomDevice},
	}
	for _, d := range devices {
		n, _ := makeNode(d.path, S_IFCHR|0666, "")
		n.device = d.device
	}
	populate()
	for fd, flags := range []int{O_RDONLY, O_WRONLY, O_WRONLY} {
		n := newNode(S_IFCHR | 0620)
		n.device = standardInput + device(fd)
		openFiles[fd] = &openFile{node: n, flags: flags}
	}
	eachOutside(outsideStream, func(fd string, mode []byte) {
		openFiles[int(fd[0]-'0')].node.mode = *(*uint32)(unsafe.Pointer(&mode[0]))
	})
}

func newNode(mode uint32) *node {
	tree.nextIno++
	now := walltime()
	n := &node{ino: tree.nextIno, mode: mode, links: 1, user: owner, group: owner, read: now, written: now, changed: now}
	if n.isDir() {
		n.links = 2
		n.entries = map[string]*node{}
	}
	return n
}

func (n *node) kind() uint32 { return n.mode & S_IFMT }
func (n *node) isDir() bool  { return n.kind() == S_IFDIR }
func (n *node) isLink() bool { return n.kind() == S_IFLNK }
func (n *node) isFile() bool { return n.kind() == S_IFREG && n.device == noDevice }

// isRemoved: nothing can be made in a directory that is no more.
func (n *node) isRemoved() bool { return n.host == nil && n.links == 0 }

func (n *node) touch() { n.written = walltime(); n.changed = n.written }
func (n *node) add(name string, child *node) {
	n.entries[name] = child
	if child.isDir() {
		child.parent, child.name = n, name
		n.links++
	}
	n.touch()
}

func (n *node) remove(name string) {
	child := n.entries[name]
	delete(n.entries, name)
	child.links--
	if child.isDir() {
		child.links = 0
		n.links--
	}
	child.changed = walltime()
	n.touch()
}

// ---- paths

const maxLinks = 40 // symbolic links on one way

func cutPath(path string) (first, rest string) {
	for len(path) > 0 && path[0] == '/' {
		path = path[1:]
	}
	for i := 0; i < len(path); i++ {
		if path[i] == '/' {
			return path[:i], path[i:]
		}
	}
	return path, ""
}

func onlySlashes(path string) bool {
	for i := 0; i < len(path); i++ {
		if path[i] != '/' {
			return false
		}
	}
	return true
}

// walk goes along path to its last element: the directory that holds it and its name there; "" for the root or a path that
// ends in "." or "..", which is then the directory itself. The element itself need not exist.
func walk(from *node, path string, links *int) (dir *node, name string, err error) {
	if path == "" {
		return nil, "", ENOENT
	}
	for i := 0; i < len(path); i++ {
		if path[i] == 0 {
			return nil, "", EINVAL
		}
	}
	dir = from
	if path[0] == '/' {
		dir = tree.root
	}
	for {
		name, path = cutPath(path)
		if len(name) > 255 {
			return nil, "", ENAMETOOLONG
		}
		last := onlySlashes(path)
		switch name {
		case "":
			return dir, "", nil
		case ".", "..":
			if name == ".." {
				dir = dir.parent
			}
			if last {
				return dir, "", nil
			}
			continue
		}
		if last && path == "" {
			return dir, name, nil
		}
		child, err := dir.child(name)
		if err != nil {
			return nil, "", err
		}
		if child == nil && last { // "new/": for mkdir
			return dir, name, nil
		}
		if child != nil && child.isLink() {
			child, err = follow(dir, child, links)
			if err != nil {
				return nil, "", err
			}
		}
		if child == nil {
			return nil, "", ENOENT
		}
		if !child.isDir() {
			return nil, "", ENOTDIR
		}
		dir = child
		if last {
			return dir, "", nil
		}
	}
}

func follow(dir, link *node, links *int) (*node, error) {
	for link.isLink() {
		if *links++; *links > maxLinks {
			return nil, ELOOP
		}
		target, err := link.linkTarget()
		if err != nil {
			return nil, err
		}
		parent, name, err := walk(dir, target, links)
		if err != nil {
			return nil, err
		}
		if name == "" {
			return parent, nil
		}
		dir = parent
		if link, err = parent.child(name); err != nil {
			return nil, err
		}
		if link == nil {
			return nil, ENOENT
		}
	}
	return link, nil
}

// place is walk for those who change the directory.
func place(path string) (dir *node, name string, err error) {
	links := 0
	dir, name, err = walk(tree.current, path, &links)
	if err == nil && dir.isRemoved() {
		err = ENOENT
	}
	return dir, name, err
}

// find is the node at path; of a symbolic link what it leads to, if wanted.
func find(path string, following bool) (*node, error) {
	links := 0
	dir, name, err := walk(tree.current, path, &links)
	if err != nil {
		return nil, err
	}
	if name == "" {
		return dir, dir.refresh()
	}
	n, err := dir.child(name)
	if err != nil {
		return nil, err
	}
	if n == nil {
		return nil, ENOENT
	}
	if n.isLink() && following {
		return follow(dir, n, &links)
	}
	return n, nil
}

// makeNode adds a node where there is none; the host's own are nil.
func makeNode(path string, mode uint32, target string) (*node, error) {
	dir, name, err := place(path)
	if err != nil {
		return nil, err
	}
	if name == "" {
		return nil, EEXIST
	}
	old, err := dir.child(name)
	switch {
	case err != nil:
		return nil, err
	case old != nil:
		return nil, EEXIST
	case dir.host != nil && mode&S_IFMT == S_IFDIR:
		return nil, dir.host.at(name).change(hostMakeFolder, int64(mode&^S_IFMT), nil)
	case dir.host != nil:
		return nil, dir.host.changeTwo(hostSymbolicLink, target, dir.host.at(name).path)
	case dir.mode&S_IWUSR == 0:
		return nil, EACCES
	}
	n := newNode(mode)
	n.target = target
	dir.add(name, n)
	return n, nil
}

func setMask(mask int) (old int) {
	tree.Lock()
	defer tree.Unlock()
	old = int(tree.mask)
	tree.mask = uint32(mask) & 0777
	return old
}
