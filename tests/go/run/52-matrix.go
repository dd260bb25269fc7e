// 3.5 The GOMAXPROCS lever: Multiplying matrices
// One row of the product per job. The result is the same for every number of
// workers, and so is the check: A times its inverse.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

type matrix [][]int64

func zeros(n int) matrix {
	m := make(matrix, n)
	for i := range m {
		m[i] = make([]int64, n)
	}
	return m
}

func multiply(a, b matrix, workers int) matrix {
	n := len(a)
	product := zeros(n)
	rows := make(chan int)
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := range rows {
				for k := range n {
					for j, v := range b[k] {
						product[i][j] += a[i][k] * v
					}
				}
			}
		})
	}
	for i := range n {
		rows <- i
	}
	close(rows)
	wg.Wait()
	return product
}

func main() {
	// Pascal's triangle as a matrix, and its inverse, which has the same numbers with signs like a chessboard.
	const n = 60
	pascal, inverse := zeros(n), zeros(n)
	for i := range n {
		pascal[i][0] = 1
		for j := 1; j <= i; j++ {
			pascal[i][j] = pascal[i-1][j-1] + pascal[i-1][j]
		}
		for j := 0; j <= i; j++ {
			inverse[i][j] = pascal[i][j] * int64(1-(i+j)%2*2)
		}
	}
	for _, workers := range []int{1, 2, runtime.NumCPU() + 1} {
		identity := true
		for i, row := range multiply(pascal, inverse, workers) {
			for j, v := range row {
				identity = identity && (v == 1) == (i == j) && (v == 0) == (i != j)
			}
		}
		fmt.Println("the product is the identity:", identity)
	}
}
