// Sockets: there are none.
package syscall

func Socket(family, kind, protocol int) (fd int, err error)       { return -1, ENOSYS }
func Bind(fd int, address Sockaddr) error                         { return ENOSYS }
func Listen(fd int, backlog int) error                            { return ENOSYS }
func Accept(fd int) (newFd int, address Sockaddr, err error)      { return -1, nil, ENOSYS }
func Connect(fd int, address Sockaddr) error                      { return ENOSYS }
func Recvfrom(fd int, b []byte, flags int) (int, Sockaddr, error) { return -1, nil, ENOSYS }
func Sendto(fd int, b []byte, flags int, to Sockaddr) error       { return ENOSYS }
func Recvmsg(fd int, b, more []byte, flags int) (n, moreN, got int, from Sockaddr, err error) {
	return -1, 0, 0, nil, ENOSYS
}
func SendmsgN(fd int, b, more []byte, to Sockaddr, flags int) (int, error) { return -1, ENOSYS }
func GetsockoptInt(fd, level, option int) (int, error)                     { return -1, ENOSYS }
func SetsockoptInt(fd, level, option, value int) error                     { return ENOSYS }
func Shutdown(fd, how int) error                                           { return ENOSYS }
func SetReadDeadline(fd int, t int64) error                                { return ENOSYS }
func SetWriteDeadline(fd int, t int64) error                               { return ENOSYS }
func SetNonblock(fd int, nonblocking bool) error                           { return nil }
