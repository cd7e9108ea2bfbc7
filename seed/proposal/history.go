package proposal

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// Revision is a page as a commit left it on the branch that publishes it.
type Revision struct {
	Document `json:"-"`
	Commit   string   `json:"commit"`
	Date     fact.Day `json:"-"`
	Day      string   `json:"day"`
	Subject  string   `json:"subject"`
	Unread   string   `json:"unread,omitempty"` // why nothing was read; what stood before goes on
	Gone     bool     `json:"gone,omitempty"`   // the commit took the page away
	// Added and Withdrawn are what the page states from this commit on, and no longer.
	Added     []Dated `json:"added"`
	Withdrawn []Dated `json:"withdrawn"`
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

	of *Finding
}

// History is what a page stated of a release, from one revision to the next.
type History struct {
	Product   string     `json:"product"`
	Release   string     `json:"release"`
	Source    string     `json:"source"`
	Branch    string     `json:"branch"`
	Revisions []Revision `json:"revisions"`
	// Statements are in the order in which they came. Those of another status or condition are
	// others.
	Statements []Dated  `json:"statements"`
	Told       []string `json:"told"`    // what was not read or is not clear
	Unseen     []string `json:"unseen"`  // claims that no revision states in words that are understood
	Ends       int      `json:"ends"`    // claims that count by now, and have ended by the history
	Claims     int      `json:"claims"`  // that count by now
	Written    []string `json:"written"` // files

	changes map[string]fact.Source // those that are no sources yet
	dates   map[string][]fact.Term // by claims
}

// historian puts a history together.
type historian struct {
	*reader
	*History
	source *fact.Source
	base   string         // the address of the repository
	at     map[string]int // of statements, by what they say
	open   map[int]bool   // those that stand
	last   *draft         // what was read last; nil before the first
	unsure string         // why what is new may have stood before
}

// Follow puts together from the revisions of a page, which are in their order, what it
// stated from when to when. The page began with the first of them, or may have stood before.
// These are the steps for each:
//
//  1. What cannot be read changes nothing; that is told.
//  2. What the revision states and the one before does not begins with it. Where the one
//     before may have stated it in words that are not understood, its change is not known.
//  3. What it no longer states ends with it, unless it may be meant by such words.
func Follow(m *compat.Matrix, about Subject, branch string, begins bool, revisions []Revision) (*History, error) {
	r, err := newReader(m, about)
	if err != nil {
		return nil, err
	}
	h := &historian{reader: r, at: map[string]int{}, open: map[int]bool{}, History: &History{
		Product: r.product, Release: r.release, Branch: branch, Revisions: revisions, Statements: []Dated{}, Told: []string{}, Unseen: []string{},
		Written: []string{}, changes: map[string]fact.Source{}, dates: map[string][]fact.Term{},
	}}
	if !begins {
		h.unsure = "it may have stood before"
	}
	read := map[string]*draft{} // by texts
	for i := range revisions {
		rev := &revisions[i]
		rev.Day, rev.Added, rev.Withdrawn = rev.Date.String(), []Dated{}, []Dated{}
		if text := string(rev.Text); read[text] == nil {
			read[text] = r.read(rev.Document)
		}
		if h.source == nil {
			if err := h.takeSource(revisions[len(revisions)-1].Document); err != nil {
				return nil, err
			}
		}
		h.next(rev, read[string(rev.Text)])
	}
	h.match()
	return h.History, nil
}

// repository is the part of an address of a file that names its repository.
var repository = regexp.MustCompile(`^(https://[^?#]+?)/(?:-/)?(?:blob|raw)/`)

