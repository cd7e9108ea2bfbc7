package plain

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/compat/wording"
	"github.com/testedon/testedon/message"
)

// MaxText bounds, in characters, a question in plain words.
const MaxText = 1000

// Understanding is what was made of a question in plain words. It never holds a
// guess: where a text may mean several things, all of them are in Ambiguous.
type Understanding struct {
	Type       Type
	Product    *compat.Product      // nil where none is named, or several are
	Release    *compat.Release      // nil where the product is, or where it is open which one is meant
	From       *compat.Release      // of a comparison: the release to begin with; Release is the one to go to
	Releases   []*compat.Release    // of a search: the only ones to look at; nil for all
	Products   []*compat.Product    // of a search: those whose releases to look at, where several are named
	Kinds      []string             // of a list: the kinds asked for; nil for all
	Only       []*compat.Technology // of a list: nothing else of their kinds is asked for; nil for all
	Assumed    string               // why this release, where the text does not say it in full; a sentence
	Components []compat.Component   // in the order of the text; Text is where each came from
	Tokens     []Token              // the whole text but for its blanks, in order
	Unread     []string             // words that are neither understood nor those of a question
	Times      []string             // days and other times that the words say; each is unread, as facts of another day may differ, unless changes are asked for
	Ambiguous  []Ambiguity          // what has to be decided, in the order of the text
	Span       string               // the one amount of time that is named, as "6m" is written; empty for none
	Without    []compat.Component   // what Left may mean
	Left       []string             // what is plainly left out: "without Oracle 19c"
	Missing    []string             // "product" and "environment", where none is named
	words      *message.Language
}

// Type is what a question asks for.
type Type string

// The types.
const (
	TypeCheck        Type = "check"        // whether an environment is tested
	TypeList         Type = "list"         // what a release lists of some kinds
	TypeRequirements Type = "requirements" // what a machine must have
	TypePorts        Type = "ports"        // where a release listens
	TypeCompare      Type = "compare"      // what changes between two releases
	TypeFind         Type = "find"         // which releases an environment is tested for
	TypeRetest       Type = "retest"       // what to test again
	TypePlan         Type = "plan"         // the environments to test a release with
	TypeChanges      Type = "changes"      // what vendors changed
	TypeSources      Type = "sources"      // where it is written
	TypeCoverage     Type = "coverage"     // what the record lacks
	TypeAmbiguous    Type = "ambiguous"    // something has to be decided first
	TypeUnknown      Type = "unknown"      // it cannot be told: something is not named, or not understood
)

// Types lists every type.
var Types = []Type{TypeCheck, TypeList, TypeRequirements, TypePorts, TypeCompare, TypeFind, TypeRetest, TypePlan, TypeChanges, TypeSources, TypeCoverage, TypeAmbiguous, TypeUnknown}

// Role is what a part of a text was taken for.
type Role string

// The roles.
const (
	RoleProduct    Role = "product"
	RoleRelease    Role = "release"
	RoleTechnology Role = "technology"
	RoleVersion    Role = "version"
	RoleKind       Role = "kind"
	RoleSeparator  Role = "separator"
	RoleWord       Role = "word"    // of the question: "is", "tested"
	RoleUnknown    Role = "unknown" // of a name that nothing has
	RoleIgnored    Role = "ignored" // not understood, and of no name
)

// Roles lists every role.
var Roles = []Role{RoleProduct, RoleRelease, RoleTechnology, RoleVersion, RoleKind, RoleSeparator, RoleWord, RoleUnknown, RoleIgnored}

// Token is a part of the text and what it was taken for.
type Token struct {
	Text       string
	Start, End int // in bytes of the whole text
	As         Role
}

// Ambiguity is a part of the text that cannot be taken as it stands.
type Ambiguity struct {
	Text     string
	Reason   string    // why, for a person
	Readings []Reading // what it may mean
}

// Reading is one thing that an ambiguous text may mean: a technology and
// versions of it, or a product and perhaps a release of it.
type Reading struct {
	Kind       string // of the technology; empty for a product
	Technology string
	Version    string // in the technology's notation; empty for all
	Product    string
	Release    string
	Display    string // for a person: "Oracle Database 21c"
	Text       string // what asks for just this: "oracle-database:21c"
}

