package export_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"golang.org/x/net/html"

	"github.com/testedon/testedon/compat/fact"
)

// hostile are texts that would break out of a cell, a line, a page or a workbook.
// Every format must bring each of them back as it is.
var hostile = []string{
	`a|b`, `a\|b`, `back\slash\`, `\`, "two\nlines", "two\r\nlines", "\ttab", `<script>alert(1)</script>`, `</td></table>`, `<!-- gone -->`,
	`=1+1`, `+1`, `-1`, `@SUM(A1:A9)`, `=HYPERLINK("https://example.com","x")`, "=cmd|' /C calc'!A0", `'=1+1`, `''`,
	"`code`", "``", `*bold* _thin_ __bold__ ~~gone~~`, `snake_case_name`, `[text](javascript:alert(1))`, `![image](x)`, `# heading`, `- item`, `1. item`, `> quote`,
	`---`, `|---|`, `:---:`, `&amp; &#124; &lt;`, `https://example.com/?a=1&b=2`, `"quoted", 'twice'`, ` blanks around `, `_x0041_`, `8.10`, `0012`, `1e5`, `TRUE`, `2026-01-31`,
	"\u202Eevil\u202C", "العربية ١٢", "עברית", "日本語 é 𝄞", "\u2028line", "\u00a0", "\uFEFFmark", strings.Repeat("long ", 6000) + "end",
}

// TestHostile writes every text in every place of a release.
func TestHostile(t *testing.T) {
	for _, text := range hostile {
		t.Run(fmt.Sprintf("%.20q", text), func(t *testing.T) {
			ds := dataset(t)
			soak(ds, text)
			r := of(t, ds, "demo", "1.0")
			rows, err := csv.NewReader(bytes.NewReader(write(t, r, "csv"))).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			holds(t, "csv", unguarded(slices.Concat(rows...)), lines(text), 20)
			holds(t, "markdown", cells(t, rendered(t, write(t, r, "markdown"))), lines(text), 20)
			holds(t, "html", cells(t, write(t, r, "html")), unified(text), 20)
			holds(t, "xlsx", values(t, write(t, r, "xlsx")), text, 20)
			holds(t, "xlsx of the product", values(t, writeMatrix(t, matrix(t, ds, "demo"), "xlsx")), text, 20)
			if rows, err = csv.NewReader(bytes.NewReader(writeMatrix(t, matrix(t, ds, "demo"), "csv"))).ReadAll(); err != nil {
				t.Fatal(err)
			}
			holds(t, "csv of the product", unguarded(slices.Concat(rows...)), "Technology", 1)
		})
	}
}

// soak puts a text wherever a release has any.
func soak(ds *fact.Dataset, text string) {
	ds.Products[0].Name = text
	for i := range ds.Sources {
		ds.Sources[i].Title, ds.Sources[i].Document, ds.Sources[i].Revision = text, text, text
		ds.Sources[i].URL = "javascript:alert(1)//" + text
	}
	for i := range ds.Claims {
		c := &ds.Claims[i]
		c.Label, c.Version, c.When, c.Citation.Section, c.Citation.Quote = text, "", text, text, text
	}
	for i := range ds.Requirements {
		q := &ds.Requirements[i]
		q.Printed, q.Note, q.Of, q.When, q.Citation.Quote = text, text, "", text, text
	}
	for i := range ds.Ports {
		p := &ds.Ports[i]
		p.Purpose, p.File, p.Protocol = text, text, text
	}
	for i := range ds.Notes {
		n := &ds.Notes[i]
		n.Title, n.Text, n.Topic, n.Path = text, text, text, text
	}
	for i := range ds.Advisories {
		a := &ds.Advisories[i]
		a.Title, a.Text, a.Workaround = text, text, text
	}
	ds.Configurations[0].Note = text
	ds.Platforms[0].Name, ds.Platforms[0].Deployments[0].Name = text, text
}

