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
	"github.com/testedon/testedon/internal/order"
	"github.com/testedon/testedon/seed/mapping"
	"github.com/testedon/testedon/seed/sheet"
)

//go:embed catalogue shared
var embedded embed.FS

// The names are valid paths. What is shared is what the catalogue within the program does not need,
// and those that extend it may.
var (
	embeddedFiles, _ = fs.Sub(embedded, "catalogue")
	sharedFiles, _   = fs.Sub(embedded, "shared")
)

// Embedded is the catalogue that is part of the program.
func Embedded() fs.FS { return embeddedFiles }

// layout tells which files a catalogue has, and what reads each.
var layout = []struct {
	pattern string
	read    func(*loader, sheet.File)
}{
	{headerName, (*loader).header},
	{"kinds.yaml", (*loader).kinds},
	{"technologies/*/*.yaml", technologyFile},
	{"platforms/*.yaml", (*loader).platform},
	{"products/*.yaml", productFile},
	{"releases/*/*.yaml", (*loader).release},
	{"sources/*.yaml", sourceFile},
	{"advisories/*.yaml", advisoryFile},
	{"lifecycles/*.yaml", (*loader).lifecycle},
	{"configurations/*.yaml", configurationFile},
	{"mappings/*.yaml", (*loader).mapping},
}

// expected describes the layout to someone whose folder has another.
const expected = "expected kinds.yaml, technologies/KIND/ID.yaml, products/ID.yaml, releases/PRODUCT/VERSION.yaml, " +
	"sources/ID.yaml and, where wanted, catalogue.yaml, platforms/ID.yaml, advisories/ID.yaml, lifecycles/TECHNOLOGY.yaml, configurations/ID.yaml and mappings/ID.yaml"

// Load reads a catalogue. It gives a dataset without a fault, its digest set and
// its revision 1, as a new record of it has; or an error of type [sheet.Problems] that
// lists all faults of all files.
//
// Files that are given besides stand in the place of those of their names.
func Load(fsys fs.FS, changed ...sheet.File) (*fact.Dataset, error) {
	return LoadAll([]Folder{{Files: fsys}}, changed...)
}

// LoadAll reads several catalogues as one, as [Load] does; files that are given besides are of
// the first. Products, and what is stated of them, are of one of them each; a technology may be
// of several, which have to agree about it.
func LoadAll(folders []Folder, changed ...sheet.File) (*fact.Dataset, error) {
	if len(folders) == 1 && folders[0].isEmbedded() && len(changed) == 0 {
		if ds := readBefore(); ds != nil {
			return ds, nil
		}
	}
	return read(folders, changed...)
}

// read reads the files of catalogues.
func read(folders []Folder, changed ...sheet.File) (*fact.Dataset, error) {
	l := load(folders, changed...)
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
	written  map[string]fact.File     // the file of each, so, too
	homes    map[string]home          // of those that several folders may have, so, too
	record   *fact.Dataset            // that the facts add to; nil for a whole catalogue

	from     string   // the folder that is being read
	inherits bool     // what others extend
	keeps    []string // kinds of which only the name is inherited
	several  bool     // folders are read
	about    header   // of the files that are being read
}

func newLoader() *loader {
	return &loader{places: map[string]sheet.Problem{}, homes: map[string]home{}, written: map[string]fact.File{}}
}

// load reads every file. References between files are checked only when each
// file by itself is well, as a file left out would make others look wrong.
func load(folders []Folder, changed ...sheet.File) *loader {
	l := newLoader()
	if !l.readFolders(folders, changed) {
		l.fault(sheet.File{Name: "."}, sheet.Place{}, "no catalogue found: there is neither kinds.yaml nor a catalogue.yaml that extends another; testedon init makes one; %s", expected)
	}
	if len(l.problems) == 0 {
		l.files()
		l.validate()
	}
	l.problems = l.problems.Sorted()
	return l
}

// readAll reads the files of a folder.
func (l *loader) readAll(files []sheet.File) {
	order.Stable(files, func(a, b sheet.File) int {
		return slices.Compare(strings.Split(a.Name, "/"), strings.Split(b.Name, "/"))
	})
	l.about = headerOf(files)
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
	p := l.place(f, at)
	p.Message = fmt.Sprintf(format, args...)
	l.problems = append(l.problems, p)
}

// decodeFact decodes a file; the boolean tells whether it was well.
func decodeFact[T any](l *loader, f sheet.File) (T, map[string]sheet.Place, bool) {
	value, at, problems := sheet.Decode[T](f)
	l.add(problems)
	return value, at, len(problems) == 0
}

// mapping checks how documents are read; it states nothing.
func (l *loader) mapping(f sheet.File) {
	m, problems := mapping.Decode(f)
	if l.add(problems); len(problems) == 0 {
		l.identify(f, sheet.Place{Line: 1, Column: 1}, PlainID, m.ID, "mappings/"+m.ID+".yaml")
	}
}

// stands remembers where a fact is written.
func (l *loader) stands(where string, f sheet.File, at sheet.Place) {
	l.places[where] = l.place(f, at)
	l.written[where] = fact.File{Path: f.Name, EditURL: l.about.EditURL, IssueURL: l.about.IssueURL}
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
