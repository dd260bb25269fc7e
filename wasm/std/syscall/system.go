// The constants, types and calls of a small Unix: a file system in memory, one user, no processes and no network. Numbers and
// names are Linux's where programs can see them.
package syscall

import (
	"errors"
	"internal/oserror"
	"internal/strconv"
	"sync"
	"unsafe"
)

// Errno is the number of a system call's error; 0 is none.
type Errno uintptr

func (e Errno) Error() string {
	if int(e) < len(errorTexts) && errorTexts[e] != "" {
		return errorTexts[e]
	}
	return "errno " + strconv.Itoa(int(e))
}

func (e Errno) Is(target error) bool {
	switch target {
	case oserror.ErrPermission:
		return e == EACCES || e == EPERM
	case oserror.ErrExist:
		return e == EEXIST || e == ENOTEMPTY
	case oserror.ErrNotExist:
		return e == ENOENT
	case errors.ErrUnsupported:
		return e == ENOSYS || e == ENOTSUP || e == EOPNOTSUPP
	}
	return false
}

func (e Errno) Temporary() bool {
	return e == EINTR || e == EMFILE || e == ENFILE || e.Timeout()
}

func (e Errno) Timeout() bool {
	return e == EAGAIN || e == EWOULDBLOCK || e == ETIMEDOUT
}

// Signal is the number of a signal.
type Signal int

func (s Signal) Signal() {}

func (s Signal) String() string {
	if 0 <= s && int(s) < len(signalTexts) && signalTexts[s] != "" {
		return signalTexts[s]
	}
	return "signal " + strconv.Itoa(int(s))
}

const (
	Stdin  = 0
	Stdout = 1
	Stderr = 2
)

const (
	O_RDONLY    = 0
	O_WRONLY    = 1
	O_RDWR      = 2
	O_CREAT     = 0x40
	O_CREATE    = O_CREAT
	O_EXCL      = 0x80
	O_TRUNC     = 0x200
	O_APPEND    = 0x400
	O_NONBLOCK  = 0x800
	O_DIRECTORY = 0x10000
	O_NOFOLLOW  = 0x20000
	O_CLOEXEC   = 0x80000
	O_SYNC      = 0x101000
)

const (
	F_DUPFD = 0
	F_GETFD = 1
	F_SETFD = 2
	F_GETFL = 3
	F_SETFL = 4
	F_GETLK = 5
	F_SETLK = 6
	F_RDLCK = 0
	F_WRLCK = 1
	F_UNLCK = 2
)

const (
	S_IFMT   = 0170000
	S_IFSOCK = 0140000
	S_IFLNK  = 0120000
	S_IFREG  = 0100000
	S_IFBLK  = 0060000
	S_IFDIR  = 0040000
	S_IFCHR  = 0020000
	S_IFIFO  = 0010000
	S_ISUID  = 04000
	S_ISGID  = 02000
	S_ISVTX  = 01000
	S_IRWXU  = 0700
	S_IRUSR  = 0400
	S_IWUSR  = 0200
	S_IXUSR  = 0100
	S_IRWXG  = 070
	S_IRGRP  = 040
	S_IWGRP  = 020
	S_IXGRP  = 010
	S_IRWXO  = 07
	S_IROTH  = 04
	S_IWOTH  = 02
	S_IXOTH  = 01
)

const PathMax = 4096

const ImplementsGetwd = true

// Dirent is an entry of a directory as ReadDirent gives it; only as much of Name as there is.
type Dirent struct {
	Reclen uint16
	Type   uint8 // the kind of S_IFMT, without the zeroes behind
	Name   [256]byte
}

func direntIno(buf []byte) (uint64, bool) { return 1, true }

func direntReclen(buf []byte) (uint64, bool) {
	return readInt(buf, unsafe.Offsetof(Dirent{}.Reclen), unsafe.Sizeof(Dirent{}.Reclen))
}

func direntNamlen(buf []byte) (uint64, bool) {
	length, ok := direntReclen(buf)
	return length - uint64(unsafe.Offsetof(Dirent{}.Name)), ok
}