// holds makes sure that a text stands in enough places as it is.
func holds(t *testing.T, format string, found []string, text string, least int) {
	t.Helper()
	n := 0
	for _, f := range found {
		if f == text {
			n++
		}
	}
	if n < least {
		t.Errorf("%s has %q in %d places, not in %d: %.300q", format, text, n, least, found)
	}
}

// lines gives a text with the ends of lines that a reader of CSV makes of all.
func lines(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

// unified is what a browser reads of a text in a page: other ends of lines and
// controls cannot be written there.
func unified(text string) string { return strings.ReplaceAll(text, "\r", "\uFFFD") }

// unguarded takes off what keeps a cell from being a formula; none may be without.
func unguarded(cells []string) []string {
	for i, cell := range cells {
		if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
			cells[i] = "a formula: " + cell
		}
		if rest, ok := strings.CutPrefix(cell, "'"); ok && strings.IndexAny(strings.TrimLeft(rest, "'"), "=+-@\t\r") == 0 {
			cells[i] = rest
		}
	}
	return cells
}

// rendered is a page of Markdown as HTML, as GitHub and most others render it.
func rendered(t *testing.T, page []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert(page, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// cells gives the texts of the cells, headings and links of a page, which may have
// no element that does anything but its style, and no address that is none of the
// web.
func cells(t *testing.T, page []byte) []string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		for _, a := range n.Attr {
			if a.Key == "href" && !strings.HasPrefix(a.Val, "#") && !strings.HasPrefix(a.Val, "http") || strings.HasPrefix(a.Key, "on") || a.Key == "style" {
				t.Errorf("<%s %s=%q>", n.Data, a.Key, a.Val)
			}
		}
		switch n.Data {
		case "style":
			if page := format("html"); content(n) != page.Style || n.Parent.Data != "head" {
				t.Errorf("the page has the style %q", content(n))
			}
		case "script", "iframe", "img", "object", "form", "input", "base", "link":
			t.Errorf("the page has <%s>", n.Data)
		case "td", "th", "h1", "h2", "h3", "caption", "a":
			all = append(all, content(n))
		}
	}
	return all
}

func content(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

// values gives the texts of the cells of a workbook, none of which is a formula.
func values(t *testing.T, book []byte) []string {
	t.Helper()
	sheets(t, book)
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []string
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, slices.Concat(rows...)...)
	}
	return all
}

// TestTooLongForACell: a text that no cell of a workbook can hold is cut, and says
// so; the other formats have it whole.
func TestTooLongForACell(t *testing.T) {
	for _, letter := range []string{"x", "é", "𝄞"} {
		text := strings.Repeat(letter, 40_000)
		ds := dataset(t)
		ds.Notes[0].Text = text
		r := of(t, ds, "demo", "1.0")
		for _, found := range values(t, write(t, r, "xlsx")) {
			if len(found) > 20_000 && (!strings.HasSuffix(found, letter+"…") || !strings.HasPrefix(text, strings.TrimSuffix(found, "…"))) {
				t.Errorf("%s: %d bytes end in %q", letter, len(found), found[len(found)-8:])
			}
		}
		if !strings.Contains(string(write(t, r, "html")), text) {
			t.Errorf("%s: the page has cut it", letter)
		}
	}
}

// TestControls: characters that a page and a workbook cannot hold do not break
// them.
func TestControls(t *testing.T) {
	ds := dataset(t)
	soak(ds, "a\x00\x01\x0b\x7f\xff\u0085z")
	r := of(t, ds, "demo", "1.0")
	for name, found := range map[string][]string{
		"xlsx": values(t, write(t, r, "xlsx")), "html": cells(t, write(t, r, "html")), "markdown": cells(t, rendered(t, write(t, r, "markdown"))),
	} {
		if !slices.ContainsFunc(found, func(text string) bool { return strings.HasPrefix(text, "a") && strings.HasSuffix(text, "z") }) {
			t.Errorf("%s: %q", name, found)
		}
	}
}
