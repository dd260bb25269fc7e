// 3.2.1 WaitGroup: Wait for all of them
// Add before go, Done when finished, Wait for zero. WaitGroup.Go does the
// first two.
package main

import (
	"fmt"
	"sync"
)

func main() {
	words := []string{"sayonara", "goodbye", "au revoir", "adiós"}
	lengths := make([]int, len(words))

	var wg sync.WaitGroup
	for i, word := range words {
		wg.Add(1)
		go func() {
			defer wg.Done()
			lengths[i] = len([]rune(word))
		}()
	}
	wg.Wait()
	for i, word := range words {
		fmt.Printf("%-10s %d letters\n", word, lengths[i])
	}

	total := make(chan int, len(lengths))
	for _, n := range lengths {
		wg.Go(func() { total <- n })
	}
	wg.Wait()
	close(total)
	sum := 0
	for n := range total {
		sum += n
	}
	fmt.Println("together", sum)
}
