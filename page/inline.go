package page

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// maxMarkup is how many characters of markup one paragraph may have. Beyond it
// the words are taken as they stand: matching brackets costs the square of them.
const maxMarkup = 300

// markup are the characters that mean something inside a paragraph.
const markup = "*_[`<&\\!~"

// inlines reads what stands inside a paragraph, and knows no blocks.
var inlines = parser.NewParser(
	parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)),
	parser.WithInlineParsers(parser.DefaultInlineParsers()...),
)

// inline gives the words of the lines of a paragraph without markup.
func inline(lines []line) words {
	raw, starts := join(withoutRoles(lines))
	b := &wordBuilder{starts: starts, lines: lines}
	if n := countMarkup(raw); n == 0 || n > maxMarkup {
		b.add(raw, 0)
		return b.words()
	}
	b.src = []byte(raw)
	_ = ast.Walk(inlines.Parse(text.NewReader(b.src)), b.visit)
	return b.words()
}

// maxParagraph is how long a paragraph may be, in bytes; a longer one is read as
// several, because some of what is looked for in it looks at all of it.
const maxParagraph = 8 << 10

// paragraphs gives the paragraphs that lines make.
func paragraphs(lines []line) []block {
	var all []block
	from, size := 0, 0
	add := func(part []line) {
		if w := inline(part); w.text != "" {
			all = append(all, block{kind: paragraph, text: w})
		}
	}
	for i, l := range lines {
		if size += len(l.text) + 1; size <= maxParagraph {
			continue
		}
		if i > from {
			add(lines[from:i])
		}
		for ; len(l.text) > maxParagraph; l.text = l.text[cutAt(l.text):] {
			add([]line{{l.text[:cutAt(l.text)], l.no}})
		}
		lines[i] = l
		from, size = i, len(l.text)
	}
	add(lines[from:])
	return all
}

// cutAt gives the place to cut a long line at: the last blank in what is allowed,
// or else between two letters.
func cutAt(t string) int {
	if i := strings.LastIndexByte(t[:maxParagraph], ' '); i > 0 {
		return i
	}
	i := maxParagraph
	for i > 1 && !utf8.RuneStart(t[i]) {
		i--
	}
	return i
}

// join puts lines together and gives the offset at which each begins.
func join(lines []line) (string, []int) {
	if len(lines) == 1 {
		return lines[0].text, []int{0}
	}
	var b strings.Builder
	starts := make([]int, len(lines))
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		starts[i] = b.Len()
		b.WriteString(l.text)
	}
	return b.String(), starts
}

func countMarkup(t string) int {
	n := 0
	for i := range len(t) {
		if strings.IndexByte(markup, t[i]) >= 0 {
			n++
		}
	}
	return n
}

// wordBuilder collects words and the lines they stand in.
type wordBuilder struct {
	src    []byte
	lines  []line
	starts []int
	out    strings.Builder
	marks  []mark
	gap    byte // a blank or a break that is due before the next word
}

func (b *wordBuilder) words() words { return words{text: b.out.String(), marks: b.marks} }

// visit takes the words of one node of the paragraph.
func (b *wordBuilder) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		if n.Kind() == ast.KindParagraph {
			b.breakLine()
		}
		return ast.WalkContinue, nil
	}
	switch n := n.(type) {
	case *ast.Text:
		b.text(n)
	case *ast.AutoLink:
		b.add(string(n.Label(b.src)), n.Pos())
	case *ast.RawHTML:
		b.tag(n)
	case *ast.Image:
		return ast.WalkSkipChildren, nil
	}
	return ast.WalkContinue, nil
}

// text takes a run of words and the break after it.
func (b *wordBuilder) text(n *ast.Text) {
	v := n.Segment.Value(b.src)
	if !n.IsRaw() && n.Parent().Kind() != ast.KindCodeSpan {
		v = util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(v)))
	}
	b.add(string(v), n.Segment.Start)
	switch {
	case n.HardLineBreak():
		b.breakLine()
	case n.SoftLineBreak():
		b.gap = max(b.gap, ' ')
	}
}

// tag takes the only thing that a tag inside a paragraph can say.
func (b *wordBuilder) tag(n *ast.RawHTML) {
	if n.Segments.Len() == 0 {
		return
	}
	first := n.Segments.At(0)
	t := strings.ToLower(string(first.Value(b.src)))
	if strings.HasPrefix(t, "<br") || strings.HasPrefix(t, "</p") || strings.HasPrefix(t, "<p>") {
		b.breakLine()
	} else if isName(t) {
		b.add(string(first.Value(b.src)), first.Start)
	}
}

// isName reports whether what looks like a tag stands for something the reader is
// to fill in: <PRODUCT_HOME>.
func isName(tag string) bool {
	return strings.ContainsAny(tag, "_") && !strings.ContainsAny(tag, "= \"")
}

// breakLine makes a break before the next word. A break outranks a blank, so it
// is the greater of the two here.
func (b *wordBuilder) breakLine() { b.gap = lineBreak }

const lineBreak = 'B'

// add takes text that begins at an offset of the source.
func (b *wordBuilder) add(t string, at int) {
	for i := 0; i < len(t); i++ {
		if isBlank(t[i]) {
			b.gap = max(b.gap, ' ')
			continue
		}
		b.mark(at + i)
		from := i
		for i < len(t) && !isBlank(t[i]) {
			i++
		}
		b.out.WriteString(t[from:i])
		i--
	}
}

// mark writes the gap that is due and says in which line the next word stands.
func (b *wordBuilder) mark(at int) {
	if b.out.Len() > 0 && b.gap != 0 {
		if b.gap == lineBreak {
			b.out.WriteByte('\n')
		} else {
			b.out.WriteByte(' ')
		}
	}
	b.gap = 0
	i := max(sort.SearchInts(b.starts, at+1)-1, 0)
	if no := b.lines[i].no; len(b.marks) == 0 || b.marks[len(b.marks)-1].line != no {
		b.marks = append(b.marks, mark{b.out.Len(), no})
	}
}
