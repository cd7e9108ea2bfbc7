package plain

import (
	"slices"
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/wording"
)

// maxSearches bounds how often one text is searched for names that come close.
const maxSearches = 5

// denied takes what a word such as "without" keeps out; false where it keeps
// nothing out. What is plainly left out is no part of the question: behind "without", or
// behind "not" after "but" or a comma, and not before an "or". Anything else that is not there
// cannot be asked about.
func (r *reader) denied(end int) bool {
	from, at, plainly := r.pos, wording.SkipSoft(r.text, end), r.leaves(end)
	n, ok := r.named(at, "")
	for range maxFillers {
		word := wording.WordEnd(r.text, at)
		if class := wording.ClassOf(r.text[at:word]); ok || class&wording.Fills == 0 && (!plainly || class&(wording.Parts|wording.Joins) == 0) {
			break
		}
		at = wording.SkipSoft(r.text, word)
		n, ok = r.named(at, "")
	}
	if !ok || !plainly && len(n.meanings) > 0 && n.isProduct() {
		return false
	}
	if last := len(r.u.Tokens) - 1; plainly && last >= 0 && wording.Is(r.u.Tokens[last].Text, wording.Buts) != 0 {
		r.u.Tokens[last].As = RoleWord
	}
	r.emit(end, RoleWord)
	r.fill(at)
	before := len(r.mentions)
	r.name()
	next := wording.SkipSoft(r.text, r.pos)
	plainly = plainly && wording.Is(r.text[next:wording.WordEnd(r.text, next)], wording.Ands) == 0
	for i := range r.mentions[before:] {
		s := &r.mentions[before+i]
		s.from, s.denied, s.left = from, r.text[from:end], plainly
		if s.reason = r.leftOut(s.denied); plainly {
			for _, one := range s.meanings {
				r.u.Without = append(r.u.Without, one.component)
			}
			s.reason, s.meanings = "", nil
			r.u.Left = append(r.u.Left, r.written(s))
		}
	}
	r.last = meaning{}
	return true
}

// leaves reports whether a word at this place that ends at another leaves out what follows.
func (r *reader) leaves(end int) bool {
	word := r.text[r.pos:end]
	if wording.Is(word, wording.Leaves) != 0 {
		return true
	}
	if len(r.u.Tokens) == 0 || wording.Is(word, wording.Nots) == 0 {
		return len(r.u.Tokens) == 0 && wording.Is(word, wording.Nots) != 0
	}
	last := r.u.Tokens[len(r.u.Tokens)-1]
	return wording.Is(last.Text, wording.Buts) != 0 || strings.Contains(",;:(–—，、", last.Text)
}

// leftOut tells that what a word keeps out cannot be asked about.
func (r *reader) leftOut(word string) string {
	return r.m.Words().Text("ask.left_out", strconv.Quote(word))
}

// newest takes "the latest release of" a product; false where none follows.
func (r *reader) newest(end int) bool {
	from := r.pos
	n, ok := r.named(r.skipFillers(end), "")
	if !ok || !n.version.isEmpty() || !n.isProduct() || len(n.what.Product.Releases()) == 0 {
		return false
	}
	r.emit(end, RoleRelease)
	n.meanings[0].release = n.what.Product.Latest()
	r.take(n)
	s := &r.mentions[len(r.mentions)-1]
	s.from, s.version = from, span{from, end}
	return true
}

// apposes takes a word that says of the version before it that it is the latest: "PostgreSQL 14
// as the latest version"; false where more than that stands between.
func (r *reader) apposes(end int) bool {
	says := false
	for _, t := range slices.Backward(r.u.Tokens) {
		switch class := wording.ClassOf(t.Text); {
		case t.As == RoleVersion && says:
			r.emit(end, RoleWord)
			return true
		case t.As != RoleWord || class&(wording.Parts|wording.Joins|wording.Denies) != 0:
			return false
		default:
			says = says || class&wording.Fills != 0
		}
	}
	return false
}

// unknown takes a word that nothing is called by with the version after it or, where
// names come close, glued to it, "postgers17.2"; false for any other.
func (r *reader) unknown(end int) bool {
	word, at := span{r.pos, end}, r.skipFillers(end)
	glued := !wording.IsVersionStart(r.text, at)
	if !glued && wording.Is(word.of(r.text), wording.Levels|wording.Clients|wording.Listens) != 0 {
		if wording.Is(word.of(r.text), wording.Listens) != 0 {
			r.emit(end, RoleIgnored) // which may be what is asked for
			r.fill(at)
		}
		r.emit(r.versionEnd(nil, at), RoleIgnored) // no version of a technology or a server
		return true
	}
	version := span{at, r.versionEnd(nil, wording.SkipOperators(r.text, at))}
	if glued {
		word.to = word.from + len(strings.TrimRight(word.of(r.text), "0123456789."))
		version = span{word.to, end}
		if word.isEmpty() || version.isEmpty() || r.text[word.to] == '.' {
			return false
		}
	} else if r.amount(at) > at {
		return false
	}
	name, meanings := r.closest(word, version)
	if glued && len(meanings) == 0 {
		return false
	}
	if _, what := r.m.NameAt(r.text, r.pos, word.to+1); len(meanings) == 0 && what == nil && isCount(version.of(r.text)) {
		r.emit(end, RoleIgnored) // "ticket 45678"
		return true
	}
	for i := len(r.u.Tokens) - 1; i >= 0 && r.u.Tokens[i].Start >= name; i-- {
		r.u.Tokens[i].As = RoleUnknown
	}
	s := mention{span: span{name, version.to}, meanings: meanings, nameless: true}
	s.reason = r.m.Words().Text("ask.unknown", strconv.Quote(r.text[name:word.to]))
	if _, what := r.m.NameAt(r.text, r.pos, word.to+1); what != nil && what.Kind() != nil {
		s.reason = r.whichOf(what.Kind())
	}
	r.record(s, part{word, RoleUnknown}, part{version, RoleVersion})
	r.last = meaning{}
	return true
}

// closest finds what has a name that comes close to an unknown one and a series of the
// version, with ignored words before it where those make it closer, and where the name
// then begins.
func (r *reader) closest(word, version span) (int, []meaning) {
	starts := []int{word.from}
	for i := len(r.u.Tokens) - 1; i >= 0 && len(starts) < 3; i-- {
		t := r.u.Tokens[i]
		if t.As != RoleIgnored || strings.TrimSpace(r.text[t.End:starts[0]]) != "" {
			break
		}
		starts = slices.Insert(starts, 0, t.Start)
	}
	for _, from := range starts {
		if r.searches++; r.searches > maxSearches {
			break
		}
		if all := r.near(r.text[from:word.to], version.of(r.text)); len(all) > 0 {
			return from, all[:min(len(all), fact.MaxCandidates)]
		}
	}
	return word.from, nil
}

// near finds what has a name that comes close to another one and a series of a version.
func (r *reader) near(name, version string) []meaning {
	var all []meaning
	for _, what := range r.m.Near(name) {
		found := slices.DeleteFunc(versionsOf(version, what.Technologies...), meaning.isUnknown)
		if what.Product != nil {
			found = append(found, releasesOf(what.Product, what.Product.Beginning(version))...)
		}
		for _, one := range found {
			if !slices.ContainsFunc(all, func(o meaning) bool {
				return o.component.Technology == one.component.Technology && o.release == one.release
			}) {
				all = append(all, one)
			}
		}
	}
	return all
}
