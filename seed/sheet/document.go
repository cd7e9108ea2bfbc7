package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// Limits of one file. The parser's time grows with the square of the depth and
// of the keys of one mapping; within these bounds it stays at about a second.
const (
	maxTokens = 50_000
	maxDepth  = 16 // of [ and {, and of the dashes and question marks of one line
)

// File is one YAML file.
type File struct {
	Name string // its path in the catalogue
	Data []byte
}

// Place is a position in a file, line and column from 1.
type Place struct{ Line, Column int }

// document is one file on its way from bytes to a value.
type document struct {
	file     File
	problems Problems
	at       map[string]Place // where each value stands, by its path: "cycles[2].label"
}

func (d *document) fault(at Place, format string, args ...any) {
	d.problems = append(d.problems, Problem{d.file.Name, at.Line, at.Column, SeverityError, fmt.Sprintf(format, args...)})
}

// parse gives the root of the one YAML document in the file; nil when it has
// problems. The parser is given plain line ends, as it misplaces what stands
// behind others.
func (d *document) parse() ast.Node {
	d.file.Data = bytes.ReplaceAll(d.file.Data, []byte("\r\n"), []byte("\n"))
	if !d.checkText() {
		return nil
	}
	tokens := lexer.Tokenize(string(d.file.Data))
	if !d.checkTokens(tokens) {
		return nil
	}
	// A repeated key is found later, with all the others, by the binder.
	root, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		d.syntax(err)
		return nil
	}
	var bodies []ast.Node
	for _, doc := range root.Docs {
		if doc.Body != nil {
			bodies = append(bodies, doc.Body)
		}
	}
	switch {
	case len(bodies) == 0:
		d.fault(Place{}, "is empty; fill it in or delete it")
		return nil
	case len(root.Docs) > 1:
		d.fault(placeOf(bodies[len(bodies)-1]), "begins a second document; a file holds one")
		return nil
	}
	return bodies[0]
}

// checkText makes sure that the file is UTF-8.
func (d *document) checkText() bool {
	data := d.file.Data
	if bytes.HasPrefix(data, []byte("\ufeff")) {
		d.fault(Place{1, 1}, "begins with a byte order mark; save it as UTF-8 without one")
		return false
	}
	for line := 1; len(data) > 0; line++ {
		text, rest, _ := bytes.Cut(data, []byte("\n"))
		if !utf8.Valid(text) {
			d.fault(Place{line, 1 + utf8.RuneCount(text[:bytes.IndexRune(text, utf8.RuneError)])}, "is not UTF-8; save it in that encoding")
			return false
		}
		data = rest
	}
	return true
}

// unwelcome are the features of YAML that a catalogue does without: with them
// a file no longer says what it seems to say.
var unwelcome = map[token.Type]string{
	token.AnchorType:    "an anchor (&)",
	token.AliasType:     "an alias (*)",
	token.TagType:       "a tag (!)",
	token.MergeKeyType:  "a merge key (<<)",
	token.DirectiveType: "a directive (%)",
}

// checkTokens refuses what is unwelcome, and what would take the parser too
// long.
func (d *document) checkTokens(tokens token.Tokens) bool {
	if len(tokens) > maxTokens {
		d.fault(Place{}, "has more than %d words and signs; split it", maxTokens)
		return false
	}
	var n depth
	for _, t := range tokens {
		if name, found := unwelcome[t.Type]; found {
			d.fault(tokenPlace(t), "%s is not allowed here; write the value out, in quotes if it begins with that sign", name)
		}
		if n.follow(t); n.brackets > maxDepth || n.marks > maxDepth {
			d.fault(tokenPlace(t), "lists and keys are nested more than %d deep", maxDepth)
			return false
		}
	}
	return len(d.problems) == 0
}

// depth is how deep a token stands, as far as its line tells.
type depth struct {
	brackets int // open [ and {
	marks    int // dashes and question marks since the line began
	line     int
}

// follow goes on to the next token.
func (n *depth) follow(t *token.Token) {
	if line := tokenPlace(t).Line; line != n.line {
		n.line, n.marks = line, 0
	}
	switch t.Type {
	case token.SequenceStartType, token.MappingStartType:
		n.brackets++
	case token.SequenceEndType, token.MappingEndType:
		n.brackets--
	case token.SequenceEntryType, token.MappingKeyType:
		n.marks++
	}
}

// syntax reports an error of the parser.
func (d *document) syntax(err error) {
	var at Place
	message := err.Error()
	var detailed yaml.Error
	if errors.As(err, &detailed) {
		message, at = detailed.GetMessage(), tokenPlace(detailed.GetToken())
	}
	if strings.Contains(message, "'\t'") {
		message = "a tab stands where blanks are expected; indent with blanks"
	}
	d.fault(at, "%s", message)
}

// placeOf gives the position at which a node begins.
func placeOf(n ast.Node) Place {
	if m, ok := n.(ast.MapNode); ok {
		if entries := m.MapRange(); entries.Next() {
			return tokenPlace(entries.Key().GetToken())
		}
	}
	return tokenPlace(n.GetToken())
}

func tokenPlace(t *token.Token) Place {
	if t == nil || t.Position == nil {
		return Place{}
	}
	return Place{t.Position.Line, t.Position.Column}
}
