package portal

import (
	"fmt"
	"html/template"
	"net/url"
	"reflect"
	"strings"
	"text/template/parse"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/fleet"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/message"
)

// speech is how a page speaks one language.
type speech struct {
	*message.Language
	page *template.Template // whose parts may stand within sentences
}

// functions are what the templates of a page may call.
func (p *Portal) functions(s *speech) template.FuncMap {
	return template.FuncMap{
		"asset": func(name string) (string, error) {
			if a := p.assets[name]; a != nil {
				return a.Path, nil
			}
			return "", fmt.Errorf("there is no file %s", name)
		},
		"t":     s.say,
		"piece": s.piece,
		"link":  func(href, text any) (template.HTML, error) { return s.piece("link", link{href, text}) },
		"outside": func(address string, text any) (template.HTML, error) {
			return s.piece("outside", link{str.WebAddress(address), text})
		},
		"lang":       s.Tag,
		"words":      func(value any) string { return s.Text("word", fmt.Sprint(value)) },
		"sign":       sign,
		"look":       look,
		"mark":       mark,
		"capital":    str.Capital,
		"failed":     func(r *compat.Run) bool { return r.Result == fact.Failed },
		"statusSign": func(s fact.Status) string { return statusSigns[s] },
		"signs":      func() []Mark { return explained },
		"web":        str.WebAddress,
		"query":      url.QueryEscape,
		"segment":    url.PathEscape,
		"add":        func(a, b int) int { return a + b },
		"neg":        func(a int) int { return -a },
		"nav":        s.nav,
		"field":      s.field,
		"products":   products,
		"releases":   releases,
		"besides":    func() []string { return Besides },
		"hideable":   func() []string { return Hideable },
		"thousands":  fleet.Thousands,
		"stated": func(c Component, l *compat.Listing) stated {
			return stated{l, c.Source(l.BroughtBy), c.Source(l.EndedBy)}
		},
		"cite": func(s *fact.Source, c fact.Citation) cited { return cited{s, c.Section, c.Quote} },
	}
}

// link is what the parts "link" and "outside" draw.
type link struct{ Href, Text any }

// say is a message with its values. It is a text, which the template escapes for the place where it
// stands. Where a value is a piece of a page it is HTML: that of the piece, and all else escaped.
func (s *speech) say(id string, values ...any) any {
	texts, pieces := make([]string, len(values)), 0
	for i, value := range values {
		switch piece, ok := value.(template.HTML); {
		case !ok:
			texts[i] = s.text(value)
		case piece != "":
			texts[i] = string(rune(i + 1)) // which no text has, see below
			pieces++
		}
	}
	if pieces == 0 {
		return s.Text(id, texts...)
	}
	for i, text := range texts {
		if _, ok := values[i].(template.HTML); !ok {
			texts[i] = strings.Map(printable, text)
		}
	}
	var b strings.Builder
	said := template.HTMLEscapeString(s.Text(id, texts...))
	for at := strings.IndexFunc(said, isPiece); at >= 0; at = strings.IndexFunc(said, isPiece) {
		b.WriteString(said[:at])
		b.WriteString(string(values[said[at]-1].(template.HTML)))
		said = said[at+1:]
	}
	return template.HTML(b.String() + said) //nolint:gosec // all but the pieces is escaped
}

// settle puts messages whose values are constants into the templates that say them: as text that is
// escaped, they cost a page nothing.
func (s *speech) settle(list *parse.ListNode) {
	if list == nil {
		return
	}
	for i, node := range list.Nodes {
		switch node := node.(type) {
		case *parse.IfNode:
			s.settle(node.List)
			s.settle(node.ElseList)
		case *parse.RangeNode:
			s.settle(node.List)
			s.settle(node.ElseList)
		case *parse.WithNode:
			s.settle(node.List)
			s.settle(node.ElseList)
		case *parse.ActionNode:
			if args := node.Pipe.Cmds[0].Args; len(node.Pipe.Decl) == 0 && args[0].String() == "t" {
				if texts := constants(args[1:]); texts != nil {
					list.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: node.Pos, Text: []byte(escape(s.Text(texts[0], texts[1:]...)))}
				}
			}
		}
	}
}

