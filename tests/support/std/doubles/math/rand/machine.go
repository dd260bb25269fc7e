package rand

import realRandom "math/rand/v2"

func random() uint64 { return realRandom.Uint64() }
