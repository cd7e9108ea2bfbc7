package detect

import (
	"strconv"

	"github.com/testedon/testedon/compat"
)

// The limits of one reading. What is beyond them is left out, and said to be.
const (
	MaxTexts = 64      // texts
	MaxText  = 1 << 20 // bytes of one text
	MaxFound = 32      // components, which are as many as a question may have
)

// The limits of one result.
const (
	maxEvidence     = 200 // pieces of evidence
	maxUnrecognised = 50  // texts named as unrecognised
	maxUnread       = 10  // of them those that keep an answer from passing
)

// Found is one component of an environment.
type Found struct {
	Kind       string       // a Kind's ID
	Technology string       // a Technology's ID
	Version    string       // as printed, without what says nothing about it; empty where none is
	Asked      compat.Asked // what [compat.Matrix.Resolve] reads as the technology and version
	From       string       // the format it was read from: "os-release"
	Text       string       // the line it was read from, with secrets masked
}

// Product is a product, and its release, that a text names.
type Product struct {
	Product *compat.Product
	Release *compat.Release // nil where none is named
	Taken   string          // why this release, where the text writes it in another way: a sentence; else empty
	From    string          // the format it was read from: "image"
	Text    string          // the line it was read from, with secrets masked
}

// Result is what was recognised.
type Result struct {
	Found []Found // in the order of the texts
	// Products are those that the texts name, each release once, in their order. They are no
	// part of the environment: one of them may be what is asked about.
	Products     []Product
	Unrecognised []string // what was not, with the reason in brackets where there is one; secrets are masked
	// Unread are the lines of these, at most ten, that may matter: that tell of a
	// component which is not known, or hold the name of a technology, a product or a vendor.
	Unread []string
}

// Read recognises what the texts tell. A text may hold several things: a terminal
// session with several commands.
func Read(m *compat.Matrix, texts []string) *Result {
	r := &reader{m: m, seen: map[string]bool{}}
	for i, text := range texts {
		if i == MaxTexts {
			r.name(r.say("detect.texts", strconv.Itoa(MaxTexts)))
			break
		}
		r.text(text)
	}
	r.settleRelease()
	found := r.settle()
	if r.unnamed > 0 {
		r.unrecognised = append(r.unrecognised, r.say("detect.more", strconv.Itoa(r.unnamed)))
	}
	return &Result{Found: found, Products: r.products, Unrecognised: r.unrecognised, Unread: r.doubts}
}
