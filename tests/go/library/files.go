package main

// The file system, from making a folder to removing it, with what goes wrong on the way. It works in a temporary folder: in
// memory, or on the machine where that is mounted.

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing/fstest"
	"time"
)

func report(what string, err error) {
	fmt.Printf("%s: %v", what, err)
	for _, kind := range []error{fs.ErrNotExist, fs.ErrExist, fs.ErrPermission, fs.ErrClosed} {
		if errors.Is(err, kind) {
			fmt.Printf(" (%v)", kind)
		}
	}
	fmt.Println()
}

func show(name string) {
	data, err := os.ReadFile(name)
	fmt.Printf("%s holds %q, %v\n", name, data, err)
}

func status(name string, look func(string) (fs.FileInfo, error)) {
	info, err := look(name)
	if err != nil {
		report("status", err)
		return
	}
	fmt.Println(info.Name(), info.Mode(), info.IsDir(), info.Mode().IsRegular() && info.Size() > 0)
}

func tree() {
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		fmt.Print(path, " ", entry.Type().String()[:1], "; ")
		return nil
	})
	fmt.Println(err)
}

func makeAndRead() {
	report("mkdir", os.Mkdir("d", 0o755))
	report("mkdir again", os.Mkdir("d", 0o755))
	report("mkdir in nothing", os.Mkdir("no/d", 0o755))
	report("write", os.WriteFile("d/x.txt", []byte("hello\n"), 0o644))
	report("write to a folder", os.WriteFile("d", nil, 0o644))
	show("d/x.txt")
	show("missing.txt")
	show("d/x.txt/more")
	show("d")
	file, err := os.OpenFile("d/x.txt", os.O_APPEND|os.O_WRONLY, 0)
	report("open", err)
	fmt.Fprintln(file, "more")
	_, err = file.Read(make([]byte, 1))
	report("read", err)
	report("close", file.Close())
	report("close again", file.Close())
	show("d/x.txt")
	_, err = os.OpenFile("d/x.txt", os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	report("make what is there", err)
	_, err = os.Open("d/x.txt/")
	report("a file with a slash", err)
}

func atPlaces() {
	file, err := os.OpenFile("d/places", os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o640)
	report("open", err)
	n, err := file.WriteAt([]byte("abc"), 5)
	fmt.Println(n, err)
	at, err := file.Seek(0, io.SeekStart)
	fmt.Println(at, err)
	data, err := io.ReadAll(file)
	fmt.Printf("%q %v\n", data, err)
	part := make([]byte, 4)
	n, err = file.ReadAt(part, 6)
	fmt.Printf("%q %d %v\n", part, n, err)
	report("shorten", file.Truncate(2))
	at, err = file.Seek(0, io.SeekEnd)
	fmt.Println(at, err)
	_, err = file.Seek(-1, io.SeekStart)
	fmt.Println(err != nil)
	info, err := file.Stat()
	fmt.Println(info.Size(), info.Mode(), info.Name(), err)
	report("sync", file.Sync())
	report("close", file.Close())
	report("shorten by name", os.Truncate("d/places", 1))
	show("d/places")
}

func move() {
	report("rename", os.Rename("d/x.txt", "d/y.txt"))
	report("rename nothing", os.Rename("d/x.txt", "d/z.txt"))
	report("rename onto a folder", os.Rename("d/y.txt", "d"))
	report("link", os.Link("d/y.txt", "d/hard"))
	one, _ := os.Stat("d/y.txt")
	two, _ := os.Stat("d/hard")
	fmt.Println(os.SameFile(one, two))
	report("into itself", os.Rename("d", "d/e"))
	report("mkdir all", os.MkdirAll("e/f/g", 0o755))
	report("rename a folder", os.Rename("e/f", "f"))
	report("remove what is not empty", os.Remove("d"))
	report("remove", os.Remove("e"))
	report("remove nothing", os.Remove("e"))
	tree()
}

func links() {
	report("symlink", os.Symlink("y.txt", "d/to"))
	report("symlink again", os.Symlink("y.txt", "d/to"))
	target, err := os.Readlink("d/to")
	fmt.Println(target, err)
	_, err = os.Readlink("d/y.txt")
	report("no link", err)
	show("d/to")
	status("d/to", os.Stat)
	status("d/to", os.Lstat)
	report("to nothing", os.Symlink("nothing", "d/lost"))
	show("d/lost")
	report("made through a link", os.WriteFile("d/lost", []byte("found"), 0o644))
	show("d/nothing")
	report("in a ring", os.Symlink("ring", "ring"))
	show("ring")
	report("to a folder", os.Symlink("d", "folder"))
	show("folder/y.txt")
	path, err := filepath.EvalSymlinks("folder/to")
	fmt.Println(path, err)
	tree()
}

func attributes() {
	then := time.Unix(1_700_000_000, 0)
	report("chtimes", os.Chtimes("d/y.txt", then, then))
	info, _ := os.Stat("d/y.txt")
	fmt.Println(info.ModTime().Equal(then))
	report("chmod", os.Chmod("d/y.txt", 0o400))
	status("d/y.txt", os.Stat)
	report("chmod", os.Chmod("d/y.txt", 0o644))
	report("chmod nothing", os.Chmod("no", 0o644))
	report("chtimes of nothing", os.Chtimes("no", then, then))
}

func folders() {
	entries, err := os.ReadDir("d")
	for _, entry := range entries {
		fmt.Print(entry, "; ")
	}
	fmt.Println(err)
	_, err = os.ReadDir("no")
	report("list nothing", err)
	_, err = os.ReadDir("d/y.txt")
	report("list a file", err)
	folder, _ := os.Open("d")
	all := 0
	for {
		names, err := folder.Readdirnames(2)
		all += len(names)
		if err != nil {
			fmt.Println(all, err)
			break
		}
	}
	folder.Close()
	matches, err := filepath.Glob("*/y*")
	fmt.Println(matches, err)
	report("chdir", os.Chdir("d"))
	show("y.txt")
	here, err := os.Getwd()
	fmt.Println(filepath.Base(here), err)
	report("chdir back", os.Chdir(".."))
	report("chdir to a file", os.Chdir("d/y.txt"))
	report("chdir to nothing", os.Chdir("no"))
}

func wholes() {
	for _, name := range []string{"ring", "folder", "d/to", "d/lost"} {
		report("remove a link", os.Remove(name))
	}
	report("a file system", fstest.TestFS(os.DirFS("."), "d/y.txt", "d/places", "f/g"))
	report("copy", os.CopyFS("copy", os.DirFS("d")))
	report("copy again", os.CopyFS("copy", os.DirFS("d")))
	root, err := os.OpenRoot("copy")
	report("root", err)
	for _, name := range []string{"../d/y.txt", "/etc/passwd", "no"} {
		_, err = root.Open(name)
		report("in the root", err)
	}
	file, err := root.Create("made")
	report("made in the root", err)
	file.Close()
	report("close the root", root.Close())
	made, err := os.CreateTemp(".", "some-*.txt")
	fmt.Println(strings.HasPrefix(made.Name(), "./some-"), err)
	made.Close()
	os.Remove(made.Name())
	tree()
}

func main() {
	place, err := os.MkdirTemp("", "files")
	report("a temporary folder", err)
	report("chdir", os.Chdir(place))
	for _, part := range []func(){makeAndRead, atPlaces, move, links, attributes, folders, wholes} {
		part()
	}
	report("out of it", os.Chdir(".."))
	report("remove it all", os.RemoveAll(place))
	_, err = os.Stat(place)
	fmt.Println(errors.Is(err, fs.ErrNotExist))
}
