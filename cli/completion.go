package cli

import (
	"cmp"
	"embed"
	"fmt"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/testedon/testedon/api/wire"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/message"
	"github.com/testedon/testedon/seed"
)

//go:embed completion
var scripts embed.FS

// completion prints the script for a shell.
type completion struct {
	Shell string `arg:"" enum:"bash,zsh,fish,powershell"`
}

// Run prints the script.
func (c *completion) Run(p Program) error {
	script, err := scripts.ReadFile("completion/" + c.Shell)
	if err != nil {
		return err
	}
	return p.print(string(script))
}

// completing is the hidden command by which the scripts ask what a command line may go on
// with: the words of the line, the last of which is being typed.
const completing = "__complete"

// complete prints a line for each way in which the last word may go on: the word, a tab and
// what it means. Where nothing is known, shells offer files.
func (p Program) complete(model *kong.Application, words []string) error {
	typed, before := words[len(words)-1], ""
	at := place{words: p.Words, node: model.Node, dirs: catalogueFlag(words)}
	for _, word := range words[:len(words)-1] {
		at.pass(word)
	}
	if name, value, joined := strings.Cut(typed, "="); joined && at.flag == nil && strings.HasPrefix(typed, "-") {
		at.pass(name)
		typed, before = value, name+"="
	}
	var all []string
	switch {
	case at.flag != nil:
		all = at.values(at.flag.Value, typed)
	case strings.HasPrefix(typed, "-"):
		all = wire.Each(slices.Concat(at.node.AllFlags(true)...), func(f *kong.Flag) string { return "--" + f.Name + "\t" + f.Help })
	case len(at.node.Children) > 0 && at.given == 0:
		all = wire.Each(at.node.Children, func(n *kong.Node) string { return n.Name + "\t" + n.Help })
	case at.given < len(at.node.Positional):
		all = at.values(at.node.Positional[at.given], typed)
	}
	var b strings.Builder
	for _, offer := range all {
		if text, about, _ := strings.Cut(offer, "\t"); text != "" && strings.HasPrefix(text, strings.ToLower(typed)) {
			fmt.Fprintf(&b, "%s%s\t%s\n", before, text, about)
		}
	}
	return p.print(b.String())
}

// place is where a command line has come to.
type place struct {
	words   *message.Language
	node    *kong.Node // the command
	flag    *kong.Flag // whose value comes next; nil for none
	given   int        // arguments
	product string     // to which releases belong; the first argument where no flag names it
	dirs    []string   // of the catalogue
}

// pass goes past a word.
func (l *place) pass(word string) {
	name, value, joined := strings.Cut(word, "=")
	flags := slices.Concat(l.node.AllFlags(false)...)
	i := slices.IndexFunc(flags, func(f *kong.Flag) bool {
		return name == "--"+f.Name || f.Short != 0 && name == "-"+string(f.Short) || slices.Contains(f.Aliases, strings.TrimPrefix(name, "--"))
	})
	child := slices.IndexFunc(l.node.Children, func(c *kong.Node) bool { return c.Name == word })
	switch {
	case l.flag != nil:
		if l.flag.Name == "product" {
			l.product = word
		}
		l.flag = nil
	case i >= 0 && !flags[i].IsBool():
		if l.flag = flags[i]; joined {
			l.pass(value)
		}
	case strings.HasPrefix(word, "-"):
	case child >= 0:
		l.node = l.node.Children[child]
	default:
		l.product = cmp.Or(l.product, word)
		l.given++
	}
}

// values are those that a flag or an argument may have: of what the catalogue has of the noun
// in its tag, or of the list there, or of its enumeration.
func (l *place) values(v *kong.Value, typed string) []string {
	noun := v.Tag.Get("values")
	kind, ofOne := strings.CutPrefix(noun, ofKind)
	if noun == "technology" {
		kind = "*"
	}
	known := seed.Outline(files(l.dirs...), kind)
	switch {
	case ofOne, noun == "technology":
		return technologies(known.Technologies, strings.ToLower(typed), ofOne)
	case noun == "product":
		return wire.Each(known.Products, func(p fact.Product) string { return p.ID + "\t" + p.Name })
	case noun == "kind":
		return wire.Each(known.Kinds, func(k fact.Kind) string { return k.ID + "\t" + k.Name })
	case noun == "release":
		all := []string{"latest\t" + l.words.Text("cli.newest")}
		for _, r := range slices.Backward(known.Releases) {
			if r.Product == l.product || l.product == "" {
				all = append(all, r.Version+"\t"+r.Product)
			}
		}
		return all
	}
	return strings.Split(cmp.Or(noun, v.Enum), ",")
}

// technologies offers those that begin as what is typed, and where versions are wanted the
// series of one that is typed whole or the only one.
func technologies(known []fact.Technology, typed string, versions bool) (all []string) {
	begun := slices.DeleteFunc(slices.Clone(known), func(t fact.Technology) bool {
		return !strings.HasPrefix(t.ID, typed) && !strings.HasPrefix(typed, t.ID+" ")
	})
	for _, t := range begun {
		all = append(all, t.ID+"\t"+t.Name)
		for _, c := range t.Cycles {
			if versions && (len(begun) == 1 || t.ID == typed) {
				all = append(all, t.ID+" "+cmp.Or(c.Label, c.Version)+"\t"+t.Name)
			}
		}
	}
	return all
}
