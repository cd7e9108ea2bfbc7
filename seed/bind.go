package seed

import (
	"encoding"
	"fmt"
	"reflect"

	"github.com/goccy/go-yaml/ast"
)

// decode reads a file into a fact of type T, which is a struct of text, whole
// numbers, booleans, types that read themselves from text, lists, further structs
// and pointers to them. The keys are those of its json tags, an embedded struct's among them;
// one with "omitempty" may be left out. The boolean tells whether all was well;
// else the problems are in the document.
func decode[T any](f file) (T, *document, bool) {
	var value T
	d := &document{file: f, at: map[string]place{}}
	if root := d.parse(); root != nil {
		d.bind("", root, reflect.ValueOf(&value).Elem())
	}
	return value, d, len(d.problems) == 0
}

// bind fills v from a node and reports whatever does not fit.
func (d *document) bind(path string, n ast.Node, v reflect.Value) {
	d.at[path] = placeOf(n)
	if _, none := n.(*ast.NullNode); none {
		d.fault(d.at[path], "there is no value; give one or leave the key out")
		return
	}
	if into, reads := v.Addr().Interface().(encoding.TextUnmarshaler); reads {
		d.bindWritten(path, n, v.Type(), into)
		return
	}
	switch v.Kind() {
	case reflect.Pointer: // to what may be left out
		v.Set(reflect.New(v.Type().Elem()))
		d.bind(path, n, v.Elem())
	case reflect.Struct:
		d.bindMapping(path, n, v)
	case reflect.Slice:
		d.bindList(path, n, v)
	case reflect.Bool:
		d.bindBool(path, n, v)
	case reflect.Int:
		d.bindInt(path, n, v)
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
			d.bind(join(path, key), entries.Value(), v.FieldByIndex(f.index))
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

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
