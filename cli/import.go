package cli

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed/proposal"
)

// importing reads documentation pages and proposes what they change in a
// catalogue. It is the command import.
type importing struct {
	Pages []string `arg:"" name:"page" help:"Files of documentation pages: Markdown, HTML, AsciiDoc or text; \"-\" for standard input."`

	Product       string `required:"" placeholder:"NAME" help:"The product the pages are read for: id, name or alias."`
	Release       string `required:"" placeholder:"VERSION" help:"The release: version or alias. One that is not in the catalogue is a new one."`
	Source        string `placeholder:"ID" help:"The document that the pages are. Worked out from name and title by default; an id that is not in the catalogue is a new document."`
	Write         string `placeholder:"DIR" help:"Write the proposal into the catalogue in this folder."`
	AllowRemovals bool   `help:"Write also what withdraws more than a tenth of what the catalogue has of the release from the document."`
	Catalogue     string `placeholder:"DIR" help:"Compare with the catalogue in this folder, in place of the one that is written to; that, and without it the one within the program, is the default."`
	Output        string `short:"o" enum:"${outputs}" default:"text" help:"Write a difference to read, or JSON: ${enum}."`
}

// Help is shown below the line about the command.
func (*importing) Help() string {
	return `Nothing is written without --write. Ends with 1 where something on a page could
not be read or resolved, which is told with its line, and where --write would
withdraw too much; what could be read is proposed all the same. Ends with 5 for
a product that the catalogue does not have.

` + exitCodes
}

// Run proposes, writes where it is told to, and prints what was found.
func (i *importing) Run(p Program) error {
	pages, err := p.pages(i.Pages)
	if err != nil {
		return err
	}
	proposals, err := i.propose(cmp.Or(i.Catalogue, i.Write), pages)
	if err != nil {
		return err
	}
	done := &imported{proposals: proposals, dir: i.Write}
	var refused error
	if i.Write != "" {
		done.written, refused = i.write(proposals, pages)
	}
	if err := i.print(p, done); err != nil {
		return err
	}
	switch {
	case refused != nil:
		return refused
	case proposals[0].NewProduct:
		return &exit{code: exitUnknown, cause: i.unknownProduct(proposals[0])}
	case done.incomplete():
		return &exit{code: exitFail}
	}
	return nil
}

// propose holds the pages against a catalogue.
func (i *importing) propose(dir string, pages []proposal.Document) ([]*proposal.Proposal, error) {
	m, err := loadMatrix(dir)
	if err != nil {
		return nil, err
	}
	return proposal.Propose(m, proposal.Subject{Product: i.Product, Release: i.Release, Source: i.Source}, pages...)
}

// loadMatrix reads a catalogue folder, or the one within the program.
func loadMatrix(dir string) (*compat.Matrix, error) {
	dataset, err := loadFiles(dir)
	if err != nil {
		return nil, err
	}
	m, err := compat.Build(dataset)
	if err != nil {
		return nil, &exit{exitData, err}
	}
	return m, nil
}

// write writes the proposals, unless they withdraw too much. What is written is
// what changes in the folder, whatever was compared.
func (i *importing) write(proposals []*proposal.Proposal, pages []proposal.Document) ([]string, error) {
	if i.Catalogue != "" && filepath.Clean(i.Catalogue) != filepath.Clean(i.Write) {
		own, err := i.propose(i.Write, pages)
		if err != nil {
			return nil, err
		}
		proposals = own
	}
	for _, p := range proposals {
		if p.Removes() && !i.AllowRemovals {
			return nil, &exit{exitFail, tooMany(p)}
		}
	}
	return writeInto(i.Write, proposals)
}

// writeInto writes proposals, and what is known anew of sources, into the catalogue in
// a folder.
func writeInto(dir string, proposals []*proposal.Proposal, looks ...proposal.Look) ([]string, error) {
	written, err := proposal.Write(dir, proposals, looks...)
	var known *fact.Error
	switch {
	case errors.As(err, &known) && known.Code == fact.CodeUnknownProduct:
		return nil, &exit{exitUnknown, known}
	case err != nil && known == nil:
		return nil, &exit{exitData, fmt.Errorf("nothing can be written into %s: %w", dir, inFolder(dir, err))}
	}
	return written, err
}

