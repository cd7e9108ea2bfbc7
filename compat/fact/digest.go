package fact

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
)

// Sort brings every list into the order of its identifiers.
func (ds *Dataset) Sort() {
	sortBy(ds.Kinds, func(k *Kind) string { return k.ID })
	sortBy(ds.Technologies, func(t *Technology) string { return t.ID })
	sortBy(ds.Platforms, func(p *Platform) string { return p.ID })
	sortBy(ds.Products, func(p *Product) string { return p.ID })
	sortBy(ds.Releases, (*Release).ID)
	sortBy(ds.Sources, func(s *Source) string { return s.ID })
	sortBy(ds.Claims, func(c *Claim) string { return c.ID })
	sortBy(ds.Requirements, func(r *Requirement) string { return r.ID })
	sortBy(ds.Ports, func(p *Port) string { return p.ID })
	sortBy(ds.Notes, func(n *Note) string { return n.ID })
	sortBy(ds.Advisories, func(a *Advisory) string { return a.ID })
	sortBy(ds.Lifecycles, func(l *Lifecycle) string { return l.ID })
	sortBy(ds.Configurations, func(c *Configuration) string { return c.ID })
	sortBy(ds.Images, func(i *Image) string { return i.ID })
}

// ID identifies a release in a dataset.
func (r *Release) ID() string { return r.Product + "/" + r.Version }

// sortBy sorts a list; one that is in order, as a record gives it, is only
// looked through.
func sortBy[T any](list []T, id func(*T) string) {
	for i := 1; i < len(list); i++ {
		if id(&list[i]) < id(&list[i-1]) {
			slices.SortStableFunc(list, func(a, b T) int { return strings.Compare(id(&a), id(&b)) })
			return
		}
	}
}

// ContentDigest is the digest of the facts, whatever their order and revision:
// "sha256:" and the hash of each fact's kind and JSON, sorted by identifier.
// It sorts ds.
func (ds *Dataset) ContentDigest() string {
	ds.Sort()
	hash := sha256.New()
	encodeAll(hash, "kind", ds.Kinds)
	encodeAll(hash, "technology", ds.Technologies)
	encodeAll(hash, "platform", ds.Platforms)
	encodeAll(hash, "product", ds.Products)
	encodeAll(hash, "release", ds.Releases)
	encodeAll(hash, "source", ds.Sources)
	encodeAll(hash, "claim", ds.Claims)
	encodeAll(hash, "requirement", ds.Requirements)
	encodeAll(hash, "port", ds.Ports)
	encodeAll(hash, "note", ds.Notes)
	encodeAll(hash, "advisory", ds.Advisories)
	encodeAll(hash, "lifecycle", ds.Lifecycles)
	encodeAll(hash, "configuration", ds.Configurations)
	if len(ds.Images) > 0 { // the digests of records from before there were any hold
		encodeAll(hash, "image", ds.Images)
	}
	return "sha256:" + hex.EncodeToString(hash.Sum(nil))
}

// What is encoded at a time: so many facts in a row, and so many of such rows.
const (
	encodedFacts = 256
	encoders     = 8
)

// encodeAll writes the facts of a list as JSON, each on a line.
func encodeAll[T any](w io.Writer, noun string, list []T) {
	fmt.Fprintf(w, "%s %d\n", noun, len(list))
	var texts [encoders]bytes.Buffer
	for some := range slices.Chunk(list, encoders*encodedFacts) {
		var encoding sync.WaitGroup
		n := 0
		for facts := range slices.Chunk(some, encodedFacts) {
			text := &texts[n]
			n++
			encoding.Go(func() { encode(text, facts) })
		}
		encoding.Wait()
		for i := range n {
			_, _ = texts[i].WriteTo(w) // neither a hash
		}
	}
}

func encode[T any](text *bytes.Buffer, facts []T) {
	out := json.NewEncoder(text)
	for i := range facts {
		_ = out.Encode(&facts[i]) // nor the encoding of plain strings can fail
	}
}