// Understand reads a question in plain words: which product and release, and
// which technologies. What things are called comes from the dataset alone. It goes
// through the text once, from left to right:
//
//  1. The longest name of a product, a technology, a series or a kind, then the
//     longest text beside it that is a version of it. A name that several share
//     means the one that reads the most.
//  2. A name of a kind beside a name of that kind tells which is meant.
//  3. A version without a name belongs to a name right after it, or to the one
//     before it in a list ("8, 11 and 17").
//  4. A word that is not understood belongs to the name it stands beside, which
//     then is another thing; see belong.
//  5. Everything else is a separator, a word of the question, or not understood.
//     With a word that is not understood, no answer passes.
//
// What is plainly left out is none of it, and neither are amounts and numbers that can be no
// version. A day or another time is not understood; see denied, prose and dated.
//
// At the end it finds the product, and its latest release where none is named. Of
// several products one is asked about, and the others are part of its
// environment, unless they are things of one sort; see subject and alternatives. What is asked
// for then, typed decides.
//
// It never fails. A text of more than [MaxText] characters, or that is not
// UTF-8, is not read: all of it is ignored.
func Understand(m *compat.Matrix, text string) *Understanding {
	r := reader{m: m, text: text, u: &Understanding{words: m.Words()}}
	if !utf8.ValidString(text) || utf8.RuneCountInString(text) > MaxText {
		r.emit(len(text), RoleIgnored)
	}
	r.read()
	r.settle()
	return r.u
}

// Question is the question that was understood; false where something has to be
// decided first, or is missing.
func (u *Understanding) Question() (compat.Question, bool) {
	if u.Type != TypeCheck && u.Type != TypeList || len(u.Components) == 0 {
		return compat.Question{}, false
	}
	return compat.Question{Product: u.Product.ID, Release: u.Release.Version, Components: u.Components, Unread: u.Unread}, true
}

// IsWhole reports whether what answers it looks at every release.
func (u *Understanding) IsWhole() bool {
	return u.Product == nil && slices.Contains([]Type{TypeFind, TypeRetest, TypeSources, TypeCoverage}, u.Type)
}

// list gives the texts of the tokens of a role, each once; those with no more than
// a blank between them belong together.
func (u *Understanding) list(as Role) []string {
	var all, once []string
	last := -1 // where the last one ends
	for _, t := range u.Tokens {
		switch {
		case t.As != as:
			continue
		case len(all) > 0 && t.Start <= last+1:
			all[len(all)-1] += strings.Repeat(" ", t.Start-last) + t.Text
		default:
			all = append(all, t.Text)
		}
		last = t.End
	}
	for _, text := range all {
		once = fact.AppendNew(once, text)
	}
	return once
}

// Summary is a few plain sentences: what was assumed, the answer where there is
// one (nil where not) and what else was answered, or what to decide, and what was not understood.
func (u *Understanding) Summary(a *compat.Answer, told ...string) string {
	var all []string
	if u.Assumed != "" {
		all = append(all, u.Assumed)
	}
	all = append(all, told...)
	if a != nil {
		all = append(all, a.Summary())
	}
	for i := range u.Ambiguous {
		all = append(all, u.Ambiguous[i].summary(u.words))
	}
	for _, what := range u.Missing {
		all = append(all, u.words.Text("ask.missing", what))
	}
	all = append(all, u.Doubts(a != nil || len(told) > 0)...)
	if len(u.Left) > 0 {
		all = append(all, u.words.Text("ask.left", u.words.And(u.Left)))
	}
	return strings.Join(all, " ")
}

// Doubts are sentences about what was not understood, or taken otherwise. An answer, and what
// is told in place of one, says itself which words were not.
func (u *Understanding) Doubts(answered bool) (all []string) {
	if !answered && len(u.Unread) > 0 {
		all = append(all, string(compat.AppendUnread(nil, u.words, "ask.unread", u.Unread)))
	}
	for _, text := range u.Unread {
		if slices.ContainsFunc(strings.FieldsFunc(text, func(c rune) bool { return !wording.IsWord(c) }), func(word string) bool { return wording.Is(word, wording.Clients) != 0 }) {
			all = append(all, u.words.Text("ask.client", strconv.Quote(text)))
		}
	}
	if len(u.Times) > 0 && u.Type != TypeChanges {
		all = append(all, u.words.Text("ask.time"))
	}
	return all
}

// summary asks for a decision.
func (a *Ambiguity) summary(l *message.Language) string {
	names := make([]string, len(a.Readings))
	for i, r := range a.Readings {
		names[i] = r.Display
	}
	return l.Text("ask.decide", strconv.Quote(a.Text), a.Reason, l.Or(names))
}
