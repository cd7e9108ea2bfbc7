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
	Product    newProduct    `cmd:""`
	Release    newRelease    `cmd:""`
	Technology newTechnology `cmd:""`
}

type newProduct struct {
	Dir string `arg:""`
	ID  string `arg:"" name:"id"`
	profile
}

// Run writes products/ID.yaml.
func (n *newProduct) Run(p Program) error {
	return create(p, n.Dir, proposal.NewFile{Name: "products/" + n.ID + ".yaml", Noun: "product", Value: n.product(n.ID)})
}

type newRelease struct {
	Dir     string `arg:""`
	Product string `arg:""`
	Version string `arg:""`
}

// Run writes releases/PRODUCT/VERSION.yaml.
func (n *newRelease) Run(p Program) error {
	return create(p, n.Dir, proposal.NewFile{Name: "releases/" + n.Product + "/" + n.Version + ".yaml", Noun: "release",
		Value: seed.ReleaseFile{Product: n.Product, Version: n.Version}})
}

type newTechnology struct {
	Dir    string   `arg:""`
	Kind   string   `arg:""`
	ID     string   `arg:"" name:"id"`
	Name   string   `placeholder:"NAME"`
	Alias  []string `placeholder:"NAME"`
	Scheme string   `default:"dotted"`
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
	return p.print(p.written(dir, written))
}

// unwritten is the error for files that cannot be written.
func unwritten(dir string, err error) error {
	var known *fact.Error
	if errors.As(err, &known) {
		return err
	}
	return exit.With(exit.Data, inFolder(dir, err))
}
