package portal

import (
	"bytes"
	"html"
	"html/template"
	"regexp"
	"strings"

	"github.com/testedon/testedon/compat"
)

// Embedded is an answer that stands within another page: as a page of its own in a
// frame, or as a fragment.
type Embedded struct {
	Frame
	Asked   template.URL // the question as the parameters of an address
	Answer  *compat.Answer
	Problem *Problem // why there is no answer; nil where there is one
}

func (*Embedded) name() string { return "embedded" }

// DrawFrame gives the page for a frame. It tells the page around it how high it is.
func (p *Portal) DrawFrame(e *Embedded) ([]byte, error) { return p.drawPart("frame", e) }

// DrawFragment gives the answer as HTML that another page can hold: without script,
// style or anything that has to be loaded. Its classes begin with "testedon-".
func (p *Portal) DrawFragment(e *Embedded) ([]byte, error) { return p.drawPart("fragment", e) }

func (p *Portal) drawPart(part string, e *Embedded) ([]byte, error) {
	var b bytes.Buffer
	if err := p.pages[e.name()].ExecuteTemplate(&b, part, e); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Markdown gives the answer as Markdown. No text of it can be anything but text, and none
// notifies anybody or refers to anything where it is pasted.
func (e *Embedded) Markdown() []byte {
	var b strings.Builder
	if e.Problem != nil {
		b.WriteString("**" + EscapeMarkdown(e.Problem.Heading) + "**: " + EscapeMarkdown(e.Problem.Detail+" "+e.Problem.Hint) + "\n")
		return []byte(b.String())
	}
	a := e.Answer
	b.WriteString("**" + sign(a.Verdict) + " " + EscapeMarkdown(capital(Badge{Verdict: a.Verdict, Provisional: a.Provisional(), Confirmed: LastConfirmed(a.Stale)}.Message())) + "**: " + EscapeMarkdown(a.Summary()) + "\n\n")
	for i := range a.Components {
		c := &a.Components[i]
		b.WriteString("- " + EscapeMarkdown(c.Understood()) + ": " + words(c.Verdict))
		if len(c.Listed) > 0 {
			b.WriteString(" (" + citedMarkdown(c.Listed[0]) + ")")
		}
		b.WriteString("\n")
	}
	for i := range a.Moves {
		m := &a.Moves[i]
		b.WriteString("\nWould pass: " + EscapeMarkdown(m.Summary()) + " (" + words(m.Verdict) + ")\n")
	}
	for _, o := range a.Offers {
		b.WriteString("\n" + EscapeMarkdown(o.Text()) + "\n")
	}
	b.WriteString("\n[TestedOn](<" + e.Base + "/?" + string(e.Asked) + ">), as of " + e.Day + ", catalogue revision " + number(e.Revision) + "\n")
	return []byte(b.String())
}

func citedMarkdown(l *compat.Listing) string {
	title := EscapeMarkdown(l.Source.Title)
	if address := web(l.Source.URL); address != "" && !strings.ContainsAny(address, "<>\n") {
		return "[" + title + "](<" + address + ">)"
	}
	return title
}

// EscapeMarkdown writes a text so that Markdown shows it as it is, and that nothing makes
// a link, a mention or a reference of it, neither in Markdown nor after it has become a
// page, as forges do with @name, #1, GH-1, addresses and the sums of commits. Words and
// numbers stand as they are; anything else stands as code, which all leave alone.
func EscapeMarkdown(text string) string {
	var b strings.Builder
	var code []string // what has to stand as code, until now
	words := strings.Fields(text)
	for i, word := range words {
		if i > 0 && len(code) == 0 {
			b.WriteByte(' ')
		}
		if isPlain(word, i == 0) {
			if len(code) > 0 {
				b.WriteString(codeSpan(strings.Join(code, " ")) + " ")
				code = nil
			}
			b.WriteString(word)
			continue
		}
		code = append(code, word)
	}
	if len(code) > 0 {
		b.WriteString(codeSpan(strings.Join(code, " ")))
	}
	return b.String()
}

// A word may have signs around it that mean nothing to Markdown; a colon stands last, or
// it begins the name of a picture. A number at the beginning of a text has no point behind
// it, which would number a list.
var (
	plainWord   = regexp.MustCompile(`^["'(“]*\p{L}[\p{L}\p{M}\p{N}]*(['’-][\p{L}\p{M}]+)*[)"'”]*[.,;?]*:?$`)
	plainNumber = regexp.MustCompile(`^["(“]*\p{N}+([.-]\p{N}+)*\p{L}?[)"”]*[.,;?]*:?$`)
	plainSign   = regexp.MustCompile(`^[→–—…✓≈✗]$`)
	commitSum   = regexp.MustCompile(`(?i)[0-9a-f]{7}`) // as short as forges look for
)

// isPlain reports whether a word can stand as it is in Markdown, first in a text or not.
func isPlain(word string, first bool) bool {
	switch {
	case commitSum.MatchString(word):
		return false
	case plainNumber.MatchString(word):
		return !first || !strings.ContainsRune(").", rune(word[len(word)-1]))
	}
	return plainWord.MatchString(word) || plainSign.MatchString(word)
}

// codeSpan writes a line as code. The fence is longer than any run of its sign within.
func codeSpan(line string) string {
	fence := "`"
	for strings.Contains(line, fence) {
		fence += "`"
	}
	if strings.HasPrefix(line, "`") || strings.HasSuffix(line, "`") {
		line = " " + line + " "
	}
	return fence + line + fence
}

// Snippets is the page that builds what other pages show.
type Snippets struct {
	Frame
	Question
	Problem *Problem
	Ready   bool         // there is a question to embed
	Address template.URL // the question as the parameters of an address
	Badge   string       // address of the badge, without the host
	Alt     string       // what the badge says
	Widget  Widget       // that asks the question
	Form    Widget       // that asks others about the release

	Badges                           []Snippet
	FrameCode, ElementCode, FormCode Snippet

	Sample *Embedded // the answer itself
	OEmbed string    // address of its description
}

// Markdown is the answer as Markdown.
func (s *Snippets) Markdown() string { return string(s.Sample.Markdown()) }

func (*Snippets) name() string { return "embed" }

// Script is the path of the element's script.
func (*Snippets) Script() string { return WidgetPath }

// Snippet is a text to paste.
type Snippet struct {
	ID, About, Code string
}

// Widget is the custom element that shows the question.
type Widget struct {
	Script     string // path of the script that never changes
	Integrity  string // of that script
	Attributes []Attribute
}

// Markup is the attributes as HTML, those without a value by their names alone. One whose name is none for an attribute is left
// out: what a kind is called is data.
func (w Widget) Markup() template.HTMLAttr {
	var all []string
	for _, a := range w.Attributes {
		switch {
		case !attributeName.MatchString(a.Name):
		case a.Value == "":
			all = append(all, a.Name)
		default:
			all = append(all, a.Name+`="`+html.EscapeString(a.Value)+`"`)
		}
	}
	return template.HTMLAttr(strings.Join(all, " ")) //nolint:gosec // names are checked and values escaped
}

var attributeName = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// Code is the lines that show the element on a page that has its script. The text
// stands where no script runs.
func (w Widget) Code(text string) string {
	return "<tested-on " + string(w.Markup()) + ">\n  " + html.EscapeString(text) + "\n</tested-on>"
}

// ScriptCode is the line that loads the script of the element, pinned.
func (w Widget) ScriptCode(base string) string {
	return `<script src="` + html.EscapeString(base+w.Script) + `" integrity="` + w.Integrity + `" crossorigin="anonymous" async></script>`
}

// Attribute is one of an element.
type Attribute struct{ Name, Value string }
