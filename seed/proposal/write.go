package proposal

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/str"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/sheet"
)

// Write writes proposals into the catalogue in a folder, which they were made
// from, and gives the names of the files that are new or changed. Rows that
// nothing is proposed for stay as they are, byte for byte, with their remarks.
//
// All files are composed first. They are written only when the catalogue would
// load and the pages would propose nothing more: each to a file beside, which
// takes the place of the one before once all are there. The error is a
// *fact.Error for what cannot be written, [sheet.Problems] for files that cannot be
// edited, else that of the file system.
//
// Looks are what is known anew of the sources themselves.
func Write(dir string, proposals []*Proposal, looks ...Look) ([]string, error) {
	e := &edition{os.DirFS(dir), map[string][]byte{}}
	for _, p := range proposals {
		if len(p.Changes) == 0 && (p.NewSource || p.Origin == Origin{}) {
			continue
		}
		if err := e.add(p); err != nil {
			return nil, err
		}
	}
	for _, l := range looks {
		if err := e.look(l); err != nil {
			return nil, err
		}
	}
	if len(e.changed) == 0 {
		return []string{}, nil
	}
	if err := e.verify(proposals); err != nil {
		return nil, err
	}
	return save(dir, e.changed)
}

// edition is a catalogue with some files as they are to be.
type edition struct {
	fsys    fs.FS
	changed map[string][]byte // by name
}

// add composes the files that a proposal changes.
func (e *edition) add(p *Proposal) error {
	switch {
	case p.NewProduct:
		return &fact.Error{
			Code: fact.CodeUnknownProduct, Field: "product", Message: fmt.Sprintf("no product is called %q, so nothing can be stated about it", p.Product),
			Hint: fmt.Sprintf("Make products/%s.yaml first: testedon seed new product DIR %[1]s.", identifier(p.Product)),
		}
	case p.Source == "":
		return fact.Invalid("source", fmt.Sprintf("Name it with --source. The release rests on %s; any other id is a new document.", strings.Join(p.Sources, ", ")),
			"nothing tells which document %s is", p.Pages[0].Page)
	}
	if len(p.Changes) > 0 {
		if err := e.release(p); err != nil {
			return err
		}
	}
	switch {
	case p.NewSource:
		e.source(p)
	case p.Origin != Origin{}:
		return e.origin(p)
	}
	return nil
}

// read gives a file as it would be, and whether there is one.
func (e *edition) read(name string) (sheet.File, bool, error) {
	data, there := e.changed[name]
	if there {
		return sheet.File{Name: name, Data: data}, true, nil
	}
	data, err := fs.ReadFile(e.fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return sheet.File{Name: name}, false, nil
	}
	return sheet.File{Name: name, Data: data}, err == nil, err
}

// release composes the file of the release.
func (e *edition) release(p *Proposal) error {
	name := "releases/" + p.Product + "/" + p.Release + ".yaml"
	f, found, err := e.read(name)
	if err != nil {
		return err
	}
	if !found {
		lines := append(e.header("../..", "release"), "product: "+p.Product, fmt.Sprintf("version: %q", p.Release), "")
		f.Data = []byte(strings.Join(lines, "\n"))
	}
	s, err := sheet.Open(f)
	if err != nil {
		return err
	}
	r := &releaseEdition{p, s}
	for _, step := range []func() error{r.changeClaims, r.changeNeeds, r.addNeeds, r.changePairs} {
		if err := step(); err != nil {
			return err
		}
	}
	e.changed[name] = s.Data
	return nil
}