type Stat_t struct {
	Dev       int64
	Ino       uint64
	Mode      uint32
	Nlink     uint32
	Uid       uint32
	Gid       uint32
	Rdev      int64
	Size      int64
	Blksize   int32
	Blocks    int32
	Atime     int64
	AtimeNsec int64
	Mtime     int64
	MtimeNsec int64
	Ctime     int64
	CtimeNsec int64
}

type Timespec struct {
	Sec  int64
	Nsec int64
}

type Timeval struct {
	Sec  int64
	Usec int64
}

func setTimespec(sec, nsec int64) Timespec { return Timespec{Sec: sec, Nsec: nsec} }
func setTimeval(sec, usec int64) Timeval   { return Timeval{Sec: sec, Usec: usec} }

type Iovec struct{}

// ---- processes: there is this one, and no other can be started

var ForkLock sync.RWMutex

type WaitStatus uint32

func (w WaitStatus) Exited() bool       { return w&0x7f == 0 }
func (w WaitStatus) ExitStatus() int    { return int(w >> 8 & 0xff) }
func (w WaitStatus) Signaled() bool     { return false }
func (w WaitStatus) Signal() Signal     { return -1 }
func (w WaitStatus) CoreDump() bool     { return false }
func (w WaitStatus) Stopped() bool      { return false }
func (w WaitStatus) Continued() bool    { return false }
func (w WaitStatus) StopSignal() Signal { return -1 }
func (w WaitStatus) TrapCause() int     { return -1 }

type Rusage struct {
	Utime Timeval
	Stime Timeval
}

type ProcAttr struct {
	Dir   string
	Env   []string
	Files []uintptr
	Sys   *SysProcAttr
}

type SysProcAttr struct{}

func StartProcess(argv0 string, argv []string, attr *ProcAttr) (pid int, handle uintptr, err error) {
	return 0, 0, noProcesses{}
}

// noProcesses is ENOSYS, but says what there is not.
type noProcesses struct{}

func (noProcesses) Error() string { return "there are no processes here but the program's own" }
func (noProcesses) Unwrap() error { return ENOSYS }

func Wait4(pid int, wstatus *WaitStatus, options int, rusage *Rusage) (wpid int, err error) {
	return 0, ENOSYS
}

// raiseSignal is package runtime's.
func raiseSignal(number uint32)

// Kill knows one process and its group: the program's own.
func Kill(pid int, signum Signal) error {
	switch {
	case signum < 0 || signum > 64:
		return EINVAL
	case pid != Getpid() && pid != 0 && pid != -Getpid():
		return ESRCH
	case signum != 0:
		raiseSignal(uint32(signum))
	}
	return nil
}

func Getpid() int                          { return 1 }
func Getppid() int                         { return 0 }
func Getuid() int                          { return owner }
func Geteuid() int                         { return owner }
func Getgid() int                          { return owner }
func Getegid() int                         { return owner }
func Getgroups() (groups []int, err error) { return []int{owner}, nil }
func Umask(mask int) (oldmask int)         { return setMask(mask) }
func Sysctl(key string) (value string, e error) {
	if key != "kern.hostname" {
		return "", ENOSYS
	}
	value = "localhost"
	eachOutside(outsideHostName, func(name string, _ []byte) { value = name })
	return value, nil
}

// ---- what a Unix has besides

func Syscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno) { return 0, 0, ENOSYS }

func Syscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno) { return 0, 0, ENOSYS }

func RawSyscall(trap, a1, a2, a3 uintptr) (r1, r2 uintptr, err Errno) { return 0, 0, ENOSYS }

func RawSyscall6(trap, a1, a2, a3, a4, a5, a6 uintptr) (r1, r2 uintptr, err Errno) {
	return 0, 0, ENOSYS
}

func Gettimeofday(tv *Timeval) error {
	now := walltime()
	*tv = Timeval{Sec: now / 1e9, Usec: now % 1e9 / 1e3}
	return nil
}

func Sendfile(outfd int, infd int, offset *int64, count int) (written int, err error) {
	return 0, ENOSYS
}

func CloseOnExec(fd int) {}

func Dup(fd int) (int, error) { return 0, ENOSYS }

func Dup2(fd, newfd int) error { return ENOSYS }
