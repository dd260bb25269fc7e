// A nil map in a goroutine.
package main

type table struct{ entries map[string]int }

func (t *table) set(key string) { t.entries[key] = 1 }

func main() {
	done := make(chan int)
	go func() {
		defer close(done)
		(&table{}).set("a")
	}()
	<-done
	select {}
}
