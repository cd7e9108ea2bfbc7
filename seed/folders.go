package seed

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/seed/sheet"
)

// EmbeddedName is how catalogue.yaml and a command line name the catalogue within the program.
const EmbeddedName = "embedded"

// Folder is a catalogue and the path by which its problems are told; that within the program
// has none where it is the only one.
type Folder struct {
	Path  string
	Files fs.FS
}

// header is the shape of catalogue.yaml: what a catalogue says of itself.
type header struct {
	Name    string   `json:"name,omitempty"`
	Extends string   `json:"extends,omitempty"`
	Keeps   []string `json:"keeps,omitempty"` // kinds whose technologies are not handed on
	// EditURL and IssueURL are the patterns of [fact.File].
	EditURL  string `json:"edit_url,omitempty"`
	IssueURL string `json:"issue_url,omitempty"`
}

// handed are the beginnings of the names of the files that a catalogue hands on to those that
// extend it.
var handed = []string{headerName, "kinds.yaml", "technologies/", "lifecycles/", "sources/"}

// inherited gives the files that the program hands on, by folder, and the kinds that it hands on by
// name alone. Where the catalogue within it is read as a whole, they are those that it lacks.
func inherited(whole bool) (folders [][]sheet.File, keeps []string) {
	files, _ := readFolder(Embedded()) // which a test looks through, and so
	more, _ := readFolder(sharedFiles)
	own := headerOf(files)
	if whole {
		return [][]sheet.File{more}, nil
	}
	files = slices.DeleteFunc(files, func(f sheet.File) bool {
		kept := slices.ContainsFunc(own.Keeps, func(kind string) bool { return strings.HasPrefix(f.Name, "technologies/"+kind+"/") })
		return kept || !slices.ContainsFunc(handed, func(start string) bool { return strings.HasPrefix(f.Name, start) })
	})
	return [][]sheet.File{files, more}, own.Keeps
}

const headerName = "catalogue.yaml"

// headerOf is what the files of a catalogue say of it; nothing where they have no catalogue.yaml.
// What is wrong with that is told when it is read.
func headerOf(files []sheet.File) (h header) {
	if at := slices.IndexFunc(files, func(f sheet.File) bool { return f.Name == headerName }); at >= 0 {
		h, _, _ = sheet.Decode[header](files[at])
	}
	return h
}

// header reads catalogue.yaml.
func (l *loader) header(f sheet.File) {
	h, at, ok := decodeFact[header](l, f)
	if !ok {
		return
	}
	if h.Extends != "" && h.Extends != EmbeddedName {
		l.fault(f, at["extends"], "%q cannot be extended; a catalogue extends %s, the one within the program, or none", h.Extends, EmbeddedName)
	}
	(&fact.File{EditURL: h.EditURL, IssueURL: h.IssueURL}).Faults(func(name, wrong string) { l.fault(f, at[name], "%s", wrong) })
}

// open gives the files of several folders, and behind them, once, those of what they extend. Files that
// have changed are of the first.
func (l *loader) open(folders []Folder, changed ...sheet.File) (all [][]sheet.File) {
	whole, extending := false, false
	for i, folder := range folders {
		files, problems := readFolder(folder.Files)
		if i == 0 {
			files = replaced(files, changed)
		}
		l.from = folder.Path
		l.add(problems)
		all = append(all, files)
		whole = whole || folder.isEmbedded()
		extending = extending || headerOf(files).Extends == EmbeddedName
	}
	if extending {
		var more [][]sheet.File
		more, l.keeps = inherited(whole)
		all = append(all, more...)
	}
	return all
}

// readFolders reads several folders as one catalogue, what they extend first, and reports whether
// there may be one.
func (l *loader) readFolders(folders []Folder, changed []sheet.File) bool {
	all := l.open(folders, changed...)
	l.several = len(folders) > 1
	found := len(l.problems) > 0
	for _, files := range all {
		found = found || slices.ContainsFunc(files, func(f sheet.File) bool { return f.Name == "kinds.yaml" })
	}
	if len(all) > len(folders) {
		defer l.dropIdle()
		if whole := slices.ContainsFunc(folders, Folder.isEmbedded); !whole {
			l.inherit(all[len(folders):])
		}
	}
	for i, folder := range folders {
		l.from = folder.Path
		l.readAll(all[i])
		if len(all) > len(folders) && folder.isEmbedded() {
			l.inherit(all[len(folders):])
		}
	}
	return found
}

// inherit reads folders that are extended.
func (l *loader) inherit(folders [][]sheet.File) {
	l.from, l.inherits = EmbeddedName+":", true
	for _, files := range folders {
		l.readAll(files)
	}
	l.inherits = false
}

// isEmbedded reports whether a folder is the catalogue within the program.
func (f Folder) isEmbedded() bool { return f.Files == Embedded() }

