package page

import (
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
)

var (
	// directiveMark begins a directive: ".. note::", ".. csv-table:: Title".
	directiveMark = compiled(`^\s*\.\.(?:\s+(?:([\w-]+)::\s*(.*))?|$)`)
	// directiveOption is a setting of a directive: ":header-rows: 1".
	directiveOption = compiled(`^\s*:([\w-]+):\s*(.*)$`)
)

// directive takes a directive with what is indented below it. Labels, comments and what is
// defined for other places are left out.
func (s *scanner) directive(lines []line) int {
	m := directiveMark().FindStringSubmatch(lines[0].text)
	if m == nil || m[1] == "" && !s.rst {
		return 0
	}
	n, body := indented(lines, lines[0].indent()+1)
	if m[1] == "" {
		s.flush()
		return n
	}
	s.known(m[1], m[2], lines[0], body)
	return n
}

// The directives that hold nothing for a reader, and those whose words count and nothing else.
var (
	idleDirectives = strings.Fields("code code-block code-cell sourcecode highlight image figure toctree raw contents index meta mermaid math graphviz figure-md default-role")
	openDirectives = strings.Fields("tab-set tabs grid grid-item grid-item-card card dropdown details collapse container only panels rst-class hlist eval-rst tab-set-code div")
)

// known takes a directive of reStructuredText or MyST: a table, words set apart, or others.
func (s *scanner) known(name, argument string, first line, body []line) {
	options := map[string]line{}
	for len(body) > 0 {
		o := directiveOption().FindStringSubmatch(body[0].text)
		if o == nil {
			break
		}
		options[o[1]], body = line{o[2], body[0].no}, body[1:]
	}
	said := line{argument, first.no}
	switch {
	case name == "csv-table" || name == "list-table" || name == "table":
		s.flush()
		all := s.inside(body)
		switch name {
		case "csv-table":
			all = []block{csvTable(body, options)}
		case "list-table":
			all = []block{listTable(all, options)}
		}
		if len(all) > 0 && all[0].kind == table {
			all[0].text = inline([]line{said})
		}
		s.out = append(s.out, all...)
		if options["file"].text != "" || options["url"].text != "" {
			s.add(block{kind: include, text: inlineAsIs(first)})
		}
	case slices.Contains(idleDirectives, name):
		s.flush()
	case name == "include" || name == "literalinclude":
		s.add(block{kind: include, text: inlineAsIs(first)})
	case slices.Contains(tabNames, name):
		s.tab(argument, first.no)
		s.out = append(s.out, s.inside(body)...)
		s.tab("", first.no)
	case slices.Contains(openDirectives, name):
		s.flush()
		s.out = append(s.out, s.inside(body)...)
	default:
		s.add(block{kind: note, subs: s.inside(slices.Insert(slices.Clone(body), 0, said))})
	}
}

// csvTable makes a table of lines whose cells commas part.
func csvTable(body []line, options map[string]line) block {
	t := block{kind: table}
	heads, _ := strconv.Atoi(options["header-rows"].text)
	if head, ok := options["header"]; ok {
		body, heads = append([]line{head}, body...), heads+1
	}
	raw, _ := join(body)
	read := csv.NewReader(strings.NewReader(raw))
	read.LazyQuotes, read.TrimLeadingSpace, read.FieldsPerRecord = true, true, -1
	if d := []rune(options["delim"].text); len(d) == 1 {
		read.Comma = d[0]
	}
	for fields, err := read.Read(); err == nil; fields, err = read.Read() {
		at, _ := read.FieldPos(0)
		r := row{line: body[min(at, len(body))-1].no}
		for i, f := range fields {
			at, _ := read.FieldPos(i)
			r.cells = append(r.cells, pipeCell(f, body[min(at, len(body))-1].no))
		}
		t.rows = append(t.rows, r)
	}
	markHeads(t.rows, heads)
	return t
}

// listTable makes a table of a list of lists.
func listTable(lists []block, options map[string]line) block {
	t := block{kind: table}
	for _, b := range lists {
		for _, it := range b.subs {
			r := row{line: firstLine(it.subs)}
			for _, inner := range it.subs {
				for _, c := range inner.subs {
					r.cells = append(r.cells, cell{line: firstLine(c.subs), subs: c.subs})
				}
			}
			t.rows = append(t.rows, r)
		}
	}
	heads, _ := strconv.Atoi(options["header-rows"].text)
	markHeads(t.rows, heads)
	return t
}