// takeSource finds the source that the page is.
func (h *historian) takeSource(d Document) error {
	id := cmp.Or(h.asked.Source,
		h.onlySource(func(s *fact.Source) bool {
			return strings.HasSuffix(s.Document, " "+d.Name) && (s.Branch == "" || s.Branch == h.Branch)
		}),
		h.onlySource(func(s *fact.Source) bool { return isCalled(s, path.Base(d.Name)) }))
	h.source = h.m.Source(id)
	if h.source == nil {
		return fact.Invalid("source", "Import the page as it is now first, or name its source with --source.", "no source of %s %s is known to be this page", h.product, h.release)
	}
	if m := repository.FindStringSubmatch(h.source.URL); m != nil {
		h.base = m[1]
	}
	h.Source = id
	return nil
}

// next goes on to the next revision.
func (h *historian) next(rev *Revision, now *draft) {
	var others int
	for _, page := range now.Pages {
		others += len(page.Others)
	}
	switch {
	case rev.Gone:
		now = h.begin()
	case rev.Unread != "":
	case now.cut:
		rev.Unread = "the page is not whole"
	case !slices.ContainsFunc(now.Found, func(f Finding) bool { return f.isClaim() }) && others == 0:
		rev.Unread = "nothing that it states was understood"
	}
	if rev.Unread != "" {
		h.tell(rev, "was not read: "+rev.Unread)
		h.unsure = "the revision before was not read"
		return
	}
	stated := map[int]bool{}
	for i := range now.Found {
		if f := &now.Found[i]; f.isClaim() {
			stated[h.statement(f)] = true
		}
	}
	for i := range h.Statements {
		switch {
		case stated[i] && !h.open[i]:
			h.rises(rev, i)
		case !stated[i] && h.open[i]:
			h.falls(rev, i, now)
		}
	}
	h.last, h.unsure = now, ""
}

// statement finds the place of what a finding says, or makes one.
func (h *historian) statement(f *Finding) int {
	key := f.one.meaning + "\n" + string(f.Status) + "\n" + clean(f.When)
	i, there := h.at[key]
	if !there {
		i = len(h.Statements)
		h.at[key] = i
		h.Statements = append(h.Statements, Dated{Kind: f.Kind, Technology: f.Technology, Label: f.Label, Status: f.Status, Section: headingOf(f), When: clean(f.When)})
	}
	h.Statements[i].of = f
	return i
}

// rises begins a time in which something is stated.
func (h *historian) rises(rev *Revision, i int) {
	s := &h.Statements[i]
	t := fact.Term{Since: rev.Day}
	unsure := h.unsure
	if h.last != nil && unsure == "" {
		unsure = h.last.unclear(s.of)
	}
	if unsure == "" || len(s.Terms) > 0 {
		t.BroughtBy = h.change(rev)
	} else if h.last != nil {
		h.tell(rev, fmt.Sprintf("%s may have stood before: %s", s.Label, unsure))
	}
	h.open[i] = true
	rev.Added = append(rev.Added, *s)
	s.Terms = append(s.Terms, t)
}

// falls ends a time in which something was stated, unless the revision may still state it.
func (h *historian) falls(rev *Revision, i int, now *draft) {
	s := &h.Statements[i]
	if unclear := now.unclear(s.of); unclear != "" {
		h.tell(rev, fmt.Sprintf("%s goes on: %s", s.Label, unclear))
		return
	}
	delete(h.open, i)
	rev.Withdrawn = append(rev.Withdrawn, *s)
	last := &s.Terms[len(s.Terms)-1]
	last.Until, last.EndedBy = rev.Day, h.change(rev)
}

// unclear says why a page that does not state something, as far as it is understood, may do
// so; empty where it does not. A page of the release must not have the words for what is of a kind
// that it does not speak of.
func (p *draft) unclear(f *Finding) string {
	c := &existingClaim{
		Claim:      &fact.Claim{Version: f.one.version, Citation: fact.Citation{Section: f.Section}},
		technology: f.one.technology,
	}
	if because := p.holds(c); because != "" {
		return because
	}
	text := bare(string(p.text))
	if len(p.Found) > 0 && !p.spoken()[stanceOf(f.Kind, f.Status)] && strings.Contains(text, bare(f.one.printed)) && strings.Contains(text, bare(f.one.version)) {
		return "the page has these words, and says nothing of the kind that was understood"
	}
	return ""
}

