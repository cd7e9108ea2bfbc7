package fact

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"
)

// Sort brings every list into the order of its identifiers.
func (ds *Dataset) Sort() {
	for _, n := range Nouns {
		n.Sort(ds)
	}
}

// ContentDigest is the digest of the facts, whatever their order and revision; see
// [Digest]. It sorts ds.
func (ds *Dataset) ContentDigest() string {
	ds.Sort()
	d := NewDigest()
	ds.write(d)
	return d.String()
}

// write writes the documents of all facts, which are in order.
func (ds *Dataset) write(d Digest) {
	for _, n := range Nouns {
		d.Begin(n.Word(), n.Len(ds))
		for text := range n.Documents(ds) {
			d.Add(text)
		}
	}
}

// Digest hashes the documents of facts: for each noun its word and their number, on a
// line, then the documents in the order of their identifiers.
type Digest struct {
	hash hash.Hash
	text *bufio.Writer // to it, which takes bytes only, and everything
}

// NewDigest is the digest of nothing yet.
func NewDigest() Digest {
	h := sha256.New()
	return Digest{h, bufio.NewWriter(h)}
}

// founders is how many of [Nouns] every digest names. Those that came later are named
// where there are facts of them: the digests of records from before them hold.
const founders = 13

// Begin says of which noun the documents are that come next, and how many.
func (d Digest) Begin(word string, n int) {
	if n > 0 || slices.ContainsFunc(Nouns[:founders], func(n Noun) bool { return n.Word() == word }) {
		fmt.Fprintf(d.text, "%s %d\n", word, n)
	}
}

// Add takes documents, or a part of their text.
func (d Digest) Add(documents string) { _, _ = d.text.WriteString(documents) }

// String is the digest, as "sha256:" and 64 hex digits.
func (d Digest) String() string {
	_ = d.text.Flush()
	return "sha256:" + hex.EncodeToString(d.hash.Sum(nil))
}

// Words are the words of all nouns and of others that were found, which a later version
// knows, in the order in which their digest names them.
func Words(found []string) []string {
	var words []string
	for _, n := range Nouns {
		words = append(words, n.Word())
	}
	later := slices.Concat(words[founders:], found)
	later = slices.DeleteFunc(later, func(word string) bool { return slices.Contains(words[:founders], word) })
	slices.Sort(later)
	return append(words[:founders:founders], slices.Compact(later)...)
}
