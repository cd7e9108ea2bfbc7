package generate

import (
	"fmt"
	"go/types"
	"path/filepath"
	"reflect"
	"strings"

	"golang.org/x/tools/go/packages"
)

// method is a method to write.
type method struct {
	*types.Func
	document string     // the type that it is about
	of       *types.Var // the thing
}

// value is an expression with its type.
type value struct {
	text   string
	typ    types.Type
	guards []string // what must be true before it can be looked at
	append string   // expression of the method that appends it to dst; may be empty
}

// member is a member of the JSON object.
type member struct {
	value
	field    *types.Var
	key      string // as it is written; empty where a type is embedded
	optional bool
}

// load reads the package in a folder, without what is generated there already.
func load(dir string) (*printer, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedImports | packages.NeedTypes | packages.NeedSyntax,
		Dir:  dir, Overlay: map[string][]byte{filepath.Join(dir, output): []byte("package " + filepath.Base(dir))},
	}, ".")
	if err != nil {
		return nil, err
	}
	w := &printer{Package: loaded[0].Types, imports: map[string]bool{}, things: map[string]types.Type{}, parts: map[string]bool{}}
	methods := w.Scope().Lookup("encoder").Type().Underlying().(*types.Interface)
	for f := range methods.ExplicitMethods() {
		parameters := f.Signature().Params()
		m := method{Func: f, of: parameters.At(parameters.Len() - 1), document: strings.TrimSuffix(f.Name(), "Of")}
		if m.appends() {
			m.document = strings.TrimPrefix(f.Name(), "Append")
		}
		w.methods, w.things[m.document] = append(w.methods, m), m.of.Type()
		for field := range w.fields(m.document).Fields() {
			w.parts[field.Name()] = w.parts[field.Name()] || field.Embedded()
		}
	}
	return w, nil
}

// appends reports whether a method appends JSON.
func (m method) appends() bool { return m.Signature().Params().Len() > 1 }

// fields are those of a documented type.
func (w *printer) fields(document string) *types.Struct {
	return w.Scope().Lookup(document).Type().Underlying().(*types.Struct)
}

// members finds where the members of a document come from.
func (w *printer) members(m method) ([]member, error) {
	var all []member
	fields := w.fields(m.document)
	leading := !w.parts[m.document] // all before a member are optional: no comma stands before it
	for i := range fields.NumFields() {
		field, tag := fields.Field(i), reflect.StructTag(fields.Tag(i))
		from, named := tag.Lookup("from")
		if !named {
			from = field.Name()
		}
		if from == "-" {
			continue
		}
		key, options, _ := strings.Cut(tag.Get("json"), ",")
		found, err := w.value(m, from)
		next := member{value: found, field: field, key: key, optional: options == "omitempty" || field.Embedded()}
		if condition := tag.Get("if"); condition != "" && err == nil {
			var c value
			c, err = w.value(m, condition)
			next.guards = append(append(next.guards, c.guards...), c.present())
		}
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", m.document, field.Name(), err)
		}
		if !next.optional {
			next.guards = nil
			leading = false
		} else if present := next.present(); from != "." && present != "" && (leading || !next.is(types.IsString|types.IsBoolean)) {
			next.guards = append(next.guards, present)
		}
		all = append(all, next)
	}
	return all, nil
}

// value reads what a tag names.
func (w *printer) value(m method, from string) (value, error) {
	function, paths, called := strings.Cut(strings.TrimSuffix(from, ")"), "(")
	if !called {
		return w.path(m, from)
	}
	var arguments []string
	for path := range strings.SplitSeq(paths, ", ") {
		v, err := w.path(m, path)
		if err != nil {
			return v, err
		}
		arguments = append(arguments, v.text)
	}
	call := function + "(" + strings.Join(arguments, ", ") + ")"
	f := w.method(function)
	if f != nil {
		call = "v." + call
	} else if f = w.Scope().Lookup(function); f == nil {
		return value{}, fmt.Errorf("there is no function %s", function)
	}
	return value{text: call, typ: f.Type().(*types.Signature).Results().At(0).Type()}, nil
}

// method finds a method of View; nil where it has none.
func (w *printer) method(name string) types.Object {
	f, _, _ := types.LookupFieldOrMethod(w.Scope().Lookup("View").Type(), true, w.Package, name)
	return f
}

// path follows a path of fields and methods.
func (w *printer) path(m method, path string) (value, error) {
	v := value{text: m.of.Name(), typ: m.of.Type()}
	if path == "." {
		return v, nil
	}
	for i, name := range strings.Split(path, ".") {
		if _, pointer := v.typ.(*types.Pointer); pointer && i > 0 {
			v.guards = append(v.guards, v.text+" != nil")
		}
		of := v.text
		v.text, v.append = of+"."+name, ""
		switch found, _, _ := types.LookupFieldOrMethod(v.typ, true, w.Package, name); found := found.(type) {
		case *types.Var:
			v.typ = found.Type()
		case *types.Func:
			if appends, _, _ := types.LookupFieldOrMethod(v.typ, true, w.Package, "Append"+name); appends != nil {
				v.append = of + ".Append" + name + "(dst)"
			}
			v.text, v.typ = v.text+"()", found.Signature().Results().At(0).Type()
		default:
			return v, fmt.Errorf("%s has no %s", v.typ, name)
		}
	}
	return v, nil
}

// is reports whether a value is of a basic type with one of these properties.
func (v value) is(info types.BasicInfo) bool {
	t, ok := v.typ.Underlying().(*types.Basic)
	return ok && t.Info()&info != 0
}

// present is the condition under which a value is not empty; "" where it never is.
func (v value) present() string {
	_, list := v.typ.Underlying().(*types.Slice)
	_, pointer := v.typ.(*types.Pointer)
	switch {
	case pointer:
		return v.text + " != nil"
	case list:
		return "len(" + v.text + ") > 0"
	case v.is(types.IsString):
		return v.text + ` != ""`
	case v.is(types.IsNumeric):
		return v.text + " != 0"
	case v.is(types.IsBoolean):
		return v.text
	}
	return ""
}
