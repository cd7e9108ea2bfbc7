package page

import (
	"encoding/csv"
	"strconv"
	"strings"
)

var (
	// directiveMark begins a directive: ".. note::", ".. csv-table:: Title".
	directiveMark = compiled(`^\s*\.\.\s+(?:([\w-]+)::|_[^:]+:\s*$)`)
	// directiveOption is a setting of a directive: ":header-rows: 1".
	directiveOption = compiled(`^\s*:([\w-]+):\s*(.*)$`)
)

// directive takes a directive with what is indented below it: a table, or words set
// apart. Labels are left out.
func (s *scanner) directive(lines []line) int {
	m := directiveMark().FindStringSubmatch(lines[0].text)
	if m == nil {
		return 0
	}
	n, body := indented(lines, lines[0].indent()+1)
	options := map[string]line{}
	for len(body) > 0 {
		o := directiveOption().FindStringSubmatch(body[0].text)
		if o == nil {
			break
		}
		options[o[1]], body = line{o[2], body[0].no}, body[1:]
	}
	switch m[1] {
	case "":
		return 1
	case "csv-table":
		s.add(csvTable(body, options))
	case "list-table":
		s.add(s.listTable(body, options))
	case "code", "code-block", "sourcecode", "image", "figure", "toctree", "raw", "contents":
		s.flush()
	case "include":
		s.add(block{kind: include, text: words{text: strings.TrimSpace(lines[0].text), marks: []mark{{0, lines[0].no}}}})
	default:
		s.add(block{kind: note, subs: scan(body, s.depth+1)})
	}
	return n
}

// csvTable makes a table of lines whose cells commas part.
func csvTable(body []line, options map[string]line) block {
	t := block{kind: table}
	if head, ok := options["header"]; ok {
		body = append([]line{head}, body...)
	}
	for _, l := range body {
		if l.blank() {
			continue
		}
		read := csv.NewReader(strings.NewReader(strings.TrimSpace(l.text)))
		read.LazyQuotes, read.TrimLeadingSpace = true, true
		fields, err := read.Read()
		if err != nil {
			fields = []string{l.text}
		}
		r := row{line: l.no}
		for _, f := range fields {
			r.cells = append(r.cells, pipeCell(f, l.no))
		}
		t.rows = append(t.rows, r)
	}
	if _, ok := options["header"]; ok || options["header-rows"].text != "" {
		markHead(t.rows[:min(1, len(t.rows))])
	}
	return t
}

// listTable makes a table of a list of lists.
func (s *scanner) listTable(body []line, options map[string]line) block {
	t := block{kind: table}
	for _, b := range scan(body, s.depth+1) {
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
	if n, _ := strconv.Atoi(options["header-rows"].text); n > 0 {
		markHead(t.rows[:min(1, len(t.rows))])
	}
	return t
}
