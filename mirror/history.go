package mirror

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The bounds of one history.
const (
	maxRevisions = 1000
	maxHistory   = 64 << 20 // bytes of all texts
)

// History is what a page said on a branch, from one commit to the next: merged work counts
// from the merge on.
type History struct {
	Branch    string
	Revisions []Revision // in their order
	Shallow   bool       // the clone is, so that nothing tells of the time before its first commit
	Begins    bool       // the page began with the first of them; else it may have stood before
	Told      []string   // what somebody has to know: renames, days that go back, where it is cut
}

// Revision is a page as a commit left it.
type Revision struct {
	Commit        // its day is never before that of the one before
	Path   string // where the page stood
	Text   []byte
	Unread string // why there is no text, though there is something; empty where there is
	Gone   bool   // the commit took the page away

	entry
	added bool
}

// Read reads the history of a page on a branch, the default one where it has no name, of the
// clone in a folder. It begins with a commit of the branch itself; where that is left out,
// with the first that no other branch of a release has, as before it the page was theirs.
func Read(ctx context.Context, dir, path, branch, from string) (*History, error) {
	if err := checkPath(path); err != nil {
		return nil, err
	}
	c, err := openAt(ctx, dir)
	if c == nil {
		return nil, fmt.Errorf("there is no clone in %s", dir)
	}
	h := &History{}
	tip, first := "", Commit{}
	if err == nil {
		h.Branch, tip, err = c.branch(branch)
	}
	if err == nil {
		first, err = c.first(ctx, h.Branch, tip, from)
	}
	if err == nil {
		path, err = c.follow(ctx, h, tip, first.ID, path)
	}
	if err == nil {
		err = c.begin(ctx, h, first, path, from != "")
	}
	if err == nil {
		err = c.texts(ctx, h)
	}
	return h, err
}

// first gives the commit that a history begins with.
func (c *clone) first(ctx context.Context, branch, tip, from string) (Commit, error) {
	args := []string{"--first-parent", tip, "--not"}
	for name, other := range c.tips {
		if from == "" && name != branch && versioned.MatchString(name) {
			args = append(args, other)
		}
	}
	own, err := c.commits(ctx, args...)
	i, none := len(own)-1, branch+" has no commit that no other branch of a release has; name the one with which it began to be that of the release"
	if from != "" {
		i = slices.IndexFunc(own, func(c Commit) bool { return len(from) >= 7 && strings.HasPrefix(c.ID, from) })
		none = fmt.Sprintf("%q is none of the commits of %s itself; git log --first-parent lists them", from, branch)
	}
	if err == nil && i < 0 {
		err = errors.New(none)
	}
	if err != nil {
		return Commit{}, err
	}
	return own[i], nil
}

// follow reads the commits behind one that changed the page, also under the names that it had
// before, and gives the first of these.
func (c *clone) follow(ctx context.Context, h *History, at, behind, path string) (string, error) {
	for was := path; was != ""; {
		path, was = was, ""
		found, err := c.changes(ctx, at, behind, path)
		if err != nil {
			return "", err
		}
		for i := 0; i < len(found) && was == ""; i++ {
			if r := found[i]; r.added && r.parent != "" {
				if was = c.moved(ctx, r.parent, r.ID, path, true); was != "" {
					at, found = r.parent, found[:i+1]
					h.Told = append(h.Told, fmt.Sprintf("until %s by commit %.7s it was called %q", r.Day.Format(time.DateOnly), r.ID, was))
				}
			}
		}
		if h.Revisions = append(h.Revisions, found...); len(h.Revisions) > maxRevisions {
			return "", fmt.Errorf("%s has more than %d revisions; from a later commit on it has fewer", path, maxRevisions)
		}
	}
	if len(h.Revisions) > 0 && h.Revisions[0].Gone {
		last := h.Revisions[0]
		if to := c.moved(ctx, last.parent, last.ID, last.Path, false); to != "" {
			return "", fmt.Errorf("it was moved to %q on %s; name it as it is called there", to, last.Day.Format(time.DateOnly))
		}
	}
	slices.Reverse(h.Revisions)
	return path, nil
}

