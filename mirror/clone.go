package mirror

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// clone is a repository on this machine.
type clone struct {
	dir  string            // of its objects and references
	from string            // what the full names of its branches begin with
	tips map[string]string // their commits, by their names
	head string            // the default branch; empty where nothing tells it
}

// The branches of a clone, and those of what it was cloned from: where it has such, its own
// are somebody's work.
const (
	local  = "refs/heads/"
	remote = "refs/remotes/origin/"
)

// open finds the clone of a repository, owner/name, in a folder: as owner/name, owner+name
// or owner+name/repo, with or without a work tree.
func open(ctx context.Context, folder, repository string) (*clone, error) {
	joined := strings.Replace(repository, "/", "+", 1)
	for _, place := range []string{repository, joined, joined + "/repo"} {
		if c, err := openAt(ctx, filepath.Join(folder, place)); c != nil {
			return c, err
		}
	}
	return nil, fmt.Errorf("there is no clone of %s in %s", repository, folder)
}

// openAt opens the clone in a folder, with or without a work tree; nil where there is none.
func openAt(ctx context.Context, folder string) (*clone, error) {
	for _, dir := range []string{filepath.Join(folder, ".git"), folder} {
		if _, err := os.Stat(filepath.Join(dir, "HEAD")); err == nil {
			c := &clone{dir: dir, tips: map[string]string{}}
			return c, c.branches(ctx)
		}
	}
	return nil, nil
}

// branches reads the branches of the clone, and which of them is the default one.
func (c *clone) branches(ctx context.Context) error {
	out, err := c.git(ctx, "for-each-ref", "--format=%(refname) %(objectname) %(HEAD)%(symref)", local, remote)
	if err != nil {
		return err
	}
	c.from = local
	if bytes.Contains(out, []byte(remote)) {
		c.from = remote
	}
	for line := range strings.Lines(string(out)) {
		cells := strings.Fields(line) // NAME COMMIT, then * for the branch of HEAD, or what a name stands for
		name, ours := strings.CutPrefix(cells[0], c.from)
		switch {
		case !ours:
		case len(cells) == 2:
			c.tips[name] = cells[1]
		case cells[2] == "*":
			c.tips[name], c.head = cells[1], name
		case name == "HEAD":
			c.head = strings.TrimPrefix(cells[2], c.from)
		}
	}
	return nil
}

// branch gives the newest commit of a branch, the default one where it has no name, and
// how that is called.
func (c *clone) branch(name string) (called, tip string, err error) {
	if called = cmp.Or(name, c.head); called == "" {
		return "", "", errors.New("nothing tells the default branch of the clone; git remote set-head origin --auto finds it out")
	}
	if tip = c.tips[called]; tip == "" {
		return "", "", fmt.Errorf("the clone has no branch %s", called)
	}
	return called, tip, nil
}

// Commit is a commit, the day it was made on, and the first line of what it says of itself.
type Commit struct {
	ID      string
	Day     time.Time
	Subject string
	parent  string // the first; empty where it has none
}

// said is the format of what [commit] reads.
const said = "%ct%x09%P%x09%s"

// commit reads what git tells of a commit.
func commit(id, text string) (Commit, error) {
	seconds, rest, _ := strings.Cut(text, "\t")
	parents, subject, _ := strings.Cut(rest, "\t")
	parent, _, _ := strings.Cut(parents, " ")
	made, err := strconv.ParseInt(seconds, 10, 64)
	return Commit{id, time.Unix(made, 0).UTC(), subject, parent}, err
}

// commits gives commits as rev-list lists them, the newest first.
func (c *clone) commits(ctx context.Context, args ...string) ([]Commit, error) {
	out, err := c.git(ctx, append([]string{"rev-list", "--encoding=UTF-8", "--format=" + said}, args...)...)
	var all []Commit
	for lines := strings.Split(string(out), "\n"); err == nil && len(lines) > 1; lines = lines[2:] { // commit ID, then what is said
		var next Commit
		next, err = commit(strings.TrimPrefix(lines[0], "commit "), lines[1])
		all = append(all, next)
	}
	return all, err
}

