package page

import (
	"cmp"
	"slices"
	"sort"
	"strconv"
	"strings"
)

// noteTag is the element that syntaxes of their own for notes are translated to.
const noteTag = "pagenote"

var (
	// noteSign ends a word that refers to a note: "12¹", "RHEL*,", "✅(1)".
	noteSign = compiled(`^(.*?)([¹²³⁰⁴-⁹]+|[†‡§]{1,3}|\*{1,3}|\((?:\d{1,2}|[a-w]|\*+)\))([,;:.)]*)$`)
	// noteLabel is what notes are called.
	noteLabel = compiled(`^(?:\d{1,3}|[A-Za-z]|[ivx]+|[*†‡§#]{1,3}|[¹²³⁰⁴-⁹]+|note \d{1,2})$`)
	// answered is what a number in brackets refers to a note behind.
	answered = compiled(`(?i)(?:^|\s)(?:yes|no|[ynx]|(?:not )?(?:supported|tested))\s*$|[✅❌⚠\x{fffc}]\s*$`)
	// measure is what a superscript numeral makes an area or a volume of.
	measure = compiled(`^[cdkm]?m$`)
	// leadingSign begins a note at the beginning of a line: "*Only with ...".
	leadingSign = compiled(`^([¹²³⁰⁴-⁹]+|[†‡§]{1,3}|\*{1,3})([\p{L}"(].*)$`)
	// numerals makes digits of superscripts.
	numerals = strings.NewReplacer("¹", "1", "²", "2", "³", "3", "⁰", "0", "⁴", "4", "⁵", "5", "⁶", "6", "⁷", "7", "⁸", "8", "⁹", "9")
)

// held are the words of a superscript or of a link within the page, until it ends.
type held struct {
	tag, target, text string
	at                int
}

// hold keeps words back until it is known whether they refer to a note.
func (b *wordBuilder) hold(tag, target string, at int) {
	if b.held != nil {
		b.held.target = cmp.Or(b.held.target, target)
		return
	}
	b.held = &held{tag: tag, target: target, at: at}
}

// link takes the beginning of a link.
func (b *wordBuilder) link(target string, at int) {
	if strings.HasPrefix(target, "#") {
		b.hold("a", target, at)
	}
}

// end takes the end of an element.
func (b *wordBuilder) end(tag string) {
	if b.held != nil && b.held.tag == tag {
		b.release()
	}
}

// release takes the words that were held: references, or words.
func (b *wordBuilder) release() {
	h := b.held
	if h == nil {
		return
	}
	b.held = nil
	labels := strings.FieldsFunc(strings.Trim(h.text, "()[] "), func(r rune) bool { return r == ',' || r == ' ' })
	if strings.HasPrefix(h.text, "note ") {
		labels = []string{h.text}
	}
	switch {
	case len(labels) > 0 && !slices.ContainsFunc(labels, func(l string) bool { return !noteLabel().MatchString(l) }):
		for _, l := range labels {
			b.refer(ref{label: l, target: h.target}, h.at)
		}
	case h.tag == "sup" && slices.Contains([]string{"TM", "R", "SM"}, strings.ToUpper(h.text)):
	default:
		if h.tag == "sup" {
			b.gap = max(b.gap, ' ')
		}
		b.add(h.text, h.at)
	}
}

// word takes a word, and what it refers to notes with.
func (b *wordBuilder) word(t string, at int) {
	var labels []string
	leads, after := b.leads(at), ""
	if strings.ContainsFunc(t, func(r rune) bool { return r == '*' || r == ')' || r >= 0x80 }) {
		if m := leadingSign().FindStringSubmatch(t); m != nil && leads {
			b.refer(ref{label: m[1]}, at)
			t, leads = m[2], false
		}
		for m := noteSign().FindStringSubmatch(t); m != nil && b.mayRefer(m[1], m[2], leads); m = noteSign().FindStringSubmatch(t) {
			labels, after, t = append(labels, strings.Trim(m[2], "()[]")), m[3]+after, m[1]
		}
	}
	b.write(t, at)
	for _, l := range slices.Backward(labels) {
		b.refer(ref{label: l}, at+len(t))
	}
	b.write(after, at)
}

// mayRefer reports whether a sign behind a word, or alone, refers to a note.
func (b *wordBuilder) mayRefer(before, sign string, leads bool) bool {
	text := b.out.String()
	behind := cmp.Or(before, text[max(0, len(text)-20):])
	switch sign[0] {
	case '(':
		return before == "" && leads || answered().MatchString(behind)
	case '*':
		return before == "" && leads || answered().MatchString(behind) || before != "" && !strings.HasSuffix(before, ".") && !strings.HasSuffix(before, "*")
	}
	return !measure().MatchString(before)
}

// leads reports whether what stands at an offset of the source begins a line.
func (b *wordBuilder) leads(at int) bool {
	_, begins := slices.BinarySearch(b.starts, at)
	return b.out.Len() == 0 || b.gap == lineBreak || begins
}

// refer keeps a reference. One at the beginning of a line may name the note that stands there.
func (b *wordBuilder) refer(r ref, at int) {
	r.label, r.leads, r.text = numerals.Replace(r.label), b.leads(at), strings.TrimRight(r.text, " .")
	if strings.HasPrefix(r.label, "#") && !r.leads {
		return
	}
	r.at = b.out.Len()
	if t := b.out.String(); r.leads {
		r.at += 1 + min(1, r.at) // inside of the word that follows
	} else if strings.HasSuffix(t, ",") || strings.HasSuffix(t, ";") {
		r.at--
	}
	b.refs = append(b.refs, r)
}

