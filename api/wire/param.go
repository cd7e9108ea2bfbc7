package wire

import (
	"reflect"
	"slices"
	"strconv"

	"github.com/testedon/testedon/compat/fact"
)

// Param is a parameter of a request: what is read, what is refused and what the contract
// says of it.
type Param struct {
	Name     string
	InPath   bool   // it is a part of the path, and not of the query
	About    string // what it is for; where it is empty, the comment of Field says so
	Field    string // that it is read into: "api.planParams.Strategy"; empty for none
	Required bool
	Many     bool // it may repeat
	Each     bool // it stands for several, one for each of what Name is in the plural
	Longest  int  // characters of the value; whoever takes one longer than usual checks it
	// Number says that it is a whole number, from Least to Most.
	Number      bool
	Least, Most int
	Words       []string // that its value is one of; nil where there are others
	Usual       string   // what holds without it; empty for nothing
	Example     string

	index   []int // of the field
	implied bool  // the usual value is not told to the field
}

// Operation is what the contract is told of a path beside the annotations of its handler.
type Operation struct {
	Method, Path string // "/v1/products/:product"
	Params       []Param
	Lenient      bool // it answers with 200 whatever is wrong with the request
}

// Table is the parameters that the fields of a struct stand for. These have tags:
//
//	query:"NAME"   the parameter, or path:"NAME" for a part of the path
//	required:"true", each:"true", longest:"N", min:"N", max:"N", example:"VALUE"
//	usual:"VALUE"  what the field is without the parameter; implied:"VALUE" where that is what it means to be empty
//
// A field is a text, a number, a list of either, or a text with a method Words that lists
// all there are. Its comment tells callers what the parameter is for. Structs may stand
// within others.
type Table[P any] struct{ Params []Param }

// TableOf gives the table of a struct. It is made once, and not for each request.
func TableOf[P any]() Table[P] {
	var t Table[P]
	of := reflect.TypeFor[P]()
	for _, f := range reflect.VisibleFields(of) {
		if f.Anonymous {
			continue
		}
		owner := of
		if len(f.Index) > 1 {
			owner = of.FieldByIndex(f.Index[:len(f.Index)-1]).Type
		}
		t.Params = append(t.Params, paramOf(owner, f))
	}
	return t
}

// paramOf reads what a field of a struct says.
func paramOf(owner reflect.Type, f reflect.StructField) Param {
	p := Param{
		Name: f.Tag.Get("query"), Field: owner.String() + "." + f.Name, Required: f.Tag.Get("required") != "", Each: f.Tag.Get("each") != "",
		Many: f.Type.Kind() == reflect.Slice, Least: tagged(f, "min", 0), Most: tagged(f, "max", 0), Longest: tagged(f, "longest", maxValue),
		Usual: f.Tag.Get("usual"), Example: f.Tag.Get("example"), index: f.Index,
	}
	if p.implied = p.Usual == ""; p.implied {
		p.Usual = f.Tag.Get("implied")
	}
	if p.Name == "" {
		p.Name, p.InPath, p.Required = f.Tag.Get("path"), true, true
	}
	p.Number = f.Type.Kind() == reflect.Int || p.Many && f.Type.Elem().Kind() == reflect.Int
	if known, ok := reflect.Zero(f.Type).Interface().(interface{ Words() []string }); ok {
		p.Words = known.Words()
	}
	return p
}

// tagged is a number in the tag of a field.
func tagged(f reflect.StructField, key string, otherwise int) int {
	text, ok := f.Tag.Lookup(key)
	if !ok {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(err) // a tag is a part of the program
	}
	return n
}

// Read gives the values of a request.
func (t Table[P]) Read(in Input) (p P, err error) {
	into := reflect.ValueOf(&p).Elem()
	for i := range t.Params {
		param := &t.Params[i]
		values := in.Query[param.Name]
		if param.InPath {
			value, err := in.Part(param.Name)
			if err != nil {
				return p, err
			}
			values = []string{value}
		}
		if err := param.set(into.FieldByIndex(param.index), values); err != nil {
			return p, err
		}
	}
	return p, nil
}

// set gives a field the values of its parameter.
func (p *Param) set(field reflect.Value, values []string) error {
	if len(values) == 0 && p.Usual != "" && !p.implied {
		values = []string{p.Usual}
	}
	for _, value := range values {
		if p.Words != nil && !slices.Contains(p.Words, value) {
			return fact.Refuse(p.Name, "value.unknown", p.Name, strconv.Quote(Quotable(value))).Offer(p.Words)
		}
	}
	switch numbers, err := p.numbers(values); {
	case err != nil:
		return err
	case len(values) == 0:
	case p.Number && p.Many:
		field.Set(reflect.ValueOf(numbers))
	case p.Number:
		field.SetInt(int64(numbers[0]))
	case p.Many:
		field.Set(reflect.ValueOf(values))
	default:
		field.SetString(values[0])
	}
	return nil
}

// numbers reads values as whole numbers within the bounds of a parameter; nil where it is
// a text.
func (p *Param) numbers(values []string) (all []int, err error) {
	if !p.Number {
		return nil, nil
	}
	for _, text := range values {
		n, err := strconv.Atoi(text)
		if err != nil || n < p.Least || n > p.Most {
			return nil, fact.Refuse(p.Name, "value.number", p.Name, strconv.Quote(Quotable(text)), p.Least, p.Most)
		}
		all = append(all, n)
	}
	return all, nil
}
