package export

import (
	"io"
	"regexp"
)

// Format is a way to write what is stated of a release.
type Format struct {
	Name      string // "csv"
	Media     string // its media type, with the character set
	Extension string // of a file, "csv"
	// Download says that a browser should keep it as a file, and not show it.
	Download bool
	Packed   bool // it is compressed already
	// Style is the style sheet within, which a content security policy has to let be;
	// empty where there is none.
	Style string

	write func(io.Writer, *Release) error
}

// Formats are all ways to write a release.
var Formats = []Format{
	{"csv", "text/csv; charset=utf-8", "csv", true, false, "", writeCSV},
	{"markdown", "text/markdown; charset=utf-8", "md", false, false, "", writeMarkdown},
	{"html", "text/html; charset=utf-8", "html", false, false, style, writeHTML},
	{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", true, true, "", writeXLSX},
}

// Write writes a release. The same release of the same catalogue gives the same
// bytes. The error is that of w, or an *fact.Error of code invalid where the
// format cannot hold the release.
func (f *Format) Write(w io.Writer, r *Release) error { return f.write(w, r) }

// FileName is what a file of a release should be called, "testedon-mi-4.4.0.csv":
// letters, digits, dots and hyphens alone.
func FileName(r *Release, extension string) string {
	return unusual.ReplaceAllString("testedon-"+r.Product.ID+"-"+r.Release.Version+"."+extension, "-")
}

// unusual is what some systems do not take within the name.
var unusual = regexp.MustCompile(`[^0-9A-Za-z.]`)
