package mirror_test

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/testedon/testedon/mirror"
)

// repository is one that a test makes.
type repository struct {
	t   *testing.T
	dir string
}

// newRepository makes an empty one, acme/docs, in a new folder of clones.
func newRepository(t *testing.T) (folder string, r repository) {
	t.Helper()
	folder = t.TempDir()
	r = repository{t, filepath.Join(folder, "acme", "docs")}
	if err := os.MkdirAll(r.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	r.git("init", "--quiet", "--initial-branch=main")
	return folder, r
}

// git runs git in the repository.
func (r repository) git(args ...string) string {
	r.t.Helper()
	return r.on("2026-03-01", args...)
}

// on runs git on a day.
func (r repository) on(day string, args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1", "GIT_AUTHOR_NAME=a", "GIT_AUTHOR_EMAIL=a@b", "GIT_COMMITTER_NAME=a",
		"GIT_COMMITTER_EMAIL=a@b", "GIT_AUTHOR_DATE="+day+"T23:30:00-0200", "GIT_COMMITTER_DATE="+day+"T23:30:00-0200")
	out, err := cmd.CombinedOutput()
	if err != nil {
		r.t.Fatalf("git %q: %v\n%s", args, err, out)
	}
	return strings.TrimSpace(string(out))
}

// write writes a file of the work tree.
func (r repository) write(name, text string) {
	r.t.Helper()
	name = filepath.Join(r.dir, name)
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		r.t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		r.t.Fatal(err)
	}
}

// commit commits the work tree on a day and gives the name of the commit.
func (r repository) commit(day string) string {
	r.t.Helper()
	r.git("add", "--all")
	r.on(day, "commit", "--quiet", "--allow-empty", "--message=x")
	return r.git("rev-parse", "HEAD")
}

// text is a page that is long enough for git to know it again.
func text(version string) string {
	return strings.Repeat("The kite is flown wherever the wind is good enough for it.\n", 8) + "Tested: OpenJDK " + version + "\n"
}

