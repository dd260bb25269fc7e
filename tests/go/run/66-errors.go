// 9 More Go: Errors that wrap errors
// %w keeps the error inside, for errors.Is and errors.As to find; errors.Join
// holds several.
package main

import (
	"errors"
	"fmt"
	"io"
	"strconv"
)

var errEmpty = errors.New("empty input")

type lineError struct {
	line int
	err  error
}

func (e *lineError) Error() string { return fmt.Sprintf("line %d: %v", e.line, e.err) }
func (e *lineError) Unwrap() error { return e.err }

func parse(line int, text string) (int, error) {
	if text == "" {
		return 0, &lineError{line, errEmpty}
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, &lineError{line, err}
	}
	return n, nil
}

func total(lines ...string) (sum int, err error) {
	var faults []error
	for i, text := range lines {
		n, err := parse(i+1, text)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		sum += n
	}
	if err := errors.Join(faults...); err != nil {
		return sum, fmt.Errorf("adding up: %w", err)
	}
	return sum, nil
}

func main() {
	fmt.Println(total("1", "2", "3"))
	sum, err := total("10", "", "ten", "99999999999999999999")
	fmt.Println(sum)
	fmt.Println(err)

	var at *lineError
	fmt.Println(errors.As(err, &at), at.line)
	var number *strconv.NumError
	fmt.Println(errors.As(err, &number), number.Num, number.Func)
	fmt.Println(errors.Is(err, errEmpty), errors.Is(err, strconv.ErrSyntax), errors.Is(err, strconv.ErrRange), errors.Is(err, io.EOF))
	fmt.Println(errors.Unwrap(fmt.Errorf("outer: %w", io.EOF)) == io.EOF, errors.Unwrap(err) == nil)
	fmt.Printf("%T %v\n", err, errors.Is(fmt.Errorf("%w and %w", io.EOF, errEmpty), errEmpty))
}
