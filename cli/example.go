package cli

import (
	"net/url"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
)

// example gives a question that the catalogue answers with yes, as the first
// thing to try: about the release that most of the kinds' examples pass for, the
// first such product and its newest, and of each kind its example. Where that
// does not pass, it is the first statement that tells of a test; a kind without
// one is left out. It is false for a catalogue that has nothing of the sort.
func example(m *compat.Matrix) (question, bool) {
	best, most := question{}, -1
	for _, p := range m.Dataset().Products {
		for _, r := range m.Releases(p.ID) {
			q, examples := exampleFor(m, p.ID, r.Version)
			if examples > most && passes(m, q) {
				best, most = q, examples
			}
		}
	}
	return best, most >= 0
}

// exampleFor gives the question for a release, and how many examples of kinds it
// is made of.
func exampleFor(m *compat.Matrix, product, release string) (q question, examples int) {
	q = question{Product: product, Release: release}
	for _, l := range m.Listings(product, release) {
		if q.Environment.has(l.Tech.Kind) {
			continue
		}
		if text := exampleOf(m, q, l); text != "" {
			q.Environment.add(l.Tech.Kind, text)
			if text == m.Kind(l.Tech.Kind).Example {
				examples++
			}
		}
	}
	return q, examples
}

// exampleOf gives what may be asked of the kind of a statement; empty where the
// statement is not of a test and the example of the kind does not pass.
func exampleOf(m *compat.Matrix, q question, l *compat.Listing) string {
	k := m.Kind(l.Tech.Kind)
	q.Environment = environment{{k.ID, []string{k.Example}}}
	switch {
	case k.Example != "" && passes(m, q):
		return k.Example
	case l.Status == compat.StatusTested:
		return l.Display()
	}
	return ""
}

// has reports whether a kind is asked for.
func (e environment) has(kind string) bool {
	return slices.ContainsFunc(e, func(a asked) bool { return a.kind == kind })
}

// passes asks the matrix.
func passes(m *compat.Matrix, q question) bool {
	var components []compat.Component
	for _, a := range q.Environment {
		for _, text := range a.texts {
			components = append(components, m.Resolve(compat.Asked{Kind: a.kind, Text: text}))
		}
	}
	var answer compat.Answer
	err := m.Check(compat.Question{Product: q.Product, Release: q.Release, Components: components}, &answer)
	return err == nil && answer.Pass
}

// curl writes a question to a server as a command for a shell.
func curl(base *url.URL, q question) string {
	parts := []string{"curl -G " + quote(base.JoinPath("/v1/check").String()), pair("product", q.Product), pair("release", q.Release)}
	for _, a := range q.Environment {
		for _, text := range a.texts {
			parts = append(parts, pair(a.kind, text))
		}
	}
	return strings.Join(parts, " ")
}

// pair writes one parameter, encoded by curl where it needs to be.
func pair(name, value string) string {
	if url.QueryEscape(value) == value {
		return "-d " + name + "=" + value
	}
	return "--data-urlencode " + quote(name+"="+value)
}

// quote writes a text that a shell takes as it is.
func quote(text string) string { return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'" }
