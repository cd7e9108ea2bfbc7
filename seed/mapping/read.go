package mapping

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/page"
	"github.com/testedon/testedon/seed/sheet"
)

// maxCells is how many statements a document may make.
const maxCells = 20_000

// Read reads a document by the mapping that is named; without one, by the first of some that
// it matches. What cannot be read is told with its line.
func Read(f sheet.File, named *Mapping, all []*Mapping) page.Records {
	data, problems := sheet.ReadData(f)
	var records page.Records
	for _, p := range problems {
		records.Unread = append(records.Unread, page.Unread{Line: max(p.Line, 1), Reason: p.Message})
	}
	if len(problems) > 0 {
		return records
	}
	reason := "this is data, not a page: say with --map FILE where it has names, versions and statuses"
	if named != nil {
		all = []*Mapping{named}
		reason = "the mapping " + named.ID + " is for documents of another shape: not all of " + strings.Join(named.Matches, " and ") + " is there"
	}
	for _, m := range all {
		if m.matches(data) || m == named && len(m.Matches) == 0 {
			r := &reader{out: &records}
			if r.read(m, part{Data: data}); len(records.Records) > maxCells {
				last := records.Records[maxCells]
				records.Records = records.Records[:maxCells]
				r.unread(part{Data: &sheet.Data{Line: last.Line}}, last.Name, "the document states more than could be kept: split it")
			}
			return records
		}
	}
	records.Unread = []page.Unread{{Line: 1, Text: f.Name, Reason: reason}}
	return records
}

// matches reports whether a document has all that those of the mapping's shape have.
func (m *Mapping) matches(data *sheet.Data) bool {
	return len(m.Matches) > 0 && !slices.ContainsFunc(m.Matches, func(path string) bool {
		p, _ := pathOf(path) // each was checked
		return len(p.find(part{Data: data})) == 0
	})
}

// reader reads one document.
type reader struct {
	out *page.Records
}

// read follows the rules of a mapping.
func (r *reader) read(m *Mapping, root part) {
	r.out.Title = strings.Join(r.texts(root, m.Title), " ")
	for i := range m.Rules {
		rule := &m.Rules[i]
		before := len(r.out.Records) + len(r.out.Unread)
		for _, outer := range parts(root, rule.Within) {
			for _, p := range parts(outer, rule.Each) {
				outer.within, p.within = &root, &outer
				r.part(p, rule)
			}
		}
		if len(r.out.Records)+len(r.out.Unread) == before && !rule.Optional {
			r.unread(root, rule.Name, fmt.Sprintf("rule %d of the mapping %s finds nothing at %s: mend that path, or say that the rule is optional", i+1, m.ID, cmp.Or(strings.TrimSpace(rule.Within+" "+rule.Each), rule.Name)))
		}
	}
}

// parts are those that a path finds in a part; itself for none.
func parts(in part, value string) []part {
	p, _ := pathOf(value) // each was checked
	if p == nil {
		return []part{in}
	}
	return p.find(in)
}

