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
	Branch string
	Tip    Commit
	// Revisions are in their order, each with another text than the one before.
	Revisions []Revision
	// Begins tells that the page began with the first of them; else it may have stood before.
	Begins bool
	Told   []string // what somebody has to know of it: renames, days that go back, where it is cut
}

// Revision is a page as a commit left it.
type Revision struct {
	Commit        // its day is never before that of the one before
	Path   string // where the page stood
	Text   []byte
	Unread string // why there is no text, though there is something; empty where there is
	Gone   bool   // the commit took the page away

	object string // that is its text, by its name

	parent string
	mode   string
	added  bool
}

// Read reads the history of a page on a branch, the default one where it has no name, of the
// clone in a folder. It begins with the commit from on, which may be empty: then where no
// other branch of a release has the commits as well, as before it the page was theirs.
func Read(ctx context.Context, dir, path, branch, from string) (*History, error) {
	if err := checkPath(path); err != nil {
		return nil, err
	}
	c, err := openAt(ctx, dir)
	if c == nil {
		return nil, fmt.Errorf("there is no clone in %s", dir)
	}
	if err != nil {
		return nil, err
	}
	h := &History{}
	var tip string
	if h.Branch, tip, err = c.branch(branch); err != nil {
		return nil, err
	}
	if h.Tip, err = c.newest(ctx, tip); err != nil {
		return nil, err
	}
	if err := c.revisions(ctx, h, path); err != nil {
		return nil, err
	}
	if err := c.begin(ctx, h, from); err != nil {
		return nil, err
	}
	h.forward()
	return h, c.texts(ctx, h)
}

// revisions reads the commits of the branch that changed the page, also under the names that
// it had before.
func (c *clone) revisions(ctx context.Context, h *History, path string) error {
	for at := h.Tip.ID; path != ""; {
		found, err := c.changes(ctx, at, path)
		if err != nil {
			return err
		}
		was := ""
		for i := range found {
			if r := &found[i]; r.added && r.parent != "" {
				pairs := c.renames(ctx, r.parent, r.ID)
				if k := slices.IndexFunc(pairs, func(p [2]string) bool { return p[1] == path }); k >= 0 {
					was, at, found = pairs[k][0], r.parent, found[:i+1]
					h.Told = append(h.Told, fmt.Sprintf("until %s by commit %s it was called %q", r.Day.Format(time.DateOnly), short(r.ID), was))
					break
				}
			}
		}
		if h.Revisions = append(h.Revisions, found...); len(h.Revisions) > maxRevisions {
			return fmt.Errorf("%s has more than %d revisions; from a later commit on it has fewer", path, maxRevisions)
		}
		path = was
	}
	if len(h.Revisions) == 0 {
		return fmt.Errorf("no commit of %s has touched it; is that its branch?", h.Branch)
	}
	if last := h.Revisions[0]; last.Gone {
		if to := c.moved(ctx, last.parent, last.ID, last.Path); to != "" {
			return fmt.Errorf("it was moved to %q on %s; name it as it is called there", to, last.Day.Format(time.DateOnly))
		}
	}
	slices.Reverse(h.Revisions)
	return nil
}

// changes gives the commits up to one, each against its first parent, that change what
// stands at a path, the newest first.
func (c *clone) changes(ctx context.Context, tip, path string) ([]Revision, error) {
	out, err := c.git(ctx, "log", "--first-parent", "--diff-merges=first-parent", "--no-renames", "--raw", "--no-abbrev", "-z",
		"--encoding=UTF-8", "--max-count="+strconv.Itoa(maxRevisions+1), "--format=%x01%H %ct %P%n%s", tip, "--", path)
	if err != nil {
		return nil, err
	}
	var all []Revision
	for cells := strings.Split(string(out), "\x00"); len(cells) > 2; cells = cells[3:] { // COMMIT, CHANGE, PATH
		about, subject, _ := strings.Cut(cells[0], "\n")
		words, change := strings.Fields(strings.TrimPrefix(about, "\x01")), strings.Fields(cells[1]) // :MODE MODE OBJECT OBJECT LETTER
		if len(words) < 2 || len(change) != 5 || cells[2] != path {
			return nil, fmt.Errorf("git log tells of %s what cannot be understood", path)
		}
		seconds, err := strconv.ParseInt(words[1], 10, 64)
		if err != nil {
			return nil, err
		}
		r := Revision{
			Commit: Commit{words[0], time.Unix(seconds, 0).UTC(), subject}, Path: path, object: change[3],
			mode: change[1], added: change[4] == "A", Gone: change[4] == "D",
		}
		if len(words) > 2 {
			r.parent = words[2]
		}
		all = append(all, r)
	}
	return all, nil
}

