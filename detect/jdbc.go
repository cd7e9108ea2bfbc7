package detect

import (
	"strconv"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// jdbcURL reads JDBC URLs wherever in a line they stand. One names the database,
// by the part after "jdbc:", and no version; one may follow it in the line. The host
// may tell that it is another one that speaks its protocol, or a provider's; where it is a
// provider's and does not tell which, or a word before it is not understood, nothing is
// told. What else the URL holds, secrets above all, is not given back.
func jdbcURL(p *page, i int) (known int) {
	line := p.lines[i]
	for n := 0; n < MaxFound && strings.Contains(line, "jdbc:"); n++ {
		known = max(known, p.jdbc(line))
		_, line, _ = strings.Cut(line, "jdbc:")
	}
	return known
}

// jdbc reads a JDBC URL in a line, and reports by 1 that there is one.
func (p *page) jdbc(line string) int {
	_, line, _ = strings.Cut(line, "jdbc:")
	url, rest := line, ""
	if i := strings.IndexAny(line, " \t\"'<"); i >= 0 {
		url, rest = line[:i], strings.Trim(line[i:], "\"'<>,; \t")
	}
	driver, rests, ok := strings.Cut(url, ":")
	if !ok || driver == "" {
		return 0
	}
	second, host, _ := strings.Cut(rests, ":")
	marked := p.m.Marked(fact.InJDBC, driver+":"+second)   // "jtds:sqlserver"
	mode := marked == nil && strings.HasPrefix(host, "//") // "mariadb:aurora://"
	if marked == nil {
		marked = p.m.Marked(fact.InJDBC, driver)
	}
	if told, named := p.m.MarkedPrefix(fact.InBanner, strings.TrimPrefix(rest, "(")); p.sameFamily(named, marked) != nil {
		rest = strings.TrimSuffix(told, ")")
	}
	version, tail, ok := numberAt(rest)
	if !ok || tail != "" {
		version = ""
	}
	text := "jdbc:" + driver + ":***"
	if marked != nil && mode {
		p.stranger(marked[0], text, strangeName, strconv.Quote(second), marked[0].Name)
	} else if marked, ok := p.hosted(marked, url, text); ok {
		p.found("jdbc-url", marked, version, text)
	}
	return 1
}

// hosted gives what a name may mean at a host; false where that is a provider's of which is not
// known what it runs, which is told.
func (p *page) hosted(marked []*compat.Technology, host, text string) ([]*compat.Technology, bool) {
	hosts := p.m.MarkedWithin(fact.InJDBCHost, host)
	if own := p.sameFamily(hosts, marked); own != nil {
		return own, true
	}
	if marked == nil || hosts == nil && p.m.MarkedWithin(fact.InStranger, host) == nil {
		return marked, true
	}
	p.stranger(marked[0], text, "detect.database.host", marked[0].Name)
	return nil, false
}

// bareVersion gives the version that stands alone in a line of the text to the
// one JDBC URL in it.
func (p *page) bareVersion(evidence []evidence) {
	url, line := -1, -1
	for i := range evidence {
		if e := &evidence[i]; e.from == "jdbc-url" && e.version == "" {
			if url >= 0 {
				return
			}
			url = i
		}
	}
	for i, n := range p.left {
		if version, tail, ok := numberAt(p.lines[n]); ok && tail == "" && version == p.lines[n] {
			if line >= 0 {
				return
			}
			line = i
		}
	}
	if url < 0 || line < 0 {
		return
	}
	e := &evidence[url]
	c, version, err := p.shortest(e.may[0].Technology, p.lines[p.left[line]])
	if len(e.may) == 1 && err == nil {
		e.may[0], e.version = c, version
		p.left = append(p.left[:line], p.left[line+1:]...)
	}
}

// sameFamily gives those of all that are of the family of the first of others.
func (p *page) sameFamily(all, others []*compat.Technology) []*compat.Technology {
	var same []*compat.Technology
	for _, t := range all {
		if len(others) > 0 && t.Head() == others[0].Head() {
			same = append(same, t)
		}
	}
	return same
}
