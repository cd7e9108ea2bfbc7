package fact

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"
)

// File is where facts are written, for whoever wants to correct one. It stands apart from them:
// a line that moves changes the file and none of its facts.
type File struct {
	ID   string `json:"id"`   // unique; see [FileID]
	Path string `json:"path"` // in the folder of its catalogue, "releases/mi/4.4.0.yaml"
	// EditURL is the pattern of the address at which it is changed: {path} and {line} stand for
	// those. IssueURL is that of the form for a report, with {title} and {body}.
	EditURL  string `json:"edit_url,omitempty"`
	IssueURL string `json:"issue_url,omitempty"`
	Lines    []Line `json:"lines"` // in the order of the facts in a dataset
}

// Line is where a fact begins in a file, from 1.
type Line struct {
	Fact string `json:"fact"` // its noun and ID: "claim mi/4.4.0/rhel/9"
	Line int    `json:"line"`
}

// FileID tells the files of several catalogues apart, by their patterns.
func FileID(path, editURL, issueURL string) string { return path + " " + cmp.Or(editURL, issueURL) }

// Faults tells what is wrong with the patterns, with the name of each.
func (f *File) Faults(tell func(name, wrong string)) {
	if wrong := patternFault(f.EditURL, "{path}", "{line}"); wrong != "" {
		tell("edit_url", wrong)
	}
	if wrong := patternFault(f.IssueURL, "{title}", "{body}"); wrong != "" {
		tell("issue_url", wrong)
	}
}

// patternFault tells what is wrong with the pattern of an address, in which some parts have to
// stand.
func patternFault(pattern string, parts ...string) string {
	if pattern == "" {
		return ""
	}
	u, err := url.Parse(pattern) // which refuses what cannot be seen, and parts in place of a host
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil || strings.ContainsAny(pattern, " \"<>\\") {
		return fmt.Sprintf("%q cannot be an address; write it as https://example.com/ with %s", pattern, strings.Join(parts, " and "))
	}
	for _, part := range parts {
		if !strings.Contains(pattern, part) {
			return fmt.Sprintf("%q has no %s; put it where that stands in the address", pattern, part)
		}
	}
	return ""
}
