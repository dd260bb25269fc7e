// 3.3 Channels: A pool of workers
// Jobs go in by one channel, results come out by another. Each result says
// which job it belongs to, for they come in any order.
package main

import (
	"fmt"
	"strings"
	"sync"
)

type job struct {
	id   int
	text string
}

type result struct {
	id    int
	words map[string]int
}

func work(jobs <-chan job, results chan<- result) {
	for j := range jobs {
		r := result{j.id, map[string]int{}}
		for _, word := range strings.Fields(strings.ToLower(j.text)) {
			r.words[strings.Trim(word, ".,;")]++
		}
		results <- r
	}
}

func main() {
	lines := []string{
		"Do not communicate by sharing memory;",
		"instead, share memory by communicating.",
		"Concurrency is not parallelism.",
		"Channels orchestrate; mutexes serialize.",
		"The bigger the interface, the weaker the abstraction.",
	}
	jobs, results := make(chan job), make(chan result)
	var workers sync.WaitGroup
	for range 3 {
		workers.Go(func() { work(jobs, results) })
	}
	go func() {
		for i, line := range lines {
			jobs <- job{i, line}
		}
		close(jobs)
		workers.Wait()
		close(results)
	}()

	byLine := make([]map[string]int, len(lines))
	total := map[string]int{}
	for r := range results {
		byLine[r.id] = r.words
		for word, n := range r.words {
			total[word] += n
		}
	}
	for i, words := range byLine {
		fmt.Println(i+1, words)
	}
	fmt.Println("the:", total["the"], "memory:", total["memory"], "different words:", len(total))
}