// part reads the statements of a part.
func (r *reader) part(p part, rule *Rule) {
	names := r.texts(p, rule.Name)
	if strings.HasSuffix(rule.Name, "']") && strings.Contains(rule.Name, ",") { // whose it is, and what
		names = []string{strings.Join(names, " / ")}
	}
	versions := []part{p.says("")}
	if rule.Versions != "" {
		versions = r.values(p, rule.Versions)
	}
	if len(versions) == 0 && p.IsText {
		r.unread(p, strings.Join(names, ", "), "keys and values, or a list, are expected here")
	}
	if len(versions) == 0 || len(names) == 0 && rule.Optional {
		return
	}
	if len(names) != 1 || strings.TrimSpace(names[0]) == "" {
		r.unread(p, strings.Join(names, ", "), fmt.Sprintf("the mapping finds %d names for it at %s, and one is needed", len(names), rule.Name))
		return
	}
	record := page.Record{
		Kind: strings.Join(r.texts(p, rule.Kind), " "), Name: names[0], When: strings.Join(r.texts(p, rule.When), ", "),
		Product: strings.Join(r.texts(p, rule.Product), " "), Section: cmp.Or(strings.Join(r.texts(p, rule.Section), " "), r.out.Title),
	}
	record.Technology, record.Together = strings.Join(r.texts(p, rule.Technology), " "), r.together(p, rule)
	status, ok := r.status(p, rule)
	releases := r.texts(p, rule.Release)
	switch {
	case !ok:
		return
	case rule.Release == "":
		releases = []string{""}
	case len(releases) == 0:
		r.unread(p, names[0], "no release is found for it at "+rule.Release)
	}
	record.Status, record.Quote = status, names[0]
	for i, v := range versions {
		record.Quote += map[bool]string{true: " | ", false: ", "}[i == 0] + v.Text
	}
	record.Quote = strings.TrimSuffix(record.Quote, " | ")
	for _, v := range versions {
		if !v.IsText {
			r.unread(v, names[0], "a text is expected where the mapping has a version")
			continue
		}
		next := record
		next.Version, next.Line = v.Text, v.Line
		rule.readLabel(&next)
		for _, next.Release = range releases {
			r.add(next)
		}
	}
}

// together gives what a part says that has to be there besides: "ubuntu:24.04; macos".
func (r *reader) together(p part, rule *Rule) string {
	var all []string
	for _, w := range r.values(p, rule.With) {
		all = append(all, strings.Join(append(r.texts(w, "$.technology"), r.texts(w, "$.version")...), ":"))
	}
	return strings.Join(all, "; ")
}

// readLabel parts the version of a statement by the first label that it matches.
func (rule *Rule) readLabel(record *page.Record) {
	for _, l := range rule.Labels {
		if version, ok := l.read(record.Version); ok {
			record.Version, record.When = version, strings.TrimPrefix(record.When+", "+l.When, ", ")
			return
		}
	}
}

// add keeps a statement, and one more than may be.
func (r *reader) add(record page.Record) {
	if len(r.out.Records) <= maxCells {
		r.out.Records = append(r.out.Records, record)
	}
}

// status is what a rule says of a part; false where it is no status, which is told.
func (r *reader) status(p part, rule *Rule) (string, bool) {
	printed := strings.Join(r.texts(p, rule.Status), " ")
	for _, w := range rule.Words {
		if strings.EqualFold(w.Printed, printed) {
			return string(w.Status), true
		}
	}
	if len(rule.Words) == 0 && (slices.Contains(fact.Statuses, fact.Status(printed)) || slices.Contains(fact.Levels, fact.Level(printed))) {
		return printed, true
	}
	r.unread(p, printed, fmt.Sprintf("the mapping does not say which status %q is: add it to its words", printed))
	return "", false
}

// says is a text in place of a part.
func (p *part) says(text string) part {
	return part{Data: &sheet.Data{Line: p.Line, Text: text, IsText: true}}
}

// values are what a value is in a part: what its path finds, or itself.
func (r *reader) values(p part, value string) []part {
	text := strings.TrimLeft(value, "^")
	path, _ := pathOf(value) // each was checked
	if path != nil || text == ownKey {
		for range len(value) - len(text) {
			if p.within != nil {
				p = *p.within
			}
		}
	}
	switch {
	case path != nil:
		return path.find(p)
	case text != ownKey && value != "":
		return []part{p.says(value)}
	case text == ownKey && p.key != "":
		return []part{p.says(p.key)}
	}
	return nil
}

// texts are the texts that a value is in a part.
func (r *reader) texts(p part, value string) []string {
	var all []string
	for _, v := range r.values(p, value) {
		if v.IsText {
			all = append(all, v.Text)
		} else if len(v.Items) > 0 {
			r.unread(v, value, "a text is expected here, not a list or keys and values")
		}
	}
	return all
}

// unread tells what cannot be read.
func (r *reader) unread(p part, text, reason string) {
	r.out.Unread = append(r.out.Unread, page.Unread{Text: text, Line: p.Line, Reason: reason, Section: r.out.Title})
}
