package page

import (
	"cmp"
	"slices"
	"strings"
)

var (
	// opening is a line that begins something that an end follows, perhaps: a fenced
	// container, a shortcode, a tag of Liquid, or a component.
	opening = compiled("^[ \\t]*(?:(:{3,}|`{3,}|~{3,})[ \\t]*\\{?\\.?([\\w-]+)\\}?(.*)|\\{\\{[<%][ \\t]*(/?[\\w/.-]+)(.*?)/?[>%]\\}\\}|\\{%-?[ \\t]*(\\w+)(.*?)-?%\\}|<(/?[A-Z][\\w.]*)([^<>]*)>)[ \\t]*$")
	// alert begins a quotation that is a note: "[!NOTE]".
	alert = compiled(`^\[!\w+\][+-]?\s*`)
	// admonition begins a paragraph that is a note.
	admonition = compiled(`^(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):\s+(\S.*)$`)
)

// What the names of containers mean; of others the words count, and nothing else.
var (
	noteNames = strings.Fields("note notes tip warning caution important danger info hint admonition alert callout notice attention error seealso deprecated versionadded versionchanged remark")
	codeNames = strings.Fields("code code-block code-cell codeblock highlight sourcecode mermaid comment literalinclude math")
	tabNames  = strings.Fields("tab tabitem tab-item tabpanel")
	tabsNames = strings.Fields("tabs tab-set tabpane md-tabs codegroup")
	idleNames = strings.Fields("else elsif elif when set assign toc br hr clear break row column columns moniker moniker-end zone import")
	askNames  = strings.Fields("if unless case ifversion ifdef ifndef ifeval")
)

// container takes a line of that sort: a note or code as far as its end, and of others the
// line alone. What has no end and is not known stands for another file.
func (s *scanner) container(lines []line) int {
	m := opening().FindStringSubmatch(lines[0].text)
	if m == nil || m[1] != "" && m[1][0] != ':' && !strings.HasPrefix(strings.TrimLeft(lines[0].text, " \t`~"), "{"+m[2]) {
		return 0
	}
	fence, name, rest := m[1], m[2]+m[4]+m[6]+m[8], m[3]+m[5]+m[7]+m[9]
	kind := strings.ToLower(name)
	set := settings(rest)
	n := 1
	switch {
	case fence != "" && fence[0] != ':', fence != "" && (strings.HasSuffix(kind, "-table") || kind == "table"):
		n = s.endOf(lines, fence, name)
		s.known(kind, strings.TrimSpace(rest), lines[0], lines[1:max(1, n-1)])
	case slices.Contains(noteNames, kind):
		if n = s.endOf(lines, fence, name); n > 1 {
			s.add(block{kind: note, text: inline([]line{{strings.Trim(rest, ` "[]`), lines[0].no}}), subs: s.inside(lines[1 : n-1])})
		}
	case slices.Contains(codeNames, kind):
		n = s.endOf(lines, fence, name)
	case slices.Contains(tabNames, kind):
		label := set["label"] + set["name"] + set["title"]
		if fence != "" {
			label = strings.TrimSpace(rest)
		}
		s.tab(label, lines[0].no)
	case strings.HasPrefix(name, "/") && slices.Contains(tabsNames, kind[1:]), strings.HasPrefix(kind, "endtabs"):
		s.tab("", lines[0].no)
	case slices.Contains(askNames, kind):
		n = s.endOf(lines, fence, name)
		s.add(asks(lines[0]))
	case name[0] == '/', strings.HasPrefix(kind, "end"), fence != "", s.ended[name], slices.Contains(idleNames, kind):
	default:
		s.add(block{kind: include, text: inlineAsIs(lines[0])})
	}
	s.flush()
	return n
}

// asks is what stands for lines that hold under a condition.
func asks(l line) block {
	return block{kind: include, text: inlineAsIs(l), why: "what follows holds under a condition that the page does not show: read the page as it is built"}
}

// conditionMark begins lines of AsciiDoc that hold under a condition, and ends them.
var conditionMark = compiled(`^(?:(ifn?def|ifeval)::[^\[]*\[(.*)\]|endif::\S*)[ \t]*$`)

// conditional takes lines of AsciiDoc that hold under a condition.
func (s *scanner) conditional(lines []line) int {
	m := conditionMark().FindStringSubmatch(lines[0].text)
	if m == nil {
		return 0
	}
	n, depth := 1, 0
	for i, l := range lines[:min(len(lines), maxContained)] {
		if s.looked++; m[1] == "" || m[2] != "" && m[1] != "ifeval" || s.looked > maxLooked {
			break
		}
		switch at := conditionMark().FindStringSubmatch(l.text); {
		case at == nil:
		case at[1] == "":
			depth--
		case at[2] == "" || at[1] == "ifeval":
			depth++
		}
		if depth == 0 {
			n = i + 1
			break
		}
	}
	s.flush()
	if m[1] != "" {
		s.add(asks(lines[0]))
	}
	return n
}

// tabLevel is the level of the labels of tabs and of what is folded up.
const tabLevel = 7

// tab begins what stands under the label of a tab, or without one ends the last.
func (s *scanner) tab(label string, no int) {
	s.add(block{kind: heading, level: tabLevel, text: inline([]line{{label, no}})})
}

