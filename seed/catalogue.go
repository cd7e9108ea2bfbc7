package seed

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed/sheet"
)

//go:embed catalogue
var embedded embed.FS

// Embedded is the catalogue that is part of the program.
func Embedded() fs.FS {
	sub, err := fs.Sub(embedded, "catalogue")
	if err != nil {
		panic(err) // only if the name above were no valid path
	}
	return sub
}

// layout tells which files a catalogue has, and what reads each.
var layout = []struct {
	pattern string
	read    func(*loader, sheet.File)
}{
	{"kinds.yaml", (*loader).kinds},
	{"technologies/*/*.yaml", technologyFile},
	{"platforms/*.yaml", (*loader).platform},
	{"products/*.yaml", productFile},
	{"releases/*/*.yaml", (*loader).release},
	{"sources/*.yaml", sourceFile},
	{"advisories/*.yaml", advisoryFile},
	{"lifecycles/*.yaml", (*loader).lifecycle},
	{"configurations/*.yaml", configurationFile},
}

// expected describes the layout to someone whose folder has another.
const expected = "expected kinds.yaml, technologies/KIND/ID.yaml, products/ID.yaml, releases/PRODUCT/VERSION.yaml, " +
	"sources/ID.yaml and, where wanted, platforms/ID.yaml, advisories/ID.yaml, lifecycles/TECHNOLOGY.yaml and configurations/ID.yaml"

// Load reads a catalogue. It gives a dataset without a fault, its digest set and
// its revision 1, as a new record of it has; or an error of type [sheet.Problems] that
// lists all faults of all files.
//
// Files that are given besides stand in the place of those of their names.
func Load(fsys fs.FS, changed ...sheet.File) (*fact.Dataset, error) {
	l := load(fsys, changed...)
	if len(l.problems) > 0 {
		return nil, l.problems
	}
	l.ds.Revision, l.ds.Digest = 1, l.ds.ContentDigest()
	return &l.ds, nil
}

// loader collects the facts of a catalogue and the problems met on the way.
type loader struct {
	ds       fact.Dataset
	problems sheet.Problems
	places   map[string]sheet.Problem // where each fact stands, by the name compat.Problem has for it
	record   *fact.Dataset            // that the facts add to; nil for a whole catalogue
}

// load reads every file. References between files are checked only when each
// file by itself is well, as a file left out would make others look wrong.
func load(fsys fs.FS, changed ...sheet.File) *loader {
	l := &loader{places: map[string]sheet.Problem{}}
	files, problems := readFolder(fsys)
	for _, f := range changed {
		files = append(slices.DeleteFunc(files, func(other sheet.File) bool { return other.Name == f.Name }), f)
	}
	l.readAll(files, problems)
	hasKinds := slices.ContainsFunc(files, func(f sheet.File) bool { return f.Name == "kinds.yaml" })
	if !hasKinds && len(problems) == 0 {
		l.fault(sheet.File{Name: "."}, sheet.Place{}, "no catalogue found: there is no kinds.yaml; %s", expected)
	}
	if len(l.problems) == 0 {
		l.validate()
	}
	l.problems = l.problems.Sorted()
	return l
}

// readAll reads files of a folder, in which there were problems.
func (l *loader) readAll(files []sheet.File, problems sheet.Problems) {
	l.problems = problems
	slices.SortStableFunc(files, func(a, b sheet.File) int {
		return slices.Compare(strings.Split(a.Name, "/"), strings.Split(b.Name, "/"))
	})
	for _, f := range files {
		l.read(f)
	}
}

// read reads a file by its place in the layout.
func (l *loader) read(f sheet.File) {
	for _, entry := range layout {
		// The patterns are constants and well formed.
		if match, _ := path.Match(entry.pattern, f.Name); match {
			entry.read(l, f)
			return
		}
	}
	l.fault(f, sheet.Place{}, "does not belong to a catalogue; %s", expected)
}

func (l *loader) fault(f sheet.File, at sheet.Place, format string, args ...any) {
	l.problems = append(l.problems, sheet.Problem{File: f.Name, Line: at.Line, Column: at.Column, Severity: sheet.SeverityError, Message: fmt.Sprintf(format, args...)})
}

// decodeFact decodes a file; the boolean tells whether it was well.
func decodeFact[T any](l *loader, f sheet.File) (T, map[string]sheet.Place, bool) {
	value, at, problems := sheet.Decode[T](f)
	l.problems = append(l.problems, problems...)
	return value, at, len(problems) == 0
}

// stands remembers where a fact is written.
func (l *loader) stands(where string, f sheet.File, at sheet.Place) {
	l.places[where] = sheet.Problem{File: f.Name, Line: at.Line, Column: at.Column, Severity: sheet.SeverityError}
}

// validate checks the facts against each other.
func (l *loader) validate() {
	for _, fault := range compat.Validate(&l.ds) {
		l.problems = append(l.problems, locate(l.places, fault))
	}
}

// locate tells where a fact stands that is wrong.
func locate(places map[string]sheet.Problem, fault compat.Problem) sheet.Problem {
	p, known := places[fault.Where]
	if !known {
		return sheet.Problem{File: ".", Severity: sheet.SeverityError, Message: fault.Error()}
	}
	p.Message = fault.Message
	return p
}

// Form is what an identifier looks like. Identifiers are part of URLs and file
// names.
type Form struct {
	pattern *regexp.Regexp
	Rule    string // in words
}

// Fits reports whether a text has the form.
func (f Form) Fits(text string) bool { return f.pattern.MatchString(text) }

// The forms that identifiers have: most of them, those of sources, advisories and test
// runs, and releases.
var (
	PlainID = Form{regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`),
		"lower-case letters and digits, with single hyphens between"}
	DottedID = Form{regexp.MustCompile(`^[a-z0-9]+([.-][a-z0-9]+)*$`),
		"lower-case letters and digits, with single hyphens or dots between"}
	ReleaseID = Form{regexp.MustCompile(`^[0-9A-Za-z]+([._+-][0-9A-Za-z]+)*$`),
		"letters and digits, with single dots, hyphens, underscores or plus signs between"}
)

// identify makes sure that an identifier has the form it should have, and that
// the file is named after it.
func (l *loader) identify(f sheet.File, at sheet.Place, form Form, id, name string) {
	switch {
	case !form.Fits(id):
		l.fault(f, at, "%q cannot be used here; it takes %s", id, form.Rule)
	case f.Name != name:
		l.fault(f, at, "the file would have to be called %s; change its name or what it says", name)
	}
}
