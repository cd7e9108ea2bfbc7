package compat_test

import (
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/testedon/testedon/compat"
	"github.com/testedon/testedon/compat/fact"
	"github.com/testedon/testedon/internal/sample"
)

// keptAt is a small dataset whose facts are said to be in a file.
func keptAt(f fact.File) *fact.Dataset {
	ds := sample.Small()
	f.ID = "f"
	ds.Files = []fact.File{f}
	return ds
}

func TestCorrection(t *testing.T) {
	const bad = "a \"<script>\"&b={line}\r\n\t#\u202e{title}\x1b[31m + \xff"
	ds := keptAt(fact.File{Path: "odd ä/50%?#{line}.yaml", EditURL: "https://example.com/{path}?at={line}#L{line}",
		IssueURL: "https://example.com/new?a={title}&b={body}", Lines: []fact.Line{{Fact: "source manual", Line: 7}}})
	m := sample.Build(t, ds)
	c := m.Correction("source", "manual", bad, fact.Citation{Source: "manual", Section: bad, Quote: strings.Repeat("ß", 5000)}, bad)
	if got, want := c.EditURL(), "https://example.com/odd%20%C3%A4/50%25%3F%23%7Bline%7D.yaml?at=7#L7"; got != want {
		t.Errorf("it leads to %s, not %s", got, want)
	}
	u, err := url.Parse(c.ReportURL())
	if err != nil || len(u.Query()) != 2 || u.Fragment != "" || len(c.ReportURL()) > 8000 {
		t.Fatal(err, len(c.ReportURL()), c.ReportURL())
	}
	title, body := u.Query().Get("a"), u.Query().Get("b")
	const clean = "a \"<script>\"&b={line} #{title}[31m + \uFFFD"
	if title != "Correction: "+clean+" (source manual)" {
		t.Errorf("the title is %q", title)
	}
	for _, line := range []string{"Question: " + clean, "Statement: source manual, " + clean, "Written at: " + c.EditURL(), "Catalogue: revision 7, sha256:"} {
		if !strings.Contains("\n"+body, "\n"+line) {
			t.Errorf("there is no line %q in %q", line, body)
		}
	}
	if strings.Count(body, "\n") != 5 || !strings.HasSuffix(body, "ßß") {
		t.Errorf("the text is %q", body)
	}
	if n := utf8.RuneCountInString(body); n > 2000 || n < 800 {
		t.Errorf("the text has %d characters", n)
	}
	long := m.Correction("source", "manual", strings.Repeat("x", 9999), fact.Citation{}, "")
	if u, err := url.Parse(long.ReportURL()); err != nil || len(u.Query().Get("a")) != 200 || len(u.Query().Get("b")) != 2000 {
		t.Error(err, long.ReportURL())
	}
	if other := m.Correction("source", "another", "", fact.Citation{}, ""); other.EditURL() != "" || other.ReportURL() != "" {
		t.Error("what is in no file leads somewhere", other.EditURL(), other.ReportURL())
	}
}

// TestPatterns: what is no address of the web with its parts is refused, from whatever facts.
func TestPatterns(t *testing.T) {
	const edit, issue = "https://example.com/{path}#{line}", "https://example.com/?{title}{body}"
	for _, c := range []struct{ edit, issue, fault string }{
		{edit, issue, ""}, {"http://example.com/{path}#{line}", "", ""}, {"", issue, ""}, {"", "", ""},
		{"javascript:{path}{line}", "", "edit_url"}, {"data:text/html,{path}{line}", "", "edit_url"}, {"//example.com/{path}{line}", "", "edit_url"},
		{"https:///{path}{line}", "", "edit_url"}, {"https://{path}/{line}", "", "edit_url"}, {"https://example.com@{path}/{line}", "", "edit_url"},
		{"https://me:{line}@example.com/{path}", "", "edit_url"}, {"https://example.com:{line}/{path}", "", "edit_url"}, {"https://example.com/{path}\n{line}", "", "edit_url"},
		{"https://example.com/ {path}{line}", "", "edit_url"}, {"https://example.com/\">{path}{line}", "", "edit_url"}, {"https://example.com/{line}", "", "{path}"},
		{"https://example.com/{path}", "", "{line}"}, {edit, "https://example.com/{title}", "{body}"}, {edit, "https://example.com/{body}", "{title}"}, {edit, "mailto:a@example.com?{title}{body}", "issue_url"},
	} {
		problems := compat.Validate(keptAt(fact.File{EditURL: c.edit, IssueURL: c.issue}))
		if (len(problems) > 0) != (c.fault != "") || len(problems) > 0 && (problems[0].Where != "file f" || !strings.Contains(problems[0].Message, c.fault)) {
			t.Errorf("%q and %q: %v", c.edit, c.issue, problems)
		}
	}
}

// TestFactOfTwoFiles: where two files have one fact, it is found in neither.
func TestFactOfTwoFiles(t *testing.T) {
	ds := keptAt(fact.File{EditURL: "https://example.com/{path}#{line}", Lines: []fact.Line{{Fact: "source manual", Line: 7}}})
	other := ds.Files[0]
	other.ID = "g"
	ds.Files = append(ds.Files, other)
	if at := sample.Build(t, ds).Correction("source", "manual", "", fact.Citation{}, ""); at.EditURL() != "" {
		t.Error(at.EditURL())
	}
}
