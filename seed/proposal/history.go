package proposal

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
)

// Revision is a page as a commit left it on the branch that publishes it.
type Revision struct {
	Document  `json:"-"`
	Commit    string  `json:"commit"`
	Day       string  `json:"day"`
	Subject   string  `json:"subject"`
	Unread    string  `json:"unread,omitempty"` // why nothing was read; what stood before goes on
	Gone      bool    `json:"gone,omitempty"`   // the commit took the page away
	Added     []Dated `json:"added"`            // what the page states from this commit on
	Withdrawn []Dated `json:"withdrawn"`        // what it no longer states
}

// Dated is what a page states or stated, with the times in which it did.
type Dated struct {
	Kind       string      `json:"kind"`
	Technology string      `json:"technology"`
	Label      string      `json:"label"`
	Status     fact.Status `json:"status"`
	Section    string      `json:"section"`
	When       string      `json:"when,omitempty"`
	Claims     []string    `json:"claims,omitempty"` // IDs of those that say it in the catalogue
	Terms      []fact.Term `json:"terms,omitempty"`

	of    *Finding
	stand bool // it has not ended
	held  bool // as what was read last may state it
}

// History is what a page stated of a release, from one revision to the next.
type History struct {
	Product   string     `json:"product"`
	Release   string     `json:"release"`
	Source    string     `json:"source"`
	Branch    string     `json:"branch"` // that publishes the page; empty for the default one
	Revisions []Revision `json:"revisions"`
	// Statements are in the order in which they came. Those of another status or condition are
	// others.
	Statements []Dated  `json:"statements"`
	Told       []string `json:"told"`    // what was not read or is not clear
	Ends       int      `json:"ends"`    // claims that count by now, and have ended by the history
	Claims     int      `json:"claims"`  // that count by now
	Written    []string `json:"written"` // files
	Shallow    bool     `json:"-"`       // the clone is; nothing tells of the time before

	reader  *reader
	source  *fact.Source
	at      map[string]int         // of statements, by what they say
	last    *draft                 // what was read last; nil before the first
	unsure  string                 // why what is new may have stood before
	changes map[string]fact.Source // those that are no sources yet
	dates   map[string][]fact.Term // by claims
}

// NewHistory begins the history of a page, which the catalogue has to have by now as it is.
func NewHistory(m *compat.Matrix, about Subject, page string) (*History, error) {
	r, err := newReader(m, about)
	if err != nil {
		return nil, err
	}
	h := &History{
		Product: r.product, Release: r.release, Statements: []Dated{}, Told: []string{}, Written: []string{},
		reader: r, at: map[string]int{}, changes: map[string]fact.Source{}, dates: map[string][]fact.Term{},
	}
	h.Source = cmp.Or(about.Source, r.onlySource(func(s *fact.Source) bool { return strings.HasSuffix(s.Document, " "+page) }),
		r.onlySource(func(s *fact.Source) bool { return isCalled(s, path.Base(page)) }))
	if h.source = m.Source(h.Source); h.source == nil {
		return nil, fact.Invalid("source", "Name its source with --source. Where the catalogue has nothing of the page, import it as it is now first: that removes no row without --allow-removals.", "no source of %s %s is known to be this page", r.product, r.release)
	}
	h.Branch = h.source.Branch
	return h, nil
}

// Follow puts together from the revisions of the page, which are in their order, what it
// stated from when to when. The page began with the first of them, or may have stood before.
// These are the steps for each:
//
//  1. What cannot be read changes nothing; that is told.
//  2. What the revision states and the one before does not begins with it. Where the one
//     before may have stated it in words that are not understood, its change is not known.
//  3. What it no longer states ends with it, unless it may be meant by such words.
func (h *History) Follow(begins bool, revisions []Revision) {
	if h.Revisions = revisions; !begins {
		h.unsure = "nothing tells of the time before"
	}
	for i := range revisions {
		h.next(&revisions[i])
	}
	h.match()
}