// tooMany says that a proposal would withdraw too much.
func tooMany(p *proposal.Proposal) error {
	return &fact.Error{
		Code: fact.CodeInvalid,
		Message: fmt.Sprintf("nothing was written: %d of the %s that the catalogue has of %s %s from %s would be withdrawn, more than a tenth",
			p.Withdrawn, count(p.Claims, "claim"), p.Product, p.Release, cmp.Or(p.Source, "its documents")),
		Hint: "Look whether the page is whole and the right one. --allow-removals writes it.",
	}
}

// unknownProduct says that nothing can be stated about the product, with those
// that may be meant.
func (i *importing) unknownProduct(p *proposal.Proposal) error {
	return &fact.Error{
		Code: fact.CodeUnknownProduct, Message: fmt.Sprintf("no product is called %q", p.Product), Candidates: p.Candidates,
		Hint: "Before anything of it can be written, its file has to be there: products/ID.yaml, with id, name and vendor.",
	}
}

// print prints what was found and what it changes.
func (i *importing) print(p Program, done *imported) error {
	if i.Output == "text" {
		return write(p.Stdout, plain(done.text()))
	}
	return writeJSON(p, done.value())
}

// writeJSON prints a value as one line of JSON.
func writeJSON(p Program, value any) error {
	var b strings.Builder
	to := json.NewEncoder(&b)
	to.SetEscapeHTML(false)
	if err := to.Encode(value); err != nil {
		return err
	}
	return write(p.Stdout, b.String())
}

// imported is what was proposed, and written.
type imported struct {
	proposals []*proposal.Proposal
	dir       string // written to; empty where nothing was to be written
	written   []string
}

// incomplete reports whether something could not be read or resolved.
func (d *imported) incomplete() bool {
	return slices.ContainsFunc(d.proposals, func(p *proposal.Proposal) bool { return len(p.Unresolved) > 0 })
}

// importedValue is what is written as JSON.
type importedValue struct {
	Product    string                `json:"product"`
	Release    string                `json:"release"`
	New        bool                  `json:"new"` // whether the release is new to the catalogue
	Pages      []importedPage        `json:"pages"`
	Found      []proposal.Finding    `json:"found"`
	Unresolved []proposal.Unresolved `json:"unresolved"`
	Changes    []proposal.Change     `json:"changes"`
	Held       []proposal.Held       `json:"held"`
	Counts     importedCounts        `json:"counts"`
	Written    []string              `json:"written"`
}

// importedPage is a page and the source it is taken for.
type importedPage struct {
	proposal.PageSummary
	Source    string `json:"source,omitempty"`
	NewSource bool   `json:"new_source,omitempty"`
}

// importedCounts sums up.
type importedCounts struct {
	Found      int `json:"found"`
	Unresolved int `json:"unresolved"`
	Added      int `json:"added"`
	Changed    int `json:"changed"`
	Withdrawn  int `json:"withdrawn"`
	Unchanged  int `json:"unchanged"`
	Others     int `json:"others"` // statements about other products or releases
}

// value joins the proposals.
func (d *imported) value() importedValue {
	first := d.proposals[0]
	v := importedValue{
		Product: first.Product, Release: first.Release, New: first.NewRelease, Pages: []importedPage{}, Found: []proposal.Finding{},
		Unresolved: []proposal.Unresolved{}, Changes: []proposal.Change{}, Held: []proposal.Held{}, Written: []string{},
	}
	for _, p := range d.proposals {
		for _, page := range p.Pages {
			v.Pages = append(v.Pages, importedPage{page, p.Source, p.NewSource})
		}
		v.Found = append(v.Found, p.Found...)
		v.Unresolved = append(v.Unresolved, p.Unresolved...)
		v.Changes = append(v.Changes, p.Changes...)
		v.Held = append(v.Held, p.Held...)
		v.Counts.Unchanged += p.Unchanged
	}
	v.Written = append(v.Written, d.written...)
	v.count()
	return v
}

// count sums up the lists.
func (v *importedValue) count() {
	c := &v.Counts
	c.Found, c.Unresolved = len(v.Found), len(v.Unresolved)
	for _, page := range v.Pages {
		for _, other := range page.Others {
			c.Others += other.Statements
		}
	}
	for _, change := range v.Changes {
		*map[string]*int{proposal.Added: &c.Added, proposal.Changed: &c.Changed, proposal.Withdrawn: &c.Withdrawn}[change.Change]++
	}
}
