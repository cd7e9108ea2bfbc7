package seed

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"

	"github.com/goccy/go-yaml/ast"
)

// maxText bounds one value, in bytes; the longest are the texts of advisories.
const maxText = 4_000

// decode reads a file into a fact of type T, which is a struct of text,
// booleans, lists and further structs. The keys are those of its json tags; one
// with "omitempty" may be left out. The boolean tells whether all was well; else
// the problems are in the document.
func decode[T any](f file) (T, *document, bool) {
	var fact T
	d := &document{file: f, at: map[string]place{}}
	if root := d.parse(); root != nil {
		d.bind("", root, reflect.ValueOf(&fact).Elem())
	}
	return fact, d, len(d.problems) == 0
}

// bind fills v from a node and reports whatever does not fit.
func (d *document) bind(path string, n ast.Node, v reflect.Value) {
	d.at[path] = placeOf(n)
	if _, none := n.(*ast.NullNode); none {
		d.fault(d.at[path], "there is no value; give one or leave the key out")
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.bindMapping(path, n, v)
	case reflect.Slice:
		d.bindList(path, n, v)
	case reflect.Bool:
		d.bindBool(path, n, v)
	default:
		d.bindText(path, n, v)
	}
}

// bindMapping fills a struct.
func (d *document) bindMapping(path string, n ast.Node, v reflect.Value) {
	mapping, ok := n.(ast.MapNode)
	if !ok {
		d.fault(d.at[path], "keys and values are expected here, not %s", describe(n))
		return
	}
	fields := fieldsOf(v.Type())
	seen := map[string]bool{}
	for entries := mapping.MapRange(); entries.Next(); {
		token := entries.Key().GetToken()
		key, at := token.Value, tokenPlace(token)
		f := fields.find(key)
		switch {
		case f == nil:
			d.fault(at, "unknown key %q; the keys here are %s", key, fields)
		case seen[key]:
			d.fault(at, "key %q is there twice; keep one", key)
		default:
			d.bind(join(path, key), entries.Value(), v.Field(f.index))
		}
		seen[key] = true
	}
	for _, f := range fields {
		if !seen[f.key] && !f.optional {
			d.fault(d.at[path], "key %q is missing", f.key)
		}
	}
}

// bindList fills a slice. A list that is there has something in it.
func (d *document) bindList(path string, n ast.Node, v reflect.Value) {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		d.fault(d.at[path], "a list is expected here, not %s", describe(n))
		return
	}
	if len(list.Values) == 0 {
		d.fault(d.at[path], "the list is empty; fill it in or leave the key out")
	}
	v.Set(reflect.MakeSlice(v.Type(), len(list.Values), len(list.Values)))
	for i, item := range list.Values {
		d.bind(fmt.Sprintf("%s[%d]", path, i), item, v.Index(i))
	}
}

func (d *document) bindBool(path string, n ast.Node, v reflect.Value) {
	node, ok := n.(*ast.BoolNode)
	if !ok {
		d.fault(d.at[path], "true or false is expected here, not %s", describe(n))
		return
	}
	v.SetBool(node.Value)
}

// bindText fills a string. A number is not taken for text, as its spelling
// counts here: 8.10 is not 8.1.
func (d *document) bindText(path string, n ast.Node, v reflect.Value) {
	at := d.at[path]
	var text string
	switch node := n.(type) {
	case *ast.StringNode:
		text = node.Value
	case *ast.LiteralNode:
		text = node.Value.Value
	case ast.ScalarNode:
		d.fault(at, "text is expected here, not %s; put it in quotes: \"%s\"", describe(n), strings.TrimSpace(n.GetToken().Value))
		return
	default:
		d.fault(at, "text is expected here, not %s", describe(n))
		return
	}
	if reason := checkValue(text); reason != "" {
		d.fault(at, "%s", reason)
		return
	}
	v.SetString(text)
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

// field is a key of a struct.
type field struct {
	key      string
	index    int
	optional bool
}

type fields []field

// fieldsOf lists the keys of a struct, in its order.
func fieldsOf(t reflect.Type) fields {
	var all fields
	for i := range t.NumField() {
		key, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		all = append(all, field{key, i, options == "omitempty"})
	}
	return all
}

func (fs fields) find(key string) *field {
	for i := range fs {
		if fs[i].key == key {
			return &fs[i]
		}
	}
	return nil
}

// String lists the keys.
func (fs fields) String() string {
	keys := make([]string, len(fs))
	for i, f := range fs {
		keys[i] = f.key
	}
	return strings.Join(keys, ", ")
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
