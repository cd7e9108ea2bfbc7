package cli

import (
	"cmp"
	"errors"

	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/proposal"
)

// creation groups the commands that write a new file into a catalogue folder.
type creation struct {
	Product    newProduct    `cmd:"" help:"Write the file of a product."`
	Release    newRelease    `cmd:"" help:"Write the file of a release, which states nothing yet."`
	Technology newTechnology `cmd:"" help:"Write the file of a technology."`
}

type newProduct struct {
	Dir string `arg:"" help:"Folder of the catalogue."`
	ID  string `arg:"" name:"id" help:"Id of the product."`
	profile
}

// Run writes products/ID.yaml.
func (n *newProduct) Run(p Program) error {
	return create(p, n.Dir, proposal.NewFile{Name: "products/" + n.ID + ".yaml", Noun: "product", Value: n.product(n.ID)})
}

type newRelease struct {
	Dir     string `arg:"" help:"Folder of the catalogue."`
	Product string `arg:"" help:"Id of the product."`
	Version string `arg:"" help:"Version of the release."`
}

// Run writes releases/PRODUCT/VERSION.yaml.
func (n *newRelease) Run(p Program) error {
	return create(p, n.Dir, proposal.NewFile{Name: "releases/" + n.Product + "/" + n.Version + ".yaml", Noun: "release",
		Value: seed.ReleaseFile{Product: n.Product, Version: n.Version}})
}

type newTechnology struct {
	Dir    string   `arg:"" help:"Folder of the catalogue."`
	Kind   string   `arg:"" help:"Id of a kind, such as os."`
	ID     string   `arg:"" name:"id" help:"Id of the technology."`
	Name   string   `placeholder:"NAME" help:"Its name, as its vendor writes it; by default its id."`
	Alias  []string `placeholder:"NAME" help:"Another name that people type or pages print; it may repeat."`
	Scheme string   `default:"dotted" help:"How its versions are written: dotted, or another of those that docs/catalogue.md lists."`
}

// Run writes technologies/KIND/ID.yaml.
func (n *newTechnology) Run(p Program) error {
	return create(p, n.Dir, proposal.NewFile{Name: "technologies/" + n.Kind + "/" + n.ID + ".yaml", Noun: "technology",
		Value: fact.Technology{ID: n.ID, Name: cmp.Or(n.Name, str.Capital(n.ID)), Kind: n.Kind, Aliases: n.Alias, Scheme: n.Scheme}})
}

// create writes a file and names it.
func create(p Program, dir string, f proposal.NewFile) error {
	written, err := proposal.Create(dir, f)
	if err != nil {
		return unwritten(dir, err)
	}
	return p.print(writtenText(dir, written))
}

// unwritten is the error for files that cannot be written.
func unwritten(dir string, err error) error {
	var known *fact.Error
	if errors.As(err, &known) {
		return err
	}
	return exit.With(exit.Data, inFolder(dir, err))
}
