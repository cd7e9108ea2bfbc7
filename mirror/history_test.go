package mirror_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/testedon/testedon/mirror"
)

// TestRead reads histories. Days are those of UTC, one after those on which the repository
// commits.
func TestRead(t *testing.T) {
	const page = "docs/page.md"
	tests := []struct {
		name, path, branch, from string
		arrange                  func(r repository) // the page is there since 2026-03-02 on main
		want                     string             // revisions, whether the page began with them, then what is told; else a part of the error
	}{
		{name: "changed and back", arrange: func(r repository) {
			r.write(page, text("21"))
			r.commit("2026-05-01")
			r.write("other", "x")
			r.commit("2026-06-01")
			r.write(page, text("17"))
			r.commit("2026-07-01")
		}, want: "2026-03-02 17, 2026-05-02 21, 2026-07-02 17; begins"},
		{name: "gone and back", arrange: func(r repository) {
			r.git("rm", "--quiet", page)
			r.commit("2026-05-01")
			r.write(page, text("21"))
			r.commit("2026-06-01")
		}, want: "2026-03-02 17, 2026-05-02 gone, 2026-06-02 21; begins"},
		{name: "renamed", path: "pages/new.md", arrange: func(r repository) {
			r.git("mv", "docs", "pages")
			r.commit("2026-05-01")
			r.git("mv", "pages/page.md", "pages/new.md")
			r.write("pages/new.md", text("21"))
			r.commit("2026-06-01")
		}, want: `2026-03-02 17, 2026-05-02 17, 2026-06-02 21; begins; until 2026-06-02 by commit COMMIT it was called "pages/page.md"; until 2026-05-02 by commit COMMIT it was called "docs/page.md"`},
		{name: "renamed, and another of its name before", path: "new.md", arrange: func(r repository) {
			r.write("new.md", "short")
			r.commit("2026-04-01")
			r.git("rm", "--quiet", "new.md")
			r.commit("2026-05-01")
			r.git("mv", page, "new.md")
			r.commit("2026-06-01")
		}, want: `2026-03-02 17, 2026-06-02 17; begins; until 2026-06-02 by commit COMMIT it was called "docs/page.md"`},
		{name: "a copy is another page", path: "docs/copy.md", arrange: func(r repository) {
			r.write("docs/copy.md", text("17"))
			r.commit("2026-05-01")
		}, want: "2026-05-02 17; begins"},
		{name: "moved away", arrange: func(r repository) { r.git("mv", "docs", "pages"); r.commit("2026-05-01") }, want: `it was moved to "pages/page.md" on 2026-05-02`},
		{name: "gone", arrange: func(r repository) { r.git("rm", "--quiet", page); r.commit("2026-05-01") }, want: "2026-03-02 17, 2026-05-02 gone; begins"},
		{name: "merged work counts from the merge on", arrange: func(r repository) {
			r.git("checkout", "--quiet", "-b", "work")
			r.write(page, text("19"))
			r.commit("2026-04-01")
			r.write(page, text("21"))
			r.commit("2026-04-10")
			r.git("checkout", "--quiet", "main")
			r.write("other", "x")
			r.commit("2026-05-01")
			r.on("2026-06-01", "merge", "--quiet", "--no-ff", "--message=m", "work")
		}, want: "2026-03-02 17, 2026-06-02 21; begins"},
		{name: "another branch", branch: "work", arrange: func(r repository) {
			r.git("branch", "work")
			r.write(page, text("21"))
			r.commit("2026-05-01")
		}, want: "2026-03-02 17; begins"},
		{name: "a branch of a release", branch: "2.0", arrange: release, want: "2026-06-02 18, 2026-07-02 21; may have been before; " +
			"what stood on 2026-06-02, with commit COMMIT, may have stood before: the clone is shallow, or what is before is on other branches of releases, too; " +
			"--from names the commit with which this one began to be that of the release"},
		{name: "from a commit that does not change it", branch: "2.0", from: "fork", arrange: release, want: "2026-06-02 18, 2026-07-02 21; begins"},
		{name: "from its change", branch: "2.0", from: "work", arrange: release, want: "2026-07-02 21; begins"},
		{name: "from a commit that is not there", from: "0a0a0a0a", arrange: func(repository) {}, want: `"0a0a0a0a" is none of the commits of main itself`},
		{name: "from a flag", from: "--all", arrange: func(repository) {}, want: `"--all" is none of the commits of main itself`},
		{name: "new on the branch of a release", path: "other", branch: "2.0", arrange: release, want: "2026-06-02 18; begins"},
		{name: "no commit of its own", branch: "2.0", arrange: func(r repository) { r.git("branch", "2.0"); r.git("branch", "1.0") }, want: "2.0 has no commit that no other branch of a release has"},
		{name: "a day that goes back", arrange: func(r repository) {
			r.write(page, text("21"))
			r.commit("2025-05-01")
			r.write(page, text("25"))
			r.commit("2026-05-01")
		}, want: "2026-03-02 17, 2026-03-02 21, 2026-05-02 25; begins; commit COMMIT is of 2025-05-02, before the one it follows: the history was rewritten, or a clock was wrong; it counts from 2026-03-02 on"},
		{name: "a link in between", arrange: func(r repository) {
			r.git("rm", "--quiet", page)
			r.write("other", text("21"))
			r.git("update-index", "--add", "--cacheinfo", "120000,"+r.git("hash-object", "-w", "other")+","+page)
			r.on("2026-05-01", "commit", "--quiet", "--message=x")
			r.git("reset", "--quiet", "--hard")
			r.git("rm", "--quiet", page)
			r.write(page, text("21"))
			r.commit("2026-06-01")
		}, want: "2026-03-02 17, 2026-05-02 it is a symbolic link there, 2026-06-02 21; begins"},
		{name: "a text is not there", arrange: func(r repository) {
			id := r.git("rev-parse", "HEAD:"+page)
			_ = os.Remove(filepath.Join(r.dir, ".git/objects", id[:2], id[2:]))
			r.write(page, text("21"))
			r.commit("2026-05-01")
		}, want: "2026-03-02 the clone does not have its text, 2026-05-02 21; begins"},
		{name: "hostile names", path: "docs/\"$(x)' é:(top)*.md", arrange: func(r repository) {
			r.write("docs/\"$(x)' é:(top)*.md", text("21"))
			r.commit("2026-05-01")
		}, want: "2026-05-02 21; begins"},
		{name: "no such page", path: "docs/none.md", arrange: func(repository) {}, want: "no commit of main has touched it"},
		{name: "no path", path: "../page.md", arrange: func(repository) {}, want: `"../page.md" is no path within a repository`},
		{name: "no branch", branch: "3.0", arrange: func(repository) {}, want: "the clone has no branch 3.0"},
		{name: "no clone", arrange: func(r repository) { _ = os.RemoveAll(filepath.Join(r.dir, ".git")) }, want: "there is no clone in "},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			_, r := newRepository(t)
			r.write(page, text("17"))
			r.commit("2026-03-01")
			test.arrange(r)
			if test.path == "" {
				test.path = page
			}
			if test.from == "fork" || test.from == "work" {
				test.from = r.git("rev-parse", "--short=10", test.from)
			}
			h, err := mirror.Read(t.Context(), r.dir, test.path, test.branch, test.from)
			if err != nil {
				if !strings.Contains(err.Error(), test.want) {
					t.Errorf("%v; want %s", err, test.want)
				}
				return
			}
			if got := recounted(r, h); got != test.want {
				t.Errorf("got  %s\nwant %s", got, test.want)
			}
		})
	}
}

