package packed_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/testedon/testedon/internal/packed"
)

// texts are answers of a kind, noise, and nothing.
func texts(n int) [][]byte {
	random := rand.New(rand.NewPCG(1, 2))
	all := [][]byte{nil, []byte("x")}
	for i := range n {
		text := fmt.Appendf(nil, `{"release":"4.4.%d",`, i)
		for range 40 {
			text = fmt.Appendf(text, `{"label":"PostgreSQL %d","source":"the installation prerequisites of a release"}`, random.IntN(30))
		}
		if i%7 == 0 {
			for j := range text {
				text[j] = byte(random.Uint32())
			}
		}
		all = append(all, text)
	}
	return all
}

// TestPack: what is unpacked is what was packed, before there is a dictionary and after, and
// texts of a kind become small.
func TestPack(t *testing.T) {
	var p packed.Packer
	all := texts(200)
	kept := make([]packed.Text, len(all))
	var wait sync.WaitGroup
	for worker := range 4 {
		wait.Go(func() {
			for i := worker; i < len(all); i += 4 {
				kept[i] = p.Pack(all[i])
			}
		})
	}
	wait.Wait()
	var room []byte
	for i, text := range kept {
		room = make([]byte, 0, i*50)
		if got := text.Unpack(room); !bytes.Equal(got, all[i]) {
			t.Fatalf("text %d: %q, not %q", i, got, all[i])
		}
	}
	if size := p.Pack(all[3]).Size(); size > len(all[3])/5 {
		t.Errorf("%d bytes of %d", size, len(all[3]))
	}
}
