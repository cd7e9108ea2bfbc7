package cli

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/testedon/testedon/cli/client"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/internal/str"
)

// components are those of an environment, in flags. Kinds are data, so that the struct
// that the parser fills with them is made when the program runs: a list of texts for each
// kind.
type components struct {
	Kinds kong.Plugins `embed:""`
	With  []string     `group:"environment" placeholder:"KIND=TEXT" sep:"none"`

	names []string // by which each kind is asked for, in the order of answers
}

// flagName is what a kind or an alias must look like to be a flag.
var flagName = str.Regexp(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// prepare makes the kinds flags. A name that is taken by another flag of the command is
// left out; a kind without any name left can be asked for by --with.
func (c *components) prepare(kinds []fact.Kind, taken []string) {
	var fields []reflect.StructField
	kinds = slices.Clone(kinds)
	order.Stable(kinds, func(a, b fact.Kind) int { return a.Order - b.Order })
	for _, k := range kinds {
		var names []string
		for _, name := range append([]string{k.ID}, k.Aliases...) {
			if flagName().MatchString(name) && !slices.Contains(taken, name) {
				names, taken = append(names, name), append(taken, name)
			}
		}
		if len(names) > 0 {
			c.names = append(c.names, names[0])
			fields = append(fields, kindField(len(fields), k, names))
		}
	}
	c.Kinds = kong.Plugins{reflect.New(reflect.StructOf(fields)).Interface()}
}

// ofKind begins what is said of a flag of a kind to complete its values.
const ofKind = "technology of "

// mostNames is how many names of a kind the help tells.
const mostNames = 4

// kindField describes the flag of one kind to the parser. Commas are part of a
// text and do not part it.
func kindField(index int, k fact.Kind, names []string) reflect.StructField {
	tag := fmt.Sprintf(`name:%q aliases:%q kind:%q example:%q placeholder:"TEXT" sep:"none" values:%q group:"environment"`,
		names[0], strings.Join(names[1:], ","), str.Capital(k.Name), k.Example, ofKind+k.ID)
	return reflect.StructField{
		Name: fmt.Sprintf("Kind%d", index), Type: reflect.TypeFor[[]string](), Tag: reflect.StructTag(tag),
	}
}

// asked gives what the flags ask for.
func (c *components) asked() (client.Environment, error) {
	var env client.Environment
	texts := reflect.ValueOf(c.Kinds[0]).Elem()
	for i, name := range c.names {
		env.Add(name, texts.Field(i).Interface().([]string)...)
	}
	for _, pair := range c.With {
		kind, text, found := strings.Cut(pair, "=")
		if kind = strings.TrimSpace(kind); !found || kind == "" {
			return nil, fact.Refuse("with", "cli.with", strconv.Quote(pair))
		}
		env.Add(kind, text)
	}
	return env, nil
}
