package sheet

import (
	"encoding"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
	"github.com/testedon/testedon/compat/fact"
)

// maxText bounds one value, in bytes; the longest are the texts of advisories.
const maxText = 4_000

// MaxInt is the largest whole number of a catalogue.
const MaxInt = math.MaxInt32

// Written shows how a value of a type that reads itself from text is written.
var Written = map[reflect.Type]string{
	reflect.TypeFor[fact.Quantity](): "2 GB, 0.5 cores or 1.0-1.2 GHz",
}

func (d *document) bindBool(path string, n ast.Node, v reflect.Value) {
	node, ok := n.(*ast.BoolNode)
	if !ok {
		d.fault(d.at[path], "true or false is expected here, not %s", describe(n))
		return
	}
	v.SetBool(node.Value)
}

// bindInt fills a whole number. Its digits are read anew, as YAML has notations
// that hide a number's size: 010 is 8.
func (d *document) bindInt(path string, n ast.Node, v reflect.Value) {
	text, ok := plainOf(n)
	if !ok {
		d.fault(d.at[path], "a whole number without quotes is expected here, not %s", describe(n))
		return
	}
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil || number < 0 || number > MaxInt || strconv.FormatInt(number, 10) != text {
		d.fault(d.at[path], "%q is not a whole number from 0 to %d, in decimal digits", text, MaxInt)
		return
	}
	v.SetInt(number)
}

// plainOf gives a value as it is written, where it stands by itself and without
// quotes.
func plainOf(n ast.Node) (text string, ok bool) {
	if _, scalar := n.(ast.ScalarNode); !scalar {
		return "", false
	}
	switch t := n.GetToken(); t.Type {
	case token.SingleQuoteType, token.DoubleQuoteType, token.LiteralType, token.FoldedType:
		return "", false
	default:
		return strings.TrimSpace(t.Value), true
	}
}

// bindText fills a string. A number is not taken for text, as its spelling
// counts here: 8.10 is not 8.1.
func (d *document) bindText(path string, n ast.Node, v reflect.Value) {
	mend := ""
	if _, scalar := n.(ast.ScalarNode); scalar {
		mend = fmt.Sprintf("; put it in quotes: \"%s\"", strings.TrimSpace(n.GetToken().Value))
	}
	if text, ok := d.text(path, n, mend); ok {
		v.SetString(text)
	}
}

// bindWritten fills a value that reads itself from text.
func (d *document) bindWritten(path string, n ast.Node, t reflect.Type, into encoding.TextUnmarshaler) {
	text, ok := d.text(path, n, "; write it as "+Written[t])
	if !ok {
		return
	}
	if err := into.UnmarshalText([]byte(text)); err != nil {
		d.fault(d.at[path], "%v; write it as %s", err, Written[t])
	}
}

// text gives the text of a node; where it is none, mend tells how to write it.
func (d *document) text(path string, n ast.Node, mend string) (string, bool) {
	text, ok := textOf(n)
	reason := "text is expected here, not " + describe(n) + mend
	if ok {
		reason = checkValue(text)
	}
	if reason != "" {
		d.fault(d.at[path], "%s", reason)
	}
	return text, reason == ""
}

// textOf gives the text of a node that is text.
func textOf(n ast.Node) (text string, ok bool) {
	switch node := n.(type) {
	case *ast.StringNode:
		return node.Value, true
	case *ast.LiteralNode:
		return node.Value.Value, true
	}
	return "", false
}

// checkValue tells what is wrong with a text; empty when nothing is.
func checkValue(text string) string {
	switch {
	case strings.TrimSpace(text) == "":
		return "the text is empty; give one or leave the key out"
	case len(text) > maxText:
		return fmt.Sprintf("the text is longer than %d bytes; shorten it", maxText)
	case strings.ContainsAny(text, "\r\n"):
		return "the text has several lines; write it on one, or folded after >-"
	case strings.ContainsFunc(text, unicode.IsControl):
		return "the text has a control character; take it out"
	case strings.TrimSpace(text) != text:
		return "the text begins or ends with a blank; take it out"
	}
	return ""
}

// describe names what a node is, for a person.
func describe(n ast.Node) string {
	switch n.(type) {
	case ast.MapNode:
		return "keys and values"
	case *ast.SequenceNode:
		return "a list"
	case *ast.StringNode, *ast.LiteralNode:
		return "text"
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return "a number"
	case *ast.BoolNode:
		return "true or false"
	}
	return "this"
}