// begin cuts what was before a commit, and tells where the history of the clone does not go
// back to the beginning.
func (c *clone) begin(ctx context.Context, h *History, from string) error {
	chain, err := c.commits(ctx, "--first-parent", h.Tip.ID)
	if err != nil {
		return err
	}
	h.Begins = true
	shallow, err := c.git(ctx, "rev-parse", "--is-shallow-repository")
	if err != nil {
		return err
	}
	if strings.TrimSpace(string(shallow)) == "true" && h.Revisions[0].ID == chain[len(chain)-1].ID {
		h.Begins = false
		h.Told = append(h.Told, "the clone is shallow, so that what its first commit has may have stood before; git fetch --unshallow gets the rest")
	}
	var first int
	if from != "" {
		if first = slices.IndexFunc(chain, func(c Commit) bool { return len(from) >= 7 && strings.HasPrefix(c.ID, from) }); first < 0 {
			return fmt.Errorf("%q is none of the commits of %s itself; git log --first-parent lists them", from, h.Branch)
		}
		h.Begins = true
	} else if first, err = c.own(ctx, h, chain); err != nil {
		return err
	}
	place := map[string]int{}
	for i, commit := range chain {
		place[commit.ID] = i
	}
	for len(h.Revisions) > 1 && place[h.Revisions[1].ID] >= first {
		h.Revisions = h.Revisions[1:]
	}
	if r := &h.Revisions[0]; place[r.ID] > first { // as it stood when the branch began to be that of the release
		r.Commit = chain[first]
		if r.Gone {
			h.Revisions = h.Revisions[1:]
		}
	}
	return nil
}

// own gives the place of the first commit of a branch that no other branch of a release has.
func (c *clone) own(ctx context.Context, h *History, chain []Commit) (int, error) {
	args := []string{"--first-parent", h.Tip.ID, "--not"}
	for name, tip := range c.tips {
		if name != h.Branch && versioned.MatchString(name) {
			args = append(args, tip)
		}
	}
	commits, err := c.commits(ctx, args...)
	if err != nil {
		return 0, err
	}
	own := len(commits)
	switch {
	case own == 0:
		return 0, fmt.Errorf("%s has no commit that no other branch of a release has; name the one with which it began to be that of the release", h.Branch)
	case own < len(chain):
		h.Begins = false
		h.Told = append(h.Told, fmt.Sprintf("its commits up to %s of %s are on other branches of releases, too; --from names the one with which it began to be that of this release",
			short(chain[own].ID), chain[own].Day.Format(time.DateOnly)))
	}
	return own - 1, nil
}

// forward gives no revision a day before that of the one before it, as it came on the branch
// later, and tells where that was so.
func (h *History) forward() {
	for i := 1; i < len(h.Revisions); i++ {
		if r, last := &h.Revisions[i], h.Revisions[i-1].Day; r.Day.Before(last) {
			h.Told = append(h.Told, fmt.Sprintf("commit %s is of %s, before the one it follows: the history was rewritten, or a clock was wrong; it counts from %s on",
				short(r.ID), r.Day.Format(time.DateOnly), last.Format(time.DateOnly)))
			r.Day = last
		}
	}
}

// texts reads the texts of the revisions, each once.
func (c *clone) texts(ctx context.Context, h *History) error {
	read, size := map[string][]byte{}, 0
	for i := range h.Revisions {
		r := &h.Revisions[i]
		text, there := read[r.object]
		switch {
		case r.Gone:
			continue
		case what[r.mode] != "a file":
			r.Unread = "it is " + what[r.mode] + " there"
			continue
		case !there:
			var err error
			if text, err = c.git(ctx, "cat-file", "blob", r.object); err != nil && !errors.Is(err, errTooLong) {
				r.Unread = "the clone does not have its text"
				continue
			}
			read[r.object] = text
			if size += len(text); size > maxHistory {
				return fmt.Errorf("the revisions of %s have more than %d MiB", r.Path, maxHistory>>20)
			}
		}
		r.Text = text
	}
	return nil
}

// short is the name of a commit as people write it.
func short(id string) string { return id[:min(len(id), 7)] }
