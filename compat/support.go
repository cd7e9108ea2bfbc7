package compat

import (
	"strings"

	"github.com/testedon/testedon/internal/str"
)

// maxAsking is how many characters of a question to the support are written out: mail programs
// take addresses of some 2,000.
const maxAsking = 1000

// SupportURL is where to ask the support of the product, with the question written out; empty
// where the answer passes, or the product names no support.
func (a *Answer) SupportURL() string {
	if a.Pass || a.Product.Support == "" {
		return ""
	}
	var asked, guilty []string
	for i := range a.Components {
		c := &a.Components[i]
		if asked = append(asked, c.Understood()); c.Verdict == a.Verdict {
			guilty = append(guilty, c.Understood())
		}
	}
	for _, c := range a.Assumed {
		asked = append(asked, c.Display())
	}
	of := a.Release.Title()
	title := str.Join(" with ", of, strings.Join(guilty, ", ")) + ": " + str.Words(a.Verdict)
	body := str.Join(". ", str.Join(" with ", of, strings.Join(asked, ", ")), a.Summary()) + " (TestedOn, catalogue " + a.Digest + ")"
	return strings.NewReplacer("{title}", escaped(inLine(title), maxTitle), "{body}", escaped(inLine(body), maxAsking)).Replace(a.Product.Support)
}
