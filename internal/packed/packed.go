// Package packed keeps texts that resemble each other small: as S2 blocks
// (https://github.com/klauspost/compress/tree/master/s2) that refer to a dictionary of the
// first of them. The answers to different questions about one release take a fifteenth of
// their length so, and an eighth of the time of making one to unpack (bench/RESULTS.md).
package packed

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/klauspost/compress/s2"
)

// Packer packs texts that resemble each other. Its zero value is ready, and it is safe for
// concurrent use.
type Packer struct {
	mu    sync.Mutex
	first []byte // the texts that become the dictionary, one after the other
	dict  atomic.Pointer[s2.Dict]
}

// Text is a packed text. It is safe for concurrent use.
type Text struct {
	dict  *s2.Dict // none: the text stands as it is
	block []byte
}

// Pack packs a text, of which it keeps nothing itself.
func (p *Packer) Pack(text []byte) Text {
	dict := p.dict.Load()
	if dict == nil {
		return p.begin(text)
	}
	if block := dict.Encode(nil, text); len(block) < len(text) {
		return Text{dict, slices.Clone(block)}
	}
	return Text{nil, slices.Clone(text)}
}

// begin takes a text for the dictionary, and makes it when they are enough.
func (p *Packer) begin(text []byte) Text {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.dict.Load() == nil {
		p.first = append(p.first, text...)
		if len(p.first) >= s2.MaxDictSize {
			p.dict.Store(s2.MakeDict(p.first, nil))
			p.first = nil
		}
	}
	return Text{nil, slices.Clone(text)}
}

// Size is the number of bytes that the text takes.
func (t Text) Size() int { return len(t.block) }

// Unpack gives the text, in the memory of dst where it has room for it.
func (t Text) Unpack(dst []byte) []byte {
	if t.dict == nil {
		return append(dst[:0], t.block...)
	}
	text, err := t.dict.Decode(dst[:cap(dst)], t.block)
	if err != nil {
		panic("packed: " + err.Error()) // what was packed here is not damaged
	}
	return text
}
