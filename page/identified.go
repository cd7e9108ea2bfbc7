package page

import (
	"slices"
	"strings"
)

// identified reads a table in which each row names its technology by the identifier that a
// catalogue has for it, as exported pages do: such a row is taken as it stands, and nothing is
// made out of its words. The name stands in the first column, and versions with commas between
// under "Versions", or one, whatever is in it, under "Version". It is false for any other table.
func (r *reader) identified(g *grid) bool {
	at := map[string]int{}
	for _, head := range g.head {
		for i, w := range head {
			at[w.text] = i
		}
	}
	if _, is := at["Technology id"]; !is {
		return false
	}
	s := scope{section: r.open().title}
	if end := strings.LastIndexByte(r.page.Title, ' '); end > 0 && strings.ContainsAny(r.page.Title[end:], digits) {
		s.subject = subject{r.page.Title[:end], r.page.Title[end+1:]}
	}
	for i, cells := range g.body {
		text := func(head string) string {
			if k, is := at[head]; is && k < len(cells) {
				return oneLine(cells[k].words().text)
			}
			return ""
		}
		quote := rowQuote(cells)
		versions := []string{text("Version")}
		if versions[0] == "" {
			versions = strings.Split(text("Versions"), ", ")
		}
		if signed := slices.ContainsFunc(cells, func(c *cell) bool { return len(c.words().refs) > 0 }); signed || text("Technology id") == "" {
			r.unread(quote, g.from[i], s, "it has no identifier of a technology, or a sign of a note that cannot be told from its words: state it by hand")
			continue
		}
		for _, version := range versions {
			r.keep(Statement{
				Technology: text("Technology id"), Name: oneLine(cells[0].words().text), Version: version, Status: strings.ReplaceAll(text("Status"), " ", "_"),
				When: text("Condition"), Together: text("Together with"), Line: g.from[i], Quote: quote,
			}, s)
		}
	}
	return true
}
