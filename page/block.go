package page

import (
	"cmp"
	"sort"
	"strings"
)

// blockKind says what a block is.
type blockKind int

// The kinds of block that pages are made of, in whatever language they are written.
const (
	paragraph blockKind = iota
	heading
	list    // its subs are items
	item    // its subs are what stands in it
	note    // words set apart: its subs are what stands in it
	table   // has rows
	include // words that stand for another file
	lost    // words that are not read, and why
)

// block is a piece of a page.
type block struct {
	kind  blockKind
	level int    // of a heading, from 1
	steps bool   // of a list: its items are numbered
	mark  string // of an item: its number or the sign that it begins with
	why   string // of what is lost, and what to do about it
	text  words  // of a heading or paragraph; of a table its caption
	subs  []block
	rows  []row
}

// row is a row of a table.
type row struct {
	cells []cell
	line  int
	head  bool // stands in the head of the table
}

// cell is a cell of a table.
type cell struct {
	head         bool
	across, down int // columns and rows that it covers; 0 is 1
	line         int
	subs         []block
}

// words are plain text that knows in which lines of the page it stands. A line
// feed in it is a break that the page makes. Of pictures, icons and circles it has one
// of the signs ✅, ❌ and ⚠, or unknownSign; of the notes it refers to, nothing.
type words struct {
	text  string
	marks []mark // ascending
	refs  []ref  // ascending
}

// unknownSign stands for a picture whose meaning is not known.
const unknownSign = "\uFFFC"

// ref refers to a note: it stood behind the letter before at.
type ref struct {
	at     int
	label  string // as printed: "1", "*", "^1"; of a place that links lead to, its name after "#"
	text   string // of the note; empty where the page has none
	target string // the place that it leads to
	leads  bool   // it begins a line, and may name the note that stands there
}

// mark says that text from at on stands in a line.
type mark struct{ at, line int }

// line gives the line of what stands at an offset, or 0.
func (w words) line(at int) int {
	i := sort.Search(len(w.marks), func(i int) bool { return w.marks[i].at > at })
	if i == 0 {
		return 0
	}
	return w.marks[i-1].line
}

// within reports whether a reference belongs to the words between two offsets.
func (r ref) within(from, to int) bool { return r.at > from && r.at <= to || r.at == 0 && from == 0 }

// notes gives what the notes say that the words between two offsets refer to.
func (w words) notes(from, to int) string {
	var all []string
	for _, r := range w.refs {
		if r.within(from, to) {
			all = append(all, cmp.Or(r.text, "note "+strings.TrimPrefix(r.label, "^")+", which the page does not explain"))
		}
	}
	return strings.Join(all, "; ")
}

// cut gives the words between two offsets, without blanks around them.
func (w words) cut(from, to int) words {
	for from < to && isBlank(w.text[from]) {
		from++
	}
	for to > from && isBlank(w.text[to-1]) {
		to--
	}
	c := words{text: w.text[from:to], marks: []mark{{0, w.line(from)}}}
	for _, m := range w.marks {
		if m.at > from && m.at < to {
			c.marks = append(c.marks, mark{m.at - from, m.line})
		}
	}
	for _, r := range w.refs {
		if r.within(from, to) {
			r.at -= from
			c.refs = append(c.refs, r)
		}
	}
	return c
}

// together puts words behind each other, with a text between them.
func together(parts []words, between string) words {
	var out words
	var b strings.Builder
	for _, w := range parts {
		if w.text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(between)
		}
		for _, m := range w.marks {
			out.marks = append(out.marks, mark{b.Len() + m.at, m.line})
		}
		for _, r := range w.refs {
			r.at += b.Len()
			out.refs = append(out.refs, r)
		}
		b.WriteString(w.text)
	}
	out.text = b.String()
	return out
}

// split cuts words at line feeds.
func (w words) split() []words {
	var parts []words
	from := 0
	for i := 0; i <= len(w.text); i++ {
		if i == len(w.text) || w.text[i] == '\n' {
			if p := w.cut(from, i); p.text != "" {
				parts = append(parts, p)
			}
			from = i + 1
		}
	}
	return parts
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' || c == '\t' }

// plainText gives the words of blocks in one line: what a reader would read aloud.
func plainText(blocks []block) string {
	var b strings.Builder
	each(blocks, func(w words) {
		if w.text != "" {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(strings.ReplaceAll(w.text, "\n", " "))
		}
	})
	return b.String()
}

// each visits the words of blocks in order, those in tables as well.
func each(blocks []block, visit func(words)) {
	for i := range blocks {
		b := &blocks[i]
		visit(b.text)
		each(b.subs, visit)
		for _, r := range b.rows {
			for _, c := range r.cells {
				each(c.subs, visit)
			}
		}
	}
}

// firstLine gives the line in which blocks begin, or 0.
func firstLine(blocks []block) int {
	first := 0
	each(blocks, func(w words) {
		if first == 0 && w.text != "" {
			first = w.line(0)
		}
	})
	return first
}