func inlineAsIs(l line) words {
	return words{text: strings.TrimSpace(l.text), marks: []mark{{0, l.no}}}
}

// maxContained is how many lines a note or code between an opening and an end may have.
const maxContained = 1000

// maxLooked is how many lines of a page are looked at for such ends.
const maxLooked = 50_000

// endOf tells how many lines a container has with its end; 1 where it has none.
func (s *scanner) endOf(lines []line, fence, name string) int {
	depth := 0
	for i, l := range lines[:min(len(lines), maxContained)] {
		if s.looked++; s.looked > maxLooked {
			break
		}
		t := strings.TrimSpace(l.text)
		m := opening().FindStringSubmatch(t)
		switch {
		case fence != "" && strings.HasPrefix(t, fence) && strings.Trim(t, fence[:1]) == "":
			depth--
		case fence != "" && fence[0] == ':' && m != nil && m[1] != "" && i > 0 && len(m[1]) <= len(fence), i == 0, m != nil && m[2] == "" && m[4]+m[6]+m[8] == name:
			depth++
		case m != nil && (m[4] == "/"+name || m[6] == "end"+name || m[8] == "/"+name):
			depth--
		}
		if depth == 0 {
			return i + 1
		}
	}
	return 1
}

// admonition takes a paragraph that is a note by its first word.
func (s *scanner) admonition(lines []line) int {
	m := admonition().FindStringSubmatch(lines[0].text)
	if m == nil {
		return 0
	}
	n := 1
	for n < len(lines) && !lines[n].blank() && !begins(lines[n:]) {
		n++
	}
	body := slices.Insert(slices.Clone(lines[1:n]), 0, line{m[1], lines[0].no})
	s.add(block{kind: note, subs: paragraphs(body)})
	return n
}

var (
	// footnoteMark begins a note of Markdown or reStructuredText.
	footnoteMark = compiled(`^\s{0,3}(?:\[\^([^\]]+)\]:|\.\.\s+\[#?([\w*†-]*)\])(?:\s+|$)`)
	// meaningMark begins what a term means, in the line below it.
	meaningMark = compiled(`^ {0,3}:[ \t]+\S`)
	// termMark is a term of AsciiDoc, with what it means behind it or below.
	termMark = compiled(`^\s*(\S.*?)(?::{2,4}|;;)(?:\s+(.*))?$`)
)

// footnote takes a note that words refer to by its label.
func (s *scanner) footnote(lines []line) int {
	m := footnoteMark().FindStringSubmatch(lines[0].text)
	if m == nil {
		return 0
	}
	n, body := indented(lines, 1)
	for n == 1 && n+len(body) < len(lines) && !lines[n+len(body)].blank() && !begins(lines[n+len(body):]) && !footnoteMark().MatchString(lines[n+len(body)].text) {
		body = append(body, lines[n+len(body)]) // that goes on at the margin
	}
	label := cmp.Or(m[2], autoLabel)
	if m[1] != "" {
		label = "^" + m[1]
	}
	first := line{`<pagenote label="` + label + `">` + lines[0].text[len(m[0]):], lines[0].no}
	s.flush()
	s.out = append(s.out, s.inside(slices.Insert(body, 0, first))...)
	return max(n, len(body))
}

// definition takes a term and what it means: an item that the term is the label of.
func (s *scanner) definition(lines []line) int {
	var first []line
	least := 1
	var term []string
	if s.adoc && len(s.open) == 0 {
		term = termMark().FindStringSubmatch(lines[0].text)
	}
	if m := term; m != nil {
		first = []line{{m[1] + ": " + m[2], lines[0].no}}
	} else if k := len(s.open); k > 0 && meaningMark().MatchString(lines[0].text) {
		first = []line{{s.open[k-1].text + ":", s.open[k-1].no}, {strings.TrimLeft(lines[0].text, ": \t"), lines[0].no}}
		s.open = s.open[:k-1]
	} else if k == 1 && s.rst && lines[0].indent() > 0 && lines[0].no == s.open[0].no+1 && !strings.HasSuffix(s.open[0].text, ":") {
		first = []line{{s.open[0].text + ":", s.open[0].no}, lines[0].dedent(100)}
		s.open, least = nil, lines[0].indent()
	} else {
		return 0
	}
	n, body := s.meaning(lines, least)
	s.addItem(block{kind: item, subs: s.inside(append(first, body...))}, false)
	return n
}

// meaning takes the lines that say what a term means: in AsciiDoc those of its paragraph,
// and lists; else those that are indented.
func (s *scanner) meaning(lines []line, least int) (int, []line) {
	if !s.adoc {
		n, body := indented(lines, least)
		return n, body
	}
	n, gap := 1, false
	for ; n < len(lines); n++ {
		l := lines[n]
		if termMark().MatchString(l.text) || headingMark().MatchString(l.text) || gap && l.indent() == 0 && !l.blank() && !bulletMark().MatchString(l.text) {
			break
		}
		gap = l.blank()
	}
	return n, slices.Clone(lines[1:n])
}

// addItem adds an item; items that follow each other are one list.
func (s *scanner) addItem(it block, steps bool) {
	s.flush()
	if k := len(s.out); k > 0 && s.out[k-1].kind == list {
		s.out[k-1].subs = append(s.out[k-1].subs, it)
		return
	}
	s.out = append(s.out, block{kind: list, steps: steps, subs: []block{it}})
}
