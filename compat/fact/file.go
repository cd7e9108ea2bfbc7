package fact

import (
	"fmt"
	"net/url"
	"strings"
)

// File is where facts are written, for whoever wants to correct one. It stands apart from them:
// a line that moves changes the file and none of its facts.
type File struct {
	ID   string `json:"id"`   // unique, also among the files of several catalogues
	Path string `json:"path"` // in the folder of its catalogue, "releases/mi/4.4.0.yaml"
	// EditURL is the pattern of the address at which it is changed: {path} and {line} stand for
	// those. IssueURL is that of the form for a report, with {title} and {body}.
	EditURL  string `json:"edit_url,omitempty"`
	IssueURL string `json:"issue_url,omitempty"`
	Lines    []Line `json:"lines"`
}

// Line is where a fact begins in a file, from 1.
type Line struct {
	Fact string `json:"fact"` // its noun and ID: "claim mi/4.4.0/rhel/9"
	Line int    `json:"line"`
}

// Faults tells what is wrong with the patterns, with the name of each.
func (f *File) Faults(tell func(name, wrong string)) {
	check := func(name, pattern string, parts ...string) {
		u, err := url.Parse(pattern) // which refuses what cannot be seen, and parts in place of a host
		missing := func(part string) bool { return !strings.Contains(pattern, part) }
		switch {
		case pattern == "":
		case err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || strings.ContainsAny(pattern, " \"<>\\"):
			tell(name, fmt.Sprintf("%q cannot be an address; write it as https://example.com/ with %s", pattern, strings.Join(parts, " and ")))
		case missing(parts[0]) || missing(parts[1]):
			tell(name, fmt.Sprintf("%q lacks %s; put each where it stands in the address", pattern, strings.Join(parts, " or ")))
		}
	}
	check("edit_url", f.EditURL, "{path}", "{line}")
	check("issue_url", f.IssueURL, "{title}", "{body}")
}
