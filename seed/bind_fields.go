package seed

import (
	"reflect"
	"strings"
	"sync"
)

// field is a key of a struct.
type field struct {
	key      string
	index    []int // through embedded structs
	optional bool
}

type fields []field

// fieldsByType are the fields of the structs met so far, by their type. Finding them
// costs more than filling them in.
var fieldsByType sync.Map

// fieldsOf lists the keys of a struct, in its order. Those of an embedded struct
// stand in its place, as in encoding/json.
func fieldsOf(t reflect.Type) fields {
	if all, ok := fieldsByType.Load(t); ok {
		return all.(fields)
	}
	all := findFields(t)
	fieldsByType.Store(t, all)
	return all
}

func findFields(t reflect.Type) fields {
	var all fields
	for _, f := range reflect.VisibleFields(t) {
		if f.Anonymous || !f.IsExported() {
			continue
		}
		key, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		all = append(all, field{key, f.Index, options == "omitempty"})
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
