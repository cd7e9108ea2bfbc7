package compat

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Sort brings every list into the order of its identifiers.
func (ds *Dataset) Sort() {
	sortBy(ds.Kinds, func(k *Kind) string { return k.ID })
	sortBy(ds.Technologies, func(t *Technology) string { return t.ID })
	sortBy(ds.Platforms, func(p *Platform) string { return p.ID })
	sortBy(ds.Products, func(p *Product) string { return p.ID })
	sortBy(ds.Releases, releaseID)
	sortBy(ds.Sources, func(s *Source) string { return s.ID })
	sortBy(ds.Claims, func(c *Claim) string { return c.ID })
	sortBy(ds.Requirements, func(r *Requirement) string { return r.ID })
	sortBy(ds.Ports, func(p *Port) string { return p.ID })
	sortBy(ds.Notes, func(n *Note) string { return n.ID })
	sortBy(ds.Advisories, func(a *Advisory) string { return a.ID })
	sortBy(ds.Lifecycles, func(l *Lifecycle) string { return l.ID })
	sortBy(ds.Configurations, func(c *Configuration) string { return c.ID })
}

// releaseID identifies a release in a dataset.
func releaseID(r *Release) string { return r.Product + "/" + r.Version }

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
	out := json.NewEncoder(hash)
	encodeAll(hash, out, "kind", ds.Kinds)
	encodeAll(hash, out, "technology", ds.Technologies)
	encodeAll(hash, out, "platform", ds.Platforms)
	encodeAll(hash, out, "product", ds.Products)
	encodeAll(hash, out, "release", ds.Releases)
	encodeAll(hash, out, "source", ds.Sources)
	encodeAll(hash, out, "claim", ds.Claims)
	encodeAll(hash, out, "requirement", ds.Requirements)
	encodeAll(hash, out, "port", ds.Ports)
	encodeAll(hash, out, "note", ds.Notes)
	encodeAll(hash, out, "advisory", ds.Advisories)
	encodeAll(hash, out, "lifecycle", ds.Lifecycles)
	encodeAll(hash, out, "configuration", ds.Configurations)
	return "sha256:" + hex.EncodeToString(hash.Sum(nil))
}

func encodeAll[T any](w io.Writer, out *json.Encoder, noun string, list []T) {
	fmt.Fprintf(w, "%s %d\n", noun, len(list))
	for i := range list {
		// Neither a hash nor the encoding of plain strings can fail.
		_ = out.Encode(&list[i])
	}
}