// next goes on to the next revision.
func (h *History) next(rev *Revision) {
	rev.Added, rev.Withdrawn = []Dated{}, []Dated{}
	now, stated := h.reader.begin(), map[int]bool{}
	if !rev.Gone && rev.Unread == "" {
		now = h.reader.read(rev.Document)
	}
	for i := range now.Found {
		if f := &now.Found[i]; f.isClaim() {
			stated[h.statement(f)] = true
		}
	}
	switch {
	case now.cut:
		rev.Unread = "the page is not whole"
	case len(now.Pages) > 0 && len(now.Pages[0].Others)+len(stated) == 0:
		rev.Unread = "nothing that it states was understood"
	}
	if rev.Unread != "" {
		h.tell(rev, "was not read: "+rev.Unread)
		h.unsure = "the revision before was not read"
		return
	}
	for i := range h.Statements {
		switch s := &h.Statements[i]; {
		case stated[i] && !s.stand:
			h.rises(rev, s)
		case !stated[i] && s.stand:
			h.falls(rev, s, now)
		}
	}
	h.last, h.unsure = now, ""
}

// statement finds the place of what a finding says, or makes one.
func (h *History) statement(f *Finding) int {
	key := f.one.meaning + "\n" + string(f.Status) + "\n" + clean(f.When)
	i, there := h.at[key]
	if !there {
		i, h.at[key] = len(h.Statements), len(h.Statements)
		h.Statements = append(h.Statements, Dated{Kind: f.Kind, Technology: f.Technology, Label: f.Label, Status: f.Status, Section: headingOf(f), When: clean(f.When)})
	}
	h.Statements[i].of, h.Statements[i].held = f, false
	return i
}

// rises begins a time in which something is stated.
func (h *History) rises(rev *Revision, s *Dated) {
	unsure := h.unsure
	if h.last != nil && unsure == "" {
		unsure = h.last.unclear(s.of)
	}
	t := fact.Term{Since: rev.Day}
	if unsure == "" || len(s.Terms) > 0 {
		t.BroughtBy = h.change(rev)
	} else if h.last != nil {
		h.tell(rev, s.Label+" may have stood before: "+unsure)
	}
	rev.Added = append(rev.Added, s.alone())
	s.Terms, s.stand = append(s.Terms, t), true
}

// falls ends a time in which something was stated, unless the page may still state it.
func (h *History) falls(rev *Revision, s *Dated, now *draft) {
	unclear := now.unclear(s.of)
	if s.held = unclear != ""; s.held {
		h.tell(rev, s.Label+" goes on: "+unclear)
		return
	}
	rev.Withdrawn = append(rev.Withdrawn, s.alone())
	last := &s.Terms[len(s.Terms)-1]
	last.Until, last.EndedBy, s.stand = rev.Day, h.change(rev), false
}

// alone is what is stated, without its times.
func (s Dated) alone() Dated {
	s.Terms = nil
	return s
}

// unclear says why a page that does not state something, as far as it is understood, may do
// so; empty where it does not. A page of the release must not have words for it that say
// nothing else, nor parts of them where it does not speak of the kind.
func (p *draft) unclear(f *Finding) string {
	claim := &fact.Claim{Version: f.one.version, Citation: fact.Citation{Section: f.Section}}
	because, label := p.holds(&existingClaim{Claim: claim, technology: f.one.technology}), wordsOf(f.Label)
	understood := slices.ContainsFunc(p.Found, func(o Finding) bool { return o.one.meaning == f.one.meaning }) ||
		slices.ContainsFunc(p.LeftOut, func(l LeftOut) bool { return strings.Contains(wordsOf(l.Text), label) })
	partly := !p.spoken()[stanceOf(f.Kind, f.Status)] && strings.Contains(p.words, wordsOf(f.one.printed)) && strings.Contains(p.words, wordsOf(f.one.version))
	if because == "" && len(p.Found) > 0 && !understood && (partly || strings.Contains(p.words, label)) {
		because = "the page has these words, and says nothing by them that was understood"
	}
	return because
}

// wordsOf gives a text as words in small letters, each between blanks: letters, digits and
// what stands between them in a version.
func wordsOf(text string) string {
	words := strings.FieldsFunc(strings.ToLower(tag().ReplaceAllString(text, " ")), func(c rune) bool { return c <= '~' && fold(string(c)) == "" && !strings.ContainsRune(".+-_", c) })
	for i, word := range words {
		words[i] = strings.Trim(word, ".+-_")
	}
	return " " + strings.Join(words, " ") + " "
}

