package cli

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/alecthomas/kong"

	"github.com/testedon/testedon/compat/fact"
)

// productArgument is the product without its flag.
type productArgument struct {
	ProductArgument string `arg:"" optional:"" name:"product" values:"product"`
}

// releaseArguments are the product and the release without their flags.
type releaseArguments struct {
	productArgument
	ReleaseArgument string `arg:"" optional:"" name:"release" values:"release"`
}

// upgradeArguments are the product and two releases of it without their flags.
type upgradeArguments struct {
	productArgument
	FromArgument string `arg:"" optional:"" name:"from" values:"release"`
	ToArgument   string `arg:"" optional:"" name:"to" values:"release"`
}

// afterCommand is where the arguments of most commands stand.
const afterCommand = "argument"

// which asks for what a command needs and is not told: flags and values in turn, and where it
// may stand beside its flag. Dots alone cannot be a part of a path.
func which(where string, told ...string) error {
	for pair := range slices.Chunk(told, 2) {
		if flag := pair[0]; strings.Trim(pair[1], ".") == "" {
			return fact.Refuse(flag, "cli.which", flag, where)
		}
	}
	return nil
}

// readable refuses arguments that are no text. Names of files may be any bytes.
func readable(args []string) error {
	for _, arg := range args {
		if _, err := os.Lstat(arg); err != nil && !utf8.ValidString(arg) {
			return fact.Refuse("", "cli.argument.encoding", fmt.Sprintf("%+q", arg))
		}
	}
	return nil
}

// meant gives the flags that are typed, and refuses what the parser takes and nobody means: two
// values where one counts, a flag that another leaves without effect, and times that no clock has.
func meant(ctx *kong.Context) (typed map[*kong.Flag]bool, err error) {
	typed = map[*kong.Flag]bool{}
	given := map[string]bool{} // names of texts that are there, typed or not
	for _, f := range ctx.Flags() {
		given[f.Name] = f.Target.Kind() == reflect.String && f.Target.String() != ""
	}
	for _, at := range ctx.Path {
		f := at.Flag
		switch {
		case f == nil:
			continue
		case typed[f] && !f.IsSlice() && !f.IsBool():
			return nil, fact.Refuse(f.Name, "cli.flag.twice", f.Name)
		case f.Tag.Has("needs") && !given[f.Tag.Get("needs")]:
			return nil, fact.Refuse(f.Name, "cli.flag.needs", f.Name, f.Tag.Get("needs"))
		case f.Tag.Has("without") && given[f.Tag.Get("without")]:
			return nil, fact.Refuse(f.Name, "cli.flag.without", f.Name, f.Tag.Get("without"))
		case f.Name == "limit" && f.Target.CanInt() && f.Target.Int() < 1:
			return nil, fact.Refuse(f.Name, "cli.flag.limit", f.Target.Int())
		}
		typed[f] = true
	}
	for _, f := range ctx.Flags() {
		if d, ok := f.Target.Interface().(time.Duration); ok && (d < 0 || d == 0 && f.Name == "timeout") {
			return nil, fact.Refuse(f.Name, "cli.flag.time", f.Name, d)
		}
	}
	return typed, nil
}

// skipped is 1 where the first argument is left out, because the flag of the product is typed and
// another argument may follow those that are given; else 0.
func skipped(ctx *kong.Context, product *kong.Flag) int {
	all, given := ctx.Selected().Positional, []*kong.Path{}
	for _, at := range ctx.Path {
		if at.Positional != nil {
			given = append(given, at)
		}
	}
	if len(given) == 0 || len(given) == len(all) || all[0].Name != product.Name || fmt.Sprint(reflect.Indirect(product.Target)) == all[0].Target.String() {
		return 0
	}
	return 1
}

// settle hands arguments on to the flags of their names.
func settle(ctx *kong.Context) error {
	typed, err := meant(ctx)
	if err != nil {
		return err
	}
	flags := map[string]*kong.Flag{}
	for _, f := range ctx.Flags() {
		flags[f.Name] = f
	}
	skip := 0
	if of := flags["product"]; typed[of] {
		skip = skipped(ctx, of)
	}
	for _, at := range ctx.Path {
		if at.Positional == nil {
			continue
		}
		flag := flags[ctx.Selected().Positional[at.Positional.Position+skip].Name]
		if flag == nil {
			continue
		}
		target, named := flag.Target, at.Positional.Target
		if target.Kind() == reflect.Slice {
			target.Set(reflect.Append(target, named))
			continue
		}
		if target.Kind() == reflect.Pointer {
			named = named.Addr()
		}
		if was := reflect.Indirect(target); typed[flag] && was.String() != reflect.Indirect(named).String() {
			return fact.Refuse(flag.Name, "cli.flag.both", flag.Name, strconv.Quote(reflect.Indirect(named).String()), strconv.Quote(was.String()))
		}
		target.Set(named)
	}
	return nil
}
