// Package iter names the types of iterator functions.
package iter

// Seq calls yield for each value until that returns false.
type Seq[V any] func(yield func(V) bool)

// Seq2 is Seq for pairs.
type Seq2[K, V any] func(yield func(K, V) bool)