// tell tells of a revision.
func (h *History) tell(rev *Revision, text string) {
	h.Told = append(h.Told, fmt.Sprintf("%s, commit %.7s: %s", rev.Day, rev.Commit, text))
}

var (
	// request is how the subject of a commit names the pull request that it merges.
	request = str.Regexp(`^Merge pull request #(\d+) |\(#(\d+)\)$`)
	// ofFile is what follows the repository in the address of a file of it.
	ofFile = str.Regexp(`/(?:-/)?(?:blob|raw)/.*$`)
)

// change gives the source of the change that a commit makes: one that the catalogue has of
// the commit or its pull request, else a new one.
func (h *History) change(rev *Revision) string {
	base := ofFile().ReplaceAllString(h.source.URL, "")
	at, asked := base+"/commit/"+rev.Commit, request().FindStringSubmatch(rev.Subject)
	for _, s := range h.reader.m.Dataset().Sources {
		if s.URL == at || asked != nil && s.URL == base+"/pull/"+asked[1]+asked[2] {
			return s.ID
		}
	}
	name, _, _ := strings.Cut(h.source.Document, " ")
	c := fact.Source{
		ID: dotted(fmt.Sprintf("%s-%.7s", strings.ReplaceAll(name, "/", "-"), rev.Commit)), Title: clean(fmt.Sprintf("%s commit %.7s: %s", name, rev.Commit, rev.Subject)),
		Document: h.source.Document, Branch: h.source.Branch, Revision: rev.Commit, Date: rev.Day, Cadence: "none", Authority: h.source.Authority,
	}
	if base != h.source.URL { // else nothing tells where the repository is
		c.URL = at
	}
	h.changes[c.ID] = c
	return c.ID
}

// match finds the claims of the catalogue that say what was stated, and what the history
// tells of them. What is known better stays: the time before, where nothing tells what brought
// the first, and an end, where the page may still state it.
func (h *History) match() {
	m := h.reader.m
	for _, c := range m.Dataset().Claims {
		from := m.Source(c.Citation.Source)
		if c.Product != h.Product || c.Release != h.Release || from != h.source && (from.Document != h.source.Document || from.Branch != h.source.Branch) {
			continue
		}
		if c.Until == "" {
			h.Claims++
		}
		means := m.Target(fact.Target{Technology: c.Technology, Version: c.Version})
		at, there := h.at[meaningOf(&means)+"\n"+string(c.Status)+"\n"+c.When]
		if !there {
			h.Told = append(h.Told, "no revision states "+c.ID+", as far as it is understood")
			continue
		}
		s := &h.Statements[at]
		terms := s.after(c.Terms(), from.Date)
		if terms == nil {
			h.Told = append(h.Told, c.ID+" stays as it is: nothing tells what brought it back by "+s.Terms[0].Since)
			continue
		}
		if last := &terms[len(terms)-1]; s.held {
			last.Until, last.EndedBy = c.Until, c.EndedBy
		} else if c.Until == "" && !s.stand {
			h.Ends++
		}
		s.Claims, h.dates[c.ID] = append(s.Claims, c.ID), terms
	}
}

// after gives the times of what was stated, with those of its claim before where nothing tells
// what brought the first; nil where the claim ended before. Its source is of the day.
func (s *Dated) after(known []fact.Term, day string) []fact.Term {
	terms := slices.Clone(s.Terms)
	begins := terms[0].Since
	if terms[0].BroughtBy != "" {
		return terms
	}
	i := slices.IndexFunc(known, func(t fact.Term) bool { return t.Until == "" || t.Until > begins })
	if i >= 0 && cmp.Or(known[i].Since, day, begins) <= begins {
		terms[0].Since, terms[0].BroughtBy = known[i].Since, known[i].BroughtBy
	}
	if i != 0 && terms[0].BroughtBy == "" {
		return nil
	}
	return append(known[:i:i], terms...)
}
