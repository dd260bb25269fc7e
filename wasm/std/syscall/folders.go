// System calls on directories: making, removing and moving what is in them, reading them, and being in one.
package syscall

import (
	"internal/bytealg"
	"unsafe"
)

func Mkdir(path string, perm uint32) error {
	tree.Lock()
	defer tree.Unlock()
	_, err := makeNode(path, S_IFDIR|perm&01777&^tree.mask, "")
	return err
}

func Unlink(path string) error {
	tree.Lock()
	defer tree.Unlock()
	dir, name, err := place(path)
	if err != nil {
		return err
	}
	if name == "" {
		return EISDIR
	}
	n, err := dir.child(name)
	switch {
	case err != nil:
		return err
	case n == nil:
		return ENOENT
	case n.isDir():
		return EISDIR
	case path[len(path)-1] == '/':
		return ENOTDIR
	case dir.host != nil:
		return n.host.change(hostRemove, 0, nil)
	case dir.mode&S_IWUSR == 0:
		return EACCES
	}
	dir.remove(name)
	return nil
}

func Rmdir(path string) error {
	tree.Lock()
	defer tree.Unlock()
	n, err := find(path, false)
	if err != nil {
		return err
	}
	switch {
	case !n.isDir():
		return ENOTDIR
	case endsInDot(path):
		return EINVAL
	case n == tree.root || n.isMount() || n.parent.host != nil && n.host == nil:
		return EBUSY
	case n.host != nil:
		return n.host.change(hostRemoveFolder, 0, nil)
	}
	if entries, err := n.list(); err != nil {
		return err
	} else if len(entries) > 0 {
		return ENOTEMPTY
	}
	if n.parent.mode&S_IWUSR == 0 {
		return EACCES
	}
	n.parent.remove(n.name)
	return nil
}

func endsInDot(path string) bool {
	for len(path) > 0 && path[len(path)-1] == '/' {
		path = path[:len(path)-1]
	}
	last := path[bytealg.LastIndexByteString(path, '/')+1:]
	return last == "."
}

func Rename(from, to string) error {
	tree.Lock()
	defer tree.Unlock()
	oldDir, oldName, err := place(from)
	if err != nil {
		return err
	}
	newDir, newName, err := place(to)
	if err != nil {
		return err
	}
	if oldName == "" && oldDir != tree.root && !endsInDot(from) {
		oldDir, oldName = oldDir.parent, oldDir.name // "folder/"
	}
	if newName == "" && newDir != tree.root && !endsInDot(to) {
		newDir, newName = newDir.parent, newDir.name
	}
	if oldName == "" || newName == "" {
		return EBUSY
	}
	n, err := oldDir.child(oldName)
	if err != nil {
		return err
	}
	old, err := newDir.child(newName)
	if err != nil {
		return err
	}
	switch {
	case n == nil:
		return ENOENT
	case n == old:
		return nil
	case n.isMount() || old != nil && old.isMount():
		return EBUSY
	case n.host != nil && newDir.host != nil && n.host.mount == newDir.host.mount:
		return n.host.changeTwo(hostRename, n.host.path, newDir.host.at(newName).path)
	case oldDir.host != nil || newDir.host != nil:
		return EXDEV
	}
	for above := newDir; n.isDir(); above = above.parent {
		if above == n {
			return EINVAL // into itself
		}
		if above == tree.root {
			break
		}
	}
	if old != nil {
		switch {
		case old.isDir() && !n.isDir():
			return EISDIR
		case !old.isDir() && n.isDir():
			return ENOTDIR
		case old.isDir():
			if entries, err := old.list(); err != nil || len(entries) > 0 {
				return ENOTEMPTY
			}
		}
		newDir.remove(newName)
	}
	links := n.links
	oldDir.remove(oldName)
	n.links = links
	newDir.add(newName, n)
	return nil
}

func Link(path, link string) error {
	tree.Lock()
	defer tree.Unlock()
	n, err := find(path, false)
	if err != nil {
		return err
	}
	if n.isDir() {
		return EPERM
	}
	dir, name, err := place(link)
	if err != nil {
		return err
	}
	if name == "" {
		return EEXIST
	}
	old, err := dir.child(name)
	switch {
	case err != nil:
		return err
	case old != nil:
		return EEXIST
	case n.host != nil && dir.host != nil && n.host.mount == dir.host.mount:
		return n.host.changeTwo(hostHardLink, n.host.path, dir.host.at(name).path)
	case n.host != nil || dir.host != nil:
		return EXDEV
	}
	dir.add(name, n)
	n.links++
	n.changed = walltime()
	return nil
}

func Symlink(target, link string) error {
	if target == "" {
		return ENOENT
	}
	tree.Lock()
	defer tree.Unlock()
	_, err := makeNode(link, S_IFLNK|0777, target)
	return err
}

// ReadDirent fills buf with Dirents of entries that have not been read yet.
func ReadDirent(fd int, buf []byte) (n int, err error) {
	tree.Lock()
	defer tree.Unlock()
	f, err := descriptor(fd)
	if err != nil {
		return -1, err
	}
	if !f.node.isDir() {
		return -1, ENOTDIR
	}
	if f.entries == nil {
		if f.entries, err = f.node.list(); err != nil {
			return -1, err
		}
	}
	const head = int(unsafe.Offsetof(Dirent{}.Name))
	for f.read < len(f.entries) {
		entry := f.entries[f.read]
		length := head + len(entry.name)
		if length > len(buf)-n {
			if n == 0 {
				return -1, EINVAL
			}
			break
		}
		buf[n], buf[n+1], buf[n+2] = byte(length), byte(length>>8), byte(entry.mode>>12)
		copy(buf[n+head:], entry.name)
		n += length
		f.read++
	}
	return n, nil
}

// ---- the working directory

func Getcwd(buf []byte) (n int, err error) {
	path, err := Getwd()
	if err != nil {
		return 0, err
	}
	if len(path) > len(buf) {
		return 0, ERANGE
	}
	return copy(buf, path), nil
}

func Getwd() (string, error) {
	tree.Lock()
	defer tree.Unlock()
	path := ""
	for n := tree.current; n != tree.root; n = n.parent {
		if n.isRemoved() {
			return "", ENOENT
		}
		path = "/" + n.name + path
	}
	if path == "" {
		path = "/"
	}
	return path, nil
}

func Chdir(path string) error {
	return with(path, true, changeTo)
}

func Fchdir(fd int) error { return withOpen(fd, changeTo) }

func changeTo(n *node) error {
	if !n.isDir() {
		return ENOTDIR
	}
	tree.current = n
	return nil
}
