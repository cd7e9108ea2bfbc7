package cli

import (
	"cmp"
	_ "embed"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/seed/proposal"
)

// beginning makes the folder of a catalogue. It is the command init.
type beginning struct {
	Dir     string `arg:""`
	Product string `required:"" placeholder:"ID"`
	profile
}

// profile is what a product says of itself, in flags.
type profile struct {
	Name   string `placeholder:"NAME"`
	Vendor string `placeholder:"NAME"`
	Word   string `enum:"tested,${words}" default:"tested"`
}

// product is the product that the flags describe.
func (f *profile) product(id string) fact.Product {
	p := fact.Product{ID: id, Name: cmp.Or(f.Name, str.Capital(id))}
	if p.Vendor = cmp.Or(f.Vendor, p.Name); f.Word != "tested" {
		p.Require, p.Word = fact.Compatible, fact.Status(f.Word)
	}
	return p
}

// samplePage is a documentation page of the first product.
//
//go:embed init.md
var samplePage string

// Run writes the folder, and tells what to do next.
func (b *beginning) Run(p Program) error {
	product := b.product(b.Product)
	written, err := proposal.Begin(b.Dir, product, []byte(strings.ReplaceAll(samplePage, "NAME", product.Name)))
	if err != nil {
		return unwritten(b.Dir, err)
	}
	return p.print(p.written(b.Dir, written) + "\n" + p.say("cli.init.next", quote(b.Dir), quote(filepath.Join(b.Dir, "page.md")), b.Product) + "\n")
}

// written names files, but for the schemas among them, which are many.
func (p Program) written(dir string, names []string) string {
	var text strings.Builder
	text.WriteString(p.say("cli.written") + ":\n")
	schemas := 0
	for _, name := range names {
		if strings.HasPrefix(name, "schema/") {
			schemas++
			continue
		}
		fmt.Fprintf(&text, "  %s\n", filepath.Join(dir, name))
	}
	if schemas > 0 {
		text.WriteString("  " + p.say("cli.written.schemas", filepath.Join(dir, "schema")) + "\n")
	}
	return text.String()
}
