package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"reflect"
	"strings"

	"golang.org/x/tools/go/packages"
)

// parcel is a package with documented types.
type parcel struct {
	*types.Package
	view      types.Type // whose methods are written
	documents []*document
	known     map[string]*document // by name of the type
}

// document is a documented type and what it is made of.
type document struct {
	name    string
	of      string     // the variable of the thing
	from    types.Type // of the thing
	kept    string     // expression of what is written already; may be empty
	part    bool       // others embed it
	fill    bool       // filled, too
	members []*member
}

// value is an expression with its type.
type value struct {
	text   string
	typ    types.Type
	guards []string // what must be true before it can be looked at
	append string   // expression of the method that appends it to dst; may be empty
	thing  bool     // it is the thing itself
}

// member is a member of the JSON object.
type member struct {
	value
	field    *types.Var
	key      string // as it is written; empty for a part
	optional bool
}

// load reads the package in dir. What is generated there already is left out.
func load(dir string) (*parcel, error) {
	loaded, err := packages.Load(&packages.Config{
		Mode: packages.NeedName | packages.NeedImports | packages.NeedTypes | packages.NeedSyntax,
		Dir:  dir, Overlay: map[string][]byte{filepath.Join(dir, output): []byte("package " + filepath.Base(dir))},
	}, ".")
	if err != nil {
		return nil, err
	}
	p := &parcel{Package: loaded[0].Types, known: map[string]*document{}}
	view := p.Scope().Lookup("View")
	if view == nil {
		return nil, errors.New("there is no type View")
	}
	p.view = types.NewPointer(view.Type())
	for _, file := range loaded[0].Syntax {
		for _, decl := range file.Decls {
			if g, ok := decl.(*ast.GenDecl); ok && g.Tok == token.TYPE {
				if err := p.declare(g.Specs[0].(*ast.TypeSpec).Name.Name, g.Doc); err != nil {
					return nil, err
				}
			}
		}
	}
	for _, d := range p.documents {
		if err := p.describe(d); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// declare reads the directives of a type.
func (p *parcel) declare(name string, doc *ast.CommentGroup) error {
	d := &document{name: name}
	if doc == nil {
		return nil
	}
	for _, c := range doc.List {
		directive, rest, _ := strings.Cut(strings.TrimPrefix(c.Text, "//encode:"), " ")
		switch {
		case !strings.HasPrefix(c.Text, "//encode:"):
			continue
		case directive == "kept":
			d.kept = rest
		case directive == "fill":
			d.fill = true
		case directive == "from" || directive == "part":
			of, from, _ := strings.Cut(rest, " ")
			d.part, d.of = directive == "part", of
			if d.from = p.named(from); d.from == nil {
				return fmt.Errorf("%s is made of %s, which is no type", name, from)
			}
		default:
			return fmt.Errorf("%s has the directive %s, which is none of from, part, fill, kept", name, directive)
		}
	}
	if d.from != nil {
		p.documents, p.known[name] = append(p.documents, d), d
	}
	return nil
}

// named finds a type by a name such as *compat.Listing; nil where there is none.
func (p *parcel) named(name string) types.Type {
	if rest, ok := strings.CutPrefix(name, "*"); ok {
		if t := p.named(rest); t != nil {
			return types.NewPointer(t)
		}
		return nil
	}
	scope := p.Scope()
	if from, of, ok := strings.Cut(name, "."); ok {
		name = of
		if other := imported(p.Package, from, map[*types.Package]bool{}); other != nil {
			scope = other.Scope()
		}
	}
	if t, ok := scope.Lookup(name).(*types.TypeName); ok {
		return t.Type()
	}
	return nil
}

// imported finds a package of the house that another one imports, itself or by others.
func imported(by *types.Package, name string, seen map[*types.Package]bool) *types.Package {
	for _, other := range by.Imports() {
		if seen[other] || !strings.HasPrefix(other.Path(), "github.com/testedon/") {
			continue
		}
		seen[other] = true
		if other.Name() == name {
			return other
		}
		if found := imported(other, name, seen); found != nil {
			return found
		}
	}
	return nil
}

// describe finds where the members of a document come from.
func (p *parcel) describe(d *document) error {
	fields, ok := p.Scope().Lookup(d.name).Type().Underlying().(*types.Struct)
	if !ok {
		return fmt.Errorf("%s is no struct", d.name)
	}
	for i := range fields.NumFields() {
		field, tag := fields.Field(i), reflect.StructTag(fields.Tag(i))
		from, named := tag.Lookup("from")
		if from == "-" {
			continue
		}
		if !named {
			from = field.Name()
		}
		key, options, _ := strings.Cut(tag.Get("json"), ",")
		m := &member{field: field, key: key, optional: options == "omitempty" || field.Embedded()}
		var err error
		if m.value, err = p.value(d, from); err != nil {
			return fmt.Errorf("%s.%s: %w", d.name, field.Name(), err)
		}
		if condition := tag.Get("if"); condition != "" {
			c, err := p.value(d, condition)
			if err != nil {
				return fmt.Errorf("%s.%s: %w", d.name, field.Name(), err)
			}
			m.guards = append(append(m.guards, c.guards...), c.present()...)
		}
		if !m.optional {
			m.guards = nil
		}
		d.members = append(d.members, m)
	}
	return nil
}

// value reads what a tag names.
func (p *parcel) value(d *document, from string) (value, error) {
	function, paths, called := strings.Cut(strings.TrimSuffix(from, ")"), "(")
	if !called {
		return p.path(d, from)
	}
	var arguments []string
	for path := range strings.SplitSeq(paths, ", ") {
		v, err := p.path(d, path)
		if err != nil {
			return v, err
		}
		arguments = append(arguments, v.text)
	}
	f, _, _ := types.LookupFieldOrMethod(p.view, false, p.Package, function)
	v := value{text: "v." + function + "(" + strings.Join(arguments, ", ") + ")"}
	if f == nil {
		f, v.text = p.Scope().Lookup(function), strings.TrimPrefix(v.text, "v.")
	}
	if f == nil {
		return v, fmt.Errorf("there is no function %s", function)
	}
	v.typ = f.Type().(*types.Signature).Results().At(0).Type()
	return v, nil
}

// path follows a path of fields and methods.
func (p *parcel) path(d *document, path string) (value, error) {
	v := value{text: d.of, typ: d.from, thing: path == "."}
	if path == "." {
		return v, nil
	}
	for i, name := range strings.Split(path, ".") {
		if _, pointer := v.typ.(*types.Pointer); pointer && i > 0 {
			v.guards = append(v.guards, v.text+" != nil")
		}
		found, _, _ := types.LookupFieldOrMethod(v.typ, true, p.Package, name)
		appender, _, _ := types.LookupFieldOrMethod(v.typ, true, p.Package, "Append"+name)
		switch of := v.text; found := found.(type) {
		case *types.Var:
			v.text, v.typ, v.append = of+"."+name, found.Type(), ""
		case *types.Func:
			v.text, v.typ, v.append = of+"."+name+"()", found.Signature().Results().At(0).Type(), ""
			if appender != nil {
				v.append = of + ".Append" + name + "(dst)"
			}
		default:
			return v, fmt.Errorf("%s has no %s", v.typ, name)
		}
	}
	return v, nil
}

// present are the conditions under which a value is not empty.
func (v value) present() []string {
	if v.thing {
		return nil
	}
	switch t := v.typ.Underlying().(type) {
	case *types.Pointer:
		return []string{v.text + " != nil"}
	case *types.Slice:
		return []string{"len(" + v.text + ") > 0"}
	case *types.Basic:
		switch {
		case t.Info()&types.IsBoolean != 0:
			return []string{v.text}
		case t.Info()&types.IsString != 0:
			return []string{v.text + ` != ""`}
		}
		return []string{v.text + " != 0"}
	}
	return nil
}
