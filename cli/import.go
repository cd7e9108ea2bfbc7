package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"

	"github.com/testedon/testedon/cli/curation"
	"github.com/testedon/testedon/cli/exit"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed/mapping"
	"github.com/testedon/testedon/seed/proposal"
	"github.com/testedon/testedon/seed/sheet"
)

// importCommand reads documentation pages and proposes what they change in a
// catalogue. It is the command import.
type importCommand struct {
	Pages []string `arg:"" name:"page"`

	Product string `short:"p" required:"" placeholder:"NAME" values:"product"`
	Release string `short:"r" required:"" placeholder:"VERSION" values:"release"`
	History string `placeholder:"DIR"`
	Branch  string `placeholder:"NAME"`
	From    string `placeholder:"COMMIT"`

	Source        string `placeholder:"ID"`
	Map           string `placeholder:"FILE"`
	URL           string `name:"url" placeholder:"ADDRESS"`
	Date          string `placeholder:"DAY"`
	Authority     string `placeholder:"WHO"`
	Write         string `placeholder:"DIR"`
	AllowRemovals bool
	Catalogue     []string `placeholder:"DIR"`
	Output        string   `short:"o" enum:"${outputs}" default:"text"`
}

// Run proposes, writes where it is told to, and prints what was found.
func (i *importCommand) Run(ctx context.Context, p Program) error {
	if i.History+i.Branch+i.From != "" {
		return i.follow(ctx, p)
	}
	pages, err := i.read(p)
	if err != nil {
		return err
	}
	if day, _ := fact.ParseDay(i.Date); day > fact.DayOf(p.Now()) {
		return fact.Refuse("date", "cli.import.date", i.Date)
	}
	proposals, err := i.propose(pages, i.compared()...)
	if err != nil {
		return err
	}
	done := &curation.Import{Proposals: proposals, Dir: i.Write}
	var refused error
	if i.Write != "" {
		done.Written, refused = i.write(proposals, pages)
	}
	if err := p.tell(i.Output, done.Summary(), done.String()); err != nil {
		return err
	}
	switch first := proposals[0]; {
	case refused != nil:
		return refused
	case first.NewProduct:
		return exit.With(exit.Unknown, i.unknown(first))
	}
	return exit.Unless(!done.Incomplete(), exit.Fail)
}

// unknown is the error for a product that the catalogue does not have.
func (i *importCommand) unknown(p *proposal.Proposal) error {
	e := fact.Refuse("", "cli.import.product", strconv.Quote(p.Product))
	e.Code, e.Candidates = fact.CodeUnknownProduct, p.Candidates
	return e
}

// follow follows a page through its history, writes what that tells where it is told to, and
// prints it.
func (i *importCommand) follow(ctx context.Context, p Program) error {
	if len(i.Pages) != 1 || i.History == "" || i.Release == proposal.AllReleases || i.URL+i.Date+i.Authority != "" {
		return fact.Refuse("history", "cli.import.history")
	}
	in := curation.Clone{Dir: i.History, Page: i.Pages[0], Branch: i.Branch, From: i.From, Today: fact.DayOf(p.Now())}
	if err := i.mapping(&in.As); err != nil {
		return err
	}
	m, err := loadMatrix(i.compared()...)
	if err != nil {
		return err
	}
	h, err := proposal.NewHistory(m, proposal.Subject{Product: i.Product, Release: i.Release, Source: i.Source}, i.Pages[0])
	if err != nil {
		return err
	}
	if err := curation.Follow(ctx, h, in); err != nil {
		return exit.With(exit.Usage, fmt.Errorf("the history of %s cannot be read: %w", in.Page, err))
	}
	var refused error
	switch {
	case i.Write != "" && h.Shallow:
		refused = exit.With(exit.Fail, fact.Refuse("history", "cli.import.shallow", i.History))
	case i.Write != "" && h.Removes() && !i.AllowRemovals:
		refused = exit.With(exit.Fail, fact.Refuse("history", "cli.import.ends", h.Ends, h.Claims, h.Product, h.Release))
	case i.Write != "":
		if err := h.Write(i.Write); err != nil {
			return exit.With(exit.Data, fmt.Errorf("nothing can be written into %s: %w", i.Write, inFolder(i.Write, err)))
		}
	}
	return cmp.Or(p.tell(i.Output, h, curation.HistoryText(h, i.Write)), refused)
}

// read reads the pages.
func (i *importCommand) read(p Program) ([]proposal.Document, error) {
	var named proposal.Document
	if err := i.mapping(&named); err != nil {
		return nil, err
	}
	pages := make([]proposal.Document, len(i.Pages))
	for at, name := range i.Pages {
		in, err := p.open(name)
		if err == nil {
			pages[at], err = curation.ReadPage(name, in)
			_ = in.Close()
		}
		pages[at].Mapping, pages[at].Mappings = named.Mapping, named.Mappings
		if err != nil {
			return nil, exit.With(exit.Usage, fmt.Errorf("cannot read the page: %w", err))
		}
	}
	return pages, nil
}

// mapping says how documents of data are read: by the mapping that is named; else by those of
// the catalogue, and of the program.
func (i *importCommand) mapping(d *proposal.Document) (err error) {
	if i.Map == "" {
		d.Mappings, err = loadMappings(i.compared()...)
		return err
	}
	data, err := os.ReadFile(i.Map)
	if err != nil {
		return exit.With(exit.Usage, fmt.Errorf("cannot read the mapping: %w", err))
	}
	m, problems := mapping.Decode(sheet.File{Name: i.Map, Data: data})
	if len(problems) > 0 {
		return exit.With(exit.Data, errors.New("the mapping cannot be used:\n"+problems.Error()))
	}
	d.Mapping = m
	return nil
}

// compared names the catalogues that the pages are held against.
func (i *importCommand) compared() []string {
	if len(i.Catalogue) == 0 {
		return []string{i.Write}
	}
	return i.Catalogue
}

// propose holds the pages against a catalogue.
func (i *importCommand) propose(pages []proposal.Document, dirs ...string) ([]*proposal.Proposal, error) {
	m, err := loadMatrix(dirs...)
	if err != nil {
		return nil, err
	}
	about := proposal.Subject{
		Product: i.Product, Release: i.Release, Source: i.Source,
		Origin: proposal.Origin{URL: i.URL, Date: i.Date, Authority: fact.Authority(i.Authority)},
	}
	return proposal.Propose(m, about, pages...)
}

// write writes the proposals, unless they remove something. What is written is
// what changes in the folder, whatever was compared.
func (i *importCommand) write(proposals []*proposal.Proposal, pages []proposal.Document) ([]string, error) {
	if !slices.Equal(i.compared(), []string{i.Write}) {
		own, err := i.propose(pages, i.Write)
		if err != nil {
			return nil, err
		}
		proposals = own
	}
	for _, p := range proposals {
		if p.Removes() && !i.AllowRemovals {
			return nil, exit.With(exit.Fail, fact.Refuse("", "cli.import.removes", p.Withdrawn, p.Claims, p.Product, p.Release, p.Source))
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
		return nil, exit.With(exit.Unknown, known)
	case err != nil && known == nil:
		return nil, exit.With(exit.Data, fmt.Errorf("nothing can be written into %s: %w", dir, inFolder(dir, err)))
	}
	return written, err
}
