package mirror

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"unicode"
)

// Page is a file of a repository, or a folder of one, as it was read.
type Page struct {
	Repository string // owner/name
	Path       string // ends with a slash for a folder
	Branch     string // empty for the default one
	Revision   string // the commit that it was read at, whole
}

// State is what became of a page.
type State string

// The states.
const (
	Same    State = "checked"
	Changed State = "changed"
	Moved   State = "moved"
	Gone    State = "gone"
)

// Look is what a clone has of a page.
type Look struct {
	State  State
	Branch string // that was looked at, by its name
	Tip    Commit // the newest of the branch

	Changed Commit // the newest that touched the page; none where it is the same
	Path    string // where it is now, where it has moved
	Files   int    // of a folder, that differ

	clone   *clone
	of      Page
	was, is entry
}

var (
	repositoryForm = regexp.MustCompile(`^[A-Za-z0-9][\w-]*/[\w-][\w.-]*$`)
	revisionForm   = regexp.MustCompile(`^([0-9a-f]{40}|[0-9a-f]{64})$`)
)

// Check tells why there can be no such page; nil where there can.
func (p Page) Check() error {
	path := strings.TrimSuffix(p.Path, "/")
	switch {
	case !repositoryForm.MatchString(p.Repository) || path == "":
		return errors.New("it names no file of a repository, OWNER/NAME PATH")
	case checkPath(path) != nil:
		return checkPath(path)
	case p.Revision == "":
		return errors.New("it names no commit that was read")
	case !revisionForm.MatchString(p.Revision):
		return fmt.Errorf("%q is no commit; that takes its whole name", p.Revision)
	}
	return nil
}

// checkPath tells why a path can be none within a repository; nil where it can.
func checkPath(path string) error {
	if !fs.ValidPath(path) || path == "." || strings.HasPrefix(path, "-") || strings.ContainsFunc(path, unicode.IsControl) {
		return fmt.Errorf("%q is no path within a repository", path)
	}
	return nil
}

// Hold holds a page against the newest commit of its branch in the clone that a folder has
// of its repository. The error says why that cannot be done.
func Hold(ctx context.Context, folder string, p Page) (*Look, error) {
	if err := p.Check(); err != nil {
		return nil, err
	}
	c, err := open(ctx, folder, p.Repository)
	if err != nil {
		return nil, err
	}
	l := &Look{clone: c, of: p}
	if err := l.find(ctx); err != nil {
		return nil, err
	}
	return l, l.compare(ctx)
}

// find finds the commit that was read, and the branch. Another branch may have the page of
// another release, so where none is named, the commit must not leave open which it is.
func (l *Look) find(ctx context.Context) error {
	if err := l.clone.has(ctx, l.of.Revision); err != nil {
		return err
	}
	called, tip, err := l.clone.branch(l.of.Branch)
	if err != nil {
		return err
	}
	if l.of.Branch == "" {
		if err := l.clone.alone(ctx, l.of.Revision, called); err != nil {
			return err
		}
	}
	l.Branch = called
	l.Tip, err = l.clone.newest(ctx, tip)
	return err
}

// compare holds what both commits have against each other.
func (l *Look) compare(ctx context.Context) (err error) {
	path, wanted := strings.TrimSuffix(l.of.Path, "/"), "a file"
	if path != l.of.Path {
		wanted = "a folder"
	}
	if l.was, err = l.clone.at(ctx, l.of.Revision, path); err != nil {
		return err
	}
	if l.is, err = l.clone.at(ctx, l.Tip.ID, path); err != nil {
		return err
	}
	switch {
	case what[l.was.mode] != wanted:
		return fmt.Errorf("%s is %s at the commit that was read; expected %s", l.of.Path, what[l.was.mode], wanted)
	case l.is.id == "":
		if l.State, l.Path = Gone, l.clone.moved(ctx, l.of.Revision, l.Tip.ID, path, false); l.Path != "" {
			l.State = Moved
		}
	case what[l.is.mode] != wanted:
		return fmt.Errorf("%s is %s on %s by now; expected %s", l.of.Path, what[l.is.mode], l.Branch, wanted)
	case l.is.id == l.was.id:
		l.State = Same
		return nil
	default:
		l.State = Changed
		if wanted == "a folder" {
			if l.Files, err = l.clone.differing(ctx, l.of.Revision, l.Tip.ID, path); err != nil {
				return err
			}
		}
	}
	l.Changed, err = l.clone.newest(ctx, l.Tip.ID, path)
	return err
}

// Texts gives the page as it was read and as it is now, each as far as git prints it.
func (l *Look) Texts(ctx context.Context) (texts [2][]byte, err error) {
	for i, id := range []string{l.was.id, l.is.id} {
		if texts[i], err = l.clone.git(ctx, "cat-file", "blob", id); err != nil && !errors.Is(err, errTooLong) {
			return texts, fmt.Errorf("the clone does not have the text; where it was made with a filter, git cat-file blob %s gets it: %w", id, err)
		}
	}
	return texts, nil
}