// constants are the texts that stand in a template as the values of a function; nil where another
// value is among them.
func constants(args []parse.Node) (texts []string) {
	for _, arg := range args {
		text, ok := arg.(*parse.StringNode)
		if !ok {
			return nil
		}
		texts = append(texts, text.Text)
	}
	return texts
}

// isPiece reports whether a character stands for a piece, and printable leaves such out.
func isPiece(r rune) bool { return r < ' ' }

func printable(r rune) rune {
	if isPiece(r) {
		return -1
	}
	return r
}

// text is a value as a message takes it.
func (s *speech) text(value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case string:
		return value
	case []string:
		return s.List(value...)
	}
	return fmt.Sprint(value)
}

// piece draws a part of the page to stand within a sentence; nothing of what is not there.
func (s *speech) piece(name string, data any) (template.HTML, error) {
	if v := reflect.ValueOf(data); !v.IsValid() || v.IsZero() {
		return "", nil
	}
	var b strings.Builder
	err := s.page.ExecuteTemplate(&b, name, data)
	return template.HTML(b.String()), err //nolint:gosec // a template escapes what it is given
}

// Sections are the parts of the site, by their addresses, as the navigation shows them.
var Sections = []string{"/", "/find", "/compare", "/fleet", "/products", "/technologies", "/changes", "/embed", "/docs"}

// Besides are further pages, as the foot of each page shows them.
var Besides = []string{"/retest", "/sources", "/coverage"}

// explained are the signs that the legend of a matrix explains.
var explained = []Mark{
	{Sign: "✓", Class: "tested"}, {Sign: "≈", Class: "compatible"}, {Sign: "!", Class: "compatible"}, {Sign: "★", Class: "compatible"}, {Sign: "▣", Class: "compatible"},
	{Sign: "▼", Class: "conditional"}, {Sign: "▽", Class: "not_listed"}, {Sign: "–", Class: "not_listed"}, {Sign: "✗", Class: "incompatible"}, {Sign: "†", Class: "incompatible"},
	{Sign: "‡", Class: "conditional"}, {Sign: "*", Class: "conditional"}, {Sign: "¿", Class: "not_listed"}, {Sign: "°", Class: "quiet"},
}

// cited is a place in a source, for the part "cited".
type cited struct {
	*fact.Source
	Section, Quote string
}

// stated is a statement with the changes that brought and took it, for the part "evidence".
type stated struct {
	*compat.Listing
	Brought, Ended *fact.Source // nil where they are not known
}

// signs tell verdicts apart without colour.
var signs = map[fact.Verdict]string{
	fact.Tested:       "✓",
	fact.Compatible:   "≈",
	fact.Conditional:  "?",
	fact.NotListed:    "–",
	fact.Unresolved:   "…",
	fact.Incompatible: "✗",
}

// statusSigns tell statuses apart without colour.
var statusSigns = map[fact.Status]string{
	fact.StatusTested:         "✓",
	fact.StatusSupported:      "≈",
	fact.StatusRequired:       "!",
	fact.StatusCompatible:     "≈",
	fact.StatusRecommended:    "★",
	fact.StatusShipped:        "▣",
	fact.StatusDeprecated:     "▼",
	fact.StatusNotRecommended: "▽",
	fact.StatusNotTested:      "–",
	fact.StatusOutOfSupport:   "–",
	fact.StatusIncompatible:   "✗",
	fact.StatusPlanned:        "…",
}

func sign(v fact.Verdict) string { return signs[v] }

// look is the class of an answer, which tells its colour. What is old takes it from a yes alone.
func look(a *compat.Answer) string {
	switch {
	case a.Pass && len(a.Stale) > 0:
		return "stale"
	case a.Refused():
		return string(fact.Conditional)
	}
	return string(a.Verdict)
}

// mark is the sign of an answer.
func mark(a *compat.Answer) string {
	if a.Refused() {
		return "▲"
	}
	return sign(a.Verdict)
}
