package seed

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
)

// Write writes proposals into the catalogue in a folder, which they were made
// from, and gives the names of the files that are new or changed. Rows that
// nothing is proposed for stay as they are, byte for byte, with their remarks.
//
// All files are composed first. They are written only when the catalogue would
// load and the pages would propose nothing more: each to a file beside, which
// takes the place of the one before once all are there. The error is a
// *fact.Error for what cannot be written, [Problems] for files that cannot be
// edited, else that of the file system.
//
// Looks are what is known anew of the sources themselves.
func Write(dir string, proposals []*Proposal, looks ...Look) ([]string, error) {
	fsys := os.DirFS(dir)
	changed, err := compose(fsys, proposals, looks)
	if err != nil || len(changed) == 0 {
		return []string{}, err
	}
	if err := verify(overlay{fsys, changed}, proposals); err != nil {
		return nil, err
	}
	return save(dir, changed)
}

// composing is files on their way into a catalogue.
type composing struct {
	fsys    fs.FS
	changed map[string][]byte // by name
}

// compose gives what the files would hold that proposals change.
func compose(fsys fs.FS, proposals []*Proposal, looks []Look) (map[string][]byte, error) {
	c := &composing{fsys, map[string][]byte{}}
	for _, p := range proposals {
		if len(p.Changes) == 0 {
			continue
		}
		if err := c.possible(p); err != nil {
			return nil, err
		}
		if err := c.release(p); err != nil {
			return nil, err
		}
		if p.NewSource {
			c.source(p)
		}
	}
	for _, l := range looks {
		if err := c.look(l); err != nil {
			return nil, err
		}
	}
	return c.changed, nil
}

// possible tells why a proposal cannot be written; nil where it can.
func (c *composing) possible(p *Proposal) error {
	if p.NewProduct {
		name := "products/" + identifier(p.Product) + ".yaml"
		return &fact.Error{
			Code: fact.CodeUnknownProduct, Field: "product", Message: fmt.Sprintf("no product is called %q, so nothing can be stated about it", p.Product),
			Hint: fmt.Sprintf("Write %s first, with id, name and vendor.", name),
		}
	}
	if p.Source == "" {
		return fact.Invalid("source", fmt.Sprintf("Name it with --source. The release rests on %s; any other id is a new document.", strings.Join(p.Sources, ", ")),
			"nothing tells which document %s is", p.Pages[0].Page)
	}
	return nil
}

// read gives a file as it would be, and whether there is one.
func (c *composing) read(name string) (file, bool, error) {
	if data, ok := c.changed[name]; ok {
		return file{name, data}, true, nil
	}
	data, err := fs.ReadFile(c.fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return file{name: name}, false, nil
	}
	return file{name, data}, err == nil, err
}

// source composes the file of a new source. Where the text stands, and who vouches
// for it, no page tells: a curator adds that.
func (c *composing) source(p *Proposal) {
	first := p.Pages[0]
	document := path.Base(strings.ReplaceAll(first.Page, `\`, "/"))
	title := cmp.Or(clean(first.Title), document)
	lines := slices.Concat(c.header("../../", "source"),
		scalar("id", p.Source, 0), scalar("title", title, 0), scalar("document", cmp.Or(clean(document), p.Source), 0),
		[]string{"authority: " + string(fact.Unconfirmed)})
	c.changed["sources/"+p.Source+".yaml"] = []byte(strings.Join(lines, "\n") + "\n")
}

// header is the line that names the schema to an editor, where the files of the
// catalogue have one.
func (c *composing) header(up, noun string) []string {
	const mark = "# yaml-language-server: $schema="
	data, err := fs.ReadFile(c.fsys, "kinds.yaml")
	if err != nil || !strings.HasPrefix(string(data), mark) {
		return nil
	}
	return []string{mark + up + "schema/" + noun + ".schema.json"}
}

// verify makes sure that a catalogue loads, and that the pages propose nothing
// more.
func verify(fsys fs.FS, proposals []*Proposal) error {
	ds, err := Load(fsys)
	if err != nil {
		return fmt.Errorf("the catalogue would no longer load:\n%w", err)
	}
	m, err := compat.Build(ds)
	if err != nil {
		return err
	}
	for _, p := range proposals {
		if p.Source == "" || p.NewProduct {
			continue // nothing of it is written
		}
		again, err := p.again(m)
		if err != nil {
			return err
		}
		if len(again.Changes) > 0 {
			left := again.Changes[0]
			return fmt.Errorf("the files would not say what the page does: %s would still be %s", left.Label, left.Change)
		}
	}
	return nil
}

// again holds what was found against another catalogue.
func (p *Proposal) again(m *compat.Matrix) (*Proposal, error) {
	r, err := newReader(m, Subject{p.Product, p.Release, p.Source})
	if err != nil {
		return nil, err
	}
	next := r.begin()
	next.take(recognised{id: p.Source})
	next.Found, next.Unresolved, next.cut = slices.Clone(p.Found), p.Unresolved, p.cut
	next.compare()
	return next.Proposal, nil
}
