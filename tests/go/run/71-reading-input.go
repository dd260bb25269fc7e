// 9 More Go: Reading input
// A Scanner gives standard input line by line; Fscan and Sscanf take values
// apart. Type text, end it, and see.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	count, words, longest := 0, 0, ""
	sum := 0.0
	for lines.Scan() {
		line := lines.Text()
		count++
		words += len(strings.Fields(line))
		if len(line) > len(longest) {
			longest = line
		}
		var name string
		var price float64
		if n, _ := fmt.Sscanf(line, "%s costs %f", &name, &price); n == 2 {
			sum += price
			fmt.Printf("%s: %.2f\n", name, price)
		}
	}
	fmt.Println(count, "lines,", words, "words, all together", sum)
	fmt.Printf("longest %q, error %v\n", longest, lines.Err())
}
