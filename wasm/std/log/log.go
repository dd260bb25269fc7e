// Package log prints lines with a time in front.
//
// Files and line numbers are not known: Lshortfile and Llongfile show ???:0.
package log

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// What stands in front of a message.
const (
	Ldate = 1 << iota
	Ltime
	Lmicroseconds
	Llongfile
	Lshortfile
	LUTC
	Lmsgprefix
	LstdFlags = Ldate | Ltime
)

// Logger writes lines, each with one Write.
type Logger struct {
	mu     sync.Mutex
	out    io.Writer
	prefix string
	flag   int
	buf    []byte
}

func New(out io.Writer, prefix string, flag int) *Logger {
	return &Logger{out: out, prefix: prefix, flag: flag}
}

var std = New(os.Stderr, "", LstdFlags)

// Default is the logger of the functions without one.
func Default() *Logger { return std }

func (l *Logger) SetOutput(w io.Writer) {
	l.mu.Lock()
	l.out = w
	l.mu.Unlock()
}

func (l *Logger) SetPrefix(prefix string) {
	l.mu.Lock()
	l.prefix = prefix
	l.mu.Unlock()
}

func (l *Logger) SetFlags(flag int) {
	l.mu.Lock()
	l.flag = flag
	l.mu.Unlock()
}

func (l *Logger) Writer() io.Writer {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out
}

func (l *Logger) Prefix() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.prefix
}

func (l *Logger) Flags() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.flag
}

// header puts into l.buf what stands in front.
func (l *Logger) header(now time.Time) {
	flag := l.flag
	l.buf = l.buf[:0]
	if flag&Lmsgprefix == 0 {
		l.buf = append(l.buf, l.prefix...)
	}
	if flag&LUTC != 0 {
		now = now.UTC()
	}
	if flag&Ldate != 0 {
		l.buf = now.AppendFormat(l.buf, "2006/01/02 ")
	}
	if flag&Lmicroseconds != 0 {
		l.buf = now.AppendFormat(l.buf, "15:04:05.000000 ")
	} else if flag&Ltime != 0 {
		l.buf = now.AppendFormat(l.buf, "15:04:05 ")
	}
	if flag&(Lshortfile|Llongfile) != 0 {
		l.buf = append(l.buf, "???:0: "...)
	}
	if flag&Lmsgprefix != 0 {
		l.buf = append(l.buf, l.prefix...)
	}
}

// Output writes a line; calldepth is for files and line numbers.
func (l *Logger) Output(calldepth int, s string) error {
	now := time.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.header(now)
	l.buf = append(l.buf, s...)
	if n := len(l.buf); n == 0 || l.buf[n-1] != '\n' {
		l.buf = append(l.buf, '\n')
	}
	_, err := l.out.Write(l.buf)
	return err
}

func (l *Logger) Print(v ...any)                 { l.Output(2, fmt.Sprint(v...)) }
func (l *Logger) Printf(format string, v ...any) { l.Output(2, fmt.Sprintf(format, v...)) }
func (l *Logger) Println(v ...any)               { l.Output(2, fmt.Sprintln(v...)) }

func (l *Logger) fatal(s string) {
	l.Output(3, s)
	os.Exit(1)
}

// Fatal and the like end the program with status 1.
func (l *Logger) Fatal(v ...any)                 { l.fatal(fmt.Sprint(v...)) }
func (l *Logger) Fatalf(format string, v ...any) { l.fatal(fmt.Sprintf(format, v...)) }
func (l *Logger) Fatalln(v ...any)               { l.fatal(fmt.Sprintln(v...)) }

func (l *Logger) panic(s string) {
	l.Output(3, s)
	panic(s)
}

// Panic and the like panic with the message.
func (l *Logger) Panic(v ...any)                 { l.panic(fmt.Sprint(v...)) }
func (l *Logger) Panicf(format string, v ...any) { l.panic(fmt.Sprintf(format, v...)) }
func (l *Logger) Panicln(v ...any)               { l.panic(fmt.Sprintln(v...)) }

func SetOutput(w io.Writer)                { std.SetOutput(w) }
func SetPrefix(prefix string)              { std.SetPrefix(prefix) }
func SetFlags(flag int)                    { std.SetFlags(flag) }
func Writer() io.Writer                    { return std.Writer() }
func Prefix() string                       { return std.Prefix() }
func Flags() int                           { return std.Flags() }
func Output(calldepth int, s string) error { return std.Output(calldepth+1, s) }

func Print(v ...any)                 { std.Output(2, fmt.Sprint(v...)) }
func Printf(format string, v ...any) { std.Output(2, fmt.Sprintf(format, v...)) }
func Println(v ...any)               { std.Output(2, fmt.Sprintln(v...)) }
func Fatal(v ...any)                 { std.fatal(fmt.Sprint(v...)) }
func Fatalf(format string, v ...any) { std.fatal(fmt.Sprintf(format, v...)) }
func Fatalln(v ...any)               { std.fatal(fmt.Sprintln(v...)) }
func Panic(v ...any)                 { std.panic(fmt.Sprint(v...)) }
func Panicf(format string, v ...any) { std.panic(fmt.Sprintf(format, v...)) }
func Panicln(v ...any)               { std.panic(fmt.Sprintln(v...)) }
