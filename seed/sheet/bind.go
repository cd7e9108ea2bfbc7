package sheet

import (
	"encoding"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/goccy/go-yaml/ast"
)

// Decode reads a file into a value of type T, which is a struct of text, whole
// numbers, booleans, types that read themselves from text, lists, further structs
// and pointers to them. The keys are those of its json tags, an embedded struct's among them;
// one with "omitempty" may be left out. Where each value stands is told by its path,
// "cycles[2].label".
func Decode[T any](f File) (value T, at map[string]Place, problems Problems) {
	d := &document{file: f, at: map[string]Place{}}
	if root := d.parse(); root != nil {
		d.bind("", root, reflect.ValueOf(&value).Elem())
	}
	return value, d.at, d.problems
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
	fields := FieldsOf(v.Type())
	seen := map[string]bool{}
	for entries := mapping.MapRange(); entries.Next(); {
		token := entries.Key().GetToken()
		key, at := token.Value, tokenPlace(token)
		f := fields.Find(key)
		switch {
		case f == nil:
			d.fault(at, "unknown key %q; the keys here are %s", key, fields)
		case seen[key]:
			d.fault(at, "key %q is there twice; keep one", key)
		default:
			d.bind(strings.TrimPrefix(path+"."+key, "."), entries.Value(), v.FieldByIndex(f.Index))
		}
		seen[key] = true
	}
	for _, f := range fields {
		if !seen[f.Key] && !f.Optional {
			d.fault(d.at[path], "key %q is missing", f.Key)
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

// Field is a key of a struct.
type Field struct {
	Key      string
	Index    []int // through embedded structs
	Optional bool  // it may be left out
}

// Fields are the keys of a struct, in its order.
type Fields []Field

// fieldsByType are the fields of the structs met so far, by their type. Finding them
// costs more than filling them in.
var fieldsByType sync.Map

// FieldsOf lists the keys of a struct, in its order. Those of an embedded struct
// stand in its place, as in encoding/json.
func FieldsOf(t reflect.Type) Fields {
	if all, ok := fieldsByType.Load(t); ok {
		return all.(Fields)
	}
	var all Fields
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous || !f.IsExported() {
			continue
		}
		key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		all = append(all, Field{key, f.Index, options == "omitempty"})
	}
	fieldsByType.Store(t, all)
	return all
}

// Find gives the one of a key, or nil.
func (fs Fields) Find(key string) *Field {
	for i := range fs {
		if fs[i].Key == key {
			return &fs[i]
		}
	}
	return nil
}

// String lists the keys.
func (fs Fields) String() string {
	keys := make([]string, len(fs))
	for i, f := range fs {
		keys[i] = f.Key
	}
	return strings.Join(keys, ", ")
}
