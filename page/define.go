package page

import (
	"html"
	"maps"
	"strings"
)

// syntax is what a page as a whole tells of how it is written.
type syntax struct {
	adoc, rst bool
	ended     map[string]bool // names of shortcodes that have an end somewhere
	looked    int             // how many lines were looked at for ends
	styles    []string        // of the lines below headings of reStructuredText, as they are met
}

// definitions are what a page defines in one place and uses in others.
type definitions struct {
	syntax
	links map[string]string // addresses, by the label of the link
	names map[string]string // attributes and variables
	drawn map[string]string // substitutions of reStructuredText
}

var (
	linkDefined  = compiled("^\\s*(?:\\[([^\\]^][^\\]]*)\\]|\\.\\. _`?([^:`]+)`?):\\s*<?([^\\s>]+)")
	nameDefined  = compiled(`^:([\w-]+):[ \t]+(\S.*)$|\{%-?\s*(?:set|assign)\s+([\w.]+)\s*=\s*["']([^"'{}]*)["']|^export const (\w+)\s*=\s*["'` + "`" + `]([^"'` + "`" + `]*)`)
	drawnDefined = compiled(`^\s*\.\.\s+\|([^|]+)\|\s+(image|replace|unicode|raw)::\s*(.*)$`)
	drawnSetting = compiled(`^\s+:(alt|class):\s*(.*)$`)
	endOfCode    = compiled(`(?:\{\{[<%]\s*/\s*|\{%-?\s*end|</)([\w-]+)`)
	isAdoc       = compiled(`^(?:={1,6} \S|[|,]===|include::)`)
	isRST        = compiled(`^\s*\.\. (?:[\w-]+::|_[^:]+:|\||\[)`)
	linkUsed     = compiled(`(!?)\[([^\[\]]+)\](?:\s?\[([^\[\]]*)\])?(\(?)`)
	nameUsed     = compiled(`\{\{-?\s*([\w.]+)\s*-?\}\}|\{([\w-]+)\}`)
	drawnUsed    = compiled(`\|([^|\s](?:[^|]*[^|\s])?)\|(?:_{1,2})?( *)`)
	targetUsed   = compiled(`([A-Za-z][\w.-]*?)_( |[^\w ]|$)`)
	tags         = compiled(`<[^>]*>`)
)

// maxDefined is how long what a name stands for may be, in bytes.
const maxDefined = 300

// builtIn are attributes of AsciiDoc that no page defines.
var builtIn = map[string]string{"nbsp": " ", "zwsp": "", "empty": "", "blank": "", "plus": "+", "vbar": "|", "asterisk": "*", "sp": " ", "tilde": "~"}

// define finds what the lines define.
func define(lines []line) *definitions {
	d := &definitions{syntax: syntax{ended: map[string]bool{}}, links: map[string]string{}, names: maps.Clone(builtIn), drawn: map[string]string{}}
	for i, l := range lines {
		t := l.text
		for _, m := range endOfCode().FindAllStringSubmatch(t, -1) {
			d.ended[m[1]] = true
		}
		if first := strings.TrimLeft(t, " "); first == "" || !strings.Contains("[.:={|,ei", first[:1]) {
			continue
		}
		d.adoc, d.rst = d.adoc || isAdoc().MatchString(t), d.rst || isRST().MatchString(t)
		if m := linkDefined().FindStringSubmatch(t); m != nil {
			d.links[strings.ToLower(m[1]+m[2])] = m[3]
		}
		if m := nameDefined().FindStringSubmatch(t); m != nil {
			if v := d.filledIn(m[2] + m[4] + m[6]); len(v) <= maxDefined {
				d.names[m[1]+m[3]+m[5]] = v
			}
		}
		if m := drawnDefined().FindStringSubmatch(t); m != nil && len(m[3]) <= maxDefined {
			d.drawn[m[1]] = drawnAs(m[2], m[3], lines[i+1:min(i+8, len(lines))])
		}
	}
	return d
}

// drawnAs gives what a substitution stands for: a sign, or words.
func drawnAs(sort, value string, below []line) string {
	switch sort {
	case "image":
		p := picture{file: value}
		for _, l := range below {
			m := drawnSetting().FindStringSubmatch(l.text)
			if m == nil {
				break
			}
			p.alt += m[2]
		}
		if s := p.sign(); s != "" {
			return s
		}
		return p.beside("")
	case "unicode":
		code, _, _ := strings.Cut(value, " ")
		code = strings.NewReplacer("U+", "", "0x", "", `\x`, "").Replace(code)
		return drawn.Replace(html.UnescapeString("&#x" + code + ";"))
	case "raw":
		value = ""
		for _, l := range below {
			if !l.blank() {
				value = html.UnescapeString(tags().ReplaceAllString(l.text, ""))
				break
			}
		}
	}
	return drawn.Replace(strings.TrimSpace(value))
}

// filledIn gives a text in which names stand for what they are defined as.
func (d *definitions) filledIn(t string) string {
	if !strings.Contains(t, "{") {
		return t
	}
	return replaceAll(nameUsed(), t, func(m []string) string {
		if v, ok := d.names[m[1]+m[2]]; ok {
			return v
		}
		return m[0]
	})
}

// resolved gives a line in which what is defined elsewhere stands as it would be shown:
// a link by its label becomes one by its address.
func (d *definitions) resolved(t string) string {
	if d.rst && strings.Contains(t, "|") && !drawnDefined().MatchString(t) {
		inTable := strings.HasPrefix(strings.TrimSpace(t), "|")
		t = replaceAll(drawnUsed(), t, func(m []string) string { return d.asDrawn(m, inTable) })
	}
	if t = d.filledIn(t); len(d.links) > 0 && strings.Contains(t, "[") && !linkDefined().MatchString(t) {
		t = replaceAll(linkUsed(), t, func(m []string) string {
			label := m[3]
			if label == "" {
				label = m[2]
			}
			if to, ok := d.links[strings.ToLower(label)]; ok && m[4] == "" {
				return m[1] + "[" + m[2] + "](" + to + ")"
			}
			return m[0]
		})
	}
	if d.rst && len(d.links) > 0 && strings.Contains(t, "_") {
		t = replaceAll(targetUsed(), t, func(m []string) string {
			if _, ok := d.links[strings.ToLower(m[1])]; !ok {
				return m[0]
			} else if m[2] == " " { // columns of tables are counted by blanks
				return m[1] + "  "
			}
			return m[1] + m[2]
		})
	}
	return t
}

// asDrawn gives what a substitution stands for, in as many characters where blanks allow
// it: columns of tables are counted by them. One that another file defines is the sign
// that its name says.
func (d *definitions) asDrawn(m []string, inTable bool) string {
	v, ok := d.drawn[m[1]]
	if !ok && !inTable {
		v = signOf(m[1], false)
	}
	if v == "" {
		return m[0]
	}
	width := len(columnsOf(m[0])) - len(columnsOf(v))
	return v + strings.Repeat(" ", max(width, min(1, len(m[2]))))
}
