package export

import (
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/testedon/testedon/internal/str"
)

// Format is a way to write what is stated of a release.
type Format struct {
	Name      string // "xlsx"
	Title     string // for people, "Excel"
	Media     string // its media type, with the character set
	Extension string // of a file, "csv"
	// Download says that a browser should keep it as a file, and not show it.
	Download bool
	Packed   bool // it is compressed already
	// Style is the style sheet within, which a content security policy has to let be;
	// empty where there is none.
	Style string

	write  func(io.Writer, *Release) error
	matrix func(*Matrix, io.Writer) error // writes a product's matrix; nil where the format holds none
}

// Formats are all ways to write a release beside JSON, which whoever knows the contract
// writes.
var Formats = []Format{
	{Name: "csv", Title: "CSV", Media: "text/csv; charset=utf-8", Extension: "csv", Download: true, write: writeCSV, matrix: (*Matrix).writeCSV},
	{Name: "markdown", Title: "Markdown", Media: "text/markdown; charset=utf-8", Extension: "md", write: writeMarkdown},
	{Name: "html", Title: "HTML", Media: "text/html; charset=utf-8", Extension: "html", Style: style, write: writeHTML},
	{
		Name: "xlsx", Title: "Excel", Media: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Extension: "xlsx",
		Download: true, Packed: true, write: writeXLSX, matrix: (*Matrix).writeXLSX,
	},
	{Name: "goss", Title: "goss", Media: "application/yaml", Extension: "goss.yaml", Download: true, write: writeGoss},
	{Name: "ansible", Title: "Ansible", Media: "application/yaml", Extension: "ansible.yaml", Download: true, write: writeAnsible},
	{Name: "renovate", Title: "Renovate", Media: "application/json5", Extension: "renovate.json", Download: true, write: writeRenovate},
}

// Find gives the format of a name; nil where there is none.
func Find(name string) *Format {
	if at := slices.IndexFunc(Formats, func(f Format) bool { return f.Name == name }); at >= 0 {
		return &Formats[at]
	}
	return nil
}

// Type is the media type without its parameters.
func (f *Format) Type() string {
	media, _, _ := strings.Cut(f.Media, ";")
	return media
}

// Write writes a release. The same release of the same catalogue gives the same
// bytes. The error is that of w, or an *fact.Error of code invalid where the
// format cannot hold the release.
func (f *Format) Write(w io.Writer, r *Release) error { return f.write(w, r) }

// Holds reports whether the format can hold the matrix of a product.
func (f Format) Holds() bool { return f.matrix != nil }

// WriteMatrix writes the matrix of a product in a format that can hold it, in little memory. The
// error is that of w.
func (f *Format) WriteMatrix(w io.Writer, x *Matrix) error { return f.matrix(x, w) }

// FileName is what a file of a release should be called, "testedon-mi-4.4.0.csv":
// letters, digits, dots and hyphens alone. That of a past day ends with the day.
func FileName(r *Release, extension string) string {
	return fileName(extension, r.Product.ID, r.Release.Version, r.AsOf)
}

// FileName is what a file of the matrix should be called, "testedon-mi.xlsx".
func (x *Matrix) FileName(extension string) string { return fileName(extension, x.ID, x.AsOf) }

func fileName(extension string, of ...string) string {
	return unusual.ReplaceAllString("testedon-"+str.Join("-", of...)+"."+extension, "-")
}

// unusual is what some systems do not take in the name of a file.
var unusual = regexp.MustCompile(`[^0-9A-Za-z.]`)