// release makes branches of two releases: 2.0 goes on from what 1.0 had, with a commit that
// does not change the page, then one that does.
func release(r repository) {
	r.write("docs/page.md", text("18"))
	r.commit("2026-05-01")
	r.git("branch", "1.0")
	r.git("checkout", "--quiet", "-b", "2.0")
	r.write("other", text("18"))
	r.git("branch", "fork", r.commit("2026-06-01"))
	r.write("docs/page.md", text("21"))
	r.git("branch", "work", r.commit("2026-07-01"))
}

// recounted is a history in one line: the version that each revision states, or why none.
func recounted(r repository, h *mirror.History) string {
	revisions := make([]string, len(h.Revisions))
	for i, v := range h.Revisions {
		state := v.Unread
		if _, version, found := strings.Cut(string(v.Text), "OpenJDK "); found {
			state = strings.TrimSpace(version)
		} else if v.Gone {
			state = "gone"
		}
		revisions[i] = v.Day.Format("2006-01-02 ") + state
	}
	parts := append([]string{strings.Join(revisions, ", "), map[bool]string{true: "begins", false: "may have been before"}[h.Begins]}, h.Told...)
	text := strings.Join(parts, "; ")
	for id := range strings.FieldsSeq(r.git("log", "--all", "--format=%h", "--abbrev=7")) {
		text = strings.ReplaceAll(text, id, "COMMIT")
	}
	return text
}

// TestReadWhatThereIs reads a history of a shallow clone, which has no beginning, and refuses
// one that is too long.
func TestReadWhatThereIs(t *testing.T) {
	_, r := newRepository(t)
	for i := range 4 {
		r.write("page.md", text(fmt.Sprint(i)))
		r.commit(fmt.Sprintf("2026-03-0%d", i+1))
	}
	shallow := repository{t, filepath.Join(t.TempDir(), "shallow.git")}
	r.git("clone", "--quiet", "--bare", "--depth=2", "file://"+r.dir, shallow.dir)
	h, err := mirror.Read(t.Context(), shallow.dir, "page.md", "", "")
	if err != nil {
		t.Fatal(err)
	}
	const want = "2026-03-04 2, 2026-03-05 3; may have been before; what stood on 2026-03-04, with commit COMMIT, may have stood before: the clone is shallow, "
	if got := recounted(r, h); !strings.HasPrefix(got, want) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	stream := &strings.Builder{}
	for i := range 1002 {
		mark := fmt.Sprint("blob\nmark :", i+1, "\ndata 5\n")
		fmt.Fprintf(stream, "%s%05d\ncommit refs/heads/long\ncommitter a <a@b> %d +0000\ndata 1\nx\nM 100644 :%d page.md\n", mark, i, 1_770_000_000+i, i+1)
	}
	r.write("stream", stream.String())
	r.git("config", "alias.import", "!git fast-import --quiet < stream")
	r.git("import")
	if _, err := mirror.Read(t.Context(), r.dir, "page.md", "long", ""); err == nil || !strings.Contains(err.Error(), "more than 1000 revisions") {
		t.Error(err)
	}
}
