// 3.5 The GOMAXPROCS lever: The game of life
// Every generation is computed from the one before, a strip per goroutine;
// Wait is the barrier between generations.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
)

const size = 16

type world [size][size]bool

func (w *world) alive(row, column int) int {
	if w[(row+size)%size][(column+size)%size] {
		return 1
	}
	return 0
}

func (w *world) nextOf(row, column int) bool {
	around := 0
	for r := -1; r <= 1; r++ {
		for c := -1; c <= 1; c++ {
			around += w.alive(row+r, column+c)
		}
	}
	return around == 3 || around == 4 && w[row][column]
}

func (w *world) generation(strips int) *world {
	next := &world{}
	var wg sync.WaitGroup
	for s := range strips {
		wg.Go(func() {
			for row := s * size / strips; row < (s+1)*size/strips; row++ {
				for column := range size {
					next[row][column] = w.nextOf(row, column)
				}
			}
		})
	}
	wg.Wait()
	return next
}

func (w *world) String() string {
	var b strings.Builder
	for _, row := range w {
		for _, cell := range row {
			if cell {
				b.WriteString("##")
			} else {
				b.WriteString(" .")
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func main() {
	w := &world{}
	for _, cell := range [][2]int{{0, 1}, {1, 2}, {2, 0}, {2, 1}, {2, 2}} { // a glider
		w[cell[0]][cell[1]] = true
	}
	for range 4 * 6 { // four generations take it one cell further
		w = w.generation(runtime.GOMAXPROCS(0))
	}
	fmt.Print(w)
}
