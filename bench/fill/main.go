package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"time"

	"github.com/testedon/testedon/bench"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/store"
)

func main() {
	n, _ := strconv.Atoi(os.Args[2])
	ds, err := seed.Load(seed.Embedded())
	if err != nil {
		panic(err)
	}
	digest, _ := seed.Digest(seed.Embedded())
	if n > 0 {
		bench.Synthetic(ds, n)
	}
	ctx := context.Background()
	t := time.Now()
	s, err := store.Open(ctx, store.Options{Dir: os.Args[1]})
	if err != nil {
		panic(err)
	}
	if _, _, err = s.Apply(ctx, ds, store.Change{Owner: "seed", Note: "bench", SeedDigest: digest}); err != nil {
		panic(err)
	}
	if err := s.Close(); err != nil {
		panic(err)
	}
	fmt.Println("written", time.Since(t))
	t = time.Now()
	s, err = store.Open(ctx, store.Options{Dir: os.Args[1]})
	if err != nil {
		panic(err)
	}
	got, err := s.Dataset(ctx)
	if err != nil {
		panic(err)
	}
	fmt.Println("read", time.Since(t), got.Digest, len(got.Claims))
}