// walk visits blocks in the order of the page, each with the one before it.
func walk(blocks []block, visit func(b, before *block)) {
	before := &block{}
	for i := range blocks {
		b := &blocks[i]
		visit(b, before)
		walk(b.subs, visit)
		for _, r := range b.rows {
			for _, c := range r.cells {
				walk(c.subs, visit)
			}
		}
		before = b
	}
}

// notebook has the notes of a page by what they are called.
type notebook struct {
	asked map[string]bool
	texts map[string][]noteText
	at    int // how many blocks were visited
	auto  int // how many notes without a name
}

type noteText struct {
	at   int
	text string
}

// explain finds the notes that words refer to, wherever they stand.
func explain(blocks []block) {
	n := &notebook{asked: map[string]bool{}, texts: map[string][]noteText{}}
	for _, pass := range []func(b, before *block){n.ask, n.find, n.answer} {
		n.at, n.auto = 0, 0
		walk(blocks, func(b, before *block) {
			n.at++
			pass(b, before)
		})
	}
}

// number gives notes without a name the names that they have in order.
func (n *notebook) number(r *ref) {
	if r.label == autoLabel {
		n.auto++
		r.label += strconv.Itoa(n.auto)
	}
}

const autoLabel = "#"

// ask keeps what is asked for.
func (n *notebook) ask(b, _ *block) {
	for i := range b.text.refs {
		if r := &b.text.refs[i]; !r.leads {
			n.number(r)
			n.asked[r.label], n.asked[r.target] = true, true
		}
	}
}

// notesTitle is what stands above notes.
var notesTitle = compiled(`(?i)^(?:foot)?notes?:?$|^(?:legend|remarks?):?$`)

// find keeps what is a note: a paragraph that begins with its name, or the items of a list
// below a table or words that announce notes.
func (n *notebook) find(b, before *block) {
	if b.kind == list && (before.kind == table || notesTitle().MatchString(before.text.text)) {
		n.findItems(b)
	}
	refs := b.text.refs
	if b.kind != paragraph || len(refs) == 0 || !refs[0].leads || refs[0].at > 1 {
		return
	}
	found := false
	for i := range refs {
		if !refs[i].leads {
			continue
		}
		n.number(&refs[i])
		end := len(b.text.text)
		for k := i + 1; k < len(refs) && end == len(b.text.text); k++ {
			if refs[k].leads && refs[k].at > refs[i].at {
				end = refs[k].at - 1
			}
		}
		found = n.keep(refs[i].label, b.text.text[refs[i].at-1:end]) || found
	}
	if found {
		text := b.text
		text.refs = slices.DeleteFunc(slices.Clone(refs), func(r ref) bool { return r.leads })
		*b = block{kind: note, subs: []block{{kind: paragraph, text: text}}}
	}
}

// findItems keeps the items of a list that are asked for by their numbers or signs.
func (n *notebook) findItems(b *block) {
	for i := range b.subs {
		if it := &b.subs[i]; n.keep(it.mark, plainText(it.subs)) {
			it.subs = []block{{kind: note, subs: it.subs}}
		}
	}
}

// keep keeps the text of a note, if it is asked for.
func (n *notebook) keep(label, text string) bool {
	if !n.asked[label] || label == "" {
		return false
	}
	n.texts[label] = append(n.texts[label], noteText{n.at, strings.Trim(oneLine(text), " :.")})
	return true
}

// answer gives references the nearest note of their name that follows, or else the last.
func (n *notebook) answer(b, _ *block) {
	b.text.refs = slices.DeleteFunc(b.text.refs, func(r ref) bool { return r.leads && strings.HasPrefix(r.label, "#") })
	for i := range b.text.refs {
		r := &b.text.refs[i]
		texts := n.texts[r.target]
		if len(texts) == 0 {
			texts = n.texts[r.label]
		}
		if k := sort.Search(len(texts), func(k int) bool { return texts[k].at > n.at }); len(texts) > 0 {
			r.text = cmp.Or(r.text, texts[min(k, len(texts)-1)].text)
		}
	}
}

// nested is why a table in a cell is not read.
const nested = "it is a table in a cell of another table; which of its rows belong to what could not be told: let it stand by itself"

// readApart takes tables out of the cells of others. Of a table that only lays out a page,
// what stands in it is left; elsewhere a table in a cell is told, and a sign that is not
// known stands in its place.
func readApart(blocks []block) []block {
	var all []block
	for _, b := range blocks {
		b.subs = readApart(b.subs)
		var inner, laidOut []block
		columns, labelled := 0, false
		for _, r := range b.rows {
			columns = max(columns, len(r.cells))
			for i := range r.cells {
				c := &r.cells[i]
				laidOut = append(laidOut, c.subs...)
				tables := takeTables(c)
				inner = append(inner, tables...)
				labelled = labelled || len(tables) == 0 && firstLine(c.subs) > 0
			}
		}
		if len(inner) > 0 && (columns == 1 || len(b.rows) == 1 && !labelled) {
			all = append(all, readApart(laidOut)...)
			continue
		}
		all = append(append(all, b), inner...)
	}
	return all
}

// takeTables puts a sign in place of each table inside of a cell, and returns what is lost of them.
func takeTables(c *cell) []block {
	var taken []block
	for k, sub := range c.subs {
		if sub.kind == table {
			w := (&cell{subs: c.subs[k : k+1]}).words()
			taken = append(taken, block{kind: lost, text: w.cut(0, min(len(w.text), maxLabel)), why: nested})
			c.subs[k] = block{kind: paragraph, text: words{text: unknownSign, marks: w.marks[:min(1, len(w.marks))]}}
		}
	}
	return taken
}
