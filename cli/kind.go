package cli

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/testedon/testedon/compat/fact"
)

// kindFlags are the flags for the kinds of components. Kinds are data, so the
// struct that the parser fills is made when the program runs: a list of texts
// for each kind.
type kindFlags struct {
	names []string      // by which each kind is asked for, in the order of answers
	texts reflect.Value // a pointer to the struct; one field per kind
}

// flagName is what a kind or an alias must look like to be a flag.
var flagName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// newKindFlags makes the flags. A name that is taken by a flag of the command is
// left out; a kind without any name left can be asked for by --with.
func newKindFlags(kinds []fact.Kind, taken []string) *kindFlags {
	f := &kindFlags{}
	var fields []reflect.StructField
	kinds = slices.Clone(kinds)
	slices.SortStableFunc(kinds, func(a, b fact.Kind) int { return a.Order - b.Order })
	for _, k := range kinds {
		var names []string
		for _, name := range append([]string{k.ID}, k.Aliases...) {
			if flagName.MatchString(name) && !slices.Contains(taken, name) {
				names, taken = append(names, name), append(taken, name)
			}
		}
		if len(names) > 0 {
			f.names = append(f.names, names[0])
			fields = append(fields, kindField(len(fields), k, names))
		}
	}
	f.texts = reflect.New(reflect.StructOf(fields))
	return f
}

// kindField describes the flag of one kind to the parser. Commas are part of a
// text and do not part it.
func kindField(index int, k fact.Kind, names []string) reflect.StructField {
	help := strings.ToUpper(k.Name[:1]) + k.Name[1:]
	if k.Example != "" {
		help += `, such as "` + k.Example + `"`
	}
	if len(names) > 1 {
		help += "; also --" + strings.Join(names[1:], ", --")
	}
	tag := fmt.Sprintf(`name:%q aliases:%q help:%q placeholder:"TEXT" sep:"none"`,
		names[0], strings.Join(names[1:], ","), strings.ReplaceAll(help, "$", "$$")+".")
	return reflect.StructField{
		Name: fmt.Sprintf("Kind%d", index), Type: reflect.TypeFor[[]string](), Tag: reflect.StructTag(tag),
	}
}

// plugins is how the flags join a grammar.
func (f *kindFlags) plugins() kong.Plugins { return kong.Plugins{f.texts.Interface()} }

// asked gives what was asked for by the flags.
func (f *kindFlags) asked() environment {
	var env environment
	for i, name := range f.names {
		env.add(name, f.texts.Elem().Field(i).Interface().([]string)...)
	}
	return env
}