// TestHold holds pages against what became of them.
func TestHold(t *testing.T) {
	const page = "docs/page.md"
	tests := []struct {
		name, path, branch string
		arrange            func(r repository)
		want               string // the state and what is told with it; else a part of the error
	}{
		{name: "the same", path: page, arrange: func(r repository) { r.write("other", "x"); r.commit("2026-05-01") }, want: "checked main 2026-05-02"},
		{name: "changed", path: page, arrange: func(r repository) { r.write(page, text("21")); r.commit("2026-05-01"); r.commit("2026-06-01") }, want: "changed main 2026-06-02 by 2026-05-02"},
		{name: "moved and changed", path: page, arrange: func(r repository) {
			r.git("mv", "docs", "pages")
			r.write("pages/page.md", text("21"))
			r.commit("2026-05-01")
		}, want: "moved main 2026-05-02 by 2026-05-02 to pages/page.md"},
		{name: "gone", path: page, arrange: func(r repository) { r.git("rm", "--quiet", page); r.commit("2026-05-01") }, want: "gone main 2026-05-02 by 2026-05-02"},
		{name: "a name like a glob", path: "docs/[p]age.md", arrange: func(r repository) {
			r.write("docs/[p]age.md", "x")
			r.commit("2026-05-01")
			r.write(page, "x")
			r.commit("2026-06-01")
		}, want: "changed main 2026-06-02 by 2026-05-02"},
		{name: "a folder", path: "docs/", arrange: func(r repository) { r.write("other", "x"); r.commit("2026-05-01") }, want: "checked main 2026-05-02"},
		{name: "a folder changed", path: "docs/", arrange: func(r repository) { r.write("docs/a/b", "x"); r.write(page, "y"); r.commit("2026-05-01") }, want: "changed main 2026-05-02 by 2026-05-02 files 2"},
		{name: "a branch", path: page, branch: "1.x", arrange: func(r repository) { r.git("branch", "1.x"); r.write(page, "y"); r.commit("2026-05-01") }, want: "checked 1.x 2026-03-02"},
		{name: "no branch", path: page, branch: "2.x", arrange: func(repository) {}, want: "the clone has no branch 2.x"},
		{name: "a branch like a flag", path: page, branch: "--all", arrange: func(repository) {}, want: "the clone has no branch --all"},
		{name: "a branch of a release as well", path: page, arrange: func(r repository) { r.git("branch", "release/1.x"); r.git("branch", "patch-1") }, want: "its commit is on release/1.x, main; the source has to name"},
		{name: "another branch", path: page, arrange: func(r repository) { r.git("checkout", "--quiet", "--orphan", "new"); r.commit("2026-05-01") }, want: "its commit is not on new, the default branch"},
		{name: "the branch that was fetched", path: page, arrange: func(r repository) {
			r.git("update-ref", "refs/remotes/origin/main", "HEAD")
			r.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
			r.write(page, "edited here")
			r.commit("2026-05-01")
		}, want: "checked main 2026-03-02"},
		{name: "a branch that was not fetched", path: page, branch: "1.x", arrange: func(r repository) {
			r.git("branch", "1.x")
			r.git("update-ref", "refs/remotes/origin/main", "HEAD")
		}, want: "the clone has no branch 1.x"},
		{name: "a branch that never had it", path: page, branch: "1.x", arrange: func(r repository) {
			r.git("checkout", "--quiet", "--orphan", "1.x")
			r.git("rm", "--quiet", "-r", "--force", ".")
			r.write("other", "x")
			r.commit("2026-05-01")
		}, want: "no commit of the branch has touched it"},
		{name: "no default branch", path: page, arrange: func(r repository) { r.git("update-ref", "refs/remotes/origin/main", "HEAD") }, want: "nothing tells the default branch"},
		{name: "detached", path: page, arrange: func(r repository) { r.git("checkout", "--quiet", "--detach") }, want: "nothing tells the default branch"},
		{name: "rewritten", path: page, arrange: func(r repository) {
			r.on("2026-05-01", "commit", "--quiet", "--amend", "--message=y")
			r.git("reflog", "expire", "--expire=now", "--all")
			r.git("gc", "--quiet", "--prune=now")
		}, want: "its history was rewritten"},
		{name: "a link", path: page, arrange: func(r repository) {
			r.git("rm", "--quiet", page)
			r.write("other", text("17"))
			r.git("update-index", "--add", "--cacheinfo", "120000,"+r.git("hash-object", "-w", "other")+","+page)
			r.on("2026-05-01", "commit", "--quiet", "--message=x")
		}, want: "docs/page.md is a symbolic link on main by now; expected a file"},
		{name: "a submodule", path: page, arrange: func(r repository) {
			r.git("update-index", "--add", "--cacheinfo", "160000,"+r.git("rev-parse", "HEAD")+","+page)
			r.on("2026-05-01", "commit", "--quiet", "--message=x")
		}, want: "is another repository (a submodule) on main by now"},
		{name: "a folder in place of the file", path: page, arrange: func(r repository) {
			r.git("rm", "--quiet", page)
			r.write(page+"/index.md", "x")
			r.commit("2026-05-01")
		}, want: "is a folder on main by now"},
		{name: "a file in place of the folder", path: "docs/", arrange: func(r repository) {
			r.git("rm", "--quiet", "-r", "docs")
			r.write("docs", "x")
			r.commit("2026-05-01")
		}, want: "docs/ is a file on main by now; expected a folder"},
		{name: "a file that was read as a folder", path: page + "/", arrange: func(repository) {}, want: "is a file at the commit that was read; expected a folder"},
		{name: "no such file", path: "page.md", arrange: func(repository) {}, want: "page.md is nothing at the commit that was read"},
		{name: "a glob", path: "docs/*.md", arrange: func(repository) {}, want: "docs/*.md is nothing at the commit that was read"},
		{name: "objects are gone", path: page, arrange: func(r repository) {
			tree := r.git("rev-parse", "HEAD^{tree}")
			_ = os.Remove(filepath.Join(r.dir, ".git/objects", tree[:2], tree[2:]))
		}, want: "git ls-tree: "},
		{name: "no clone", path: page, arrange: func(r repository) { _ = os.RemoveAll(filepath.Join(r.dir, ".git")) }, want: "there is no clone of acme/docs in "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			folder, r := newRepository(t)
			r.write(page, text("17"))
			r.write("docs/[p]age.md", "a page of another name\n")
			read := r.commit("2026-03-01")
			test.arrange(r)
			look, err := mirror.Hold(t.Context(), folder, mirror.Page{Repository: "acme/docs", Path: test.path, Branch: test.branch, Revision: read})
			if err != nil {
				if !strings.Contains(err.Error(), test.want) {
					t.Errorf("%v; want %s", err, test.want)
				}
				return
			}
			if got := told(look); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// told is a look in one line.
func told(l *mirror.Look) string {
	words := []string{string(l.State), l.Branch, l.Tip.Day.Format("2006-01-02")}
	if l.Changed.ID != "" {
		words = append(words, "by", l.Changed.Day.Format("2006-01-02"))
	}
	if l.Path != "" {
		words = append(words, "to", l.Path)
	}
	if l.Files > 0 {
		words = append(words, "files", string(rune('0'+l.Files)))
	}
	return strings.Join(words, " ")
}

// TestHoldFinds finds a clone wherever it may be, bare or not, and says so where it is shallow.
func TestHoldFinds(t *testing.T) {
	folder, r := newRepository(t)
	r.write("page.md", "a")
	read := r.commit("2026-03-01")
	r.write("page.md", "b")
	r.commit("2026-04-01")
	for _, place := range []string{"acme/docs", "acme+docs", "acme+docs/repo"} {
		other := t.TempDir()
		for _, how := range [][]string{{"--bare"}, {}} {
			dir := filepath.Join(other, place)
			r.git(append(append([]string{"clone", "--quiet"}, how...), folder+"/acme/docs", dir)...)
			look, err := mirror.Hold(t.Context(), other, mirror.Page{Repository: "acme/docs", Path: "page.md", Revision: read})
			if err != nil || look.State != mirror.Changed {
				t.Fatalf("%s %v: %+v, %v", place, how, look, err)
			}
			texts, err := look.Texts(t.Context())
			if err != nil || string(texts[0]) != "a" || string(texts[1]) != "b" {
				t.Errorf("%s %v: %q, %v", place, how, texts, err)
			}
			_ = os.RemoveAll(dir)
		}
	}
	shallow := t.TempDir()
	r.git("clone", "--quiet", "--depth=1", "file://"+folder+"/acme/docs", filepath.Join(shallow, "acme+docs"))
	if _, err := mirror.Hold(t.Context(), shallow, mirror.Page{Repository: "acme/docs", Path: "page.md", Revision: read}); err == nil || !strings.Contains(err.Error(), "git fetch --unshallow") {
		t.Errorf("a shallow clone: %v", err)
	}
}

// TestCheck refuses what can be no page of a repository before git is asked.
func TestCheck(t *testing.T) {
	commit := strings.Repeat("0a", 20)
	for _, p := range []mirror.Page{
		{Repository: "", Path: "a", Revision: commit},
		{Repository: "acme", Path: "a", Revision: commit},
		{Repository: "../docs", Path: "a", Revision: commit},
		{Repository: "acme/..", Path: "a", Revision: commit},
		{Repository: "acme/docs/x", Path: "a", Revision: commit},
		{Repository: "-acme/docs", Path: "a", Revision: commit},
		{Repository: "acme/docs", Path: "", Revision: commit},
		{Repository: "acme/docs", Path: "/", Revision: commit},
		{Repository: "acme/docs", Path: "/a", Revision: commit},
		{Repository: "acme/docs", Path: "../a", Revision: commit},
		{Repository: "acme/docs", Path: "a/../b", Revision: commit},
		{Repository: "acme/docs", Path: "-a", Revision: commit},
		{Repository: "acme/docs", Path: "a\x00b", Revision: commit},
		{Repository: "acme/docs", Path: "a\nb", Revision: commit},
		{Repository: "acme/docs", Path: "a"},
		{Repository: "acme/docs", Path: "a", Revision: commit[:12]},
		{Repository: "acme/docs", Path: "a", Revision: "--all"},
		{Repository: "acme/docs", Path: "a", Revision: "text-24713273312"},
	} {
		if p.Check() == nil {
			t.Errorf("%+v passes", p)
		}
		if _, err := mirror.Hold(t.Context(), t.TempDir(), p); err == nil || strings.Contains(err.Error(), "no clone") {
			t.Errorf("%+v is looked for: %v", p, err)
		}
	}
	if err := (mirror.Page{Repository: "acme/docs", Path: "a b/c.md", Revision: commit}).Check(); err != nil {
		t.Error(err)
	}
}

// TestHostile: whatever a clone configures, nothing is run, and objects that it does not
// have are fetched from nowhere.
func TestHostile(t *testing.T) {
	folder, r := newRepository(t)
	r.write("page.md", text("17"))
	r.write(".gitattributes", "* diff=evil filter=evil\n")
	read := r.commit("2026-03-01")
	r.write("page.md", text("21"))
	r.commit("2026-04-01")
	mark := filepath.Join(t.TempDir(), "mark")
	script := filepath.Join(t.TempDir(), "evil")
	if err := os.WriteFile(script, []byte("#!/bin/sh\ntouch "+mark+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	missing := r.git("rev-parse", read+":page.md")
	if err := os.Remove(filepath.Join(r.dir, ".git/objects", missing[:2], missing[2:])); err != nil {
		t.Fatal(err)
	}
	for _, pair := range [][2]string{
		{"core.repositoryFormatVersion", "1"}, {"extensions.partialClone", "origin"}, {"remote.origin.promisor", "true"}, {"remote.origin.url", "ext::" + script},
		{"remote.origin.vcs", "ext"}, {"protocol.ext.allow", "always"}, {"core.fsmonitor", script}, {"core.hooksPath", filepath.Dir(script)}, {"core.pager", script},
		{"core.sshCommand", script}, {"diff.external", script}, {"diff.evil.textconv", script}, {"diff.evil.command", script}, {"filter.evil.smudge", script},
		{"log.showSignature", "true"}, {"gpg.program", script}, {"alias.rev-list", "!" + script}, {"pager.rev-list", script},
	} {
		r.git("config", pair[0], pair[1])
	}
	look, err := mirror.Hold(t.Context(), folder, mirror.Page{Repository: "acme/docs", Path: "page.md", Revision: read})
	if err != nil || look.State != mirror.Changed {
		t.Fatalf("%+v, %v", look, err)
	}
	if _, err := look.Texts(t.Context()); err == nil || !strings.Contains(err.Error(), "git cat-file blob "+missing) {
		t.Errorf("the missing text: %v", err)
	}
	if h, err := mirror.Read(t.Context(), r.dir, "page.md", "", ""); err != nil || h.Revisions[0].Unread == "" {
		t.Errorf("%+v, %v", h, err)
	}
	if _, err := os.Stat(mark); err == nil {
		t.Error("the clone made git run something")
	}
}

// TestBounds reads of a huge page what there is room for, and ends with its context.
func TestBounds(t *testing.T) {
	folder, r := newRepository(t)
	r.write("page.md", "a")
	read := r.commit("2026-03-01")
	r.write("page.md", string(bytes.Repeat([]byte("kites\n"), 3<<20)))
	r.commit("2026-04-01")
	page := mirror.Page{Repository: "acme/docs", Path: "page.md", Revision: read}
	look, err := mirror.Hold(t.Context(), folder, page)
	if err != nil {
		t.Fatal(err)
	}
	if texts, err := look.Texts(t.Context()); err != nil || len(texts[1]) != 16<<20 {
		t.Errorf("%d bytes, %v", len(texts[1]), err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := mirror.Hold(ended, folder, page); err == nil {
		t.Error("it goes on after its context has ended")
	}
}
