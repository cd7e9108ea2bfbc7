package detect

import (
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// format is a kind of document, known by keys that stand together.
type format struct {
	from string
	keys string // stand in one object, each or one of those that "|" joins
	// rest are the other keys that a document has beside these where they are its outermost:
	// "x-*" is all that begin so, "[]" every section. Of an object within others all is its own.
	rest string
	// tell reads one, and reports whether it is one.
	tell func(*document, *entry) bool
}

// formats are the kinds of documents that are known. Of several that are known in one object
// each is asked.
var formats = slices.Concat(containerFormats, databaseFormats, factFormats, bomFormats)

// triggers are the formats that each key may tell of, and the bit that it is there.
var triggers = func() map[string][][2]int {
	all := map[string][][2]int{}
	for i, f := range formats {
		for j, keys := range strings.Fields(f.keys) {
			for key := range strings.SplitSeq(keys, "|") {
				all[key] = append(all[key], [2]int{i, 1 << j})
			}
		}
	}
	return all
}()

// document is a part of a page on its way through the formats.
type document struct {
	*page
	format
	root  *entry
	known []*entry // the objects within others that are documents
	more  [][2]int // parts of the page that are documents within this one
}

// outlines reads the documents of a page, before any line of them is read alone: apart by the
// fences of Markdown and the lines that part those of YAML, as a whole or within other text.
func (p *page) outlines() {
	from := 0
	for i, line := range p.raw {
		if strings.HasPrefix(line, "---") || strings.HasPrefix(strings.TrimLeft(line, " "), "```") {
			p.outline(from, i)
			from = i + 1
		}
	}
	p.outline(from, len(p.raw))
}

// outline reads the documents in lines of the page.
func (p *page) outline(from, to int) {
	d := &document{page: p, root: outline(p.raw, from, to)}
	d.walk(d.root)
	for _, e := range d.known {
		for e.in != d.root && e.in.bracketed {
			e = e.in
		}
		d.takeAll(e)
	}
	for i := 0; i < len(d.more); i++ { // each was text of one key, and is shorter
		p.outline(d.more[i][0], d.more[i][1])
	}
}

// walk asks the formats for an object, and for those in it that no document owns.
func (d *document) walk(e *entry) {
	if d.full() {
		return
	}
	var seen map[int]int
	for one := e.first; one != nil; one = one.next {
		for _, t := range triggers[one.key] {
			if seen == nil {
				seen = map[int]int{}
			}
			seen[t[0]] |= t[1]
		}
	}
	for i := 0; len(seen) > 0 && i < len(formats); i++ {
		if d.format = formats[i]; seen[i] != 2<<strings.Count(d.keys, " ")-1 || !d.tell(d, e) {
			continue
		}
		if e != d.root {
			d.known = append(d.known, e)
			return
		}
		d.take()
	}
	for one := e.first; one != nil; one = one.next {
		if !one.owned {
			d.walk(one)
		}
	}
}

// take owns the outermost entries that a format knows, with what is commented out above them
// and the comments before the first that name nothing.
func (d *document) take() {
	for i := d.root.line; i < d.root.first.line; i++ {
		if strings.HasPrefix(d.lines[i], "#") && !d.matters(d.lines[i]) {
			d.own(i, i+1)
		}
	}
	own := append(strings.FieldsFunc(d.keys, func(c rune) bool { return c == ' ' || c == '|' }), strings.Fields(d.rest)...)
	for one := d.root.first; one != nil; one = one.next {
		if !slices.ContainsFunc(own, func(key string) bool {
			begin, many := strings.CutSuffix(key, "*")
			return one.key == key || many && strings.HasPrefix(one.key, begin) || key == "[]" && one.section
		}) {
			continue
		}
		d.takeAll(one)
		for i := one.line - 1; i >= d.root.line && strings.HasPrefix(d.lines[i], "#"); i-- {
			if _, _, _, equals, _ := cutKey(strings.TrimLeft(d.lines[i], "# ") + "#"); equals {
				d.own(i, i+1)
			}
		}
	}
}

// takeAll owns an entry and all that is nested in it, and reads the JDBC URLs there.
func (d *document) takeAll(e *entry) {
	if e.owned {
		return
	}
	d.urls(e)
	from := e.line
	if from > 0 && strings.HasPrefix(d.lines[from-1], "<?") { // the head of an XML
		from--
	}
	d.own(from, e.end)
}

func (d *document) urls(e *entry) {
	e.owned = true
	if strings.Contains(e.value, "jdbc:") && !isLocal(e) && !d.full() {
		d.jdbc(e.value)
	}
	for one := e.first; one != nil; one = one.next {
		d.urls(one)
	}
}

// text is an entry as it is given back: its line, or of a long one its key and value.
func (d *document) text(e *entry) string {
	line := strings.TrimSpace(d.raw[e.line])
	if len(line) > maxPrinted {
		return e.key + ": " + e.value
	}
	return line
}

// version gives the version that is the value of an entry. One that is filled in
// elsewhere is told.
func (d *document) version(e *entry) string {
	if !e.isVariable() {
		return e.value
	}
	d.miss(d.text(e), variableValue, e.key)
	return ""
}

// variableValue is why a value says nothing.
const variableValue = "detect.value"

// isVariable reports whether the value is filled in elsewhere.
func (e *entry) isVariable() bool {
	return e.value != "" && (!e.literal || strings.IndexByte("$*!%", e.value[0]) >= 0 ||
		slices.ContainsFunc([]string{"${", "{{", "$(", "$[", "<%"}, func(sign string) bool { return strings.Contains(e.value, sign) }))
}

// osNamed gives the systems that a tool calls by a name of its own.
func (p *page) osNamed(name string) []*compat.Technology {
	if rest, marked := p.m.MarkedPrefix(fact.InOSName, name); rest == "" && marked != nil {
		return marked
	}
	if marked := p.m.Marked(fact.InOSRelease, name); marked != nil {
		return marked
	}
	if t, err := p.m.Technology(name); err == nil && t.Kind == "os" {
		return []*compat.Technology{t}
	}
	return nil
}

// factFormats are the facts that Ansible gathers of a machine, with and without its name before
// each.
var factFormats = []format{
	{"ansible", "ansible_distribution", "ansible_*", facts},
	{"ansible", "distribution distribution_version", "distribution_* architecture os_family", facts},
}

// facts reads the name of a system, its version and its processor.
func facts(d *document, e *entry) bool {
	prefix := ""
	if e.at("ansible_distribution").key != "" {
		prefix = "ansible_"
	}
	system, version, machine := e.at(prefix+"distribution"), e.at(prefix+"distribution_version"), e.at(prefix+"architecture")
	text, name := d.text(system), system.value
	if version.key != "" {
		text += " " + d.text(version)
	}
	if e.at(prefix+"distribution_release").value == "Stream" {
		name += " Stream"
	}
	if _, windows := d.m.MarkedPrefix(fact.InWindowsVer, name); windows != nil {
		d.windows(d.from, name, version.value, text)
	} else {
		d.found(d.from, d.osNamed(name), d.version(version), text)
	}
	d.javaSystem(d.from, "", "", machine.value, d.text(machine))
	return true
}
