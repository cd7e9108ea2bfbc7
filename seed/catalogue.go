package seed

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"regexp"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
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
	read    func(*loader, file)
}{
	{"kinds.yaml", (*loader).kinds},
	{"technologies/*/*.yaml", (*loader).technology},
	{"platforms/*.yaml", (*loader).platform},
	{"products/*.yaml", (*loader).product},
	{"releases/*/*.yaml", (*loader).release},
	{"sources/*.yaml", (*loader).source},
	{"advisories/*.yaml", (*loader).advisory},
	{"lifecycles/*.yaml", (*loader).lifecycle},
	{"configurations/*.yaml", (*loader).configuration},
}

// expected describes the layout to someone whose folder has another.
const expected = "expected kinds.yaml, technologies/KIND/ID.yaml, products/ID.yaml, releases/PRODUCT/VERSION.yaml, " +
	"sources/ID.yaml and, where wanted, platforms/ID.yaml, advisories/ID.yaml, lifecycles/TECHNOLOGY.yaml and configurations/ID.yaml"

// Load reads a catalogue. It gives a dataset without a fault, its digest set and
// its revision 1, as a new record of it has; or an error of type [Problems] that
// lists all faults of all files.
func Load(fsys fs.FS) (*fact.Dataset, error) {
	l := load(fsys)
	if len(l.problems) > 0 {
		return nil, l.problems
	}
	l.ds.Revision, l.ds.Digest = 1, l.ds.ContentDigest()
	return &l.ds, nil
}

// loader collects the facts of a catalogue and the problems met on the way.
type loader struct {
	ds       fact.Dataset
	problems Problems
	places   map[string]Problem // where each fact stands, by the name compat.Problem has for it
}

// load reads every file. References between files are checked only when each
// file by itself is well, as a file left out would make others look wrong.
func load(fsys fs.FS) *loader {
	l := &loader{places: map[string]Problem{}}
	files, problems := readFolder(fsys)
	l.problems = problems
	hasKinds := false
	for _, f := range files {
		hasKinds = hasKinds || f.name == "kinds.yaml"
		l.read(f)
	}
	if !hasKinds && len(problems) == 0 {
		l.fault(file{name: "."}, place{}, "no catalogue found: there is no kinds.yaml; %s", expected)
	}
	if len(l.problems) == 0 {
		l.validate()
	}
	l.problems = l.problems.sorted()
	return l
}

// read reads a file by its place in the layout.
func (l *loader) read(f file) {
	for _, entry := range layout {
		// The patterns are constants and well formed.
		if match, _ := path.Match(entry.pattern, f.name); match {
			entry.read(l, f)
			return
		}
	}
	l.fault(f, place{}, "does not belong to a catalogue; %s", expected)
}

func (l *loader) fault(f file, at place, format string, args ...any) {
	l.problems = append(l.problems, Problem{f.name, at.line, at.column, SeverityError, fmt.Sprintf(format, args...)})
}

// decodeFact decodes a file; the boolean tells whether it was well.
func decodeFact[T any](l *loader, f file) (T, map[string]place, bool) {
	value, d, ok := decode[T](f)
	l.problems = append(l.problems, d.problems...)
	return value, d.at, ok
}

// stands remembers where a fact is written.
func (l *loader) stands(where string, f file, at place) {
	l.places[where] = Problem{File: f.name, Line: at.line, Column: at.column, Severity: SeverityError}
}

// validate checks the facts against each other.
func (l *loader) validate() {
	for _, fault := range compat.Validate(&l.ds) {
		p, known := l.places[fault.Where]
		if !known {
			p = Problem{File: ".", Severity: SeverityError}
			fault.Message = fault.Error()
		}
		p.Message = fault.Message
		l.problems = append(l.problems, p)
	}
}

// form is what an identifier looks like. Identifiers are part of URLs and file
// names.
type form struct {
	pattern *regexp.Regexp
	rule    string
}

var (
	plainID = form{regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`),
		"lower-case letters and digits, with single hyphens between"}
	dottedID = form{regexp.MustCompile(`^[a-z0-9]+([.-][a-z0-9]+)*$`),
		"lower-case letters and digits, with single hyphens or dots between"}
	releaseID = form{regexp.MustCompile(`^[0-9A-Za-z]+([._+-][0-9A-Za-z]+)*$`),
		"letters and digits, with single dots, hyphens, underscores or plus signs between"}
)

// identify makes sure that an identifier has the form it should have, and that
// the file is named after it.
func (l *loader) identify(f file, at place, form form, id, name string) {
	switch {
	case !form.pattern.MatchString(id):
		l.fault(f, at, "%q cannot be used here; it takes %s", id, form.rule)
	case f.name != name:
		l.fault(f, at, "the file would have to be called %s; change its name or what it says", name)
	}
}
