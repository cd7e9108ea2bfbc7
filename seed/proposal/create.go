package proposal

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed"
	"github.com/testedon/testedon/seed/sheet"
)

// NewFile is a file of a catalogue that is to be there: Text as it is, or Value as the file of a
// noun, with the schema of that for editors.
type NewFile struct {
	Name  string // within the folder
	Text  []byte
	Noun  string
	Value any
}

// Create writes files into the catalogue in a folder, none of which may be there. They are
// written only when the catalogue loads with them. The error is as that of [Write].
func Create(dir string, files ...NewFile) ([]string, error) {
	return create(dir, os.DirFS(dir), files...)
}

// create writes files into a folder that holds some by now. What is wrong with those to come is
// the fault of who asked for them.
func create(dir string, there fs.FS, files ...NewFile) ([]string, error) {
	e := &edition{there, map[string][]byte{}}
	for _, f := range files {
		if !fs.ValidPath(f.Name) {
			return nil, fact.Invalid("id", "An id takes "+seed.PlainID.Rule+".", "no file can be called %s", f.Name)
		}
		switch _, found, err := e.read(f.Name); {
		case err != nil:
			return nil, err
		case found:
			return nil, fact.Invalid("id", "Change that file, or give another id.", "%s is there already", path.Join(dir, f.Name))
		}
		if e.changed[f.Name] = f.Text; f.Value != nil {
			up := strings.Repeat("../", strings.Count(f.Name, "/"))
			e.changed[f.Name] = sheet.Write(f.Value, e.header(up, f.Noun)...)
		}
	}
	if err := e.verify(nil); err != nil {
		var problems sheet.Problems
		errors.As(err, &problems)
		for _, p := range problems {
			if _, new := e.changed[p.File]; new {
				err = fact.Invalid("id", "Nothing was written.", "%s", p.Message)
			}
		}
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // what is published anyway
		return nil, err
	}
	return save(dir, e.changed)
}

// whereKept ends catalogue.yaml: what leads from each fact to the place to correct it.
const whereKept = `# Once the folder is in a repository, each statement leads to its line there:
# edit_url: https://github.com/OWNER/REPOSITORY/edit/main/{path}#L{line}
# issue_url: https://github.com/OWNER/REPOSITORY/issues/new?title={title}&body={body}
`

// Begin writes the first files of a catalogue with one product, which extends the one within the
// program, and the schemas that their first lines name. Page is a sample of one to read. The
// folder has to be empty, or is made.
func Begin(dir string, p fact.Product, page []byte) ([]string, error) {
	there, err := os.ReadDir(dir)
	switch {
	case len(there) > 0:
		return nil, fact.Invalid("dir", "Name another folder: one that is empty, or that is not there yet.", "there is something in %s already", dir)
	case err != nil && !os.IsNotExist(err):
		return nil, err
	}
	about := struct {
		Name    string `json:"name"`
		Extends string `json:"extends"`
	}{p.Vendor, seed.EmbeddedName}
	files := []NewFile{
		{Name: "catalogue.yaml", Text: append(sheet.Write(about, schemaMark+"schema/catalogue.schema.json"), whereKept...)},
		{Name: "products/" + p.ID + ".yaml", Noun: "product", Value: p},
		{Name: "page.md", Text: page},
	}
	schemas, err := fs.Glob(seed.Schemas(), "*.json")
	for _, name := range schemas {
		var text []byte
		text, err = fs.ReadFile(seed.Schemas(), name)
		files = append(files, NewFile{Name: "schema/" + name, Text: text})
	}
	if err != nil {
		return nil, fmt.Errorf("the schemas cannot be read: %w", err) // only if the program were broken
	}
	return create(dir, embed.FS{}, files...) // which has nothing in it
}