// source composes the file of a new source. Where the text stands, and who vouches
// for it, no page tells: its origin does, or a curator adds that.
func (e *edition) source(p *Proposal) {
	first := p.Pages[0]
	document := path.Base(strings.ReplaceAll(first.Page, `\`, "/"))
	source := fact.Source{
		ID: p.Source, Title: cmp.Or(clean(first.Title), document), Document: cmp.Or(clean(document), p.Source), Authority: fact.Unconfirmed,
	}
	p.Origin.into(&source)
	e.changed["sources/"+p.Source+".yaml"] = sheet.Write(source, e.header("..", "source")...)
}

// header is the line that names the schema to an editor, where the files of the
// catalogue have one.
func (e *edition) header(up, noun string) []string {
	for _, name := range []string{"catalogue", "kinds"} {
		f, _, _ := e.read(name + ".yaml") // each may be missing
		line, _, _ := strings.Cut(string(f.Data), "\n")
		if at, ok := strings.CutPrefix(line, schemaMark); ok {
			folder := strings.TrimSuffix(strings.TrimSpace(at), name+".schema.json")
			return []string{schemaMark + path.Join(up, folder, noun+".schema.json")}
		}
	}
	return nil
}

const schemaMark = "# yaml-language-server: $schema="

// Look is what is known anew of a source: that its document still says what was read, or
// which text of it was read now.
type Look struct {
	Source   string
	Revision string // of the text that was read now, and Date its day; empty where it is the one before
	Date     string
	Checked  string // the last day on which the document is known to say so; empty where that is Date
}

// look composes the file of a source that was looked at. An address that names the
// revision names the new one; a source that has a day needs no reason for having none.
func (e *edition) look(l Look) error {
	f, _, err := e.read("sources/" + l.Source + ".yaml")
	if err != nil {
		return err
	}
	s, err := sheet.Open(f)
	if err != nil {
		return err
	}
	if l.Revision != "" {
		if was, url := s.Text("revision"), s.Text("url"); was != "" && strings.Contains(url, was) {
			err = s.Put("url", strings.ReplaceAll(url, was, l.Revision))
		}
		err = cmp.Or(err, s.Put("revision", l.Revision, "document"), s.Put("date", l.Date, "revision"), s.Drop("undated"), s.Drop("checked"))
	}
	if err == nil && l.Checked != "" {
		err = s.Put("checked", l.Checked, "date", "revision", "document")
	}
	e.changed[f.Name] = s.Data
	return err
}

// verify makes sure that the catalogue loads, and that the pages propose nothing
// more.
func (e *edition) verify(proposals []*Proposal) error {
	var changed []sheet.File
	for _, name := range slices.Sorted(maps.Keys(e.changed)) {
		if path.Ext(name) == ".yaml" {
			changed = append(changed, sheet.File{Name: name, Data: e.changed[name]})
		}
	}
	ds, err := seed.Load(e.fsys, changed...)
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
		r, err := newReader(m, Subject{Product: p.Product, Release: p.Release, Source: p.Source})
		if err != nil {
			return err
		}
		again := r.begin()
		again.take(recognition{id: p.Source})
		again.Found, again.Unresolved, again.cut = slices.Clone(p.Found), p.Unresolved, p.cut
		again.compare()
		if len(again.Changes) > 0 {
			left := again.Changes[0]
			return fmt.Errorf("the files would not say what the page does: %s would still be %s", left.Label, left.Change)
		}
	}
	return nil
}

// releaseEdition is the file of a release with what changes in it.
type releaseEdition struct {
	*Proposal
	*sheet.Sheet
}

// stated decodes the file as it is now.
func (e *releaseEdition) stated() (seed.ReleaseFile, error) {
	r, _, problems := sheet.Decode[seed.ReleaseFile](e.File)
	if len(problems) > 0 {
		return r, problems
	}
	return r, nil
}

// quoteOf is the words of a finding.
func quoteOf(f *Finding) string { return cmp.Or(clean(f.Quote), clean(f.Label)) }

// maxQuote is the most that is quoted of a page, in bytes.
const maxQuote = 600

var blanks = str.Regexp(`\s+`)

// clean makes a text of a page one that a catalogue may hold: blanks drawn
// together, nothing that steers a terminal, and not longer than a short quote.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) || unicode.IsControl(r) && !unicode.IsSpace(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, "\ufffd"))
	text = strings.TrimSpace(blanks().ReplaceAllString(text, " "))
	if len(text) <= maxQuote {
		return text
	}
	cut := strings.LastIndexByte(text[:maxQuote], ' ')
	if cut < maxQuote/2 {
		cut = maxQuote
	}
	return strings.ToValidUTF8(text[:cut], "") + " …"
}