// newest gives the newest commit that leads to a tip; with a path, of those that touch it.
func (c *clone) newest(ctx context.Context, tip string, path ...string) (Commit, error) {
	all, err := c.commits(ctx, append([]string{"--max-count=1", tip, "--"}, path...)...)
	if err == nil && len(all) == 0 {
		err = errors.New("no commit of the branch has touched it; is that its branch?")
	}
	if err != nil {
		return Commit{}, err
	}
	return all[0], nil
}

// entry is what a commit has at a path.
type entry struct{ mode, id string }

// what names the entries by their modes.
var what = map[string]string{"": "nothing", "100644": "a file", "100755": "a file", "040000": "a folder", "120000": "a symbolic link", "160000": "another repository (a submodule)"}

// at gives what a commit has at a path; the zero entry where it has nothing.
func (c *clone) at(ctx context.Context, commit, path string) (entry, error) {
	out, err := c.git(ctx, "ls-tree", "-z", "--full-tree", commit, "--", path)
	if err != nil || len(out) == 0 {
		return entry{}, err
	}
	words := bytes.Fields(out) // MODE TYPE ID PATH
	return entry{string(words[0]), string(words[2])}, nil
}

// has tells why a commit cannot be read; nil where it can.
func (c *clone) has(ctx context.Context, commit string) error {
	if _, err := c.git(ctx, "rev-parse", "--verify", "--quiet", commit+"^{commit}"); err != nil {
		return fmt.Errorf("the clone has no commit %s: its history was rewritten, the commit never was on a branch of it, or the clone is shallow, and git fetch --unshallow gets the rest", commit)
	}
	return nil
}

// versioned is a branch that its name makes one of a release: "4.3.0", "release/v4.3.x".
var versioned = regexp.MustCompile(`^([A-Za-z]+[-/])?v?\d+\.(\d+|x)[\w.-]*$`)

// alone tells why a commit says nothing of which branch is meant, so that it may be the
// default one: it is not on that, or on one of a release as well. It is nil else.
func (c *clone) alone(ctx context.Context, commit, called string) error {
	out, err := c.git(ctx, "for-each-ref", "--format=%(refname)", "--contains", commit, c.from)
	if err != nil {
		return err
	}
	on, releases := false, []string{}
	for _, name := range strings.Fields(string(out)) {
		if name = strings.TrimPrefix(name, c.from); name == called {
			on = true
		} else if versioned.MatchString(name) {
			releases = append(releases, name)
		}
	}
	switch {
	case len(releases) > 0:
		return fmt.Errorf("its commit is on %s; the source has to name the branch that publishes the page", strings.Join(append(releases, called)[:min(4, len(releases)+1)], ", "))
	case !on:
		return fmt.Errorf("its commit is not on %s, the default branch; the source has to name the branch that publishes the page", called)
	}
	return nil
}

// differing counts the files below a folder that differ between two commits.
func (c *clone) differing(ctx context.Context, from, to, folder string) (int, error) {
	out, err := c.git(ctx, "diff-tree", "-r", "-z", "--name-only", from, to, "--", folder)
	return bytes.Count(out, []byte{0}), err
}

// moved finds the path that a file was renamed to between two commits, or back that it had
// before; empty where there is none. Where the clone does not have every text, only what is
// the same can be found.
func (c *clone) moved(ctx context.Context, from, to, path string, back bool) string {
	for _, alike := range []string{"-M", "-M100%"} {
		out, err := c.git(ctx, "diff-tree", "-r", "-z", "--name-status", "--diff-filter=R", "-l1000", alike, from, to)
		if err != nil {
			continue
		}
		for cells := strings.Split(string(out), "\x00"); len(cells) > 2; cells = cells[3:] { // R100 OLD NEW …
			switch was, is := cells[1], cells[2]; {
			case back && is == path:
				return was
			case !back && was == path:
				return is
			}
		}
		return ""
	}
	return ""
}
