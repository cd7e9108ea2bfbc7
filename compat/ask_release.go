package compat

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/wording"
)

// release finds the releases of a product that are meant after its name, and
// where that stands. None, with a span that is not empty, is a release that the
// product does not have.
func (r *reader) release(p *Product, name int) ([]*Release, span) {
	at := wording.SkipSoft(r.text, name)
	for range maxFillers + 1 {
		if found, end := p.releasesAt(r, at); end > at {
			return found, span{at, end}
		}
		next := r.filler(nil, at)
		if next == at {
			break
		}
		at = next
	}
	return nil, span{name, name}
}

// releasesAt reads a release at a place, in up to five words: "4.2.0 at update
// level 95". It is the longest text that names one, else the first word.
func (p *Product) releasesAt(r *reader, at int) ([]*Release, int) {
	const words = 5
	var ends []int
	for next := at; next < len(r.text) && len(ends) < words; {
		end := r.versionEnd(nil, next)
		if end == next {
			break
		}
		end = next + len(strings.TrimRight(r.text[next:end], "+"))
		ends = append(ends, end)
		next = wording.SkipBlanks(r.text, end)
	}
	for _, end := range slices.Backward(ends) {
		text := r.text[at:end]
		isName := p.releases[string(fact.AppendReleaseKey(nil, text))] != nil
		if isName || wording.IsVersionStart(text, 0) || wording.ClassOf(text)&wording.Newest != 0 {
			if found := p.named(text); len(found) == 1 {
				return found, end
			}
		}
	}
	if !wording.IsVersionStart(r.text, at) || len(ends) == 0 {
		return nil, at
	}
	end := max(ends[0], wording.SkipOperators(r.text, at))
	if end > ends[0] { // an operator by itself
		end = r.versionEnd(nil, end)
	}
	return p.named(r.text[at:end]), end
}