// changes gives the commits behind one, each against its first parent, that change what stands
// at a path, the newest first.
func (c *clone) changes(ctx context.Context, tip, behind, path string) ([]Revision, error) {
	out, err := c.git(ctx, "log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--raw", "--no-abbrev", "-z",
		"--encoding=UTF-8", "--max-count="+strconv.Itoa(maxRevisions+1), "--format=%H%n"+said, tip, "^"+behind, "--", path)
	var all []Revision
	for cells := strings.Split(string(out), "\x00"); err == nil && len(cells) > 2; cells = cells[3:] { // COMMIT, CHANGE, PATH
		id, text, _ := strings.Cut(cells[0], "\n")
		change := strings.Fields(cells[1]) // :MODE MODE OBJECT OBJECT LETTER
		if len(change) != 5 {
			return nil, fmt.Errorf("git log tells of %s what cannot be understood", path)
		}
		r := Revision{Path: path, entry: entry{change[1], change[3]}, added: change[4] == "A", Gone: change[4] == "D"}
		r.Commit, err = commit(id, text)
		all = append(all, r)
	}
	return all, err
}

// begin puts what stood with the first commit before the rest, and tells whether it may have
// stood before.
func (c *clone) begin(ctx context.Context, h *History, first Commit, path string, named bool) error {
	stood, err := c.at(ctx, first.ID, path)
	if h.Begins = named || stood.id == ""; err != nil {
		return err
	}
	if stood.id != "" {
		h.Revisions = slices.Insert(h.Revisions, 0, Revision{Commit: first, Path: path, entry: stood})
	}
	if len(h.Revisions) == 0 {
		return fmt.Errorf("no commit of %s has touched it; is that its branch?", h.Branch)
	}
	var before entry
	shallow, err := c.git(ctx, "rev-parse", "--is-shallow-repository")
	h.Shallow = string(shallow) == "true\n"
	if err == nil && first.parent != "" {
		before, err = c.at(ctx, first.parent, path)
	}
	isNew := before.id == "" && (first.parent != "" || !h.Shallow) && (first.parent == "" || c.moved(ctx, first.parent, first.ID, path, true) == "")
	if h.Begins = h.Begins || isNew; !h.Begins {
		h.Told = append(h.Told, fmt.Sprintf("what stood on %s, with commit %.7s, may have stood before: the clone is shallow, or what is before is on other branches of "+
			"releases, too; --from names the commit with which this one began to be that of the release", first.Day.Format(time.DateOnly), first.ID))
	}
	return err
}

// texts reads the texts of the revisions. It gives none a day before that of the one before
// it, as it came on the branch later, and tells where that was so.
func (c *clone) texts(ctx context.Context, h *History) (err error) {
	size := 0
	for i := range h.Revisions {
		r := &h.Revisions[i]
		if i > 0 && r.Day.Before(h.Revisions[i-1].Day) {
			was := r.Day.Format(time.DateOnly)
			r.Day = h.Revisions[i-1].Day
			h.Told = append(h.Told, fmt.Sprintf("commit %.7s is of %s, before the one it follows: the history was rewritten, or a clock was wrong; it counts from %s on",
				r.ID, was, r.Day.Format(time.DateOnly)))
		}
		switch {
		case r.Gone:
		case what[r.mode] != "a file":
			r.Unread = "it is " + what[r.mode] + " there"
		default:
			if r.Text, err = c.git(ctx, "cat-file", "blob", r.id); err != nil && !errors.Is(err, errTooLong) {
				r.Unread = "the clone does not have its text"
			}
			if size += len(r.Text); size > maxHistory {
				return fmt.Errorf("the revisions of %s have more than %d MiB", r.Path, maxHistory>>20)
			}
		}
	}
	return ctx.Err()
}
