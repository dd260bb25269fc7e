// 3.2.2 Mutex and RWMutex: Dining philosophers
// Five philosophers, five forks, two forks to eat. If everyone took the left
// fork first they could all wait for ever; taking the lower-numbered one first
// makes a circle of waiting impossible.
package main

import (
	"fmt"
	"sync"
)

func main() {
	names := []string{"Plato", "Hypatia", "Confucius", "Kant", "Arendt"}
	forks := make([]sync.Mutex, len(names))
	meals := make([]int, len(names))
	var wg sync.WaitGroup
	for i := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			first, second := i, (i+1)%len(forks)
			if first > second {
				first, second = second, first
			}
			for range 200 {
				forks[first].Lock()
				forks[second].Lock()
				meals[i]++
				forks[second].Unlock()
				forks[first].Unlock()
			}
		}()
	}
	wg.Wait()
	for i, name := range names {
		fmt.Printf("%-10s ate %d times\n", name, meals[i])
	}
}