// tell tells of a revision.
func (h *historian) tell(rev *Revision, text string) {
	h.Told = append(h.Told, fmt.Sprintf("%s, commit %.7s: %s", rev.Day, rev.Commit, text))
}

// request is how the subject of a commit names the pull request that it merges.
var request = regexp.MustCompile(`^Merge pull request #(\d+) |\(#(\d+)\)$`)

// change gives the source of the change that a commit makes: one that the catalogue has of
// the commit or its pull request, else a new one.
func (h *historian) change(rev *Revision) string {
	at := ""
	if h.base != "" {
		at = h.base + "/commit/" + rev.Commit
	}
	for _, s := range h.m.Dataset().Sources {
		m := request.FindStringSubmatch(rev.Subject)
		if s.URL != "" && (s.URL == at || m != nil && s.URL == h.base+"/pull/"+m[1]+m[2]) {
			return s.ID
		}
	}
	name, _, _ := strings.Cut(h.source.Document, " ")
	id := dotted(fmt.Sprintf("%s-%.7s", strings.ReplaceAll(name, "/", "-"), rev.Commit))
	title := clean(fmt.Sprintf("%s commit %.7s: %s", name, rev.Commit, rev.Subject))
	h.changes[id] = fact.Source{
		ID: id, Title: title, URL: at, Document: h.source.Document, Branch: h.source.Branch, Revision: rev.Commit, Date: rev.Day,
		Cadence: "none", Authority: h.source.Authority,
	}
	return id
}

// match finds the claims of the catalogue that say what was stated, and what the history
// tells of them.
func (h *historian) match() {
	claims := h.m.Dataset().Claims
	for i := range claims {
		c := &claims[i]
		from := h.m.Source(c.Citation.Source)
		if c.Product != h.product || c.Release != h.release || from != h.source && (from.Document != h.source.Document || from.Branch != h.source.Branch) {
			continue
		}
		means := h.m.Target(fact.Target{Technology: c.Technology, Version: c.Version})
		said := meaningOf(&means) + "\n" + string(c.Status) + "\n"
		at, there := h.at[said+c.When]
		if !there {
			at, there = h.only(said)
		}
		if c.Until == "" {
			h.Claims++
		}
		if !there {
			h.Unseen = append(h.Unseen, c.ID)
			continue
		}
		s := &h.Statements[at]
		s.Claims = append(s.Claims, c.ID)
		h.dates[c.ID] = earliest(s.Terms, c.Terms()[0], from.Date)
		if c.Until == "" && s.Terms[len(s.Terms)-1].Until != "" {
			h.Ends++
		}
	}
}

// earliest gives terms of which the first begins as another one does, or on the day of its
// source, where nothing tells what brought it and that is earlier.
func earliest(terms []fact.Term, known fact.Term, date string) []fact.Term {
	terms = slices.Clone(terms)
	if first := &terms[0]; first.BroughtBy == "" && cmp.Or(known.Since, date, first.Since) <= first.Since {
		first.Since, first.BroughtBy = known.Since, known.BroughtBy
	}
	return terms
}

// only finds the statement that says something under whatever condition, where one does.
func (h *historian) only(said string) (at int, found bool) {
	n := 0
	for key, i := range h.at {
		if strings.HasPrefix(key, said) {
			at = i
			n++
		}
	}
	return at, n == 1
}

// BranchOf gives the branch that publishes a page, by the source that has it for a release;
// empty where none names one.
func BranchOf(m *compat.Matrix, about Subject, page string) string {
	for _, s := range m.Dataset().Sources {
		_, at, _ := strings.Cut(s.Document, " ")
		if (s.ID == about.Source || about.Source == "" && at == page) && slices.ContainsFunc(Subjects(m, s.ID), func(a Subject) bool {
			p, err := m.Product(about.Product)
			return err == nil && a.Product == p.ID && a.Release == about.Release
		}) {
			return s.Branch
		}
	}
	return ""
}
