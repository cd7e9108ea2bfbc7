package cli

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/alecthomas/kong"

	"github.com/testedon/testedon/compat/fact"
)

// productArgument is the product without its flag.
type productArgument struct {
	ProductArgument string `arg:"" optional:"" name:"product" values:"product" help:"The product: id, name or alias; or --product."`
}

// releaseArguments are the product and the release without their flags.
type releaseArguments struct {
	productArgument
	ReleaseArgument string `arg:"" optional:"" name:"release" values:"release" help:"The release: version, alias or latest; or --release."`
}

// upgradeArguments are the product and two releases of it without their flags.
type upgradeArguments struct {
	productArgument
	FromArgument string `arg:"" optional:"" name:"from" values:"release" help:"The release that runs now; or --from."`
	ToArgument   string `arg:"" optional:"" name:"to" values:"release" help:"The release to go to; or --to."`
}

// which asks for what a command needs and is not told: flags and values in turn. Dots alone
// cannot be a part of a path.
func which(told ...string) error {
	for pair := range slices.Chunk(told, 2) {
		if flag := pair[0]; strings.Trim(pair[1], ".") == "" {
			noun := strings.NewReplacer("from", "release to go from", "to", "release to go to").Replace(flag)
			return fact.Invalid(flag, "Name it after the command, or with --"+flag+".", "Which %s?", noun)
		}
	}
	return nil
}

// readable refuses arguments that are no text. Names of files may be any bytes.
func readable(args []string) error {
	for _, arg := range args {
		if _, err := os.Lstat(arg); err != nil && !utf8.ValidString(arg) {
			return fact.Invalid("", "Give it in UTF-8, as a terminal does by itself.", "the argument %+q is not UTF-8", arg)
		}
	}
	return nil
}

// meant gives the flags of one value that are typed, and refuses what the parser takes and nobody
// means: two values where one counts, and times that no clock has.
func meant(ctx *kong.Context) (typed map[*kong.Flag]bool, err error) {
	typed = map[*kong.Flag]bool{}
	for _, at := range ctx.Path {
		if f := at.Flag; f != nil && !f.IsSlice() && !f.IsBool() {
			if typed[f] {
				return nil, fact.Invalid(f.Name, "Give it once.", "--%s is given more than once", f.Name)
			}
			typed[f] = true
		}
	}
	for _, f := range ctx.Flags() {
		if d, ok := f.Target.Interface().(time.Duration); ok && (d < 0 || d == 0 && f.Name == "timeout") {
			return nil, fact.Invalid(f.Name, "Give a time such as 10s.", "--%s cannot be %s", f.Name, d)
		}
	}
	return typed, nil
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
	for _, at := range ctx.Path {
		if at.Positional == nil || flags[at.Positional.Name] == nil {
			continue
		}
		flag := flags[at.Positional.Name]
		target, named := flag.Target, at.Positional.Target
		if target.Kind() == reflect.Slice {
			target.Set(reflect.Append(target, named))
			continue
		}
		if target.Kind() == reflect.Pointer {
			named = named.Addr()
		}
		if was := reflect.Indirect(target); typed[flag] && was.String() != reflect.Indirect(named).String() {
			return fact.Invalid(flag.Name, "Give one of the two.", "the %s is %q and --%s is %q", flag.Name, reflect.Indirect(named), flag.Name, was)
		}
		target.Set(named)
	}
	return nil
}
