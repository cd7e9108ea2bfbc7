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
	lines = plainer(lines)
	b := &wordBuilder{}
	from, signs := 0, 0
	for i, l := range lines {
		n := 0
		for at := range len(l.text) {
			if strings.IndexByte(markup, l.text[at]) >= 0 {
				n++
			}
		}
		if signs += n; signs > maxMarkup && i > from {
			b.take(lines[from:i], signs-n)
			from, signs = i, n
		}
	}
	b.take(lines[from:], signs)
	return b.words()
}

// take takes lines with so many characters of markup.
func (b *wordBuilder) take(lines []line, signs int) {
	raw, starts := join(lines)
	b.starts, b.lines, b.gap = starts, lines, max(b.gap, ' ')
	if signs == 0 || signs > maxMarkup {
		b.add(tags().ReplaceAllString(raw, " "), 0)
		return
	}
	b.src = []byte(raw)
	_ = ast.Walk(inlines.Parse(text.NewReader(b.src)), b.visit)
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

// cutAt gives the place to cut a long line at: the last blank in what is allowed, or else between two letters.
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

// wordBuilder collects words and the lines they stand in.
type wordBuilder struct {
	src     []byte
	lines   []line
	starts  []int
	out     strings.Builder
	marks   []mark
	refs    []ref
	pending []picture // that are no signs
	held    *held     // a superscript, or a link to a note, that has not ended
	gap     byte      // a blank or a break that is due before the next word
}

// words gives what was collected.
func (b *wordBuilder) words() words {
	b.release()
	for _, p := range b.pending {
		if t := p.beside(b.out.String()); t != "" {
			b.gap = ' '
			b.add(t, p.at)
		}
	}
	for i := range b.refs {
		b.refs[i].at = min(b.refs[i].at, b.out.Len())
	}
	return words{text: b.out.String(), marks: b.marks, refs: b.refs}
}

// visit takes the words of one node of the paragraph.
func (b *wordBuilder) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		switch n.Kind() {
		case ast.KindParagraph:
			b.breakLine()
		case ast.KindLink:
			b.end("a")
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
	case *ast.Link:
		b.link(string(n.Destination), n.Pos())
	case *ast.Image:
		b.picture(picture{alt: b.plain(n), title: string(n.Title), file: string(n.Destination), at: n.Pos()})
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

// plain gives the words of what stands in a node.
func (b *wordBuilder) plain(n ast.Node) string {
	t := ""
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if text, ok := c.(*ast.Text); ok {
			t += string(text.Segment.Value(b.src))
		}
		t += b.plain(c)
	}
	return t
}

// picture takes a picture: a sign, or something to decide on when all words are known.
func (b *wordBuilder) picture(p picture) {
	if s := p.sign(); s != "" {
		b.add(s, p.at)
		return
	}
	b.pending = append(b.pending, p)
}

// breakLine makes a break before the next word. A break outranks a blank, so it is the greater of the two here.
func (b *wordBuilder) breakLine() { b.gap = lineBreak }

const lineBreak = 'B'

// add takes text that begins at an offset of the source.
func (b *wordBuilder) add(t string, at int) {
	if b.held != nil {
		b.held.text += t
		return
	}
	for i := 0; i < len(t); i++ {
		if isBlank(t[i]) {
			b.gap = max(b.gap, ' ')
			continue
		}
		from := i
		for i < len(t) && !isBlank(t[i]) {
			i++
		}
		if b.out.Len() == 0 || !isAddress().MatchString(t[from:i]) {
			b.word(drawn.Replace(t[from:i]), at+from)
		}
		i--
	}
}

// isAddress is a word that is an address alone, and says nothing.
var isAddress = compiled(`^(?:https?://[^()]+|\(https?://[^()]+\))$`)

// write takes text without blanks.
func (b *wordBuilder) write(t string, at int) {
	if t != "" {
		b.mark(at)
		b.out.WriteString(t)
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
