package compat

import (
	"slices"
	"strings"
)

// release finds the releases of a product that are meant after its name, and
// where that stands. None, with a span that is not empty, is a release that the
// product does not have.
func (r *reader) release(p *product, name int) ([]*release, span) {
	at := skipSoft(r.text, name)
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

// releasesAt reads a release at a place, in up to three words: the release of
// just that name, else those that begin so.
func (p *product) releasesAt(r *reader, at int) ([]*release, int) {
	const words = 3
	var ends []int
	for next := at; next < len(r.text) && len(ends) < words; {
		end := r.versionEnd(nil, next)
		if end == next {
			break
		}
		end = next + len(strings.TrimRight(r.text[next:end], "+"))
		ends = append(ends, end)
		next = skipBlanks(r.text, end)
	}
	for _, end := range slices.Backward(ends) {
		for _, k := range []string{string(appendReleaseKey(nil, r.text[at:end])), releaseKey(r.text[at:end])} {
			if found := p.releases[k]; found != nil {
				return []*release{found}, end
			}
		}
	}
	if len(ends) > 0 && classOf(r.text[at:ends[0]])&newest != 0 && len(p.ordered) > 0 {
		return p.ordered[:1], ends[0]
	}
	if !isVersionStart(r.text, at) || len(ends) == 0 {
		return nil, at
	}
	end := max(ends[0], skipOperators(r.text, at))
	if end > ends[0] { // an operator by itself
		end = r.versionEnd(nil, end)
	}
	return p.beginning(r.text[at:end]), end
}

// releaseKey is the spelling under which a release is found, without what
// people write before its number.
func releaseKey(text string) string {
	k := string(appendReleaseKey(nil, text))
	if len(k) > 1 && k[0] == 'v' && isDigit(k[1]) {
		return k[1:]
	}
	return k
}

// beginning gives the releases that begin with a text: 4.4.0 and 4.4.1 with
// "4.4" or "4.4.x".
func (p *product) beginning(text string) []*release {
	text = strings.TrimRight(releaseKey(text), "x*.") + "."
	var all []*release
	for _, r := range p.ordered {
		if strings.HasPrefix(releaseKey(r.Version)+".", text) {
			all = append(all, r)
		}
	}
	return all
}