// replaced puts files in the place of those of their names.
func replaced(files, changed []sheet.File) []sheet.File {
	for _, f := range changed {
		files = append(slices.DeleteFunc(files, func(other sheet.File) bool { return other.Name == f.Name }), f)
	}
	return files
}

// place is one in a file of the folder that is being read.
func (l *loader) place(f sheet.File, at sheet.Place) sheet.Problem {
	p := sheet.Problem{File: path.Join(l.from, f.Name), Line: at.Line, Column: at.Column, Severity: sheet.SeverityError}
	if strings.HasSuffix(l.from, ":") {
		p.File = l.from + f.Name
	}
	return p
}

// add takes in problems of the folder that is being read.
func (l *loader) add(problems sheet.Problems) {
	for _, p := range problems {
		p.File = l.place(sheet.File{Name: p.File}, sheet.Place{}).File
		l.problems = append(l.problems, p)
	}
}

// home is where a fact was read: from which folder, and what it extends is none.
type home struct {
	from      string
	inherited bool
	index     int // in the list of its sort
}

// take adds a fact to those of its sort. One that another folder has as well is one with it
// where the two go together.
func take[T any](l *loader, list *[]T, where string, f sheet.File, at sheet.Place, own T) {
	first, there := l.homes[where]
	if !there || first.from == l.from {
		l.homes[where] = home{l.from, l.inherits, len(*list)}
		l.stands(where, f, at)
		*list = append(*list, own)
		return
	}
	anew := first.inherited && !l.several && !strings.HasPrefix(where, "source ")
	joined, differs := join((*list)[first.index], own, anew)
	if differs != "" {
		l.twice(where, f, at, "the two differ in "+differs+"; make them alike, or give one another id")
		return
	}
	if first.inherited {
		l.homes[where] = home{first.from, false, first.index}
		l.stands(where, f, at)
	}
	(*list)[first.index] = joined
}

// apart makes sure that no other folder has a fact of that name.
func (l *loader) apart(where string, f sheet.File, at sheet.Place) bool {
	first, there := l.homes[where]
	if there && first.from != l.from {
		l.twice(where, f, at, "catalogues that are read together have ids of their own")
		return false
	}
	l.homes[where] = home{from: l.from}
	l.stands(where, f, at)
	return true
}

// twice is the fault of a fact that two folders have.
func (l *loader) twice(where string, f sheet.File, at sheet.Place, mend string) {
	first := l.places[where]
	l.fault(f, at, "%s is at %s:%d as well, in another catalogue; %s", where, first.File, first.Line, mend)
}

// join is a fact as two folders have it, each with members that the other may lack, and all its
// aliases; differs names a member that they do not agree about. Anew, the second is right.
func join[T any](first, second T, anew bool) (joined T, differs string) {
	all, more := members(first), members(second)
	for _, name := range slices.Sorted(maps.Keys(more)) {
		was, both := all[name]
		value := more[name]
		switch {
		case !both || anew && name != aliases:
			all[name] = value
		case name == aliases:
			all[name] = united(was, value)
		case !bytes.Equal(was, value) && name != "order":
			return first, name
		}
	}
	text, _ := json.Marshal(all)      // which consists of what was written
	_ = json.Unmarshal(text, &joined) // and read before
	return joined, ""
}

const aliases = "aliases"

// members are those of a fact, as a record has them.
func members(value any) (all map[string]json.RawMessage) {
	text, _ := json.Marshal(value) // of plain values
	_ = json.Unmarshal(text, &all)
	return all
}

// united puts two lists of names together.
func united(first, second json.RawMessage) json.RawMessage {
	var all, more []string
	_ = json.Unmarshal(first, &all)
	_ = json.Unmarshal(second, &more)
	for _, name := range more {
		all = fact.AppendNew(all, name)
	}
	text, _ := json.Marshal(all)
	return text
}

// dropIdle drops the documents that were inherited and that nothing cites, and of a folder that
// adds to a record what that has.
func (l *loader) dropIdle() {
	cited := l.cited()
	known := map[string]bool{}
	if l.record != nil {
		for _, n := range fact.Nouns {
			for i := range n.Len(l.record) {
				known[n.Word()+" "+n.ID(l.record, i)] = true
			}
		}
	}
	idle := func(where string) bool { return l.homes[where].inherited && known[where] }
	l.ds.Kinds = slices.DeleteFunc(l.ds.Kinds, func(k fact.Kind) bool { return idle("kind " + k.ID) })
	l.ds.Technologies = slices.DeleteFunc(l.ds.Technologies, func(t fact.Technology) bool { return idle("technology " + t.ID) })
	l.ds.Lifecycles = slices.DeleteFunc(l.ds.Lifecycles, func(c fact.Lifecycle) bool { return idle("lifecycle " + c.ID) })
	l.ds.Sources = slices.DeleteFunc(l.ds.Sources, func(s fact.Source) bool {
		where := "source " + s.ID
		return idle(where) || l.homes[where].inherited && !cited[s.ID]
	})
}
